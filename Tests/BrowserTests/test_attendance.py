"""Who was at an event: presence, certificates, tickets at the door, and the page at which anyone checks a certificate."""

import datetime
import subprocess
import uuid
from zoneinfo import ZoneInfo

import pytest
from playwright.sync_api import expect

from judging import judge
from test_calendar_files import Caller, fetch

ROME = ZoneInfo("Europe/Rome")
PEOPLE = ("anna.bianchi", "marco.russo")


class Meeting:
    """An event of the network that Giulia runs, two hours long, for which the others are registered."""

    def __init__(self, address: str, hours_ago: float):
        self.giulia = Caller(address, "giulia.ferrari")
        start = datetime.datetime.now(ROME).replace(second=0, microsecond=0, tzinfo=ROME) - datetime.timedelta(hours=hours_ago)
        self.start = start.astimezone(datetime.UTC)
        self.title = f"Giornata formativa {uuid.uuid4().hex[:8]}"
        time = lambda at: {"local": at.strftime("%Y-%m-%dT%H:%M"), "zone": "Europe/Rome"}
        self.event = self.giulia.do("event.create", network=self.giulia.network("semplificazione"), kind="training_day", title=self.title,
                                    start=time(start), end=time(start + datetime.timedelta(hours=2)))["id"]
        self.giulia.do("event.publish", event=self.event, revision=1)
        self.callers = {login: Caller(address, login) for login in PEOPLE}
        self.people = {login: caller.person for login, caller in self.callers.items()}
        self.registrations = {login: self.giulia.do("registration.register", event=self.event, person=person)["id"]
                              for login, person in self.people.items()}

    def present(self, login: str, first: int, last: int) -> int:
        at = lambda minutes: (self.start + datetime.timedelta(minutes=minutes)).strftime("%Y-%m-%dT%H:%M:%SZ")
        return self.giulia.do("attendance.record", event=self.event, person=self.people[login], joined=at(first), left=at(last))["minutes"]


@pytest.fixture(scope="module")
def meeting(server):
    past = Meeting(server.address, 48)
    assert past.present("anna.bianchi", -10, 110) == 110
    assert past.present("marco.russo", 0, 30) == 30
    past.code = past.giulia.do("certificate.issue", registration=past.registrations["anna.bianchi"])["code"]
    return past


@pytest.fixture(scope="module")
def coming(server):
    return Meeting(server.address, -2)


def screens(meeting, coming):
    def page(login, path, ready):
        def open_screen(someone):
            if login:
                someone.sign_in(login)
            someone.page.goto(someone.address + path())
            someone.page.locator(ready).first.wait_for()
        return open_screen
    ticket = lambda: "/check-in/" + coming.callers["anna.bianchi"].ask(f"attendance.list?event={coming.event}")["people"][0]["ticket"]
    return {
        "attendance": page("giulia.ferrari", lambda: f"/events/{meeting.event}", ".attendance .data-table"),
        "attendance-own": page("anna.bianchi", lambda: f"/events/{meeting.event}", "m-own-attendance .btn"),
        "ticket-door": page("giulia.ferrari", ticket, ".check-in-button"),
    }


@pytest.mark.parametrize("language", ["it", "en"])
@pytest.mark.parametrize("name", ["attendance", "attendance-own", "ticket-door"])
def test_screen(person, screenshots, meeting, coming, name, language):
    judge(person, screenshots, name, language, screens(meeting, coming)[name])


def test_from_presence_to_certificate(person, server, tmp_path):
    """A facilitator records presence and issues; the person fetches the document; anyone checks it; it is withdrawn."""
    event = Meeting(server.address, 72)
    giulia, anna = person("giulia.ferrari"), person("anna.bianchi")
    anna.page.goto(f"{server.address}/events/{event.event}")
    anna.page.locator(".event-page").wait_for()
    page = giulia.page
    page.goto(f"{server.address}/events/{event.event}")
    row = page.locator(".attendance tr", has_text="Anna Bianchi")
    row.get_by_role("button", name="Registra presenza").click()
    page.get_by_role("dialog").get_by_role("button", name="Registra presenza").click()
    expect(row).to_contain_text("2 ore")
    # Who sees it is told at once.
    expect(anna.page.locator("m-own-attendance")).to_contain_text("Presenza: 2 ore su 2 ore.")
    page.get_by_role("button", name="Rilascia un attestato").click()
    link = anna.page.get_by_role("link", name="Scarica l’attestato")
    expect(link).to_be_visible()
    with anna.page.expect_download() as download:
        link.click()
    download.value.save_as(tmp_path / "attestato.pdf")
    text = subprocess.run(["pdftotext", "-layout", tmp_path / "attestato.pdf", "-"], capture_output=True, text=True, check=True).stdout
    assert "Anna Bianchi" in text and event.title in text and f"{server.address}/attestati?code=" in text.replace("\n", "")
    code = row.get_by_role("link", name="-").last.inner_text()
    assert code in text
    row.get_by_role("button", name="Ritira").click()
    dialog = page.get_by_role("dialog")
    dialog.get_by_role("textbox").fill("Nome sbagliato")
    dialog.get_by_role("button", name="Ritira").click()
    expect(anna.page.locator("m-own-attendance")).to_contain_text("Nome sbagliato")
    status, _, body = fetch(f"{server.address}/attestati?lang=it&code={code}")
    assert status == 200 and "ritirato" in body.decode()
    for someone in (giulia, anna):
        someone.assert_no_complaints()


def test_ticket_at_the_door(person, server):
    """The ticket on one's own screen lets in once; the second time it is refused in words."""
    event = Meeting(server.address, -2)
    anna = person("anna.bianchi")
    anna.page.goto(f"{server.address}/events/{event.event}")
    anna.page.get_by_text("Il mio biglietto").click()
    picture = anna.page.locator(".ticket img")
    expect(picture).to_be_visible()
    assert picture.evaluate("image => image.decode().then(() => image.naturalWidth)") > 0
    code = anna.page.locator(".ticket-code").inner_text()
    giulia = person("giulia.ferrari")
    giulia.page.goto(f"{server.address}/check-in/{code}")
    giulia.page.get_by_role("button", name="Registra l’arrivo").press("Enter")
    expect(giulia.page.locator(".check-in-name")).to_contain_text("Anna Bianchi")
    expect(anna.page.locator(".ticket")).to_have_count(0)
    giulia.page.reload()
    giulia.page.get_by_role("button", name="Registra l’arrivo").click()
    expect(giulia.page.locator(".check-in [role=alert]")).to_contain_text("già stato usato")
    anna.assert_no_complaints()


@pytest.mark.parametrize("language", ["it", "en"])
def test_check_page(person, screenshots, meeting, language):
    """Without script and account."""
    def open_page(someone):
        someone.page.goto(f"{someone.address}/attestati?lang={language}&code={meeting.code}")
        someone.page.locator("#code").wait_for()
        assert someone.page.locator(".pub-person").inner_text().count("Anna Bianchi") == 1
    for width in (1280, 360):
        someone = person(viewport={"width": width, "height": 800})
        open_page(someone)
        someone.page.screenshot(path=screenshots / f"certificate-check-{language}-{width}.png")
        someone.context.close()
