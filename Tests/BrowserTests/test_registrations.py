"""Registering for events, and the facilitators' desk: approving, adding colleagues, checking in."""

import csv
import datetime
import io
import itertools
import re
import uuid

import pytest
from playwright.sync_api import expect

from judging import judge
from person import PEOPLE
from test_calendar_files import Caller

FACILITATOR = "giulia.ferrari"
SLUG = "semplificazione"
# A day of its own for each event, so that none clashes with another.
DAYS = (datetime.date(2027, 5, 4) + datetime.timedelta(days=number) for number in itertools.count())


class Meetings:
    """Events of one network, made over HTTP by its facilitator."""

    def __init__(self, address: str):
        self.address = address
        self.giulia = Caller(address, FACILITATOR)
        self.network = self.giulia.network(SLUG)
        self.callers = {}

    def event(self, title: str = "", **more) -> int:
        day = next(DAYS)
        time = {name: {"local": f"{day}T{hour}:00", "zone": "Europe/Rome"} for name, hour in (("start", 10), ("end", 12))}
        usual = {"network": self.network, "kind": "webinar", "title": title or f"Laboratorio {uuid.uuid4().hex[:8]}"}
        made = self.giulia.do("event.create", **(usual | time | more))
        self.giulia.do("event.publish", event=made["id"], revision=made["revision"])
        return made["id"]

    def members(self, most: int) -> list[str]:
        """Logins of people who take part in the network, its facilitators left out."""
        found = self.giulia.ask(f"network.members?network={self.network}&role=member&limit=100")["members"]
        names = {person["name"] for person in found}
        return [login for login, person in PEOPLE.items() if person["name"] in names][:most]

    def by(self, login: str) -> Caller:
        return self.callers.setdefault(login, Caller(self.address, login))

    def register(self, event: int, *logins: str, **answers) -> list[dict]:
        return [self.by(login).do("registration.register", event=event, answers=answers) for login in logins]

    def visit(self) -> int:
        """A study visit of a local network, whose form asks for a yes."""
        return self.event("Visita al laboratorio urbano", kind="study_visit", network=self.local)

    @property
    def local(self) -> int:
        return next(one["id"] for one in self.giulia.ask("network.list")["networks"] if one["type"] in ("Local", "European") and one.get("role") == "facilitator")

    @property
    def visitor(self) -> str:
        found = self.giulia.ask(f"network.members?network={self.local}&role=member&limit=100")["members"]
        names = {person["name"] for person in found}
        return next(login for login, person in PEOPLE.items() if person["name"] in names)

    def messages(self) -> int:
        event = self.crowd()
        self.giulia.do("registration.message", event=event, to="confirmed", subject="Che cosa portare",
                       text="Portate un caso della vostra città, anche incompleto.\n\nCi colleghiamo dieci minuti prima.")
        self.giulia.do("registration.message", event=event, to="all", text="Il programma è sulla pagina dell’incontro.")
        return event

    def crowd(self, **more) -> int:
        """Two with a seat, one of them here already, two who wait."""
        event = self.event("Sportello unico: laboratorio sui casi", capacity=2, text="Un laboratorio.", **more)
        people = self.members(4)
        first, *_ = self.register(event, *people, question="Come si misurano i tempi?")
        self.giulia.do("registration.checkIn", registration=first["id"])
        return event


@pytest.fixture
def meetings(server):
    return Meetings(server.address)


def screen(make, path: str, ready: str, login: str = FACILITATOR, then=None):
    def open_screen(someone):
        meetings = Meetings(someone.address)
        event = make(meetings)
        people = {"waiting": lambda: meetings.members(4)[3], "seated": lambda: meetings.members(4)[1], "visitor": lambda: meetings.visitor}
        someone.sign_in(people[login]() if login in people else login)
        someone.page.goto(f"{someone.address}/events/{event}{path}")
        someone.page.locator(ready).first.wait_for()
        if then:
            then(someone.page)
    return open_screen


def ask_to_register(page) -> None:
    page.locator(".registration-button").click()
    page.locator("dialog input, dialog textarea").first.wait_for()


def requests(meetings: Meetings) -> int:
    event = meetings.event("Giornata con approvazione", approval=True, capacity=3)
    meetings.register(event, *meetings.members(4))
    return event


def overbooked(meetings: Meetings) -> int:
    event = meetings.event("Sala più piccola del previsto", capacity=4)
    meetings.register(event, *meetings.members(4))
    facts = meetings.giulia.ask(f"event.get?event={event}")
    meetings.giulia.do("event.update", event=event, revision=facts["revision"], capacity=2)
    return event


def at_the_same_time(meetings: Meetings) -> int:
    first = meetings.event("Ore 10")
    time = meetings.giulia.ask(f"event.get?event={first}")
    second = meetings.event("Ancora alle 10", **{name: {"local": time[name]["local"], "zone": "Europe/Rome"} for name in ("start", "end")})
    for event in (first, second):
        meetings.register(event, meetings.members(4)[3])
    return second


def choose_all(page) -> None:
    page.locator(".bulk-bar input").check()
    page.locator(".bulk-bar .btn").first.wait_for()


def ask_place(page) -> None:
    page.get_by_role("button", name=re.compile("Sposta in lista|Move in the list")).last.click()
    page.locator("dialog .form-control").first.wait_for()


def preview(page) -> None:
    """Half of the rows are good, of the others each has another problem."""
    event = int(re.search(r"/events/(\d+)/", page.url)[1])
    content = page.request.get(f"{page.url.split('/events')[0]}/events/{event}/registrations.csv?language=it").body().decode("utf-8-sig")
    rows = list(csv.reader(content.splitlines(keepends=True)))
    rows[1][1], rows[2][1], rows[3][1], rows[4][6] = "Posto confermato", "Presente", "Da approvare", "Quanto costa?"
    for name in ("Nessuno Così", rows[1][0]):
        rows.append([name] + [""] * (len(rows[0]) - 1))
    table = io.StringIO()
    csv.writer(table).writerows(rows)
    upload(page, "iscrizioni.csv", table.getvalue().encode())
    page.get_by_role("button", name=re.compile("righe in tutto|rows in all")).click()


SCREENS = {
    "registration-open": screen(Meetings.event, "", ".registration-button", "sara.conti" if "sara.conti" in PEOPLE else FACILITATOR),
    "registration-form": screen(Meetings.event, "", ".registration-button", then=ask_to_register),
    "registration-waiting": screen(Meetings.crowd, "", ".queue-place", "waiting"),
    "registration-clash": screen(at_the_same_time, "", ".notice-inline.is-warning a", "waiting"),
    "registration-early": screen(lambda meetings: meetings.event(registration={"opens": {"local": "2027-04-01T09:00", "zone": "Europe/Rome"}}), "", ".registration > .card-detail"),
    "desk": screen(Meetings.crowd, "/desk", ".data-table tbody tr"),
    "desk-move": screen(Meetings.crowd, "/desk", ".data-table tbody tr", then=ask_place),
    "desk-import": screen(Meetings.crowd, "/desk/import", "input[type=file]", then=preview),
    "desk-messages": screen(Meetings.messages, "/desk/messages", ".attendee-messages li"),
    "attendee-messages": screen(Meetings.messages, "", "m-attendee-messages li", "seated"),
    "registration-consent": screen(Meetings.visit, "", ".registration-button", "visitor", then=ask_to_register),
    "desk-requests": screen(requests, "/desk", ".data-table tbody tr", then=choose_all),
    "desk-overbooked": screen(overbooked, "/desk", ".notice-inline.is-warning"),
    "desk-empty": screen(Meetings.event, "/desk", ".desk .state-text"),
    "check-in": screen(Meetings.crowd, "/desk/check-in", ".check-in-list li"),
}


@pytest.mark.parametrize("language", ["it", "en"])
@pytest.mark.parametrize("name", SCREENS)
def test_screen(person, screenshots, name, language):
    judge(person, screenshots, name, language, SCREENS[name])


@pytest.fixture
def someone(person):
    """Makes people who must have had nothing to complain about in the end."""
    made = []

    def make(login: str, event: int, path: str = "", **more):
        one = person(login, **more)
        made.append(one)
        one.page.goto(f"{one.address}/events/{event}{path}")
        return one.page
    yield make
    for one in made:
        one.assert_no_complaints()


def register(page, question: str = "") -> None:
    page.locator(".registration-button").click()
    dialog = page.get_by_role("dialog")
    dialog.get_by_label(re.compile("Una domanda")).fill(question)
    dialog.locator("[type=submit]").click()


def state(page):
    return page.locator(".registration-state")


def test_the_queue_moves_up_live(someone, meetings):
    """Of three who register for two seats the third waits, until the first gives the seat back."""
    event = meetings.event(capacity=2)
    first, second, third = (someone(login, event) for login in meetings.members(3))
    for page in (first, second):
        register(page, "Quali tempi?")
        expect(state(page)).to_contain_text("Posto confermato")
    # The others' counts come by themselves: the third knows before asking.
    expect(third.locator(".registration-button")).to_have_text("Entra in lista d’attesa")
    register(third)
    expect(third.locator(".queue-place")).to_have_text("Posizione 1")
    expect(state(third)).to_contain_text("Il prossimo posto che si libera è tuo")
    expect(first.locator(".seats-line")).to_have_text("2 posti occupati su 2")
    expect(first.locator(".seats")).to_contain_text("1 persona in lista d’attesa")

    first.get_by_role("button", name="Rinuncia al posto").click()
    first.get_by_role("dialog").get_by_role("button", name="Rinuncia al posto").click()
    expect(state(third)).to_contain_text("Posto confermato")
    expect(third.locator(".queue-place")).to_have_count(0)
    expect(state(first)).to_contain_text("Hai rinunciato")
    # Who comes again waits now.
    register(first)
    expect(first.locator(".queue-place")).to_have_text("Posizione 1")


def test_the_queue_shows_each_place(someone, meetings):
    """Places in the queue move while one looks on, also when somebody in the middle leaves."""
    event = meetings.event(capacity=1)
    people = meetings.members(4)
    answers = meetings.register(event, *people)
    last = someone(people[3], event)
    expect(last.locator(".queue-place")).to_have_text("Posizione 3")
    meetings.by(people[2]).do("registration.cancel", registration=answers[2]["id"])
    expect(last.locator(".queue-place")).to_have_text("Posizione 2")
    meetings.by(people[0]).do("registration.cancel", registration=answers[0]["id"])
    expect(last.locator(".queue-place")).to_have_text("Posizione 1")


def test_the_desk_moves_who_waits(someone, meetings):
    """With the keyboard alone; everybody sees the new place at once, and it can be taken back."""
    event = meetings.event(capacity=1)
    people = meetings.members(4)
    meetings.register(event, *people)
    second, last = (someone(people[number], event) for number in (1, 3))
    desk = someone(FACILITATOR, event, "/desk")
    expect(last.locator(".queue-place")).to_have_text("Posizione 3")
    button = desk.get_by_role("button", name=f"Sposta in lista {PEOPLE[people[3]]['name']}")
    button.focus()
    desk.keyboard.press("Enter")
    dialog = desk.get_by_role("dialog")
    expect(dialog).to_contain_text("posizione 3 su 3")
    expect(dialog.get_by_label("Nuova posizione")).to_be_focused()
    desk.keyboard.press("Enter")
    expect(dialog.get_by_label("Motivo")).to_have_attribute("aria-invalid", "true")
    dialog.get_by_label("Motivo").focus()
    desk.keyboard.type("Presenta il caso della sua città")
    desk.keyboard.press("Tab")
    desk.keyboard.press("Tab")
    desk.keyboard.press("Enter")
    expect(last.locator(".queue-place")).to_have_text("Posizione 1")
    expect(second.locator(".queue-place")).to_have_text("Posizione 2")
    expect(desk.locator(".data-table tbody tr").nth(1)).to_contain_text(PEOPLE[people[3]]["name"])
    desk.locator(".notice").get_by_role("button", name="Annulla").click()
    expect(last.locator(".queue-place")).to_have_text("Posizione 3")
    expect(second.locator(".queue-place")).to_have_text("Posizione 1")


def test_an_offer_is_taken_and_declined(someone, meetings):
    event = meetings.event(capacity=1, offers=True)
    people = meetings.members(3)
    first, second, third = meetings.register(event, *people)
    declining, taking = someone(people[1], event), someone(people[2], event)
    expect(declining.locator(".queue-place")).to_have_text("Posizione 1")
    meetings.by(people[0]).do("registration.cancel", registration=first["id"])
    expect(state(declining)).to_contain_text(re.compile(r"Un posto è tenuto per te ancora per 4[78] ore"))
    declining.get_by_role("button", name="Rifiuta").click()
    declining.get_by_role("dialog").get_by_role("button", name="Rifiuta").click()
    expect(state(declining)).to_contain_text("passato ad altri")
    taking.get_by_role("button", name="Accetta il posto").click()
    expect(state(taking)).to_contain_text("Posto confermato")


def test_the_desk_approves_and_turns_down(someone, meetings):
    event = meetings.event(approval=True)
    people = meetings.members(3)
    asking = [someone(login, event) for login in people[:2]]
    desk = someone(FACILITATOR, event, "/desk")
    expect(desk.get_by_text("Nessuna iscrizione finora.")).to_be_visible()
    for page in asking:
        page.get_by_role("button", name="Chiedi di partecipare").click()
        page.get_by_role("dialog").get_by_role("button", name="Chiedi di partecipare").click()
        expect(state(page)).to_contain_text("aspetta l’approvazione")
    # They come to the desk by themselves.
    rows = desk.locator(".data-table tbody tr")
    expect(rows).to_have_count(2)
    desk.get_by_role("button", name=f"Approva {PEOPLE[people[0]]['name']}").click()
    expect(state(asking[0])).to_contain_text("Posto confermato")
    desk.get_by_role("button", name=f"Non approvare {PEOPLE[people[1]]['name']}").click()
    dialog = desk.get_by_role("dialog")
    dialog.get_by_label(re.compile("Motivo")).fill("È riservata a chi non c’era")
    dialog.get_by_role("button", name="Non approvare").click()
    expect(state(asking[1])).to_contain_text("Motivo: È riservata a chi non c’era")
    expect(rows).to_have_count(1)
    # A decision can be taken back, and many be taken at once.
    desk.get_by_label("Stato").select_option("gone")
    desk.get_by_role("button", name=f"Riesamina {PEOPLE[people[1]]['name']}").click()
    expect(state(asking[1])).to_contain_text("aspetta l’approvazione")
    meetings.register(event, people[2])
    desk.get_by_label("Stato").select_option("requested")
    expect(rows).to_have_count(2)
    desk.get_by_label("Scegli tutte").check()
    desk.get_by_role("button", name="Approva (2)").click()
    expect(desk.get_by_text("Fatto per 2 iscrizioni.")).to_be_visible()
    expect(state(asking[1])).to_contain_text("Posto confermato")
    desk.get_by_label("Stato").select_option("seat")
    expect(rows).to_have_count(3)
    desk.get_by_label("Cerca per nome").fill(PEOPLE[people[2]]["name"].split()[-1].upper())
    expect(rows).to_have_count(1)


def test_the_desk_registers_and_invites_colleagues(someone, meetings):
    event = meetings.event()
    people = meetings.members(2)
    invited = someone(people[1], event)
    desk = someone(FACILITATOR, event, "/desk")
    for login, how in ((people[0], "register"), (people[1], "invite")):
        desk.get_by_role("button", name="Iscrivi una persona").click()
        dialog = desk.get_by_role("dialog")
        dialog.get_by_role("combobox", name="Persona della rete").fill(PEOPLE[login]["name"])
        dialog.locator(".picker-list li").first.click()
        dialog.locator("select[name=how]").select_option(how)
        expect(dialog.get_by_label(re.compile("Una domanda"))).to_have_count(1 if how == "register" else 0)
        dialog.get_by_role("button", name="Conferma").click()
        expect(dialog).to_have_count(0)
    expect(desk.locator(".data-table tbody tr")).to_have_count(2)
    expect(desk.locator(".data-table")).to_contain_text("Posto confermato")
    invited.get_by_role("button", name="Accetta l’invito").click()
    invited.get_by_role("dialog").locator("[type=submit]").click()
    expect(state(invited)).to_contain_text("Posto confermato")


def test_check_in_on_a_phone(someone, meetings):
    event = meetings.event()
    people = meetings.members(4)
    meetings.register(event, *people)
    door = someone(FACILITATOR, event, "/desk/check-in", viewport={"width": 360, "height": 740})
    attendee = someone(people[0], event)
    expect(door.locator(".check-in-count")).to_have_text("0 presenti su 4")
    name = PEOPLE[people[0]]["name"]
    door.get_by_label("Cerca per nome").fill(name.split()[-1][:5].lower())
    door.get_by_role("button", name=f"È presente {name}").click()
    expect(door.locator(".check-in-count")).to_have_text("1 presente su 4")
    expect(door.locator("li.is-here")).to_contain_text(name)
    expect(state(attendee)).to_contain_text("Presente")
    door.get_by_role("button", name=f"Annulla {name}").click()
    expect(door.locator(".check-in-count")).to_have_text("0 presenti su 4")
    expect(state(attendee)).to_contain_text("Posto confermato")


def test_the_list_is_a_table_that_runs_nothing(someone, meetings):
    event = meetings.event()
    people = meetings.members(2)
    meetings.register(event, people[0], question='=HYPERLINK("http://x","sì, clicca")')
    meetings.register(event, people[1])
    desk = someone(FACILITATOR, event, "/desk")
    content = download(desk, event)
    assert content.startswith(b"\xef\xbb\xbf") and content.count(b"\r\n") == 3
    rows = list(csv.reader(content.decode("utf-8-sig").splitlines()))
    assert rows[0][:2] == ["Nome", "Stato"] and rows[0][6].startswith("Una domanda")
    assert {row[0] for row in rows[1:]} == {PEOPLE[login]["name"] for login in people}
    assert rows[1][6] == '\'=HYPERLINK("http://x","sì, clicca")'


def download(desk, event: int) -> bytes:
    with desk.expect_download() as file:
        desk.get_by_role("link", name="Scarica l’elenco").click()
    assert file.value.suggested_filename == f"iscrizioni-{event}.csv"
    return file.value.path().read_bytes()


def upload(page, name: str, content: bytes) -> None:
    page.locator("input[type=file]").set_input_files({"name": name, "mimeType": "text/csv", "buffer": content})
    page.locator("#import [type=submit]").click()
    page.locator("#import-preview").get_by_text(name).wait_for()


def test_the_list_comes_back(someone, meetings):
    """As it was, nothing changes; with changes, they are shown first, done row by row, and seen by those concerned."""
    event = meetings.event(capacity=1)
    people = meetings.members(4)
    meetings.register(event, *people[:2], question="; \"due\"\nrighe")
    desk = someone(FACILITATOR, event, "/desk")
    content = download(desk, event)
    desk.get_by_role("link", name="Importa", exact=True).click()
    upload(desk, "iscrizioni.csv", content)
    expect(desk.locator("#import-preview")).to_contain_text("non c’è niente da cambiare")
    expect(desk.get_by_role("button", name=re.compile("^Importa"))).to_have_count(0)

    seated, waiting = someone(people[0], event), someone(people[1], event)
    rows = list(csv.reader(content.decode("utf-8-sig").splitlines(keepends=True)))
    rows[1][1] = "Rinuncia"
    rows.append([PEOPLE[people[2]]["name"]] + [""] * (len(rows[0]) - 1))
    rows.append(["Nessuno Così"] + [""] * (len(rows[0]) - 1))
    table = io.StringIO()
    csv.writer(table, delimiter=";").writerows(rows)
    upload(desk, "modificate.csv", table.getvalue().encode())
    preview = desk.locator("#import-preview")
    expect(preview).to_contain_text("1 da iscrivere, 1 da modificare, 1 già uguali")
    expect(preview).to_contain_text("Nessuno Così")
    expect(preview).to_contain_text("non è tra le persone della rete")
    expect(state(seated)).to_contain_text("Posto confermato")
    preview.get_by_role("button", name="Importa 2 cambiamenti").click()
    expect(preview).to_contain_text("1 riga è rimasta fuori per intero")
    expect(state(seated)).to_contain_text("Hai rinunciato")
    expect(state(waiting)).to_contain_text("Posto confermato")


def test_the_desk_writes_to_those_who_come(someone, meetings):
    event = meetings.event(capacity=1)
    people = meetings.members(3)
    meetings.register(event, *people)
    seated, waiting = someone(people[0], event), someone(people[1], event)
    expect(state(seated)).to_contain_text("Posto confermato")
    desk = someone(FACILITATOR, event, "/desk")
    desk.get_by_role("link", name="Scrivi ai partecipanti").click()
    expect(desk.get_by_label("A chi")).to_contain_text("A chi è in attesa – 2 persone")
    desk.get_by_label(re.compile("^Oggetto")).fill("Che cosa portare")
    desk.get_by_role("button", name="Invia…").click()
    expect(desk.get_by_label("Testo")).to_have_attribute("aria-invalid", "true")
    desk.get_by_label("Testo").fill("Portate un caso.\n<b>Grazie</b>")
    desk.get_by_role("button", name="Invia…").click()
    asked = desk.get_by_role("dialog")
    expect(asked).to_contain_text("Scrivere a 1 persona?")
    asked.get_by_role("button", name="Annulla").click()
    expect(desk.get_by_text("Ancora nessun messaggio.")).to_be_visible()
    desk.get_by_role("button", name="Invia…").click()
    desk.get_by_role("dialog").get_by_role("button", name="Invia").click()
    expect(desk.get_by_text("Inviato a 1 persona.")).to_be_visible()
    expect(desk.locator(".attendee-messages li")).to_contain_text("A chi ha un posto (1 persona)")
    # It comes to whom it is for, and to nobody else, without asking.
    expect(seated.locator("m-attendee-messages .message-words")).to_have_text("Portate un caso.\n<b>Grazie</b>")
    expect(waiting.locator("m-attendee-messages li")).to_have_count(0)
    seated.goto(f"{meetings.address}/notifications")
    expect(seated.get_by_text("Chi organizza ha scritto a chi partecipa").first).to_be_visible()


def test_a_visit_needs_a_yes(someone, meetings):
    event = meetings.visit()
    page = someone(meetings.visitor, event)
    page.locator(".registration-button").click()
    dialog = page.get_by_role("dialog")
    expect(dialog.get_by_role("link", name="Leggi il testo completo")).to_have_attribute("href", "/privacy")
    dialog.locator("[type=submit]").click()
    box = dialog.get_by_role("checkbox")
    expect(box).to_have_attribute("aria-invalid", "true")
    expect(dialog).to_contain_text("Senza il tuo sì non puoi iscriverti.")
    box.focus()
    page.keyboard.press("Space")
    dialog.locator("[type=submit]").click()
    expect(state(page)).to_contain_text("Posto confermato")
    facts = meetings.by(meetings.visitor).ask(f"registration.list?event={event}&mine=true")["registrations"][0]
    assert facts["answers"]["hostConsent"] is True


def test_members_have_no_desk(someone, meetings):
    event = meetings.event()
    page = someone(meetings.members(1)[0], event, "/desk")
    expect(page.locator(".notice-inline")).to_contain_text("riservata")


def test_an_event_is_duplicated(someone, meetings):
    title = f"Da ripetere {uuid.uuid4().hex[:8]}"
    event = meetings.event(title, capacity=7)
    page = someone(FACILITATOR, event)
    page.get_by_role("button", name="Duplica").click()
    dialog = page.get_by_role("dialog")
    dialog.locator("[name=start]").fill("2027-06-08T10:00")
    dialog.locator("[name=end]").fill("2027-06-08T12:00")
    dialog.get_by_role("button", name="Duplica").click()
    expect(page.locator(".fact-list")).to_contain_text("martedì 8 giugno 2027, 10:00–12:00")
    expect(page.locator("h1")).to_have_text(title)
    expect(page.locator(".event-tags")).to_contain_text("Bozza")
    expect(page.locator(".seats-line")).to_have_text("0 posti occupati su 7")
