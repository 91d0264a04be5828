"""What people see of events in which they have a part: among the notifications, and in their choices."""

import uuid

import pytest
from playwright.sync_api import expect

from judging import judge
from test_calendar_files import Caller


def time(local: str) -> dict:
    return {"local": local, "zone": "Europe/Rome"}


def prepare(address: str, title: str, **fields) -> tuple[Caller, int, Caller, int]:
    """An event in 2099 for which Anna is registered; she, and whoever runs it."""
    giulia, anna = Caller(address, "giulia.ferrari"), Caller(address, "anna.bianchi")
    event = giulia.do("event.create", network=giulia.network("semplificazione"), kind="webinar", title=title,
                      start=time("2099-03-02T10:00"), end=time("2099-03-02T12:00"), **fields)["id"]
    giulia.do("event.publish", event=event, revision=1)
    registration = anna.do("registration.register", event=event)["id"]
    return giulia, event, anna, registration


def revision(giulia: Caller, event: int) -> int:
    return giulia.ask(f"event.get?event={event}")["revision"]


def news(someone):
    address = someone.address
    title = f"Notizie {uuid.uuid4().hex[:8]}"
    giulia, event, _, registration = prepare(address, title, approval=True, place="Roma")
    giulia.do("registration.approve", registration=registration)
    giulia.do("event.reschedule", event=event, revision=revision(giulia, event), start=time("2099-03-03T10:00"), end=time("2099-03-03T12:00"))
    giulia.do("event.cancel", event=event, revision=revision(giulia, event), reason="Pochi iscritti")
    someone.sign_in("anna.bianchi")
    someone.page.goto(f"{address}/notifications")
    expect(someone.page.locator(".notification-list li", has_text=title)).to_have_count(3)


def choices(someone):
    someone.sign_in("anna.bianchi")
    someone.page.goto(f"{someone.address}/me")
    someone.page.locator("#notify-mailCalendar").wait_for()
    someone.page.locator("#notify-mailCalendar").scroll_into_view_if_needed()


SCREENS = {"event-news": news, "event-news-choice": choices}


@pytest.mark.parametrize("language", ["it", "en"])
@pytest.mark.parametrize("name", SCREENS)
def test_screen(person, screenshots, name, language):
    judge(person, screenshots, name, language, SCREENS[name])


def test_who_waited_is_told_of_the_seat_at_once(person):
    """Anna waits; the seat that Giulia gives back is hers, and the bell leads her to the event."""
    someone = person("anna.bianchi")
    title = f"Un posto {uuid.uuid4().hex[:8]}"
    giulia = Caller(someone.address, "giulia.ferrari")
    event = giulia.do("event.create", network=giulia.network("semplificazione"), kind="webinar", title=title, capacity=1,
                      start=time("2099-03-02T10:00"), end=time("2099-03-02T12:00"))["id"]
    giulia.do("event.publish", event=event, revision=1)
    seat = giulia.do("registration.register", event=event)["id"]
    Caller(someone.address, "anna.bianchi").do("registration.register", event=event)
    page = someone.page
    page.goto(f"{someone.address}/notifications")
    page.locator("h1", has_text="Notifiche").wait_for()
    giulia.do("registration.cancel", registration=seat)
    row = page.locator(".notification-list li", has_text=title)
    expect(row).to_contain_text("Si è liberato un posto: sei iscritto")
    expect(row).to_have_class("is-new")
    row.get_by_role("link").click()
    expect(page.locator("h1")).to_have_text(title)
    someone.assert_no_complaints()


def test_each_choice_is_kept(person):
    someone = person()
    choices(someone)
    page = someone.page
    for box in page.locator("[id^=notify-mail][type=checkbox]:not(#notify-anytime), [id^=notify-show]").all():
        expect(box).to_be_checked()
    page.locator("#notify-mailReminders").uncheck()
    page.locator(".notice, [role=status]", has_text="Preferenze salvate").first.wait_for()
    page.reload()
    expect(page.locator("#notify-mailReminders")).not_to_be_checked()
    expect(page.locator("#notify-mailCalendar")).to_be_checked()
    page.locator("#notify-mailReminders").check()
    someone.assert_no_complaints()


def test_the_page_of_an_event_marks_what_tells_of_it_as_read(person):
    """Also what comes while the page is open; what tells of another event stays unread."""
    someone = person("anna.bianchi")
    address, page = someone.address, someone.page
    giulia, event, anna, registration = prepare(address, f"Letto {uuid.uuid4().hex[:8]}", approval=True)
    _, other, _, second = prepare(address, f"Non letto {uuid.uuid4().hex[:8]}", approval=True)
    before = anna.ask("notification.list")["unread"]
    for one in (registration, second):
        giulia.do("registration.approve", registration=one)
    page.goto(f"{address}/notifications")
    unread = lambda: anna.ask("notification.list?limit=100&unread=true")["notifications"]
    expect(page.locator(".notification-list .is-new", has_text="Letto").first).to_be_visible()
    page.goto(f"{address}/events/{event}")
    page.locator(".event-page").wait_for()
    page.wait_for_function("count => document.title.includes(`(${count})`)", arg=before + 1)
    assert [one["event"] for one in unread() if one.get("event") in (event, other)] == [other]
    giulia.do("event.reschedule", event=event, revision=revision(giulia, event), start=time("2099-03-05T10:00"), end=time("2099-03-05T12:00"))
    expect(page.locator(".fact-list")).to_contain_text("5 marzo 2099")
    page.wait_for_function("count => document.title.includes(`(${count})`)", arg=before + 1)
    someone.assert_no_complaints()
