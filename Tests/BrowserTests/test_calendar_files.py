"""Calendars as programs read them: the real server over HTTP, its answers parsed by PyPI's icalendar."""

import datetime
import json
import urllib.error
import urllib.request
import uuid
from zoneinfo import ZoneInfo

import icalendar
import pytest

ROME = ZoneInfo("Europe/Rome")


class Caller:
    """A person over HTTP, without a browser."""

    def __init__(self, address: str, login: str):
        self.address = address
        self.token = None
        session = self.do("session.open", login=f"{login}@demo.metropolistrategiche.example", password="metropoli-demo-2026")
        self.token, self.person = session["token"], session["person"]["id"]

    def do(self, command: str, **body) -> dict:
        request = urllib.request.Request(f"{self.address}/api/v1/{command}", json.dumps(body).encode(), self.headers())
        with urllib.request.urlopen(request) as answer:
            return json.load(answer)

    def headers(self) -> dict:
        return {"Content-Type": "application/json"} | ({"Authorization": f"Bearer {self.token}"} if self.token else {})

    def ask(self, query: str) -> dict:
        with urllib.request.urlopen(urllib.request.Request(f"{self.address}/api/v1/{query}", headers=self.headers())) as answer:
            return json.load(answer)

    def until_past_meetings_have_ended(self) -> None:
        for _ in range(500):
            now = datetime.datetime.now(datetime.timezone.utc).isoformat()
            open_ones = [event for state in ("published", "live") for event in self.ask(f"event.list?state={state}")["events"]]
            if all(event["end"].get("utc", now) >= now for event in open_ones):
                return
        raise AssertionError("past meetings stay open")

    def network(self, slug: str) -> int:
        return next(network["id"] for network in self.ask("network.list")["networks"] if network["slug"] == slug)


def fetch(address: str, headers: dict = {}, method: str = "GET"):
    with urllib.request.urlopen(urllib.request.Request(address, headers=headers, method=method)) as answer:
        return answer.status, answer.headers, answer.read()


def refused(address: str, headers: dict = {}) -> int:
    with pytest.raises(urllib.error.HTTPError) as refusal:
        fetch(address, headers)
    return refusal.value.code


def events(content: bytes) -> list:
    calendar = icalendar.Calendar.from_ical(content)
    assert not calendar.errors
    found = calendar.walk("VEVENT")
    assert not any(event.errors for event in found)
    return found


@pytest.fixture
def giulia(server):
    return Caller(server.address, "giulia.ferrari")


@pytest.fixture
def webinar(giulia):
    """A published event a week before the clocks go forward; its id, title and network."""
    title = f"Sportello unico; atti, \"moduli\" e \\pareri {uuid.uuid4().hex} perché così è più lungo di una riga 😀"
    network = giulia.network("semplificazione")
    made = giulia.do("event.create", network=network, kind="webinar", title=title, place="Roma, via dei Prefetti",
                     start={"local": "2027-03-28T10:00", "zone": "Europe/Rome"}, end={"local": "2027-03-28T12:00", "zone": "Europe/Rome"})
    giulia.do("event.publish", event=made["id"], revision=1)
    return made["id"], title


def test_event_file(giulia, webinar, server):
    number, title = webinar
    address = f"{server.address}/events/{number}.ics"
    status, headers, content = fetch(address, giulia.headers())
    assert status == 200
    assert headers["Content-Type"] == "text/calendar; charset=utf-8"
    event, = events(content)
    assert event["SUMMARY"] == title
    assert event["LOCATION"] == "Roma, via dei Prefetti"
    assert event["DTSTART"].dt == datetime.datetime(2027, 3, 28, 10, tzinfo=ROME)
    assert event["DTSTART"].dt.utcoffset() == datetime.timedelta(hours=2)
    zone, = icalendar.Calendar.from_ical(content).walk("VTIMEZONE")
    own = zone.to_tz(lookup_tzid=False)
    for day, hours in [(datetime.datetime(2027, 3, 27, 12), 1), (datetime.datetime(2027, 3, 28, 12), 2), (datetime.datetime(2027, 10, 31, 12), 1)]:
        assert day.replace(tzinfo=own).utcoffset() == datetime.timedelta(hours=hours), day
    assert all(len(line) <= 75 for line in content.split(b"\r\n"))
    assert refused(address) == 401
    assert refused(address, Caller(server.address, "clara.lindqvist").headers()) == 404
    assert refused(f"{server.address}/events/999999999.ics", giulia.headers()) == 404
    assert fetch(address, giulia.headers(), "HEAD")[2] == b""


def test_moving_and_calling_off(giulia, webinar, server):
    number, title = webinar
    address = f"{server.address}/events/{number}.ics"
    before, = events(fetch(address, giulia.headers())[2])
    giulia.do("event.reschedule", event=number, revision=2, start={"local": "2027-11-02T10:00", "zone": "Europe/Rome"},
              end={"local": "2027-11-02T12:00", "zone": "Europe/Rome"})
    moved, = events(fetch(address, giulia.headers())[2])
    giulia.do("event.cancel", event=number, revision=3, reason="Sala non disponibile")
    off, = events(fetch(address, giulia.headers())[2])
    assert before["UID"] == moved["UID"] == off["UID"]
    assert [event["SEQUENCE"] for event in (before, moved, off)] == [0, 1, 2]
    assert moved["DTSTART"].dt == datetime.datetime(2027, 11, 2, 10, tzinfo=ROME)
    assert off["STATUS"] == "CANCELLED"
    assert off["DESCRIPTION"].startswith("Sala non disponibile")


def test_feed(giulia, webinar, server):
    number, title = webinar
    address = giulia.do("calendar.feed")["url"]
    assert address.startswith(server.address + "/calendar/") and address.endswith(".ics")
    # A server that has just started closes the seeds' past meetings, which changes them.
    giulia.until_past_meetings_have_ended()
    _, headers, content = fetch(address)
    assert title in [event["SUMMARY"] for event in events(content)]
    # A program that knows it asks again and gets nothing new.
    assert refused(address, {"If-None-Match": headers["ETag"]}) == 304
    giulia.do("event.update", event=number, revision=2, title="Un altro titolo")
    assert fetch(address, {"If-None-Match": headers["ETag"]})[0] == 200
    giulia.do("calendar.revoke")
    assert refused(address) == 404
    assert giulia.do("calendar.feed")["url"] != address
