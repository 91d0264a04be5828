"""What networks decided, what one is to do, and for how long people attended: seeded, and made by the tests themselves."""

import datetime
import re
import uuid

import pytest
from playwright.sync_api import expect

from judging import judge
from test_attendance import ROME, Meeting
from test_calendar_files import Caller


@pytest.fixture(scope="module")
def network(server):
    return Caller(server.address, "giulia.ferrari").network("semplificazione")


def screens(network):
    def page(login, path, ready):
        def open_screen(someone):
            someone.sign_in(login)
            someone.page.goto(someone.address + path)
            someone.page.locator(ready).first.wait_for()
            someone.page.locator(ready).first.evaluate("element => element.scrollIntoView({ block: 'nearest' })")
        return open_screen
    return {
        "decisions": page("anna.bianchi", f"/networks/{network}/decisions", ".decision-list"),
        "tasks": page("anna.bianchi", "/tasks", ".action-list"),
        "tasks-facilitator": page("giulia.ferrari", f"/tasks?network={network}", ".filters"),
        "hours": page("giulia.ferrari", f"/networks/{network}/hours", ".hours-part .data-table"),
        "hours-own": page("anna.bianchi", "/me", ".own-hours .fact-list"),
        "network-work": page("anna.bianchi", f"/networks/{network}", "m-network-work .card-list li"),
    }


@pytest.mark.parametrize("language", ["it", "en"])
@pytest.mark.parametrize("name", ["decisions", "tasks", "tasks-facilitator", "hours", "hours-own", "network-work"])
def test_screen(person, screenshots, network, name, language):
    judge(person, screenshots, name, language, screens(network)[name])


def test_empty_and_denied(person, server, network):
    """A network that decided nothing says so; hours are for who runs a network."""
    roberta = Caller(server.address, "roberta.marchetti")
    someone = person("roberta.marchetti")
    someone.page.goto(f"{server.address}/networks/{roberta.network('gruppo-tecnico')}/decisions")
    expect(someone.page.locator(".decisions")).to_contain_text("La rete non ha ancora preso decisioni.")
    someone.page.goto(f"{server.address}/tasks")
    expect(someone.page.locator(".tasks")).to_contain_text("Niente da fare.")
    anna = person("anna.bianchi")
    anna.page.goto(f"{server.address}/networks/{network}/hours")
    expect(anna.page.locator(".hours .notice-inline")).to_be_visible()
    expect(anna.page.get_by_role("link", name="Ore di presenza")).to_have_count(0)
    for one in (someone, anna):
        one.assert_no_complaints()


def test_find_a_decision_and_its_meeting(person, server, network):
    """From the network's home, by its words, to the place in the meeting's page; a new one comes by itself."""
    word = f"sportello-{uuid.uuid4().hex[:8]}"
    meeting = Meeting(server.address, 90)
    first = meeting.giulia.do("decision.record", event=meeting.event, text=f"Il nuovo {word} apre a **marzo**.")
    meeting.giulia.do("decision.record", event=meeting.event, text=f"Il nuovo {word} apre ad aprile.", supersedes=first["id"])
    anna = person("anna.bianchi")
    page = anna.page
    page.goto(f"{server.address}/networks/{network}")
    page.get_by_role("link", name="Tutte le decisioni").press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text("Decisioni")
    page.get_by_label("Parole nel testo").fill(word.upper())
    rows = page.locator(".decision-list > li")
    expect(rows).to_have_count(2)
    expect(rows.nth(1)).to_contain_text(re.compile(r"Sostituita dalla n\. \d+"))
    page.get_by_label("Validità").select_option(label="In vigore")
    expect(rows).to_have_count(1)
    expect(rows).to_contain_text("apre ad aprile")
    page.get_by_label("Parole nel testo").fill("parola-che-non-c’è")
    expect(page.locator(".decisions")).to_contain_text("Nessuna decisione corrisponde.")
    page.get_by_label("Parole nel testo").fill(word)
    meeting.giulia.do("decision.record", event=meeting.event, text=f"Il nuovo {word} avrà due stanze.")
    expect(rows).to_have_count(2)
    page.get_by_label("Validità").select_option(label="Sostituite")
    expect(rows).to_have_count(1)
    rows.get_by_role("link", name="Presa a").press("Enter")
    expect(page.locator("h1")).to_have_text(meeting.title)
    expect(page.locator(f"#decision-{first['id']} .message-text")).to_be_focused()
    anna.assert_no_complaints()


def test_decisions_come_page_by_page(person, server):
    paolo = Caller(server.address, "paolo.conti")
    network = paolo.network("piani-strategici")
    time = lambda hour: {"local": f"2026-10-05T{hour}:00", "zone": "Europe/Rome"}
    event = paolo.do("event.create", network=network, kind="training_day", title="Giornata delle decisioni", start=time("10"), end=time("12"))["id"]
    paolo.do("event.publish", event=event, revision=1)
    for number in range(60):
        paolo.do("decision.record", event=event, text=f"Decisione di prova {number}.")
    someone = person("paolo.conti")
    someone.page.goto(f"{server.address}/networks/{network}/decisions")
    rows = someone.page.locator(".decision-list > li")
    expect(rows).to_have_count(50)
    someone.page.get_by_role("button", name="Mostra altre").press("Enter")
    expect(rows.nth(50)).to_be_visible()
    numbers = [int(text.removeprefix("N. ")) for text in someone.page.locator(".decision-number").all_inner_texts()]
    assert numbers == list(range(numbers[0], numbers[0] - len(numbers), -1))
    someone.assert_no_complaints()


def test_tick_off_and_hand_on_a_task(person, server, network):
    """Who is to do something ticks it off and takes it back; a facilitator hands it on; each sees it at once."""
    mark = uuid.uuid4().hex[:8]
    meeting = Meeting(server.address, 100)
    add = lambda text, due: meeting.giulia.do("action.add", event=meeting.event, text=f"{text} {mark}", owner=meeting.people["anna.bianchi"], due=due)
    add("Scrivere ai Comuni", "2020-01-31")
    add("Preparare il modulo", "2099-02-28")
    anna, giulia, marco = person("anna.bianchi"), person("giulia.ferrari"), person("marco.russo")
    page = anna.page
    page.locator("#person-menu").press("Enter")
    page.get_by_role("link", name="I miei compiti").press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text("Compiti")
    late = page.locator(".action-list li", has_text=f"Scrivere ai Comuni {mark}")
    expect(late).to_contain_text(re.compile(r"Scaduto da \d+ giorni"))
    expect(page.locator(".action-list li", has_text=f"Preparare il modulo {mark}")).to_contain_text("Entro il 28 feb 2099")
    box = page.get_by_role("checkbox", name=f"Scrivere ai Comuni {mark}")
    box.press("Space")
    expect(box).to_be_checked()
    expect(late).not_to_contain_text("Scaduto")
    for someone in (giulia, marco):
        someone.page.goto(f"{server.address}/tasks?network={network}")
        whose = someone.page.get_by_label("Di chi")
        # A facilitator looks after everybody's.
        expect(whose.locator("option:checked")).to_have_text("Di tutta la rete" if someone is giulia else "Miei")
        whose.select_option(label="Di tutta la rete")
    # What is done is no longer to be done, for others.
    other = giulia.page.locator(".action-list li", has_text=mark)
    expect(other).to_have_count(1)
    box.press("Space")
    expect(box).not_to_be_checked()
    expect(other).to_have_count(2)
    expect(marco.page.get_by_role("checkbox", name=f"Preparare il modulo {mark}")).to_be_disabled()
    expect(marco.page.get_by_role("button", name=f"Modifica il compito: Preparare il modulo {mark}")).to_have_count(0)
    giulia.page.get_by_role("button", name=f"Modifica il compito: Preparare il modulo {mark}").press("Enter")
    dialog = giulia.page.get_by_role("dialog")
    dialog.locator("[name=text]").fill(f"Preparare due moduli {mark}")
    dialog.get_by_role("combobox").fill("Marco Rus")
    dialog.get_by_role("option", name="Marco Russo").click()
    dialog.get_by_role("button", name="Salva").click()
    expect(page.locator(".action-list li", has_text=mark)).to_have_count(1)
    marco.page.get_by_label("Di chi").select_option(label="Miei")
    expect(marco.page.get_by_role("checkbox", name=f"Preparare due moduli {mark}")).to_be_enabled()
    for someone in (anna, giulia, marco):
        someone.assert_no_complaints()


def test_hours_of_a_period_and_their_table(person, server, network, tmp_path):
    """The period narrows what counts, a new presence comes by itself, the table can be kept; one's own page agrees."""
    meeting = Meeting(server.address, 30)
    giulia = person("giulia.ferrari")
    page = giulia.page
    page.goto(f"{server.address}/networks/{network}/hours")
    day = meeting.start.astimezone(ROME).date().isoformat()
    page.get_by_label("Dal").fill(day)
    page.get_by_label("Al", exact=True).fill(day)
    row = page.locator(".hours-part").first.locator("tr", has_text="Marco Russo")
    # That day in Rome, as the server counts it.
    midnight = datetime.datetime.combine(datetime.date.fromisoformat(day), datetime.time(), ROME)
    utc = lambda at: at.astimezone(datetime.UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
    people = meeting.giulia.ask(f"attendance.hours?network={network}&from={utc(midnight)}&to={utc(midnight + datetime.timedelta(days=1))}")["people"]
    before = next((one["events"] for one in people if one["name"] == "Marco Russo"), 0)
    expect(row.locator("td").first if before else page.locator(".hours > .state-text")).to_have_text(str(before) if before else "Nessuna presenza registrata in questo periodo.")
    meeting.present("marco.russo", 0, 75)
    expect(row.locator("td").first).to_have_text(str(before + 1))
    with page.expect_download() as download:
        page.get_by_role("button", name="Scarica CSV: Per persona").click()
    download.value.save_as(tmp_path / "ore.csv")
    lines = (tmp_path / "ore.csv").read_text(encoding="utf-8-sig").splitlines()
    assert lines[0] == "Persona,Incontri,Minuti,Ore"
    marco = next(line for line in lines if line.startswith("Marco Russo,"))
    events, minutes, hours = marco.split(",")[1:]
    assert int(events) == before + 1 and hours == f"{int(minutes) // 60}:{int(minutes) % 60:02}"
    organisations = page.locator(".hours-part").nth(1)
    expect(organisations.locator("tr", has_text="Reggio Calabria")).to_be_visible()
    page.get_by_label("Dal").fill("2001-01-01")
    page.get_by_label("Al", exact=True).fill("2000-01-01")
    expect(page.get_by_role("alert").filter(has_text="viene dopo")).to_be_visible()
    page.get_by_label("Dal").fill("2000-01-01")
    expect(page.locator(".hours")).to_contain_text("Nessuna presenza registrata in questo periodo.")
    meeting.giulia.do("registration.checkIn", registration=meeting.registrations["anna.bianchi"])
    meeting.present("anna.bianchi", 0, 120)
    code = meeting.giulia.do("certificate.issue", registration=meeting.registrations["anna.bianchi"])["code"]
    anna = person("anna.bianchi")
    anna.page.goto(f"{server.address}/me")
    mine = anna.page.locator(".certificate-list li", has_text=code)
    expect(mine).to_contain_text(meeting.title)
    with anna.page.expect_download() as download:
        mine.get_by_role("link", name="Scarica l’attestato").click()
    assert download.value.suggested_filename.endswith(".pdf")
    for someone in (giulia, anna):
        someone.assert_no_complaints()
