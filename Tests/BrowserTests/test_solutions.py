"""The screens of solutions, experiments and adoptions, one solution in each state."""

import urllib.error
import uuid

import pytest

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
