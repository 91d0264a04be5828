"""A series as a whole: its dates before they are written, publishing, changing and calling off; and the event form's rarer fields."""

import re
import uuid

import pytest
from playwright.sync_api import expect

from judging import judge
from test_calendar_files import Caller
from test_events import fill, network_events


def time(local: str) -> dict:
    return {"local": local, "zone": "Europe/Rome"}


def series_of(address: str, count: int = 3, rule: str = "FREQ=WEEKLY", publish: bool = False) -> tuple[Caller, int, list[int], str]:
    """A series in 2030 of the network that Giulia runs."""
    giulia = Caller(address, "giulia.ferrari")
    title = f"Ciclo {uuid.uuid4().hex[:8]}"
    made = giulia.do("series.create", network=giulia.network("semplificazione"), kind="webinar", title=title, rule=f"{rule};COUNT={count}",
                     start=time("2030-03-05T10:00"), end=time("2030-03-05T11:00"))
    if publish:
        giulia.do("series.publish", series=made["id"], revision=1)
    return giulia, made["id"], made["events"], title


def demo_cycle(caller: Caller) -> str:
    series = caller.ask(f"series.list?network={caller.network('semplificazione')}&limit=100")["series"]
    return f"/series/{next(one['id'] for one in series if one['title'].startswith('Sportello unico'))}"


def page_of_the_cycle(login):
    def open_screen(someone):
        someone.sign_in(login)
        someone.page.goto(someone.address + demo_cycle(Caller(someone.address, login)))
        someone.page.locator(".dates-list li").nth(14).wait_for()
    return open_screen


def form_with_dates(someone):
    someone.sign_in("giulia.ferrari")
    someone.page.goto(someone.address + network_events(Caller(someone.address, "giulia.ferrari")) + "/new")
    someone.page.locator("#event-form-title").wait_for()
    # On 31 March 2030 the clocks go from two to three.
    fill(someone.page, title="Ciclo di prova", repeat="weekly", start="2030-03-17T02:30", end="2030-03-17T04:00", count="4")
    someone.page.locator(".dates-list .is-wrong").wait_for()
    someone.page.locator(".dates-list .is-wrong").evaluate("element => element.scrollIntoView({ block: 'nearest' })")


def change_dialog(someone):
    _, series, _, _ = series_of(someone.address, 4, publish=True)
    someone.sign_in("giulia.ferrari")
    someone.page.goto(f"{someone.address}/series/{series}")
    someone.page.get_by_role("button", name=re.compile("Modifica il ciclo|Change the series")).click()
    dialog = someone.page.get_by_role("dialog")
    fill(dialog, repeat="fortnightly", count="3")
    dialog.locator(".dates-list .is-off").first.wait_for()
    dialog.locator(".dates-list .is-off").first.evaluate("element => element.scrollIntoView({ block: 'nearest' })")


SCREENS = {"series": page_of_the_cycle("anna.bianchi"), "series-facilitator": page_of_the_cycle("giulia.ferrari"), "series-form": form_with_dates, "series-change": change_dialog}


@pytest.mark.parametrize("language", ["it", "en"])
@pytest.mark.parametrize("name", SCREENS)
def test_screen(person, screenshots, name, language):
    judge(person, screenshots, name, language, SCREENS[name])


def test_from_drafts_to_called_off(person, server):
    """All of a series is published, changed and called off from its page; a member sees each of it at once."""
    _, series, events, title = series_of(server.address)
    giulia, anna = person("giulia.ferrari"), person("anna.bianchi")
    page = giulia.page
    page.goto(f"{server.address}/series/{series}")
    expect(page.locator(".notice-inline")).to_contain_text("bozza")
    page.get_by_role("button", name="Pubblica 3 bozze").press("Enter")
    dialog = page.get_by_role("dialog")
    expect(dialog.locator(".rule-list li")).to_have_count(3)
    expect(dialog).to_contain_text("martedì 19 marzo 2030, 10:00–11:00")
    dialog.get_by_role("button", name="Pubblica 3 bozze").click()
    expect(page.get_by_role("button", name="Pubblica 3 bozze")).to_have_count(0)
    anna.page.goto(f"{server.address}/series/{series}")
    rows = anna.page.locator(".dates-list li")
    expect(rows).to_have_count(3)
    expect(anna.page.get_by_role("button", name="Annulla il ciclo")).to_have_count(0)

    page.get_by_role("button", name="Modifica il ciclo").press("Enter")
    dialog = page.get_by_role("dialog")
    fill(dialog, title=f"{title} nuovo", repeat="fortnightly", count="4")
    changes = dialog.locator(".dates-list li")
    expect(changes).to_have_count(4)
    expect(changes.locator(".tag")).to_have_text(["come ora", "spostato", "spostato", "nuovo"])
    dialog.get_by_role("button", name="Salva").click()
    expect(page.get_by_role("heading", level=1)).to_have_text(f"{title} nuovo")
    expect(rows.nth(1)).to_contain_text("martedì 19 marzo 2030")
    expect(rows.nth(2)).to_contain_text("martedì 2 aprile 2030")
    # The new one is a draft, of which members know nothing.
    expect(page.locator(".dates-list li")).to_have_count(4)
    expect(rows).to_have_count(3)

    page.get_by_role("button", name="Annulla il ciclo").press("Enter")
    dialog = page.get_by_role("dialog")
    expect(dialog.locator(".rule-list li")).to_have_count(4)
    dialog.get_by_role("button", name="Annulla il ciclo").click()
    expect(dialog.locator(".field-problem")).to_be_visible()
    fill(dialog, reason="Il ciclo non si tiene")
    dialog.get_by_role("button", name="Annulla il ciclo").click()
    expect(rows.locator(".tag")).to_have_text(["Annullato"] * 3)
    expect(page.get_by_role("button", name="Annulla il ciclo")).to_have_count(0)
    rows.first.get_by_role("link").press("Enter")
    expect(anna.page.locator(".notice-inline.is-danger")).to_contain_text("Il ciclo non si tiene")
    for someone in (giulia, anna):
        someone.assert_no_complaints()


def test_a_date_that_cannot_be_is_said_before(person):
    someone = person()
    form_with_dates(someone)
    page = someone.page
    wrong = page.locator(".dates-list .is-wrong")
    expect(wrong).to_have_count(1)
    expect(wrong).to_contain_text("domenica 31 marzo 2030")
    expect(wrong).to_contain_text("Quell’ora non esiste")
    page.get_by_role("button", name="Prepara la bozza").click()
    expect(page.locator("#event-form-dates-problem")).to_contain_text("non è possibile")
    fill(page, start="2030-03-17T09:30", end="2030-03-17T10:00")
    expect(wrong).to_have_count(0)
    expect(page.locator(".dates-list li")).to_have_count(4)
    someone.assert_no_complaints()


def test_registration_times_and_the_larger_event(person, server):
    """When one may register and cancel, and of what an event is part, are asked for, shown and kept."""
    giulia = person("giulia.ferrari")
    page = giulia.page
    title = f"Convegno {uuid.uuid4().hex[:8]}"
    page.goto(server.address + network_events(Caller(server.address, "giulia.ferrari")) + "/new")
    page.locator("#event-form-title").wait_for()
    fill(page, title=title, start="2030-05-14T10:00", end="2030-05-14T12:00", partOf="FORUM PA (dimostrativo)")
    fill(page, **{"registration.opens": "2030-05-10T09:00", "registration.closes": "2030-05-09T18:00", "registration.cancelBy": "2030-05-12T12:00"})
    page.get_by_role("button", name="Prepara la bozza").click()
    expect(page.locator("#event-form-registration-opens-problem")).to_contain_text("prima della chiusura")
    fill(page, **{"registration.opens": "2030-04-01T09:00"})
    page.get_by_role("button", name="Prepara la bozza").click()
    expect(page.locator("h1")).to_have_text(title)
    expect(page.locator(".event-tags")).to_contain_text("FORUM PA (dimostrativo)")
    page.get_by_role("button", name="Pubblica").click()
    page.get_by_role("dialog").locator("button[value=yes]").click()
    facts = page.locator(".fact-list")
    expect(facts).to_contain_text("lunedì 1 aprile 2030, 09:00")
    expect(facts).to_contain_text("giovedì 9 maggio 2030, 18:00")
    expect(facts).to_contain_text("domenica 12 maggio 2030, 12:00")
    page.get_by_role("link", name="Modifica").click()
    for name, value in (("opens", "2030-04-01T09:00"), ("closes", "2030-05-09T18:00"), ("cancelBy", "2030-05-12T12:00")):
        expect(page.locator(f"[name='registration.{name}']")).to_have_value(value)
    fill(page, **{"registration.opens": "", "partOf": ""})
    page.get_by_role("button", name="Salva").click()
    expect(facts).not_to_contain_text("1 aprile 2030")
    expect(facts).to_contain_text("giovedì 9 maggio 2030, 18:00")
    expect(page.locator(".event-tags")).not_to_contain_text("FORUM PA")
    giulia.assert_no_complaints()


def test_a_study_visit_has_a_host_and_a_guest(person, server):
    anna = person("anna.bianchi")
    page = anna.page
    title = f"Visita {uuid.uuid4().hex[:8]}"
    page.goto(f"{server.address}/networks/{Caller(server.address, 'anna.bianchi').network('locale-bologna')}/events/new")
    page.locator("#event-form-title").wait_for()
    expect(page.get_by_label("Città che ospita")).to_have_count(0)
    fill(page, title=title, kind="study_visit", start="2030-05-14T10:00", end="2030-05-14T12:00")
    for label, name in (("Città che ospita", "Bologna"), ("Città in visita", "Torino")):
        page.get_by_role("combobox", name=label).fill(name)
        page.get_by_role("option", name=name).first.click()
    page.get_by_role("button", name="Prepara la bozza").click()
    expect(page.locator("h1")).to_have_text(title)
    expect(page.locator(".fact-list")).to_contain_text(re.compile("Ospita.*Bologna.*In visita.*Torino", re.DOTALL))
    page.get_by_role("link", name="Modifica").click()
    expect(page.get_by_role("combobox", name="Città in visita")).to_have_value(re.compile("Torino"))
    fill(page, kind="training_day")
    page.get_by_role("button", name="Salva").click()
    expect(page.locator(".fact-list")).not_to_contain_text("Torino")
    anna.assert_no_complaints()
