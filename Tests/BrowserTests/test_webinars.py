"""An event's room on the network: when its button opens, for whom, and what who facilitates sets."""

import datetime
import re
import uuid
from zoneinfo import ZoneInfo

import pytest
from playwright.sync_api import expect

from judging import judge
from test_calendar_files import Caller

ROME = ZoneInfo("Europe/Rome")
ROOM = "https://meet.example.it/stanza-segreta"


def local(seconds: float) -> dict:
    """That many seconds from now, by the clock in Rome."""
    at = datetime.datetime.now(ROME) + datetime.timedelta(seconds=seconds)
    return {"local": at.strftime("%Y-%m-%dT%H:%M:%S"), "zone": "Europe/Rome"}


def webinar(address: str, starts: float, room: dict | None = {"provider": "link", "url": ROOM}, seated=("anna.bianchi",), publish=True) -> int:
    """A webinar of two hours that begins that many seconds from now."""
    giulia = Caller(address, "giulia.ferrari")
    event = giulia.do("event.create", network=giulia.network("semplificazione"), kind="webinar", title=f"Sportello unico {uuid.uuid4().hex[:8]}",
                      start=local(starts), end=local(starts + 7200), **({"room": room} if room else {}))
    if publish:
        giulia.do("event.publish", event=event["id"], revision=1)
    for login in seated:
        Caller(address, login).do("registration.register", event=event["id"])
    return event["id"]


def at(starts: float, ready: str, login: str = "anna.bianchi", **how):
    def open_screen(someone):
        event = webinar(someone.address, starts, **how)
        someone.sign_in(login)
        someone.page.goto(f"{someone.address}/events/{event}")
        someone.page.locator(ready).first.wait_for()
    return open_screen


def room_dialog(someone):
    at(3600, ".webinar-settings button", "giulia.ferrari", room={"provider": "jitsi"})(someone)
    someone.page.locator(".webinar-settings button").click()
    someone.page.locator("dialog [name='provider']").select_option("link")
    someone.page.locator("dialog button[type='submit']").click()
    someone.page.locator("dialog .field-problem").first.wait_for()


SCREENS = {
    "webinar-ahead": at(3 * 86_400, ".webinar-join"),
    "webinar-soon": at(5_400, ".webinar-join"),
    "webinar-open": at(60, ".webinar-join:not([aria-disabled])"),
    "webinar-not-seated": at(60, ".webinar-room", "marco.russo"),
    "webinar-facilitator-not-ready": at(60, ".webinar-settings .notice-inline", "giulia.ferrari", room={"provider": "jitsi"}),
    "webinar-room-dialog": room_dialog,
}


@pytest.mark.parametrize("language", ["it", "en"])
@pytest.mark.parametrize("name", SCREENS)
def test_screen(person, screenshots, name, language):
    judge(person, screenshots, name, language, SCREENS[name])


@pytest.fixture
def anna(person):
    someone = person("anna.bianchi")
    # The room's own server is not ours: what would go to it is seen here.
    someone.context.route("https://meet.example.it/**", lambda route: route.fulfill(body="<title>Stanza</title>", content_type="text/html"))
    yield someone
    someone.assert_no_complaints()


@pytest.fixture
def giulia(person):
    someone = person("giulia.ferrari")
    yield someone
    someone.assert_no_complaints()


def test_button_opens_by_itself(anna):
    """Until the room opens the button says when; then it opens without a reload, by keyboard, in a tab of its own."""
    # A quarter of an hour and some seconds ahead: the room opens within those seconds.
    event = webinar(anna.address, 15 * 60 + 6)
    page = anna.page
    page.goto(f"{anna.address}/events/{event}")
    join = page.get_by_role("button", name="Entra nella stanza")
    expect(join).to_have_attribute("aria-disabled", "true")
    expect(join).to_have_accessible_description("Si entra fra meno di un minuto.")
    assert ROOM not in page.content()
    join.focus()
    join.press("Enter")
    expect(join).not_to_have_attribute("aria-disabled", "true", timeout=15_000)
    expect(join).to_have_accessible_description(re.compile(r"^È aperta fino alle \d\d:\d\d\.$"))
    expect(page.locator("#announcer")).to_contain_text("La stanza è aperta")
    expect(join).to_be_focused()
    with anna.context.expect_page() as opened:
        join.press("Enter")
    room = opened.value
    room.wait_for_url(ROOM)
    assert room.evaluate("window.opener") is None
    assert room.evaluate("document.referrer") in ("", anna.address + "/")
    assert ROOM not in page.content()


def test_seat_opens_the_way(anna):
    """Who gets a seat while looking at the page finds the button there at once."""
    event = webinar(anna.address, 60, seated=())
    page = anna.page
    page.goto(f"{anna.address}/events/{event}")
    expect(page.locator(".webinar-room")).to_contain_text("Vi entra chi ha un posto")
    expect(page.locator(".webinar-join")).to_have_count(0)
    Caller(anna.address, "anna.bianchi").do("registration.register", event=event)
    expect(page.get_by_role("button", name="Entra nella stanza")).to_be_visible()


def test_facilitator_sets_the_room(giulia, anna):
    event = webinar(giulia.address, 60, room=None)
    anna.page.goto(f"{anna.address}/events/{event}")
    expect(anna.page.locator(".event-page h1")).to_be_visible()
    page = giulia.page
    page.goto(f"{giulia.address}/events/{event}")
    page.get_by_role("button", name="Scegli una stanza").click()
    dialog = page.get_by_role("dialog")
    dialog.locator("[name='provider']").select_option("link")
    dialog.locator("[name='url']").fill("http://meet.example.it/a")
    dialog.get_by_role("button", name="Salva la stanza").click()
    expect(dialog.locator(".field-problem")).to_have_text(re.compile("https://"))
    dialog.locator("[name='url']").fill(ROOM)
    dialog.get_by_role("button", name="Salva la stanza").click()
    expect(page.get_by_role("button", name="Cambia la stanza")).to_be_visible()
    expect(anna.page.get_by_role("button", name="Entra nella stanza")).to_be_visible()
    assert ROOM not in anna.page.content()
    # An event called off has no way in.
    revision = Caller(giulia.address, "giulia.ferrari").ask(f"event.get?event={event}")["revision"]
    Caller(giulia.address, "giulia.ferrari").do("event.cancel", event=event, revision=revision, reason="Pochi iscritti")
    expect(anna.page.locator(".webinar-join")).to_have_count(0)


def asked(address: str, event: int, *questions: tuple[str, str]) -> list[int]:
    """Questions that are there already, by login and text."""
    return [Caller(address, login).do("question.ask", event=event, text=text)["id"] for login, text in questions]


def lively(login: str):
    """A webinar whose room is open: questions with votes, one answered, hands raised and one called."""
    def open_screen(someone):
        event = webinar(someone.address, 60, seated=("anna.bianchi", "marco.russo"))
        first, second, third = asked(someone.address, event, ("anna.bianchi", "Come si raccorda lo sportello unico con il SUAP dei Comuni più piccoli?"),
                                     ("marco.russo", "Quanto costa, tutto compreso?"), ("marco.russo", "Le slide si potranno avere?"))
        giulia = Caller(someone.address, "giulia.ferrari")
        giulia.do("question.vote", question=second)
        giulia.do("question.answer", question=third, text="Sì: domani su questa pagina.")
        for hand in ("anna.bianchi", "marco.russo"):
            Caller(someone.address, hand).do("hand.raise", event=event)
        people = {hand["person"]["name"]: hand["person"]["id"] for hand in giulia.ask(f"hand.list?event={event}")["hands"]}
        giulia.do("hand.call", event=event, person=people["Marco Russo"])
        someone.sign_in(login)
        someone.page.goto(f"{someone.address}/events/{event}")
        someone.page.locator(".question").first.wait_for()
        someone.page.locator("m-webinar-hands .live-row").first.wait_for()
        # One picture of the hands, one of the questions.
        row = "m-webinar-hands .live-row" if login == "giulia.ferrari" else ".question"
        someone.page.locator(row).last.scroll_into_view_if_needed()
    return open_screen


@pytest.mark.parametrize("language", ["it", "en"])
@pytest.mark.parametrize("name, login", [("webinar-live", "anna.bianchi"), ("webinar-live-facilitator", "giulia.ferrari")])
def test_live_screen(person, screenshots, name, language, login):
    judge(person, screenshots, name, language, lively(login))


def test_questions_and_hands_live(anna, giulia):
    """One asks by keyboard, the other sees it at once, votes and answers; a hand is raised and called."""
    event = webinar(anna.address, 60)
    for someone in (anna, giulia):
        someone.page.goto(f"{someone.address}/events/{event}")
        someone.page.get_by_role("button", name="Chiedi", exact=True).wait_for()
    field = anna.page.get_by_label("La tua domanda")
    anna.page.get_by_role("button", name="Chiedi", exact=True).click()
    expect(anna.page.locator(".question-form .field-problem")).to_be_visible()
    field.fill("Quando arrivano\nle slide?")
    field.press("Tab")
    anna.page.keyboard.press("Enter")
    question = giulia.page.locator(".question")
    expect(question).to_have_count(1)
    expect(question).to_contain_text("Anna Bianchi")
    expect(field).to_have_value("")
    vote = giulia.page.get_by_role("button", name=re.compile("Anch’io voglio la risposta"))
    vote.click()
    expect(vote).to_have_attribute("aria-pressed", "true")
    expect(anna.page.locator(".question-votes")).to_contain_text("1")
    # What comes later does not move what one reads: the order is changed when asked.
    later = asked(anna.address, event, ("giulia.ferrari", "Seconda domanda"))[0]
    expect(anna.page.locator(".question")).to_have_count(2)
    giulia.page.get_by_role("button", name=re.compile("^Rispondi per iscritto: Quando")).click()
    dialog = giulia.page.get_by_role("dialog")
    dialog.get_by_label("Risposta").fill("Domani.")
    dialog.get_by_role("button", name="Pubblica la risposta").click()
    expect(anna.page.locator(".question").first).to_contain_text("Domani.")
    anna.page.get_by_role("button", name="Ordina per voti").click()
    expect(anna.page.locator(".question").first).to_contain_text("Seconda domanda")
    Caller(anna.address, "giulia.ferrari").do("question.withdraw", question=later)
    expect(anna.page.locator(".question")).to_have_count(1)

    anna.page.get_by_role("button", name="Alza la mano").click()
    call = giulia.page.get_by_role("button", name="Dai la parola a Anna Bianchi")
    expect(call).to_be_visible()
    call.click()
    expect(anna.page.locator("m-webinar-hands .notice-inline")).to_have_text("Hai la parola.")
    giulia.page.get_by_role("button", name="Abbassa la mano di Anna Bianchi").click()
    expect(anna.page.locator("m-webinar-hands")).to_contain_text("Nessuno chiede la parola")


def with_materials(login: str):
    def open_screen(someone):
        event = webinar(someone.address, 3 * 86_400, seated=())
        giulia = Caller(someone.address, "giulia.ferrari")
        giulia.do("webinar.attach", event=event, kind="recording", title="Registrazione integrale", url="https://video.example.it/sportello-unico")
        giulia.do("webinar.attach", event=event, kind="slides", title="Il caso di Bologna: procedimento, tempi e costi prima e dopo", url="https://video.example.it/slide")
        someone.sign_in(login)
        someone.page.goto(f"{someone.address}/events/{event}")
        someone.page.locator("m-webinar-materials .live-row").first.wait_for()
        someone.page.locator("m-webinar-materials .live-row").last.scroll_into_view_if_needed()
    return open_screen


def materials_dialog(someone):
    with_materials("giulia.ferrari")(someone)
    someone.page.locator("m-webinar-materials").get_by_role("button").first.click()
    someone.page.locator("dialog [name='where']").select_option("file")
    someone.page.locator("dialog [name='file']").wait_for()


@pytest.mark.parametrize("language", ["it", "en"])
@pytest.mark.parametrize("name, show", [("webinar-materials", with_materials("anna.bianchi")), ("webinar-materials-facilitator", with_materials("giulia.ferrari")),
                                        ("webinar-materials-dialog", materials_dialog)])
def test_materials_screen(person, screenshots, name, language, show):
    judge(person, screenshots, name, language, show)


def test_materials_live(anna, giulia, tmp_path):
    """A facilitator attaches an address and a file; a member finds both at once, and the file is there to read."""
    event = webinar(anna.address, 60, seated=())
    for someone in (anna, giulia):
        someone.page.goto(f"{someone.address}/events/{event}")
        someone.page.locator(".event-page h1").wait_for()
    expect(anna.page.locator("m-webinar-materials")).to_be_hidden()
    part = giulia.page.locator("m-webinar-materials")
    part.get_by_role("button", name="Aggiungi").click()
    dialog = giulia.page.get_by_role("dialog")
    dialog.locator("[name='url']").fill("http://video.example.it/a")
    dialog.get_by_role("button", name="Aggiungi").click()
    expect(dialog.locator(".field-problem").first).to_have_text(re.compile("https://"))
    dialog.locator("[name='url']").fill("https://video.example.it/a")
    dialog.locator("[name='title']").fill("Registrazione integrale")
    dialog.get_by_role("button", name="Aggiungi").click()
    link = anna.page.locator("m-webinar-materials a")
    expect(link).to_have_attribute("href", "https://video.example.it/a")
    expect(link).to_have_attribute("rel", "noopener noreferrer")

    captions = tmp_path / "sottotitoli.vtt"
    captions.write_text("WEBVTT\n\n00:01.000 --> 00:04.000\nBuongiorno\n")
    part.get_by_role("button", name="Aggiungi").click()
    dialog.locator("[name='kind']").select_option("captions")
    dialog.locator("[name='where']").select_option("file")
    dialog.locator("[name='file']").set_input_files(captions)
    dialog.get_by_role("button", name="Aggiungi").click()
    expect(anna.page.locator("m-webinar-materials a")).to_have_count(2)
    with anna.page.expect_download() as download:
        anna.page.get_by_role("link", name="sottotitoli.vtt").click()
    assert "Buongiorno" in download.value.path().read_text()

    giulia.page.get_by_role("button", name="Togli: sottotitoli.vtt").click()
    giulia.page.get_by_role("dialog").get_by_role("button", name="Togli").click()
    expect(anna.page.locator("m-webinar-materials a")).to_have_count(1)
