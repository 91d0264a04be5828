"""A network's own pages, and what its facilitators do there."""

import re

import pytest
from playwright.sync_api import expect

from judging import judge
from person import Person
from server import Server
from test_screens import assert_fits, violations

NETWORK = re.compile("Semplificazione|simplification")


def network_path(someone, name=NETWORK) -> str:
    return someone.page.locator(".navigation-network h2 a", has_text=name).first.get_attribute("href")


def open_part(someone, part: str = "", name=NETWORK) -> None:
    someone.page.goto(someone.address + network_path(someone, name) + (f"/{part}" if part else ""))
    someone.page.locator(".page-tabs").wait_for()


def at(part: str, ready: str, login: str = "giulia.ferrari"):
    def open_screen(someone):
        someone.sign_in(login)
        open_part(someone, part)
        someone.page.locator(ready).first.wait_for()
    return open_screen


def with_dialog(open_screen, button: re.Pattern, then=None):
    def open_dialog(someone):
        open_screen(someone)
        someone.page.get_by_role("button", name=button).first.click()
        someone.page.locator("dialog[open]").wait_for()
        if then:
            then(someone.page)
    return open_dialog


def leave_empty(page):
    page.locator("dialog[open] button[type=submit]").click()
    page.locator("dialog[open] .field-problem").first.wait_for()


def offer_people(page):
    page.locator("dialog[open] input[role=combobox]").press_sequentially("mar")
    page.locator(".picker-list li").first.wait_for()


def invited(someone):
    at("members", ".network-invitations > :nth-child(2)")(someone)
    if someone.page.locator(".network-invitations tr", has_text="in.attesa@comune.example").count() == 0:
        invite(someone.page, "in.attesa@comune.example")
    someone.page.locator(".network-invitations tbody tr").first.wait_for()
    someone.page.locator(".network-invitations").scroll_into_view_if_needed()


def invite(page, email: str):
    page.get_by_role("button", name=re.compile("Invita per e-mail|Invite by e-mail")).click()
    page.locator("dialog[open] [name=email]").fill(email)
    page.locator("dialog[open] button[type=submit]").click()
    expect(page.locator("dialog[open]")).to_have_count(0)


SCREENS = {
    "network-home": at("", "m-network-pins .pin-list li"),
    "network-about": at("about", ".fact-list"),
    "network-about-member": at("about", ".fact-list", "anna.bianchi"),
    "network-members": at("members", ".data-table"),
    "network-members-add": with_dialog(at("members", ".data-table"), re.compile("Aggiungi una persona|Add a person"), offer_people),
    "network-members-invite": with_dialog(at("members", ".network-invitations > :nth-child(2)"), re.compile("Invita per e-mail|Invite by e-mail"), leave_empty),
    "network-members-pending": invited,
    "network-channels": at("channels", ".data-table"),
    "network-channels-create": with_dialog(at("channels", ".data-table"), re.compile("Crea un canale|Create a channel"), leave_empty),
    "network-bots": at("bots", ".data-table"),
    "network-bots-create": with_dialog(at("bots", ".data-table"), re.compile("Crea un automatismo|Create a bot"), leave_empty),
    "network-denied": at("bots", ".notice-inline", "anna.bianchi"),
}


@pytest.mark.parametrize("language", ["it", "en"])
@pytest.mark.parametrize("name", SCREENS)
def test_screen(person, screenshots, name, language):
    judge(person, screenshots, name, language, SCREENS[name])


def test_the_home_tells_what_is_new_and_what_is_pinned(person):
    giulia = person("giulia.ferrari")
    open_part(giulia)
    news = giulia.page.locator(".network-news")
    expect(news).to_contain_text("da leggere")
    pin = giulia.page.locator(".pin-list a").first
    pin.click()
    expect(giulia.page.locator(".message.is-target.is-pinned")).to_have_count(1)


def test_people_are_found_by_name_and_by_organisation(person):
    anna = person("anna.bianchi")
    open_part(anna)
    people = anna.page.locator(".is-people > li")
    people.first.wait_for()
    everybody = people.count()
    chip = anna.page.locator(".chip", has_text="Comune di Empoli")
    chip.click()
    expect(chip).to_have_attribute("aria-pressed", "true")
    expect(people).to_have_count(1)
    chip.click()
    expect(people).to_have_count(everybody)
    anna.page.locator("#people-filter").fill("espòsito")
    expect(people).to_have_count(1)
    anna.page.locator("#people-filter").fill("nessuno si chiama così")
    expect(anna.page.get_by_text("Nessuno con questo nome.")).to_be_visible()


def test_a_facilitator_adds_appoints_and_removes_a_member(person):
    giulia = person("giulia.ferrari")
    open_part(giulia, "members")
    # Below the members stand those who were invited, once there are any.
    rows = giulia.page.get_by_role("table", name="Membri della rete").locator("tbody tr")
    rows.first.wait_for()
    before = rows.count()

    giulia.page.get_by_role("button", name="Aggiungi una persona").click()
    box = giulia.page.locator("dialog[open]").locator("input[role=combobox]")
    box.press_sequentially("zanella")
    giulia.page.locator(".picker-list li", has_text="Marta Zanella").wait_for()
    box.press("Enter")
    expect(box).to_have_value("Marta Zanella")
    giulia.page.locator("dialog[open] button[type=submit]").click()
    expect(giulia.page.locator("dialog[open]")).to_have_count(0)
    marta = rows.filter(has_text="Marta Zanella")
    expect(marta).to_have_count(1)
    assert rows.count() == before + 1

    marta.get_by_role("button", name="Nomina facilitatore").click()
    expect(marta.locator(".tag")).to_have_text("Facilitatore")
    giulia.page.locator("#member-role").select_option("facilitator")
    expect(rows).to_have_count(2)
    marta.get_by_role("button", name="Rimuovi").click()
    giulia.page.locator("dialog[open]").get_by_role("button", name="Rimuovi").click()
    expect(marta).to_have_count(0)
    giulia.assert_no_complaints()


def test_a_facilitator_invites_hands_the_link_on_and_withdraws(person):
    giulia = person("giulia.ferrari")
    open_part(giulia, "members")
    page = giulia.page
    page.get_by_role("button", name="Invita per e-mail").click()
    page.locator("dialog[open] [name=email]").fill("nuova.persona")
    page.locator("dialog[open] button[type=submit]").click()
    expect(page.locator("dialog[open] .field-problem")).to_have_text("Scrivi un indirizzo e-mail completo.")
    page.locator("dialog[open] button", has_text="Annulla").click()

    invite(page, "nuova.persona@comune.example")
    row = page.locator(".network-invitations tbody tr", has_text="nuova.persona@comune.example")
    expect(row).to_contain_text("link valido fino al")
    row.get_by_role("button", name="Mostra il link").click()
    link = page.locator("#secret-value").input_value()
    assert re.search(r"/invito\?token=.{20,}$", link)
    page.locator("dialog[open]").get_by_role("button", name="L’ho conservato").click()

    stranger = person().page
    stranger.goto(link)
    stranger.locator("#password").fill("una frase di prova")
    stranger.locator("#repeated").fill("una frase di prova")
    stranger.locator("button[type=submit]").click()
    expect(stranger).to_have_url(re.compile("/accesso"))
    page.reload()
    expect(row).to_contain_text("manca un incarico")
    expect(row.get_by_role("button")).to_have_count(1)
    row.get_by_role("button", name="Ritira").click()
    page.locator("dialog[open]").get_by_role("button", name="Ritira").click()
    expect(row).to_have_count(0)

    # Who has an account and a mandate that fits comes in at once.
    before = page.locator(".data-table").first.locator("tbody tr")
    expect(before.filter(has_text="Marta Zanella")).to_have_count(0)
    invite(page, "marta.zanella@demo.metropolistrategiche.example")
    expect(page.locator(".notice")).to_contain_text("ora fa parte della rete")
    expect(before.filter(has_text="Marta Zanella")).to_have_count(1)
    giulia.assert_no_complaints()


def test_who_only_takes_part_sees_no_invitations(person):
    anna = person("anna.bianchi")
    open_part(anna, "members")
    anna.page.locator(".data-table").wait_for()
    expect(anna.page.locator(".network-invitations")).to_have_count(0)
    anna.assert_no_complaints()


def test_a_channel_is_created_changed_and_archived(person):
    giulia = person("giulia.ferrari")
    open_part(giulia, "channels")
    dialog = giulia.page.locator("dialog[open]")
    giulia.page.get_by_role("button", name="Crea un canale").click()
    dialog.locator("[name=name]").fill("Sportello d'Àncona")
    expect(dialog.locator("[name=slug]")).to_have_value("sportello-d-ancona")
    dialog.locator("[name=slug]").fill("generale")
    dialog.locator("button[type=submit]").click()
    expect(dialog.locator(".field-problem")).to_have_text("Questo indirizzo è già usato: scegline un altro.")
    expect(dialog.locator("[name=slug]")).to_be_focused()
    dialog.locator("[name=slug]").fill("sportello")
    dialog.locator("[name=history]").select_option("from_joining")
    dialog.locator("button[type=submit]").click()
    row = giulia.page.locator(".data-table tr", has_text="Sportello d'Àncona")
    expect(row).to_contain_text("solo da quando si entra")

    row.get_by_role("button", name="Modifica").click()
    dialog.locator("[name=name]").fill("Sportello unico")
    dialog.locator("button[type=submit]").click()
    row = giulia.page.locator(".data-table tr", has_text="Sportello unico")
    row.get_by_role("button", name="Archivia").click()
    dialog.get_by_role("button", name="Archivia").click()
    expect(row).to_contain_text("archiviato")
    giulia.assert_no_complaints()


def test_a_channel_is_shared_taken_and_given_back(person):
    roberta, giulia = person("roberta.marchetti"), person("giulia.ferrari")
    open_part(roberta, "channels", re.compile("Gruppo tecnico"))
    open_part(giulia, "channels")
    roberta.is_live()
    giulia.is_live()
    giulia.page.locator(".data-table tr", has_text="Webinar").get_by_role("button", name="Condividi").click()
    giulia.page.locator("dialog[open] select").select_option(label="Gruppo tecnico nazionale")
    giulia.page.locator("dialog[open] button[type=submit]").click()
    shared = giulia.page.locator(".data-table tr", has_text="Webinar")
    expect(shared).to_contain_text("in attesa")

    offer = roberta.page.locator(".offer-list li", has_text="Webinar")
    offer.get_by_role("button", name="Accetta").click()
    taken = roberta.page.locator(".offer-list.is-taken li", has_text="Webinar")
    expect(taken).to_have_count(1)
    roberta.page.reload()
    taken.get_by_role("button", name="Smetti di ricevere").click()
    roberta.page.locator("dialog[open]").get_by_role("button", name="Smetti di ricevere").click()
    expect(taken).to_have_count(0)
    for one in (roberta, giulia):
        one.assert_no_complaints()


def test_a_bot_gets_its_token_once_and_loses_it_for_ever(person):
    giulia = person("giulia.ferrari")
    giulia.context.grant_permissions(["clipboard-read", "clipboard-write"])
    open_part(giulia, "bots")
    giulia.page.get_by_role("button", name="Crea un automatismo").click()
    dialog = giulia.page.locator("dialog[open]")
    dialog.locator("[name=name]").fill("Agenda di prova")
    dialog.get_by_label("scrivere in «Generale»").check()
    dialog.locator("button[type=submit]").click()
    token = giulia.page.locator("#secret-value")
    expect(token).to_have_value(re.compile(r"^\w{4,}.{20,}"))
    dialog.get_by_role("button", name="Copia").click()
    expect(dialog.get_by_text("Copiato negli appunti.")).to_be_visible()
    assert giulia.page.evaluate("navigator.clipboard.readText()") == token.input_value()
    dialog.get_by_role("button", name="L’ho conservato").click()
    expect(dialog).to_have_count(0)

    row = giulia.page.locator(".data-table tr", has_text="Agenda di prova")
    expect(row).to_contain_text("scrivere in «Generale»")
    row.get_by_role("button", name="Revoca").click()
    dialog.get_by_role("button", name="Revoca").click()
    expect(row).to_contain_text("revocato il")
    expect(row.get_by_role("button")).to_have_count(0)
    giulia.assert_no_complaints()


def test_the_keyboard_alone_opens_fills_and_leaves_a_dialog(person):
    giulia = person("giulia.ferrari")
    open_part(giulia, "channels")
    button = giulia.page.get_by_role("button", name="Crea un canale")
    button.focus()
    giulia.page.keyboard.press("Enter")
    expect(giulia.page.locator("dialog[open] [name=name]")).to_be_focused()
    giulia.page.keyboard.press("Escape")
    expect(giulia.page.locator("dialog[open]")).to_have_count(0)
    expect(button).to_be_focused()


def test_a_page_whose_script_does_not_come_can_be_asked_again(person):
    giulia = person("giulia.ferrari")
    giulia.page.route(re.compile(r"/(part|later)\."), lambda route: route.abort())
    giulia.page.locator(".navigation-network h2 a", has_text=NETWORK).first.click()
    giulia.page.get_by_role("link", name="Membri").click()
    expect(giulia.page.get_by_text("Non è stato possibile caricare la pagina.")).to_be_visible()
    giulia.page.unroute(re.compile(r"/(part|later)\."))
    giulia.page.get_by_role("button", name="Riprova").click()
    expect(giulia.page.get_by_role("table", name="Membri della rete")).to_be_visible()


def test_a_dormant_network_says_so_and_offers_nothing_to_write(chromium, screenshots, tmp_path, monkeypatch):
    server = Server(tmp_path / "data")
    server.data.mkdir()
    server.seed()
    monkeypatch.setenv("METROPOLI_NETWORK_TYPES", "Local,Coordination,European")
    server.start()
    try:
        context = chromium.new_context(viewport={"width": 360, "height": 740}, reduced_motion="reduce", locale="it-IT")
        giulia = Person(context, server.address, "giulia.ferrari")
        for part in ("", "about", "members", "channels", "bots"):
            open_part(giulia, part)
            expect(giulia.page.locator(".network-heading .notice-inline")).to_contain_text("il suo modulo non è attivo")
            expect(giulia.page.get_by_role("button", name=re.compile("^(Crea|Aggiungi|Archivia|Rimuovi|Modifica)"))).to_have_count(0)
            assert_fits(giulia.page)
        open_part(giulia, "about")
        expect(giulia.page.locator("section .notice-inline")).to_contain_text("nessuno può scrivere, entrare o aggiungere persone")
        assert violations(giulia.page) == []
        giulia.page.screenshot(path=screenshots / "network-dormant-it-360.png")
        giulia.assert_no_complaints()

        admin = Person(chromium.new_context(viewport={"width": 1280, "height": 800}, reduced_motion="reduce", locale="it-IT"), server.address, "admin")
        admin.page.goto(server.address + "/admin/networks")
        expect(admin.page.locator(".data-table tr", has_text="Semplificazione")).to_contain_text("sospesa")
        expect(admin.page.locator(".fact-list > div", has_text="NationalThematic")).to_contain_text("non attivo")
        assert violations(admin.page) == []
        admin.page.screenshot(path=screenshots / "admin-networks-dormant-it-1280.png")
        for one in (giulia, admin):
            one.context.close()
    finally:
        server.stop()
