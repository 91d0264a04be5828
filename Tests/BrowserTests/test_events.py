"""The calendar, a network's events, an event's page, and what who runs a network does with events."""

import re
import uuid

import pytest
from playwright.sync_api import expect

from judging import judge
from test_calendar_files import Caller

HIDDEN = "404"


def at(address: str, ready: str, login: str = "giulia.ferrari"):
    def open_screen(someone):
        someone.sign_in(login)
        path = address if isinstance(address, str) else address(Caller(someone.address, login))
        someone.page.goto(someone.address + path)
        someone.page.locator(ready).first.wait_for()
    return open_screen


def network_events(caller: Caller) -> str:
    return f"/networks/{caller.network('semplificazione')}/events"


def third_webinar(caller: Caller) -> str:
    events = caller.ask(f"event.list?network={caller.network('semplificazione')}&kind=webinar")["events"]
    return f"/events/{next(event['id'] for event in events if event.get('series', {}).get('index') == 3)}"


SCREENS = {
    "calendar-month": at("/events?date=2026-12-01", ".month"),
    "calendar-week": at("/events?view=week&date=2026-12-08", ".week .agenda-link"),
    "calendar-agenda": at("/events?view=agenda&date=2026-12-01", ".agenda-link"),
    "calendar-empty": at("/events?view=agenda&date=2031-12-01", ".calendar .state-text"),
    "network-events": at(network_events, ".agenda-link"),
    "event": at(third_webinar, ".event-page", "anna.bianchi"),
    "event-facilitator": at(third_webinar, ".event-page .event-acts"),
    "event-form": at(lambda caller: network_events(caller) + "/new", "#event-form-title"),
    "event-edit": at(lambda caller: third_webinar(caller) + "/edit", "#event-form-title"),
    "event-hidden": at("/events/999999", "h1"),
}


@pytest.mark.parametrize("language", ["it", "en"])
@pytest.mark.parametrize("name", SCREENS)
def test_screen(person, screenshots, name, language):
    # The browser itself notes each answer that is no success.
    judge(person, screenshots, name, language, SCREENS[name], (HIDDEN,) if name == "event-hidden" else ())


@pytest.fixture
def giulia(person):
    someone = person("giulia.ferrari")
    yield someone
    someone.assert_no_complaints()


@pytest.fixture
def anna(person):
    someone = person("anna.bianchi")
    yield someone
    someone.assert_no_complaints()


def fill(page, **answers):
    for name, value in answers.items():
        field = page.locator(f"[name='{name}']")
        field.select_option(value) if field.evaluate("field => field.tagName") == "SELECT" else field.fill(value)


def test_from_draft_to_cancelled(giulia, anna):
    """A facilitator prepares, publishes, moves and calls off an event; a member sees each of it at once."""
    title = f"Conferenza asincrona {uuid.uuid4().hex[:8]}"
    home = network_events(Caller(giulia.address, "giulia.ferrari"))
    anna.page.goto(anna.address + home)
    anna.page.locator(".agenda-link").first.wait_for()
    page = giulia.page
    page.goto(giulia.address + home)
    page.get_by_role("link", name="Nuovo incontro").click()
    page.locator("#event-form-title").wait_for()
    # What is wrong stands at its field.
    fill(page, title=title, start="2027-03-02T10:00", end="2027-03-02T09:00", kind="webinar")
    page.get_by_role("button", name="Prepara la bozza").click()
    expect(page.locator("#event-form-end-problem")).to_contain_text("dopo l’inizio")
    fill(page, end="2027-03-02T12:00", capacity="50", place="Roma", agenda="10:00 Saluti\n10:15 Casi", text="Portare **un caso**")
    page.get_by_role("button", name="Prepara la bozza").click()
    expect(page.locator("h1")).to_have_text(title)
    expect(page.locator(".notice-inline")).to_contain_text("bozza")
    expect(page.locator(".programme-list li")).to_have_count(2)
    expect(anna.page.get_by_text(title)).to_have_count(0)

    page.get_by_role("button", name="Pubblica").click()
    page.get_by_role("dialog").get_by_role("button", name="Pubblica").click()
    expect(page.get_by_role("button", name="Rinvia")).to_be_visible()
    anna.page.get_by_role("link", name=title).click()
    expect(anna.page.locator(".fact-list")).to_contain_text("martedì 2 marzo 2027, 10:00–12:00")
    expect(anna.page.locator(".seats-line")).to_have_text("0 posti occupati su 50")
    expect(anna.page.locator(".event-acts")).to_have_count(0)

    page.get_by_role("button", name="Sposta").click()
    dialog = page.get_by_role("dialog")
    fill(dialog, start="2027-03-30T10:00", end="2027-03-30T12:00", reason="Sala occupata")
    dialog.get_by_role("button", name="Sposta").click()
    expect(anna.page.locator(".fact-list")).to_contain_text("martedì 30 marzo 2027, 10:00–12:00")
    expect(anna.page.locator(".notice-inline")).to_contain_text("era previsto martedì 2 marzo 2027")

    page.get_by_role("button", name="Annulla l’incontro").click()
    dialog = page.get_by_role("dialog")
    dialog.get_by_role("button", name="Annulla l’incontro").click()
    expect(dialog.locator(".field-problem")).to_be_visible()
    fill(dialog, reason="Pochi iscritti")
    dialog.get_by_role("button", name="Annulla l’incontro").click()
    expect(anna.page.locator(".notice-inline.is-danger")).to_contain_text("Pochi iscritti")


def test_who_speaks_and_who_organises(giulia):
    """Speakers and organisers are found or typed; what is wanted twice is said, and why that is right is kept."""
    page = giulia.page
    title = f"Tavola rotonda {uuid.uuid4().hex[:8]}"
    caller = Caller(giulia.address, "giulia.ferrari")
    page.goto(giulia.address + network_events(caller) + "/new")
    page.locator("#event-form-title").wait_for()
    # Anna Bianchi speaks in the seeded cycle at that hour.
    fill(page, title=title, start="2026-12-08T10:00", end="2026-12-08T11:00", kind="webinar", reach="national")
    speakers = page.get_by_role("group", name="Intervengono")
    for name in ("Anna Bianchi", "Marco Russo"):
        speakers.get_by_role("combobox").fill(name)
        speakers.get_by_role("option", name=name).click()
        expect(speakers.get_by_text(name, exact=True)).to_be_visible()
        expect(speakers.get_by_role("combobox")).to_be_focused()
    speakers.get_by_label("Oppure un nome da fuori").fill("Ada Rossi")
    speakers.get_by_role("button", name="Aggiungi").click()
    speakers.get_by_label("Ruolo o intervento: Ada Rossi").fill("Università di Bologna")
    speakers.get_by_role("button", name="Togli: Marco Russo").click()
    organisers = page.get_by_role("group", name="A cura di")
    organisers.get_by_role("combobox").fill("Bologna")
    organisers.get_by_role("option").first.click()
    expect(organisers.locator(".named-entries li")).to_have_count(1)
    organisers.get_by_label("Oppure un’altra").fill("Comitato di quartiere")
    page.keyboard.press("Enter")
    page.get_by_role("button", name="Prepara la bozza").click()

    dialog = page.get_by_role("dialog")
    expect(dialog).to_contain_text("chi interviene è anche in")
    dialog.locator("[type=submit]").click()
    expect(dialog.locator(".field-problem")).to_be_visible()
    fill(dialog, reason="Interviene a distanza")
    dialog.locator("[type=submit]").click()
    expect(page.get_by_text("Il motivo è registrato.")).to_be_visible()
    expect(page.locator("h1")).to_have_text(title)
    expect(page.locator(".speaker-list li")).to_have_text(["Anna Bianchi", re.compile("Ada Rossi.*Università di Bologna")])
    expect(page.locator(".fact-list")).to_contain_text("Comitato di quartiere")

    # They are there again in the form, and may all go.
    page.get_by_role("link", name="Modifica").click()
    expect(page.get_by_role("group", name="Intervengono").locator(".named-entries li")).to_have_count(2)
    expect(page.locator("[name=reach]")).to_have_value("national")
    for name in ("Anna Bianchi", "Ada Rossi"):
        page.get_by_role("button", name=f"Togli: {name}").click()
    page.get_by_role("button", name="Salva").click()
    expect(page.locator(".fact-list")).to_contain_text("Comitato di quartiere")
    expect(page.locator(".speaker-list")).to_have_count(0)


def test_series_by_keyboard(giulia):
    title = f"Ciclo {uuid.uuid4().hex[:8]}"
    page = giulia.page
    page.goto(giulia.address + network_events(Caller(giulia.address, "giulia.ferrari")) + "/new")
    page.locator("#event-form-title").wait_for()
    fill(page, title=title, kind="training_day", repeat="fourMonthly")
    fill(page, start="2029-12-31T10:00", end="2029-12-31T11:00", count="3")
    page.locator("[name='count']").press("Enter")
    expect(page.locator("h1")).to_have_text(title)
    expect(page.locator(".event-tags")).to_contain_text("1 di 3")
    page.get_by_role("link", name="1 di 3: tutto il ciclo").press("Enter")
    expect(page.locator(".dates-list li")).to_have_count(3)
    page.goto(giulia.address + "/events?view=agenda&date=2030-04-01")
    expect(page.locator(".agenda-day", has_text=title)).to_contain_text("artedì 30 aprile 2030")


def test_calendar_by_keyboard(anna):
    page = anna.page
    page.goto(anna.address + "/events?date=2026-12-01")
    cell = page.locator(".month td:not(.is-other)", has=page.locator("time[datetime='2026-12-08']"))
    expect(cell.get_by_role("link", name=re.compile("Sportello unico"))).to_be_visible()
    page.get_by_role("button", name="Mese successivo").focus()
    page.keyboard.press("Enter")
    expect(page.locator(".calendar-period h2")).to_have_text("gennaio 2027")
    page.get_by_role("link", name="Settimana", exact=True).focus()
    page.keyboard.press("Enter")
    expect(page.locator(".week-day")).to_have_count(7)
    page.go_back()
    expect(page.locator(".month")).to_be_visible()
    page.locator(".month-events a").first.focus()
    page.keyboard.press("Enter")
    expect(page.locator(".event-page h1")).to_be_visible()
    with page.expect_download() as download:
        page.get_by_role("link", name="Aggiungi al calendario").click()
    assert "BEGIN:VEVENT" in download.value.path().read_text()


def test_feed_address(anna):
    page = anna.page
    page.goto(anna.address + "/events")
    page.get_by_role("button", name="Nel mio programma di calendario").click()
    address = page.locator("#secret-value").input_value()
    assert re.fullmatch(re.escape(anna.address) + r"/calendar/[\w-]{32}\.ics", address)
    page.get_by_role("button", name="Ho finito").or_(page.locator("dialog .btn-outline-primary")).first.click()
    page.get_by_role("dialog").get_by_role("button", name="Revoca l’indirizzo").click()
    expect(page.get_by_text("L’indirizzo non funziona più.")).to_be_visible()
    assert page.request.get(address).status == 404


def test_network_home_shows_what_comes(anna):
    page = anna.page
    page.goto(f"{anna.address}/networks/{Caller(anna.address, 'anna.bianchi').network('locale-bologna')}")
    expect(page.locator("m-coming-events .card-link").first).to_contain_text("Bologna")
    page.get_by_role("link", name="Tutti gli incontri della rete").click()
    expect(page.locator(".event-part").first).to_be_visible()
