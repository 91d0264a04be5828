import re

from playwright.sync_api import expect

from test_calendar_files import Caller


def test_the_palette_leads_to_a_channel_by_keyboard_alone(person):
    anna = person("anna.bianchi")
    page = anna.page
    page.locator("#navigation").focus()
    page.keyboard.press("Control+k")
    field = page.get_by_role("combobox")
    expect(field).to_be_focused()
    # Accents don't count, words come in any order, a few letters will do.
    page.keyboard.type("semplif gener")
    first = page.get_by_role("option").first
    expect(first).to_contain_text("Generale")
    expect(first).to_have_attribute("aria-selected", "true")
    assert field.get_attribute("aria-activedescendant") == first.get_attribute("id")
    page.keyboard.press("Enter")
    expect(page.locator("#channel-title")).to_contain_text("Generale")
    expect(page.locator("dialog[open].palette")).not_to_be_visible()
    anna.assert_no_complaints()


def test_the_palette_gives_the_focus_back(person):
    anna = person("anna.bianchi")
    anna.open_channel("Generale")
    anna.page.locator("#composer").focus()
    anna.page.keyboard.press("Control+k")
    expect(anna.page.get_by_role("combobox")).to_be_focused()
    anna.page.keyboard.press("Escape")
    expect(anna.page.locator("#composer")).to_be_focused()
    anna.page.keyboard.press("Control+k")
    anna.page.keyboard.press("Control+k")
    expect(anna.page.locator("#composer")).to_be_focused()


def test_the_palette_finds_people_messages_and_commands(person):
    anna = person("anna.bianchi")
    page = anna.page
    open_with(page, "russo marco")
    page.get_by_role("group", name="Persone").get_by_role("option", name="Marco Russo").click()
    expect(page.locator("main h1")).to_have_text("Marco Russo")

    open_with(page, "conferenza")
    found = page.get_by_role("group", name="Nei messaggi e nei contenuti").get_by_role("option")
    expect(found.first.locator("mark, strong").first).to_be_visible()
    found.filter(has_text="Soluzioni").first.click()
    expect(page.locator(".message.is-target")).to_be_visible()

    open_with(page, "inglese")
    page.keyboard.press("Enter")
    expect(page.locator("html")).to_have_attribute("lang", "en")
    anna.assert_no_complaints()


def test_the_palette_finds_events_and_decisions(person):
    """What comes by a few letters, with its date; what is long past by the server's search."""
    anna = person("anna.bianchi")
    page = anna.page
    open_with(page, "incont bolog")
    event = page.get_by_role("group", name="Incontri").get_by_role("option").first
    expect(event).to_contain_text("Incontro della rete locale di Bologna")
    expect(event).to_contain_text(re.compile("3 dic"))
    event.click()
    expect(page.locator(".event-page h1")).to_contain_text("rete locale di Bologna")
    open_with(page, "moduli unici")
    past = page.get_by_role("group", name="Incontri").get_by_role("option", name="Moduli unici: primo incontro")
    expect(past).to_have_count(1)
    past.click()
    expect(page.locator(".event-page h1")).to_contain_text("Moduli unici")
    open_with(page, "referente revisione moduli")
    page.get_by_role("group", name="Nei messaggi e nei contenuti").get_by_role("option", name=re.compile("^3 ·")).click()
    expect(page.locator(".decision-list .message-text").nth(2)).to_be_focused()
    anna.assert_no_complaints()


def test_everything_is_marked_as_read_at_once(person):
    luca = person("luca.brambilla")
    page = luca.page
    # Whatever was read before, there is something new.
    roberta = Caller(luca.address, "roberta.marchetti")
    network = roberta.network("gestione-associata")
    channel = next(one["id"] for one in roberta.ask(f"channel.list?network={network}")["channels"] if one["slug"] == "generale")
    roberta.do("message.post", channel=channel, text="Una novità per chi legge tutto in una volta")
    expect(page.locator("m-navigation .unread-badge").first).to_be_visible()
    open_with(page, "segna tutto")
    page.keyboard.press("Enter")
    expect(page.locator(".notice")).to_contain_text(re.compile(r"Segnat[oi] come lett"))
    expect(page.locator("m-navigation .unread-badge")).to_have_count(0)
    luca.assert_no_complaints()


def test_the_palette_waits_for_nobody_who_is_not_signed_in(person):
    page = person().page
    page.keyboard.press("Control+k")
    expect(page.locator("dialog[open].palette")).to_have_count(0)


def open_with(page, text: str) -> None:
    page.keyboard.press("Control+k")
    page.get_by_role("combobox").fill(text)
