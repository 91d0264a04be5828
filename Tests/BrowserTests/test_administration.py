"""Administration: who may see it, and what is done there."""

import json
import re

import pytest
from playwright.sync_api import expect

from judging import judge

ADMIN = "admin"


def at(section: str, ready: str, login: str = ADMIN):
    def open_screen(someone):
        if login:
            someone.sign_in(login)
        someone.page.goto(f"{someone.address}/admin{section}")
        someone.page.locator(ready).first.wait_for()
    return open_screen


def with_dialog(open_screen, button: str, submit: bool = True):
    def open_dialog(someone):
        open_screen(someone)
        someone.page.get_by_role("button", name=re.compile(button)).first.click()
        someone.page.locator("dialog[open]").wait_for()
        if submit:
            someone.page.locator("dialog[open] button[type=submit]").click()
            someone.page.locator("dialog[open] .field-problem").first.wait_for()
    return open_dialog


def with_preview(open_screen):
    def preview(someone):
        open_screen(someone)
        choose_table(someone.page, PEOPLE_TABLE + "Senza Indirizzo,,it,cm-bari,employee,,,\n")
        someone.page.locator("#import-preview .data-table").wait_for()
    return preview


def with_figures(open_screen):
    def figures(someone):
        open_screen(someone)
        someone.page.locator(".chart-line").first.wait_for(state="attached", timeout=20_000)
        someone.page.locator("summary").first.click()
    return figures


TABLE = ".data-table tbody tr"
PEOPLE_TABLE = "name,email,language,organisation,role,title,from,to\n"

SCREENS = {
    "admin": at("", ".admin-cards li"),
    "admin-people": at("/people", TABLE),
    "admin-people-invite": with_dialog(at("/people", TABLE), "^(Invita|Invite)$"),
    "admin-people-mandates": with_dialog(at("/people", TABLE), "^(Incarichi|Mandates)", submit=False),
    "admin-people-devices": with_dialog(at("/people", TABLE), "^(Dispositivi|Devices) (Amministrazione|.*admin)", submit=False),
    "admin-people-erase": with_dialog(at("/people", TABLE), "^(Cancella|Erase)"),
    "admin-organisations": at("/organisations", TABLE),
    "admin-organisations-create": with_dialog(at("/organisations", TABLE), "Crea un|Create an"),
    "admin-networks": at("/networks", TABLE),
    "admin-networks-create": with_dialog(at("/networks", TABLE), "Crea una rete|Create a network"),
    "admin-bots": at("/bots", TABLE),
    "admin-reports": at("/reports", ".filters + *"),
    "admin-import": at("/import", "#import"),
    "admin-import-preview": with_preview(at("/import", "#import")),
    "admin-audit": at("/audit", TABLE),
    "admin-health": with_figures(at("/health", ".chart-list li")),
    "admin-denied": at("/people", ".admin .notice-inline", "anna.bianchi"),
}


@pytest.mark.parametrize("language", ["it", "en"])
@pytest.mark.parametrize("name", SCREENS)
def test_screen(person, screenshots, name, language):
    judge(person, screenshots, name, language, SCREENS[name])


@pytest.fixture
def admin(person):
    someone = person(ADMIN)
    yield someone
    someone.assert_no_complaints("status of 422")


def visit(someone, section: str):
    at(f"/{section}", ".admin h1", login="")(someone)
    return someone.page


def test_only_who_administers_finds_the_way_in(person):
    for login, entries in (("admin", 1), ("anna.bianchi", 0)):
        page = person(login).page
        page.locator("#person-menu").click()
        expect(page.locator(".person-card")).to_be_visible()
        expect(page.get_by_role("link", name="Amministrazione")).to_have_count(entries)


def test_the_keyboard_reaches_every_page(admin):
    page = visit(admin, "people")
    for title in ("Organizzazioni", "Reti e moduli", "Automatismi"):
        page.locator(".page-tabs a[aria-current] >> xpath=../following-sibling::li[1]/a").focus()
        page.keyboard.press("Enter")
        expect(page.get_by_role("heading", level=1)).to_have_text(title)
        expect(page).to_have_title(re.compile(f"^{title}"))


def test_people_are_found_by_name_organisation_state_and_role(admin):
    page = visit(admin, "people")
    rows = page.locator("m-admin-people > .table-box tbody tr")
    rows.first.wait_for()
    everybody = rows.count()
    page.locator("#people-text").fill("ferrari")
    expect(rows).to_have_count(1)
    page.locator("#people-text").fill("")
    expect(rows).to_have_count(everybody)
    page.locator("#people-role").select_option("monitor")
    expect(rows).to_have_count(1)
    expect(rows).to_contain_text("Tommaso Rinaldi")
    page.locator("#people-role").select_option("")
    box = page.locator("#people-organisation")
    box.press_sequentially("empoli")
    page.locator(".picker-list li").first.wait_for()
    box.press("Enter")
    expect(rows).to_have_count(1)
    expect(rows).to_contain_text("Irene Bartolini")


def test_the_server_sorts_people_by_each_column(admin):
    page = visit(admin, "people")
    rows = page.locator("m-admin-people > .table-box tbody tr")
    heading = {title: page.locator("m-admin-people > .table-box th", has_text=title) for title in ("Nome", "Organizzazione", "Stato")}
    expect(heading["Nome"]).to_have_attribute("aria-sort", "ascending")
    first = rows.first.locator(".is-name").inner_text()
    last = rows.last.locator(".is-name").inner_text()
    heading["Nome"].get_by_role("button").click()
    expect(heading["Nome"]).to_have_attribute("aria-sort", "descending")
    expect(rows.first.locator(".is-name")).to_have_text(last, use_inner_text=True)
    expect(rows.last.locator(".is-name")).to_have_text(first, use_inner_text=True)
    heading["Organizzazione"].get_by_role("button").press("Enter")
    expect(heading["Organizzazione"]).to_have_attribute("aria-sort", "ascending")
    expect(heading["Nome"]).not_to_have_attribute("aria-sort", re.compile(".*"))
    expect(rows.first).to_contain_text("ANCI – Associazione")
    expect(rows.last).not_to_contain_text("ANCI – Associazione")
    heading["Organizzazione"].get_by_role("button").press("Enter")
    expect(rows.last).to_contain_text("ANCI – Associazione")


def test_a_lost_device_is_signed_out_by_who_administers(person, admin):
    lost = person("paolo.conti")
    page = visit(admin, "people")
    page.get_by_role("button", name="Dispositivi Paolo Conti").click()
    devices = page.locator("dialog .device-list li")
    expect(devices).to_have_count(1)
    expect(devices).to_contain_text("Chrome, Linux")
    devices.get_by_role("button", name="Chiudi l’accesso").click()
    page.locator("dialog[open]").last.get_by_role("button", name="Chiudi l’accesso").click()
    expect(page.get_by_text("Nessun accesso aperto.")).to_be_visible()
    expect(lost.page.get_by_role("heading", name="Accedi a Metropoli")).to_be_visible()
    page.get_by_role("button", name="Chiudi", exact=True).click()
    expect(page.get_by_role("button", name="Dispositivi Paolo Conti")).to_be_focused()


def test_an_invitation_gives_a_link_to_hand_on(admin):
    page = visit(admin, "people")
    page.get_by_role("button", name="Invita", exact=True).click()
    dialog = page.locator("dialog[open]")
    dialog.locator("[name=email]").fill("anna.bianchi@demo.metropolistrategiche.example")
    box = dialog.locator("input[role=combobox]")
    box.press_sequentially("torino")
    page.locator(".picker-list li", has_text="Città metropolitana di Torino").wait_for()
    box.press("Enter")
    dialog.locator("button[type=submit]").click()
    expect(dialog.locator(".field-problem")).to_contain_text("appartiene già a una persona")
    dialog.locator("[name=email]").fill("invitata@example.it")
    dialog.locator("button[type=submit]").click()
    expect(dialog).to_have_count(0)
    row = page.locator("section tr", has_text="invitata@example.it")
    row.get_by_role("button", name="Mostra il link").click()
    expect(page.locator("#secret-value")).to_have_value(re.compile(r"/invito\?token=.{20,}$"))


def test_a_person_is_created_given_a_role_suspended_let_back_and_erased(admin):
    page = visit(admin, "people")
    dialog = page.locator("dialog[open]")
    page.get_by_role("button", name="Crea una persona").click()
    dialog.locator("[name=name]").fill("Ada Provini")
    dialog.locator("[name=email]").fill("ada.provini@example.it")
    box = dialog.locator("input[role=combobox]")
    box.press_sequentially("bari")
    page.locator(".picker-list li", has_text="Città metropolitana di Bari").wait_for()
    box.press("Enter")
    dialog.locator("button[type=submit]").click()
    row = page.locator("m-admin-people > .table-box tr", has_text="Ada Provini")
    expect(row).to_contain_text("Città metropolitana di Bari")

    row.get_by_role("button", name="Ruoli").click()
    dialog.get_by_label("moderazione").check()
    dialog.locator("button[type=submit]").click()
    expect(row.locator(".tag.is-accent")).to_have_text("moderazione")

    row.get_by_role("button", name="Sospendi").click()
    dialog.locator("button[type=submit]").click()
    expect(row).to_contain_text("sospesa")
    row.get_by_role("button", name="Riammetti").click()
    expect(row.locator(".tag.is-ok")).to_have_text("attiva")

    row.get_by_role("button", name="Cancella").click()
    dialog.locator("[name=typed]").fill("Ada")
    dialog.locator("button[type=submit]").click()
    expect(dialog.locator(".field-problem")).to_have_text("Non corrisponde al nome.")
    dialog.locator("[name=typed]").fill("ada provini")
    dialog.locator("button[type=submit]").click()
    expect(row).to_have_count(0)


def test_the_last_administrator_stays(admin):
    page = visit(admin, "people")
    page.get_by_role("button", name="Ruoli Amministrazione della comunità").click()
    page.locator("dialog[open]").get_by_label("amministrazione").uncheck()
    page.locator("dialog[open] button[type=submit]").click()
    expect(page.locator("dialog[open] [role=alert]")).to_contain_text("È l’ultima persona che amministra")


def test_mandates_are_listed_granted_and_ended(person):
    """The list is answered here, until the server answers it."""
    admin = person()
    sent = []

    def line(route):
        server = route.connect_to_server()

        def from_page(text):
            for one in text.split("\n"):
                request = json.loads(one)
                if request.get("do") == "mandate.list":
                    listed = [{"id": 9001, "person": request["with"]["person"], "organisationName": "Comune di Prova", "role": "employee", "title": "Dirigente", "from": "2026-01-01"}]
                    route.send(json.dumps({"id": request["id"], "ok": {"mandates": [] if any(s["do"] == "mandate.end" for s in sent) else listed}}))
                elif request.get("do") == "mandate.end":
                    sent.append(request)
                    route.send(json.dumps({"id": request["id"], "ok": {}}))
                else:
                    server.send(one)

        route.on_message(from_page)

    admin.page.route_web_socket("**/ws", line)
    admin.sign_in(ADMIN)
    page = visit(admin, "people")
    page.get_by_role("button", name="Incarichi Anna Bianchi").click()
    mandate = page.locator(".mandate-list li")
    expect(mandate).to_contain_text("Dirigente – Comune di Prova")
    expect(mandate).to_contain_text("dal 1 gen 2026")
    mandate.get_by_role("button", name="Termina").click()
    page.locator("dialog[open] [name=at]").fill("2026-12-31")
    page.locator("dialog[open] button[type=submit]").click()
    expect(mandate).to_have_count(0)
    assert sent[0]["with"] == {"mandate": 9001, "at": "2026-12-31"}


def test_an_organisation_is_made_sorted_and_changed(admin):
    page = visit(admin, "organisations")
    dialog = page.locator("dialog[open]")
    page.get_by_role("button", name="Crea un’organizzazione").click()
    dialog.locator("[name=name]").fill("Comune di Zibello")
    expect(dialog.locator("[name=slug]")).to_have_value("comune-di-zibello")
    dialog.locator("[name=region]").select_option("Emilia-Romagna")
    dialog.locator("[name=parent]").select_option(label="Città metropolitana di Bologna")
    dialog.locator("[name=lat]").fill("145")
    dialog.locator("button[type=submit]").click()
    expect(dialog.locator(".field-problem")).to_have_text("Scrivi un numero da -90 a 90.")
    dialog.locator("[name=lat]").fill("45.01")
    dialog.locator("button[type=submit]").click()
    row = page.locator(".data-table tr", has_text="Comune di Zibello")
    expect(row).to_contain_text("Città metropolitana di Bologna")

    heading = page.locator("th", has_text="Nome")
    heading.get_by_role("button").click()
    expect(heading).to_have_attribute("aria-sort", "descending")
    names = page.locator(".data-table tbody .is-name .cell").all_inner_texts()
    assert names[0].split("\n")[0] > names[-1].split("\n")[0]

    page.locator("#organisations-kind").select_option("citta_metropolitana")
    expect(page.locator(".list-count")).to_have_text("14 voci")
    page.locator("#organisations-kind").select_option("comune")
    row.get_by_role("button", name="Modifica").click()
    dialog.locator("[name=istat]").fill("034049")
    dialog.locator("button[type=submit]").click()
    expect(row).to_contain_text("034049")


def test_a_network_is_made_by_its_modules_settings_and_its_module_stopped(admin):
    page = visit(admin, "networks")
    dialog = page.locator("dialog[open]")
    page.get_by_role("button", name="Crea una rete").click()
    dialog.locator("[name=type]").select_option("Coordination")
    dialog.locator("[name='name.it']").fill("Tavolo di prova")
    expect(dialog.locator("[name=slug]")).to_have_value("tavolo-di-prova")
    dialog.locator("[name='name.en']").fill("Test table")
    dialog.locator("[name='settings.meetingEveryMonths']").fill("13")
    dialog.locator("button[type=submit]").click()
    expect(dialog.locator(".field-problem")).to_have_text("Scrivi un numero da 1 a 12.")
    dialog.locator("[name='settings.meetingEveryMonths']").fill("4")
    dialog.locator("button[type=submit]").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Come funziona")
    expect(page.locator(".fact-list .is-set")).to_have_text("4")

    visit(admin, "networks")
    row = page.locator(".data-table tr", has_text="Tavolo di prova")
    row.get_by_role("button", name="Ferma il modulo").click()
    dialog.get_by_role("button", name="Ferma il modulo").click()
    expect(row).to_contain_text("modulo fermo")
    row.get_by_role("button", name="Riattiva il modulo").click()
    expect(row).not_to_contain_text("modulo fermo")


def test_a_reported_message_is_removed_with_a_reason(person, admin):
    anna = person("anna.bianchi")
    anna.open_channel("Generale")
    anna.write("Messaggio da segnalare")
    anna.sees("Messaggio da segnalare")
    marco = person("marco.russo")
    message = int(anna.message("Messaggio da segnalare").get_attribute("data-message"))
    answer = marco.context.request.post(f"{marco.address}/api/v1/message.report", data={"message": message, "reason": "Fuori tema"},
                                        headers={"Origin": marco.address, "Idempotency-Key": f"report-{message}"})
    assert answer.ok

    page = visit(admin, "reports")
    report = page.locator(".report-list > li", has_text="Messaggio da segnalare")
    expect(report).to_contain_text("Fuori tema")
    expect(report).to_contain_text("segnalato da Marco Russo")
    report.get_by_role("button", name="Rimuovi il messaggio").click()
    page.locator("dialog[open] button[type=submit]").click()
    expect(report).to_have_count(0)
    expect(anna.message("Messaggio da segnalare")).to_have_count(0)


def choose_table(page, csv: str, kind: str = "person") -> None:
    page.locator("#import [name=kind]").select_option(kind)
    page.locator("#import [name=file]").set_input_files({"name": "tabella.csv", "mimeType": "text/csv", "buffer": csv.encode()})
    page.locator("#import button[type=submit]").click()


def test_a_table_is_shown_before_it_is_imported(admin):
    page = visit(admin, "import")
    page.locator("#import button[type=submit]").click()
    expect(page.locator("#import .field-problem")).to_be_visible()

    table = PEOPLE_TABLE + "Bice Tabelli,bice.tabelli@example.it,it,cm-bari,employee,Funzionaria,2026-01-01,\n"
    choose_table(page, table + "Senza Ente,senza.ente@example.it,it,ente-che-non-esiste,employee,,,\n")
    expect(page.locator("#import-preview [role=status]").first).to_contain_text("1 riga ha un problema")
    rows = page.locator("#import-preview tbody tr")
    expect(rows).to_have_count(1)
    expect(rows).to_contain_text("organisation")
    expect(page.get_by_role("button", name=re.compile("Importa 1"))).to_have_count(0)

    choose_table(page, table)
    expect(rows).to_contain_text("Bice Tabelli")
    page.get_by_role("button", name="Importa 1 cambiamento").click()
    expect(page.locator("#import-preview h2")).to_have_text("Importazione conclusa")
    choose_table(page, table)
    expect(page.locator("#import-preview [role=status]").first).to_contain_text("non c’è niente da cambiare")


def test_what_was_exported_comes_back_unchanged(admin):
    page = visit(admin, "import")
    for name, kind in (("Persone (CSV)", "person"), ("Organizzazioni (CSV)", "organisation")):
        with page.expect_download() as download:
            page.get_by_role("link", name=name).click()
        csv = open(download.value.path(), encoding="utf-8").read()
        choose_table(page, csv, kind)
        expect(page.locator("#import-preview [role=status]").first).to_contain_text("non c’è niente da cambiare")


def test_the_log_is_narrowed_to_an_act_and_a_person(admin):
    page = visit(admin, "audit")
    rows = page.locator(".data-table tbody tr")
    page.locator("#audit-act").select_option("network.appoint")
    expect(rows.first).to_contain_text("ruolo in una rete cambiato")
    expect(rows.filter(has_not_text="ruolo in una rete cambiato")).to_have_count(0)
    page.locator("#audit-act").select_option("")
    page.get_by_role("button", name="Mostra altre").click()
    expect(rows.nth(60)).to_be_attached()
    page.locator("#audit-since").fill("2031-01-01")
    expect(page.get_by_text("Nessun atto corrisponde ai filtri.")).to_be_visible()


def test_the_charts_go_on_while_one_looks_and_say_it_when_the_server_is_silent(admin):
    page = visit(admin, "health")
    expect(page.locator(".chart-line").first).to_be_attached(timeout=20_000)
    page.locator("summary").first.click()
    expect(page.locator(".figure-table").first.locator("tbody tr").nth(1)).to_be_visible()
    page.route("**/metrics", lambda route: route.abort())
    expect(page.locator(".health-state .is-bad")).to_have_text("il server non risponde", timeout=20_000)
    page.unroute("**/metrics")
    expect(page.locator(".health-state .is-ok")).to_be_visible(timeout=20_000)
    admin.complaints[:] = [one for one in admin.complaints if "ERR_FAILED" not in one]
