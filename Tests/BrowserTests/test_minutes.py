"""What an event came to: minutes from the draft to the approved, numbered decisions, and what somebody is to do."""

import pytest
from playwright.sync_api import expect

from judging import judge
from test_attendance import Meeting

TEXT = "Presenti **due** Comuni.\n\nSi discute dello sportello unico."


@pytest.fixture(scope="module")
def meeting(server):
    """With shared minutes, an amendment, a decision that another one superseded, and two tasks."""
    meeting = Meeting(server.address, 96)
    giulia, event = meeting.giulia, meeting.event
    giulia.do("registration.checkIn", registration=meeting.registrations["anna.bianchi"])
    giulia.do("minutes.write", event=event, revision=0, text=TEXT)
    giulia.do("minutes.share", event=event, revision=1)
    meeting.callers["anna.bianchi"].do("minutes.amend", event=event, revision=2, text="I Comuni erano **tre**.")
    first = giulia.do("decision.record", event=event, text="Lo sportello apre a marzo.")
    giulia.do("decision.record", event=event, text="Lo sportello apre ad aprile.", supersedes=first["id"])
    for text, due in (("Scrivere ai Comuni della provincia", "2027-01-31"), ("Preparare il modulo", "2027-02-28")):
        action = giulia.do("action.add", event=event, text=text, owner=meeting.people["anna.bianchi"], due=due)["id"]
    giulia.do("action.change", action=action, done=True)
    return meeting


def screen(meeting, login):
    def open_screen(someone):
        someone.sign_in(login)
        someone.page.goto(f"{someone.address}/events/{meeting.event}")
        someone.page.locator(".action-list").wait_for()
    return open_screen


@pytest.mark.parametrize("language", ["it", "en"])
@pytest.mark.parametrize("name, login", [("minutes", "anna.bianchi"), ("minutes-facilitator", "giulia.ferrari")])
def test_screen(person, screenshots, meeting, name, login, language):
    judge(person, screenshots, name, language, screen(meeting, login))


def test_from_draft_to_approved(person, server):
    """A facilitator writes and shares, one who attended asks for an amendment, the minutes are approved; each at once."""
    event = Meeting(server.address, 120)
    event.giulia.do("registration.checkIn", registration=event.registrations["anna.bianchi"])
    giulia, anna, marco = person("giulia.ferrari"), person("anna.bianchi"), person("marco.russo")
    for someone in (giulia, anna, marco):
        someone.page.goto(f"{server.address}/events/{event.event}")
        someone.page.locator(".event-page h1").wait_for()
    page = giulia.page
    page.get_by_role("button", name="Scrivi il verbale").click()
    dialog = page.get_by_role("dialog")
    dialog.get_by_role("textbox").fill(TEXT)
    dialog.get_by_role("button", name="Salva").click()
    expect(page.locator(".minutes").first).to_contain_text("Bozza")
    page.get_by_role("button", name="Condividi").click()
    page.get_by_role("dialog").get_by_role("button", name="Condividi").click()
    expect(anna.page.locator(".minutes").first).to_contain_text("Si discute dello sportello unico.")
    # Who did not come reads, and does not amend.
    expect(marco.page.locator(".minutes").first).to_contain_text("Condiviso")
    expect(marco.page.get_by_role("button", name="Chiedi una modifica")).to_have_count(0)
    anna.page.get_by_role("button", name="Chiedi una modifica").press("Enter")
    dialog = anna.page.get_by_role("dialog")
    dialog.get_by_role("textbox").fill("I Comuni erano tre.")
    dialog.get_by_role("button", name="Chiedi una modifica").click()
    expect(page.locator(".amendment-list")).to_contain_text("Anna Bianchi")
    page.get_by_role("button", name="Modifica il verbale").click()
    dialog = page.get_by_role("dialog")
    dialog.get_by_role("textbox").fill(TEXT.replace("due", "tre"))
    dialog.get_by_role("button", name="Salva").click()
    expect(anna.page.locator(".minutes").first).to_contain_text("Presenti tre Comuni.")
    page.get_by_role("button", name="Approva").click()
    page.get_by_role("dialog").get_by_role("button", name="Approva").click()
    expect(anna.page.locator(".minutes-hash")).to_contain_text("SHA-256")
    expect(page.get_by_role("button", name="Modifica il verbale")).to_have_count(0)

    page.get_by_role("button", name="Registra una decisione").click()
    dialog = page.get_by_role("dialog")
    dialog.get_by_role("textbox").fill("Lo sportello apre a marzo.")
    dialog.get_by_role("button", name="Registra una decisione").click()
    expect(anna.page.locator(".decision-list")).to_contain_text("Lo sportello apre a marzo.")
    page.get_by_role("button", name="Aggiungi un compito").click()
    dialog = page.get_by_role("dialog")
    dialog.locator("[name=text]").fill("Scrivere ai Comuni")
    dialog.get_by_role("combobox").fill("Anna Bia")
    dialog.get_by_role("option", name="Anna Bianchi").click()
    dialog.get_by_role("button", name="Aggiungi un compito").click()
    box = anna.page.get_by_role("checkbox", name="Scrivere ai Comuni")
    box.check()
    expect(page.get_by_role("checkbox", name="Scrivere ai Comuni")).to_be_checked()
    expect(marco.page.get_by_role("checkbox", name="Scrivere ai Comuni")).to_be_disabled()
    for someone in (giulia, anna, marco):
        someone.assert_no_complaints()
