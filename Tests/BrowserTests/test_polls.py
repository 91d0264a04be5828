"""Polls about dates: three people answer, who runs the network chooses, and the event is there."""

import uuid

import pytest
from playwright.sync_api import expect

from judging import judge
from test_calendar_files import Caller

PEOPLE = ("anna.bianchi", "marco.russo")


def dates(*days: str) -> list:
    return [{"start": {"local": f"{day}T10:00", "zone": "Europe/Rome"}, "end": {"local": f"{day}T12:00", "zone": "Europe/Rome"}} for day in days]


@pytest.fixture(scope="module")
def polls(server):
    """An open poll that two have answered, one by city, and one that is closed."""
    giulia = Caller(server.address, "giulia.ferrari")
    network = giulia.network("semplificazione")
    ask = lambda title, **more: giulia.do("poll.create", network=network, kind="webinar", title=title, options=dates("2027-02-02", "2027-02-03", "2027-02-04"), **more)["id"]
    found = {"network": network, "open": ask("Revisione dei moduli", deadline={"local": "2027-01-20T18:00", "zone": "Europe/Rome"}),
             "city": ask("Sportello: una voce per città", weight="city"), "closed": ask("Avvio del lavoro")}
    for login, votes in zip(PEOPLE, ({"1": "yes", "2": "ifNeedBe", "3": "no"}, {"1": "no", "2": "yes", "3": "yes"})):
        for poll in ("open", "city", "closed"):
            Caller(server.address, login).do("poll.vote", poll=found[poll], votes=votes)
    giulia.do("poll.close", poll=found["closed"], option=2)
    return found


def screens(polls):
    def page(path, ready, login="giulia.ferrari"):
        def open_screen(someone):
            someone.sign_in(login)
            someone.page.goto(someone.address + path)
            someone.page.locator(ready).first.wait_for()
        return open_screen
    return {
        "polls-network": page(f"/networks/{polls['network']}/events", ".poll-link"),
        "poll": page(f"/polls/{polls['open']}", ".poll-choices", "anna.bianchi"),
        "poll-facilitator": page(f"/polls/{polls['open']}", ".poll-option .btn"),
        "poll-city": page(f"/polls/{polls['city']}", ".poll-choices", "marco.russo"),
        "poll-closed": page(f"/polls/{polls['closed']}", ".poll-option", "anna.bianchi"),
        "poll-form": page(f"/networks/{polls['network']}/polls/new", "#poll-form-title"),
        "poll-hidden": page("/polls/999999", "h1"),
    }


@pytest.mark.parametrize("language", ["it", "en"])
@pytest.mark.parametrize("name", ["polls-network", "poll", "poll-facilitator", "poll-city", "poll-closed", "poll-form", "poll-hidden"])
def test_screen(person, screenshots, polls, name, language):
    # The browser itself notes each answer that is no success.
    judge(person, screenshots, name, language, screens(polls)[name], ("404",) if name == "poll-hidden" else ())


def option(page, words: str):
    return page.locator(".poll-option", has=page.locator("legend", has_text=words))


def test_three_people_find_a_date(person):
    title = f"Gruppo sui moduli {uuid.uuid4().hex[:8]}"
    giulia = person("giulia.ferrari")
    page = giulia.page
    page.goto(f"{giulia.address}/networks/{Caller(giulia.address, 'giulia.ferrari').network('semplificazione')}/events")
    page.get_by_role("link", name="Nuovo sondaggio sulle date").click()
    page.locator("#poll-form-title").fill(title)
    page.locator("[name='kind']").select_option("webinar")
    # Once a date is filled in, there is a line for a further one; a time that does not exist is said at its field.
    for index, (start, end) in enumerate((("2027-03-09T10:00", "2027-03-09T12:00"), ("2027-03-28T02:30", "2027-03-28T04:00"), ("2027-03-11T10:00", "2027-03-11T12:00"))):
        page.locator(f"[name='start{index}']").fill(start)
        page.locator(f"[name='end{index}']").fill(end)
    page.get_by_role("button", name="Apri il sondaggio").click()
    expect(page.locator("#poll-form-start1-problem")).to_contain_text("non esiste")
    page.locator("[name='start1']").fill("2027-03-10T10:00")
    page.locator("[name='end1']").fill("2027-03-10T12:00")
    page.get_by_role("button", name="Apri il sondaggio").click()
    expect(page.locator("h1")).to_have_text(title)
    expect(page.locator(".poll-option")).to_have_count(3)
    # The browser notes the refusal.
    giulia.assert_no_complaints("422")

    anna, marco = person("anna.bianchi"), person("marco.russo")
    for someone in (anna, marco):
        someone.page.goto(f"{someone.address}/networks/{Caller(someone.address, 'giulia.ferrari').network('semplificazione')}/events")
        someone.page.get_by_role("link", name=title).click()
        someone.page.locator(".poll-choices").first.wait_for()
    # By keyboard: the first choice of a date, then the next by the arrow.
    option(anna.page, "9 marzo").get_by_role("radio", name="Sì").focus()
    anna.page.keyboard.press("Space")
    option(anna.page, "10 marzo").get_by_role("radio", name="Sì").focus()
    anna.page.keyboard.press("Space")
    anna.page.keyboard.press("ArrowRight")
    expect(option(anna.page, "10 marzo").get_by_role("radio", name="Se serve")).to_be_checked()
    anna.page.keyboard.press("Enter")
    expect(option(page, "9 marzo").locator(".poll-sums")).to_contain_text("Sì 1")
    for words, answer in (("9 marzo", "No"), ("10 marzo", "Sì")):
        option(marco.page, words).get_by_role("radio", name=answer, exact=True).check(force=True)
    marco.page.get_by_role("button", name="Salva la risposta").click()
    for words in ("10 marzo", "11 marzo"):
        option(page, words).get_by_role("radio", name="Sì").check(force=True)
    page.get_by_role("button", name="Salva la risposta").click()
    # Everybody sees at once which date suits most.
    expect(option(anna.page, "10 marzo")).to_contain_text("La più adatta")
    expect(option(anna.page, "10 marzo").locator(".poll-sums")).to_have_text("Sì 2 · se serve 1 · no 0")
    expect(anna.page.locator(".poll-grid tbody tr")).to_have_count(3)

    option(page, "10 marzo").get_by_role("button", name="Scegli questa data").click()
    dialog = page.get_by_role("dialog")
    expect(dialog).to_contain_text("2 persone")
    dialog.get_by_role("button", name="Scegli questa data").click()
    expect(page.locator(".event-page h1")).to_have_text(title)
    expect(page.locator(".seats")).to_contain_text("2")
    anna.page.get_by_role("link", name="Vai all’incontro").click()
    expect(anna.page.locator(".fact-list")).to_contain_text("mercoledì 10 marzo 2027, 10:00–12:00")
    for someone in (anna, marco):
        someone.assert_no_complaints()
