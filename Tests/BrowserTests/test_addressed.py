"""What a local network addresses to some of its city's comuni."""

import re

import pytest
from playwright.sync_api import expect

from judging import judge
from test_calendar_files import Caller
from test_events import fill

LOCAL = "Rete locale di Bologna"
PHONE = {"width": 360, "height": 740}


def choose_imola(page, field) -> None:
    field.press_sequentially("imol")
    option = page.get_by_role("option", name="Comune di Imola")
    expect(option).to_have_attribute("aria-selected", "true")
    field.press("Enter")
    expect(page.locator(".body-chips li")).to_have_text("Comune di Imola")


def open_addressing(someone) -> None:
    someone.sign_in("stefano.gamberini")
    caller = Caller(someone.address, "stefano.gamberini")
    channels = caller.ask(f"channel.list?network={caller.network('locale-bologna')}")["channels"]
    someone.page.goto(f"{someone.address}/channels/{next(one['id'] for one in channels if one['slug'] == 'generale')}")
    someone.to_newest()
    someone.page.locator(".composer-address-button").click()
    choose_imola(someone.page, someone.page.locator(".composer-address input"))
    someone.page.locator(".message-address strong").nth(1).wait_for()


@pytest.mark.parametrize("language", ["it", "en"])
def test_screen(person, screenshots, language):
    judge(person, screenshots, "addressed", language, open_addressing)


def test_a_message_is_addressed_to_a_comune_whose_people_are_told(person, screenshots):
    anna, stefano = person("anna.bianchi"), person("stefano.gamberini")
    stefano.open_channel("Annunci", LOCAL)
    anna.open_channel("Generale")
    expect(anna.page.locator(".composer-address-button")).to_have_count(0)
    anna.open_channel("Generale", LOCAL)
    # As the demo community has it.
    expect(anna.message("sala a Imola").locator(".message-address")).to_have_text("Rivolto a: Comune di Imola")

    page = anna.page
    button = page.get_by_role("button", name="Rivolto a…")
    button.click()
    field = page.get_by_role("combobox", name="Cerca un Comune")
    expect(field).to_be_focused()
    choose_imola(page, field)
    expect(page.locator("#composer")).to_have_value("")
    field = page.get_by_role("combobox", name="Cerca un Comune")
    expect(field).to_be_focused()
    field.press_sequentially("bolo")
    expect(page.get_by_role("option")).to_have_text("Comune di Bologna")
    page.screenshot(path=screenshots / "addressed-composer-1280.png")
    field.press("Enter")
    page.get_by_role("button", name="Togli Comune di Bologna").click()
    expect(page.locator(".body-chips li")).to_have_text("Comune di Imola")
    field.press("Escape")
    expect(page.locator("#composer")).to_be_focused()
    anna.write("Chi porta il proiettore?")
    anna.sees("Chi porta il proiettore?")
    expect(page.locator(".composer-address")).to_be_hidden()
    expect(anna.message("proiettore").locator(".message-address")).to_have_text("Rivolto a: Comune di Imola")
    anna.write("E le sedie?")
    anna.sees("E le sedie?")
    expect(anna.message("E le sedie?").locator(".message-address")).to_have_count(0)

    # Told as by a mention, of what is for his comune alone.
    stefano.page.locator("a.bell").click()
    told = stefano.page.locator("m-notifications")
    expect(told).to_contain_text("Chi porta il proiettore?")
    expect(told).not_to_contain_text("E le sedie?")
    stefano.open_channel("Generale", LOCAL)
    row = stefano.message("proiettore")
    expect(row.locator(".message-address")).to_have_text(re.compile("Rivolto a: Comune di Imola · Per il tuo Comune"))
    expect(row).to_have_class(re.compile("is-mention"))
    stefano.page.screenshot(path=screenshots / "addressed-message-1280.png")

    phone = person("anna.bianchi", viewport=PHONE)
    phone.page.goto(page.url)
    phone.to_newest()
    phone.page.get_by_role("button", name="Rivolto a…").click()
    choose_imola(phone.page, phone.page.get_by_role("combobox", name="Cerca un Comune"))
    phone.page.screenshot(path=screenshots / "addressed-composer-360.png")
    assert phone.page.evaluate("document.documentElement.scrollWidth") <= 360
    for one in (anna, stefano, phone):
        one.assert_no_complaints()


def test_a_scheduled_announcement_keeps_its_address(person, screenshots):
    anna = person("anna.bianchi", viewport=PHONE)
    page = anna.page
    caller = Caller(anna.address, "anna.bianchi")
    channels = caller.ask(f"channel.list?network={caller.network('locale-bologna')}")["channels"]
    page.goto(f"{anna.address}/channels/{next(one['id'] for one in channels if one['slug'] == 'annunci')}")
    anna.to_newest()
    page.locator(".composer-address-button").click()
    choose_imola(page, page.locator(".composer-address input"))
    page.locator("#composer").fill("La biblioteca apre alle nove")
    page.screenshot(path=screenshots / "addressed-announcement-360.png")
    assert page.evaluate("document.documentElement.scrollWidth") <= 360
    page.get_by_role("button", name="Programma l’annuncio").click()
    page.locator("#schedule-at").fill("2030-01-07T09:00")
    page.get_by_role("button", name="Programma", exact=True).click()
    expect(page.locator(".composer-address")).to_be_hidden()
    page.locator("#channel-menu").click()
    page.get_by_role("button", name="Annunci programmati").click()
    expect(page.locator(".scheduled-list li").filter(has_text="apre alle nove")).to_contain_text("Rivolto a: Comune di Imola")
    page.screenshot(path=screenshots / "addressed-scheduled-360.png")
    anna.assert_no_complaints()


def test_an_event_is_addressed_to_a_comune(person, screenshots):
    anna, stefano = person("anna.bianchi"), person("stefano.gamberini")
    caller = Caller(anna.address, "anna.bianchi")
    network = caller.network("locale-bologna")
    page = anna.page
    page.goto(f"{anna.address}/networks/{network}/events/new")
    page.locator("#event-form-title").wait_for()
    fill(page, title="Prova della sala", start="2027-03-02T10:00", end="2027-03-02T12:00")
    group = page.get_by_role("group", name=re.compile("^Rivolto a"))
    choose_imola(page, group.get_by_role("combobox"))
    group.scroll_into_view_if_needed()
    page.screenshot(path=screenshots / "addressed-form-1280.png")
    page.get_by_role("button", name="Prepara la bozza").click()
    expect(page.locator(".fact-list")).to_contain_text(re.compile("Rivolto a\\s*Comune di Imola"))
    expect(page.locator(".event-tags")).not_to_contain_text("Per il tuo Comune")
    page.get_by_role("link", name="Modifica").click()
    expect(page.locator(".body-chips li")).to_have_text("Comune di Imola")
    page.go_back()
    page.get_by_role("button", name="Pubblica").click()
    page.get_by_role("dialog").get_by_role("button", name="Pubblica").click()
    expect(page.locator(".event-tags .is-warm")).to_have_count(0)

    stefano.page.goto(page.url)
    expect(stefano.page.locator(".event-tags")).to_contain_text("Per il tuo Comune")
    expect(stefano.page.locator(".fact-list")).to_contain_text(re.compile("Rivolto a\\s*Comune di Imola"))
    stefano.page.screenshot(path=screenshots / "addressed-event-1280.png")
    stefano.page.set_viewport_size(PHONE)
    stefano.page.goto(f"{stefano.address}/networks/{network}/events")
    expect(stefano.page.locator(".agenda-link", has_text="Prova della sala")).to_contain_text("Per il tuo Comune")
    stefano.page.screenshot(path=screenshots / "addressed-events-360.png")
    for one in (anna, stefano):
        one.assert_no_complaints()
