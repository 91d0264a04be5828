"""Solutions: one city writes, another one reviews, the solution is published, a third one takes it over; each sees it at once."""

import urllib.error
import uuid

import pytest
from playwright.sync_api import expect

from judging import judge
from test_calendar_files import Caller
from test_screens import violations

PARTS = ("summary", "context", "organisation", "acts", "technology", "training", "communication", "costs", "indicators", "risks", "contacts")
TEXT = {
    "summary": "Un **solo sportello** per SCIA e permessi di costruire: il tecnico presenta una pratica, gli uffici la lavorano insieme.",
    "context": "I 55 Comuni avevano **cinque portali** diversi; un permesso richiedeva in media 92 giorni.\n\n- moduli diversi da Comune a Comune\n- pareri chiesti per lettera",
}


class Town:
    """People of four cities in one network: Anna writes for Bologna, Silvia reviews for Genova, Letizia adopts for Messina."""

    def __init__(self, address: str):
        self.anna, self.silvia, self.letizia, self.giulia = (Caller(address, login) for login in ("anna.bianchi", "silvia.canepa", "letizia.crisafulli", "giulia.ferrari"))
        self.network = self.anna.network("semplificazione")
        try:
            self.letizia.do("network.join", network=self.network)
        except urllib.error.HTTPError as refusal:
            assert refusal.code == 409  # from the run before
        cities = self.anna.ask("organisation.list?kind=citta_metropolitana&limit=100")["organisations"]
        self.cities = {name: next(city["id"] for city in cities if city["name"].endswith(name)) for name in ("Bologna", "Genova", "Messina")}

    def solution(self, title: str, parts=PARTS) -> int:
        made = self.anna.do("solution.create", network=self.network, title=title, city=self.cities["Bologna"], area="edilizia")["id"]
        for part in parts:
            self.write(made, part, TEXT.get(part, f"Che cosa si sa di «{part}» in questa città."))
        return made

    def revision(self, solution: int) -> int:
        return self.anna.ask(f"solution.get?solution={solution}")["revision"]

    def write(self, solution: int, part: str, text: str) -> None:
        self.anna.do("solution.write", solution=solution, part=part, text=text, revision=self.revision(solution))

    def tried(self, solution: int) -> int:
        experiment = self.anna.do("experiment.create", network=self.network, city=self.cities["Bologna"], area="edilizia", title="Tre mesi con quattro Comuni", solution=solution, text="Si misurano i **giorni** fino al rilascio.")["id"]
        self.anna.do("experiment.advance", experiment=experiment, to="started")
        self.anna.do("experiment.advance", experiment=experiment, to="concluded", outcome="success", note="Da 92 a 61 giorni.")
        return experiment

    def reviewed(self, solution: int) -> None:
        self.anna.do("solution.submit", solution=solution, revision=self.revision(solution), reviewers=[self.silvia.person])
        self.silvia.do("solution.approve", solution=solution, revision=self.revision(solution))

    def published(self, title: str) -> int:
        solution = self.solution(title)
        self.tried(solution)
        self.anna.do("solution.license", solution=solution, licence="CC-BY-4.0", revision=self.revision(solution))
        self.reviewed(solution)
        self.anna.do("solution.publish", solution=solution, revision=self.revision(solution))
        return solution

    def adopted(self, solution: int, *steps: str) -> int:
        adoption = self.letizia.do("adoption.request", solution=solution, version=1, city=self.cities["Messina"])["id"]
        for step in steps:
            self.anna.do("adoption.advance", adoption=adoption, to=step, note=f"Passo verso **{step}**.")
        return adoption


@pytest.fixture(scope="module")
def town(server):
    """One solution in each state, and what the screens show around them."""
    town = Town(server.address)
    mark = uuid.uuid4().hex[:6]
    town.published_one = town.published(f"Sportello unico metropolitano per l’edilizia {mark}")
    town.adoption = town.adopted(town.published_one, "agreed", "kit_delivered", "adapting", "in_use")
    meeting = town.giulia.do("event.create", network=town.network, kind="national_network_meeting", title=f"Incontro sugli sportelli {mark}", start={"local": "2026-10-01T10:00", "zone": "Europe/Rome"}, end={"local": "2026-10-01T12:00", "zone": "Europe/Rome"})["id"]
    town.giulia.do("event.publish", event=meeting, revision=1)
    decision = town.giulia.do("decision.record", event=meeting, text="Si **prova** uno sportello unico in una città.")["id"]
    for kind, target in (("event", meeting), ("decision", decision)):
        town.anna.do("solution.refer", solution=town.published_one, kind=kind, id=target)
    town.meeting = meeting
    town.draft = town.solution(f"Moduli unici per la SCIA {mark}", ("summary", "context", "organisation"))
    town.anna.do("solution.refer", solution=town.draft, kind="solution", id=town.published_one)
    town.returned = town.solution(f"Fascicolo digitale del fabbricato {mark}")
    town.tried(town.returned)
    town.anna.do("solution.submit", solution=town.returned, revision=town.revision(town.returned), reviewers=[town.silvia.person])
    town.silvia.do("solution.return", solution=town.returned, revision=town.revision(town.returned), reason="Mancano i costi di avvio.\nGli indicatori sono di un solo Comune.")
    town.review = town.solution(f"Conferenza di servizi telematica {mark}")
    town.tried(town.review)
    town.anna.do("solution.submit", solution=town.review, revision=town.revision(town.review), reviewers=[town.silvia.person])
    town.next = town.published(f"Albo dei tecnici condiviso {mark}")
    town.write(town.next, "risks", "Una lezione in più.")
    town.withdrawn = town.published(f"Portale dei pareri {mark}")
    town.anna.do("solution.withdraw", solution=town.withdrawn, revision=town.revision(town.withdrawn), reason="Il software non è più mantenuto.")
    town.old = town.published(f"Sportello unico, prima stesura {mark}")
    town.anna.do("solution.supersede", solution=town.old, revision=town.revision(town.old), by=town.published_one)
    town.experiment = town.anna.ask(f"solution.get?solution={town.published_one}")["experiments"][0]["id"]
    return town


def screens(town):
    def page(path, ready, login="anna.bianchi"):
        def open_screen(someone):
            someone.sign_in(login)
            someone.page.goto(someone.address + path)
            someone.page.locator(ready).first.wait_for()
        return open_screen

    def compare(someone):
        page("/solutions", ".compare-box")(someone)
        for index in (0, 1):
            someone.page.locator(".compare-box input").nth(index).check()

    def write(someone):
        page(f"/solutions/{town.draft}", ".kit-edit")(someone)
        someone.page.locator("m-kit-part[part='context'] .kit-edit").click()
        someone.page.locator("m-kit-part[part='context'] textarea").wait_for()

    return {
        "solutions": page("/solutions", ".solution-card"),
        "solutions-chosen": compare,
        "solutions-none": page("/solutions?q=introvabile", ".state-text a"),
        "solutions-adoptions": page("/solutions?view=adoptions", ".row-link"),
        "solutions-compare": page(f"/solutions/compare?a={town.published_one}&b={town.draft}", ".compare-part"),
        "solutions-network": page(f"/networks/{town.network}/solutions", ".solution-card"),
        "solution-new": page(f"/networks/{town.network}/solutions/new", "#solution-form-title"),
        "solution-draft": page(f"/solutions/{town.draft}", ".kit-part"),
        "solution-write": write,
        "solution-returned": page(f"/solutions/{town.returned}", ".kit-part"),
        "solution-review": page(f"/solutions/{town.review}", ".kit-part", "silvia.canepa"),
        "solution-published": page(f"/solutions/{town.published_one}", ".chain"),
        "solution-adopt": page(f"/solutions/{town.next}?version=1", ".chain", "letizia.crisafulli"),
        "solution-next": page(f"/solutions/{town.next}", ".chain"),
        "solution-withdrawn": page(f"/solutions/{town.withdrawn}", ".chain"),
        "solution-superseded": page(f"/solutions/{town.old}", ".chain"),
        "solution-hidden": page("/solutions/999999", "h1"),
        "experiment": page(f"/experiments/{town.experiment}", ".step-line"),
        "adoption": page(f"/adoptions/{town.adoption}", ".chain"),
        "solution-event": page(f"/events/{town.meeting}", "#event-solutions"),
    }


NAMES = ("solutions", "solutions-chosen", "solutions-none", "solutions-adoptions", "solutions-compare", "solutions-network", "solution-new", "solution-draft", "solution-write", "solution-returned",
         "solution-review", "solution-published", "solution-adopt", "solution-next", "solution-withdrawn", "solution-superseded", "solution-hidden", "experiment", "adoption", "solution-event")


@pytest.mark.parametrize("language", ["it", "en"])
@pytest.mark.parametrize("name", NAMES)
def test_screen(person, screenshots, town, name, language):
    judge(person, screenshots, name, language, screens(town)[name])


@pytest.mark.parametrize("theme", ["dark", "contrast"])
def test_themes(person, town, theme):
    anna = person("anna.bianchi")
    anna.page.evaluate("theme => localStorage.setItem('metropoli.theme', theme)", theme)
    for path, ready in (("/solutions", ".solution-card"), (f"/solutions/{town.draft}", ".chain"), (f"/solutions/{town.old}", ".chain"), (f"/adoptions/{town.adoption}", ".chain")):
        anna.page.goto(anna.address + path)
        anna.page.locator(ready).first.wait_for()
        assert violations(anna.page) == []


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
    expect(page.locator(".compare-part")).to_have_count(12)
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
