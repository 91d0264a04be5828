"""How solutions live: one city writes, another one reviews, a third one takes over; each sees it at once, and nothing typed is lost."""

import uuid

from playwright.sync_api import expect

from test_calendar_files import Caller
from test_solutions import PARTS, Town


def fill(page, part: str, text: str) -> None:
    box = page.locator(f"m-kit-part[part='{part}']")
    box.locator(".kit-edit").click()
    box.locator("textarea").fill(text)
    box.get_by_role("button", name="Salva").click()
    expect(box.locator(".kit-text")).to_contain_text(text)


def confirm(page, action: str) -> None:
    dialog = page.get_by_role("dialog")
    dialog.get_by_role("button", name=action, exact=True).click()
    expect(dialog).to_have_count(0)


def test_from_the_first_draft_to_the_third_city(person, server):
    """Bologna writes, Genova returns and then approves, Bologna publishes, Messina takes it over; everybody sees each step at once."""
    town = Town(server.address)
    title = f"Sportello dei Comuni montani {uuid.uuid4().hex[:8]}"
    anna, silvia, letizia = person("anna.bianchi"), person("silvia.canepa"), person("letizia.crisafulli")
    page = anna.page
    page.goto(f"{server.address}/networks/{town.network}/solutions")
    page.get_by_role("link", name="Nuova soluzione").click()
    # One's own city stands there already.
    expect(page.locator("#solution-form-city option:checked")).to_have_text("Città metropolitana di Bologna")
    page.locator("#solution-form-title").fill(title)
    page.get_by_role("button", name="Crea la bozza").click()
    expect(page.locator("h1")).to_have_text(title)
    solution = int(page.url.rsplit("/", 1)[1])
    # By keyboard: open a part, write, save; the focus comes back to where it was.
    page.locator("m-kit-part[part='summary'] .kit-edit").focus()
    page.keyboard.press("Enter")
    expect(page.locator("m-kit-part[part='summary'] textarea")).to_be_focused()
    page.keyboard.type("Uno sportello per i Comuni di montagna.")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(page.locator("m-kit-part[part='summary'] .kit-text")).to_have_text("Uno sportello per i Comuni di montagna.")
    expect(page.locator("m-kit-part[part='summary'] .kit-edit")).to_be_focused()
    expect(page.locator("#completeness-title")).to_have_text("1 parte su 11")
    for part in PARTS[1:-1]:
        town.write(solution, part, f"Testo per {part}.")
    expect(page.locator("#completeness-title")).to_have_text("10 parti su 11")

    page.get_by_role("button", name="Proponi una sperimentazione").click()
    dialog = page.get_by_role("dialog")
    dialog.get_by_label("Titolo").fill("Sei mesi in Appennino")
    confirm(page, "Proponi")
    page.get_by_role("button", name="Avvia").click()
    confirm(page, "Avvia")
    page.get_by_role("button", name="Concludi").click()
    dialog = page.get_by_role("dialog")
    dialog.get_by_label("Esito").select_option("partial")
    dialog.get_by_label("Che cosa si è visto").fill("Metà dei Comuni l’ha **usata**.")
    dialog.locator("input[type=file]").set_input_files({"name": "relazione.txt", "mimeType": "text/plain", "buffer": b"sei mesi"})
    expect(dialog.locator("progress")).to_have_count(0)
    confirm(page, "Concludi")
    expect(page.locator(".event-tags")).to_contain_text("riuscita in parte")
    expect(page.locator(".attachments")).to_contain_text("relazione.txt")
    page.locator(".fact-list").get_by_role("link", name=title).click()

    page.get_by_role("button", name="Chiedi la revisione").click()
    dialog = page.get_by_role("dialog")
    dialog.get_by_role("combobox").fill("Silvia")
    dialog.get_by_role("option").first.wait_for()
    page.keyboard.press("Enter")
    expect(dialog.locator(".named-entries")).to_contain_text("Silvia Canepa")
    silvia.page.goto(f"{server.address}/solutions/{solution}")
    silvia.page.locator("h1", has_text=title).wait_for()
    confirm(page, "Chiedi la revisione")
    expect(page.locator(".step-line [aria-current]")).to_contain_text("In revisione")

    # Genova gives it back with a reason, which Bologna reads at once.
    silvia.page.get_by_role("button", name="Restituisci").click()
    silvia.page.get_by_role("dialog").get_by_role("textbox").fill("A chi si scrive?")
    confirm(silvia.page, "Restituisci")
    expect(page.locator(".notice-inline", has_text="Restituita da Silvia Canepa")).to_contain_text("A chi si scrive?")
    fill(page, "contacts", "Ufficio montagna")
    page.get_by_role("button", name="Chiedi la revisione").click()
    confirm(page, "Chiedi la revisione")
    silvia.page.get_by_role("button", name="Approva come sperimentata").click()
    confirm(silvia.page, "Approva come sperimentata")
    expect(page.locator(".step-line [aria-current]")).to_contain_text("Sperimentata")
    # What is missing is said before anything is sent.
    page.get_by_role("button", name="Pubblica").click()
    expect(page.get_by_role("dialog")).to_contain_text("Licenza")
    confirm(page, "Chiudi")
    page.get_by_role("button", name="Scegli la licenza").click()
    page.get_by_role("dialog").get_by_role("combobox").select_option("EUPL-1.2")
    confirm(page, "Salva")
    expect(page.locator(".solution-side")).to_contain_text("EUPL-1.2")
    page.get_by_role("button", name="Pubblica").click()
    confirm(page, "Pubblica")
    expect(page.locator(".event-tags").first).to_contain_text("Pubblicata")
    expect(page.locator(".version-hash")).to_contain_text("SHA-256")

    # Messina finds it in the catalogue and asks for it; both follow the steps.
    other = letizia.page
    other.goto(f"{server.address}/solutions")
    other.locator("#catalogue-text").fill(title)
    other.locator("#catalogue-text").press("Enter")
    other.get_by_role("link", name=title).click()
    other.get_by_role("button", name="Chiedi di adottarla").click()
    expect(other.get_by_role("dialog").locator("option:checked")).to_have_text("Città metropolitana di Messina")
    confirm(other, "Chiedi di adottarla")
    expect(other.locator("h1")).to_contain_text("adozione a Messina")
    # Nobody agrees for the other city.
    expect(other.get_by_role("button", name="Accetta la richiesta")).to_have_count(0)
    page.locator("#adoptions-title + ul a, .row-link", has_text="a Messina").first.click()
    for action in ("Accetta la richiesta", "Kit consegnato"):
        page.get_by_role("button", name=action).click()
        confirm(page, action)
    expect(other.locator(".chain li")).to_have_count(3)
    expect(other.locator(".referent").first).to_contain_text("Anna Bianchi")
    other.get_by_role("button", name="Comincia l’adattamento").click()
    other.get_by_role("dialog").get_by_role("textbox").fill("Si parte da **Milazzo**.")
    confirm(other, "Comincia l’adattamento")
    other.get_by_role("button", name="È in uso").click()
    confirm(other, "È in uso")
    expect(page.locator(".event-tags")).to_contain_text("Trasferita a Messina")
    expect(page.locator(".chain")).to_contain_text("Si parte da Milazzo.")
    page.goto(f"{server.address}/solutions?transferred=yes")
    expect(page.locator(".solution-card", has_text=title)).to_contain_text("Trasferita a Messina")
    for someone in (anna, silvia, letizia):
        someone.assert_no_complaints()


def test_two_write_the_same_part_and_nothing_is_lost(person, server):
    town = Town(server.address)
    solution = town.solution(f"Due penne {uuid.uuid4().hex[:8]}", ("summary", "risks"))
    anna = person("anna.bianchi")
    page = anna.page
    page.goto(f"{server.address}/solutions/{solution}")
    risks = page.locator("m-kit-part[part='risks']")
    risks.locator(".kit-edit").click()
    risks.locator("textarea").fill("Il mio testo sui rischi.")
    # Another part changes: what is being typed stays, and is saved all the same.
    town.write(solution, "costs", "Mille euro.")
    expect(page.locator("m-kit-part[part='costs'] .kit-text")).to_have_text("Mille euro.")
    expect(risks.locator("textarea")).to_have_value("Il mio testo sui rischi.")
    # The page goes and comes back: the text was kept.
    page.reload()
    risks.get_by_role("button", name="Riprendi").click()
    expect(risks.locator("textarea")).to_have_value("Il mio testo sui rischi.")
    # The same part is written by another: both texts stand there.
    town.write(solution, "risks", "Il testo dell’altra.")
    expect(risks.locator(".kit-theirs")).to_have_text("Il testo dell’altra.")
    expect(risks.locator("textarea")).to_have_value("Il mio testo sui rischi.")
    risks.locator("textarea").fill("Il testo dell’altra. Il mio testo sui rischi.")
    risks.get_by_role("button", name="Salva il mio testo").click()
    expect(risks.locator(".kit-text")).to_have_text("Il testo dell’altra. Il mio testo sui rischi.")
    # Nothing waits any longer.
    page.reload()
    expect(risks.locator(".kit-text")).to_be_visible()
    expect(risks.get_by_role("button", name="Riprendi")).to_have_count(0)
    anna.assert_no_complaints()


def test_a_meeting_shows_what_came_of_it(person, server):
    """A solution is linked to a meeting, the meeting shows it at once, the link is taken away again."""
    town = Town(server.address)
    mark = uuid.uuid4().hex[:8]
    solution = town.solution(f"Nata da un incontro {mark}", ("summary",))
    when = {"start": {"local": "2026-11-02T10:00", "zone": "Europe/Rome"}, "end": {"local": "2026-11-02T12:00", "zone": "Europe/Rome"}}
    meeting = town.giulia.do("event.create", network=town.network, kind="webinar", title=f"Confronto {mark} sugli sportelli", **when)["id"]
    town.giulia.do("event.publish", event=meeting, revision=1)
    anna, silvia = person("anna.bianchi"), person("silvia.canepa")
    silvia.page.goto(f"{server.address}/events/{meeting}")
    silvia.page.locator(".event-page h1").wait_for()
    page = anna.page
    page.goto(f"{server.address}/solutions/{solution}")
    page.get_by_role("button", name="Collega").click()
    page.get_by_role("dialog").get_by_role("combobox", name="Quale").fill(mark)
    page.get_by_role("option", name=f"Confronto {mark}").wait_for()
    page.keyboard.press("Enter")
    confirm(page, "Collega")
    expect(page.locator(".chain li").first).to_contain_text(f"Confronto {mark}")
    expect(silvia.page.locator("m-event-solutions")).to_contain_text(f"Nata da un incontro {mark}")
    page.get_by_role("button", name=f"Togli il legame con Confronto {mark}").click()
    confirm(page, "Togli")
    expect(silvia.page.locator("m-event-solutions a")).to_have_count(0)
    anna.assert_no_complaints()


def test_two_solutions_are_compared(person, server):
    town = Town(server.address)
    mark = uuid.uuid4().hex[:8]
    for number in ("prima", "seconda"):
        town.solution(f"Confronto {mark} {number}", ("summary",))
    anna = person("anna.bianchi")
    page = anna.page
    page.goto(f"{server.address}/solutions?q={mark}")
    boxes = page.locator(".compare-box input")
    expect(boxes).to_have_count(2)
    # The page itself never scrolls: only its parts do.
    assert page.evaluate("document.scrollingElement.scrollHeight <= innerHeight")
    boxes.nth(0).press("Space")
    expect(page.get_by_role("link", name="Confronta le due")).to_have_count(0)
    boxes.nth(1).press("Space")
    page.get_by_role("link", name="Confronta le due").click()
    expect(page.locator(".compare-heads h2")).to_have_count(2)
    expect(page.locator(".compare-part")).to_have_count(13)
    # A number in a message leads to the solution.
    solution = town.anna.ask(f"solution.list?text={mark}&limit=1")["solutions"][0]["id"]
    page.goto(f"{server.address}/go/{solution}")
    expect(page).to_have_url(f"{server.address}/solutions/{solution}")
    anna.assert_no_complaints()


def test_a_kit_goes_out_and_comes_in(person, server, tmp_path):
    """The ZIP of a published solution is brought into another network, where it begins as a draft; what is no kit is refused at its field."""
    town = Town(server.address)
    title = f"Kit in viaggio {uuid.uuid4().hex[:8]}"
    solution = town.published(title)
    giulia = person("giulia.ferrari")
    page = giulia.page
    page.goto(f"{server.address}/solutions/{solution}")
    with page.expect_download() as download:
        page.get_by_role("link", name="ZIP").click()
    kit = tmp_path / "kit.zip"
    download.value.save_as(kit)
    page.goto(f"{server.address}/networks/{town.network}/solutions")
    page.get_by_role("button", name="Porta qui un kit").click()
    dialog = page.get_by_role("dialog")
    dialog.locator("input[type=file]").set_input_files({"name": "kit.zip", "mimeType": "application/zip", "buffer": b"PK no kit"})
    dialog.get_by_role("button", name="Porta qui").click()
    expect(dialog.locator(".field-problem")).to_contain_text("Non è il kit")
    dialog.locator("input[type=file]").set_input_files(kit)
    confirm(page, "Porta qui")
    expect(page.locator("h1")).to_have_text(title)
    assert page.url != f"{server.address}/solutions/{solution}"
    expect(page.locator(".step-line [aria-current]")).to_contain_text("Bozza")
    expect(page.locator("m-kit-part[part='summary'] .kit-text")).to_contain_text("solo sportello")
    # The browser notes the refusal.
    giulia.assert_no_complaints("422")


def test_a_published_version_stays_as_it_is(person, server):
    """A change of a published solution opens the next version; the published one is read on, and is superseded by another solution in the end."""
    town = Town(server.address)
    mark = uuid.uuid4().hex[:8]
    solution, newer = town.published(f"Prima {mark}"), town.published(f"Seconda {mark}")
    anna = person("anna.bianchi")
    page = anna.page
    page.goto(f"{server.address}/solutions/{solution}")
    risks = page.locator("m-kit-part[part='risks']")
    risks.locator(".kit-edit").click()
    # One is told first; whoever thinks better of it has changed nothing.
    confirm(page, "Annulla")
    expect(risks.locator("textarea")).to_have_count(0)
    risks.locator(".kit-edit").click()
    confirm(page, "Scrivi la prossima versione")
    risks.locator("textarea").fill("Una lezione in più.")
    risks.get_by_role("button", name="Salva").click()
    expect(page.locator(".notice-inline", has_text="bozza della versione 2")).to_be_visible()
    expect(page.locator(".step-line [aria-current]")).to_contain_text("Bozza")
    page.get_by_role("link", name="Leggi la versione 1").click()
    expect(risks.locator(".kit-text")).not_to_contain_text("Una lezione in più.")
    expect(page.locator(".kit-edit")).to_have_count(0)
    page.get_by_role("link", name="Vedi la bozza").click()
    expect(risks.locator(".kit-text")).to_contain_text("Una lezione in più.")
    # A licence that is none is refused at its field.
    page.get_by_role("button", name="Cambia la licenza").click()
    dialog = page.get_by_role("dialog")
    dialog.get_by_role("combobox").select_option("other")
    dialog.get_by_label("Identificativo SPDX").fill("tutti i diritti")
    dialog.get_by_role("button", name="Salva").click()
    expect(dialog.locator(".field-problem")).to_contain_text("SPDX")
    dialog.get_by_label("Identificativo SPDX").fill("MIT")
    confirm(page, "Salva")
    expect(page.locator(".solution-side")).to_contain_text("MIT")
    page.get_by_role("button", name="Dichiara superata").click()
    page.get_by_role("dialog").get_by_role("combobox").fill(f"seconda {mark}")
    page.get_by_role("option", name=f"Seconda {mark}").wait_for()
    page.keyboard.press("Enter")
    confirm(page, "Dichiara superata")
    page.locator(".notice-inline").get_by_role("link", name=f"Seconda {mark}").click()
    expect(page).to_have_url(f"{server.address}/solutions/{newer}")
    anna.assert_no_complaints()


def test_whoever_turns_pages_is_not_thrown_back(person, server):
    town = Town(server.address)
    mark = uuid.uuid4().hex[:8]
    for number in range(53):
        made = town.anna.do("solution.create", network=town.network, title=f"Pagina {mark} {number}", city=town.cities["Bologna"], area="edilizia")["id"]
    anna = person("anna.bianchi")
    page = anna.page
    page.goto(f"{server.address}/solutions?q={mark}")
    expect(page.locator(".solution-card")).to_have_count(50)
    page.get_by_role("button", name="Mostra altre").click()
    expect(page.locator(".solution-card")).to_have_count(53)
    town.write(made, "summary", "Cambiata.")
    expect(page.get_by_text("Nel frattempo è cambiato qualcosa.")).to_be_visible()
    expect(page.locator(".solution-card")).to_have_count(53)
    page.get_by_role("button", name="Aggiorna l’elenco").click()
    expect(page.locator(".solution-card").first).to_contain_text("Cambiata.")
    anna.assert_no_complaints()


def test_referents_and_an_adoption_given_up(person, server):
    """A referent is named among those of the city alone; who gives up says why, and both cities read it."""
    town = Town(server.address)
    solution = town.published(f"Da provare {uuid.uuid4().hex[:8]}")
    adoption = town.adopted(solution, "agreed")
    anna, letizia = person("anna.bianchi"), person("letizia.crisafulli")
    for someone in (anna, letizia):
        someone.page.goto(f"{server.address}/adoptions/{adoption}")
        someone.page.locator(".referent").first.wait_for()
    page = letizia.page
    # Only one's own side.
    expect(page.get_by_role("button", name="Sostituisci")).to_have_count(1)
    page.get_by_role("button", name="Sostituisci").click()
    dialog = page.get_by_role("dialog")
    dialog.get_by_role("combobox").fill("Silvia")
    dialog.get_by_role("option").first.wait_for()
    page.keyboard.press("Enter")
    dialog.get_by_role("button", name="Nomina").click()
    expect(dialog.locator(".field-problem")).to_contain_text("incarico")
    dialog.get_by_role("button", name="Annulla").click()
    page.get_by_role("button", name="Abbandona").click()
    dialog = page.get_by_role("dialog")
    dialog.get_by_role("button", name="Abbandona").click()
    expect(dialog.locator(".field-problem")).to_be_visible()
    dialog.get_by_role("textbox").fill("Manca il personale.")
    confirm(page, "Abbandona")
    expect(anna.page.locator(".step-line [aria-current]")).to_contain_text("Abbandonata")
    expect(anna.page.locator(".chain")).to_contain_text("Manca il personale.")
    expect(anna.page.locator(".event-acts button")).to_have_count(0)
    for someone in (anna, letizia):
        someone.assert_no_complaints()


def test_more_people_are_asked_while_it_is_in_review(person, server):
    """Where two cities are to say yes, a second one is asked later: everybody sees it at once, the one asked is told, and the text stays as it is."""
    town = Town(server.address)
    admin = Caller(server.address, "admin")
    admin.do("network.change", network=town.network, settings={"reviewers": 2})
    try:
        solution = town.solution(f"Fascicolo del fabbricato {uuid.uuid4().hex[:8]}")
        town.tried(solution)
        town.anna.do("solution.submit", solution=solution, revision=town.revision(solution), reviewers=[town.silvia.person])
        revision = town.revision(solution)
        anna, letizia = person("anna.bianchi"), person("letizia.crisafulli")
        for someone in (anna, letizia):
            someone.page.goto(f"{server.address}/solutions/{solution}")
            expect(someone.page.locator(".solution-side")).to_contain_text("Approvazioni da altre città: 0 di 2.")
            expect(someone.page.locator(".missing-list")).to_contain_text("L’approvazione di altre 2 città")
        page = anna.page
        page.get_by_role("button", name="Chiedi una revisione").click()
        dialog = page.get_by_role("dialog")
        # Nobody chosen is said before anything is sent; who reviews it already is not offered.
        dialog.get_by_role("button", name="Chiedi una revisione").click()
        expect(dialog.locator(".field-problem")).to_be_visible()
        dialog.get_by_role("combobox").fill("Silvia Canepa")
        expect(dialog.get_by_text("Nessuna voce con questo nome.")).to_be_visible()
        dialog.get_by_role("combobox").fill("Letizia")
        dialog.get_by_role("option").first.wait_for()
        page.keyboard.press("Enter")
        expect(dialog.locator(".named-entries")).to_contain_text("Letizia Crisafulli")
        confirm(page, "Chiedi una revisione")
        for someone in (anna, letizia):
            row = someone.page.locator(".solution-side li", has=someone.page.get_by_role("link", name="Letizia Crisafulli"))
            expect(row.first).to_contain_text("in attesa")
        assert town.revision(solution) == revision
        letizia.page.goto(f"{server.address}/notifications")
        expect(letizia.page.locator(".notification-list")).to_contain_text("Anna Bianchi ti chiede di revisionare una soluzione")
        # The first approval makes nothing tested, and does not say so.
        letizia.page.goto(f"{server.address}/solutions/{solution}")
        letizia.page.get_by_role("button", name="Approva come sperimentata").click()
        confirm(letizia.page, "Approva come sperimentata")
        expect(letizia.page.get_by_text("Approvata per la tua città: serve ancora l’approvazione di un’altra.")).to_be_visible()
        expect(letizia.page.locator(".step-line [aria-current]")).not_to_contain_text("Sperimentata")
        expect(page.locator(".solution-side")).to_contain_text("Approvazioni da altre città: 1 di 2.")
        expect(page.locator(".missing-list")).to_contain_text("L’approvazione di un’altra città")
        town.silvia.do("solution.approve", solution=solution, revision=town.revision(solution))
        expect(page.locator(".step-line [aria-current]")).to_contain_text("Sperimentata")
        expect(page.get_by_role("button", name="Chiedi una revisione")).to_have_count(0)
        for someone in (anna, letizia):
            someone.assert_no_complaints()
    finally:
        admin.do("network.change", network=town.network, settings={"reviewers": 1})
