"""Finding one's way in a channel: what is new, a day, a word, who is here."""

import re

from playwright.sync_api import expect

from test_networks import flood


def test_a_channel_opens_where_one_stopped_reading(person):
    anna, marco = person("anna.bianchi"), person("marco.russo")
    marco.open_channel("Scadenze")
    anna.open_channel("Scadenze")
    channel = int(re.search(r"/channels/(\d+)", anna.page.url)[1])
    marco.write("Ultima letta")
    anna.sees("Ultima letta")
    badge = anna.page.locator(".navigation-link[aria-current]").locator(".unread-badge")
    expect(badge).to_have_count(0)
    anna.page.goto(anna.address)
    flood(marco, channel, "Nuova", 160)

    anna.page.goto(f"{anna.address}/channels/{channel}")
    line = anna.page.locator(".new-line")
    expect(line).to_be_visible()
    expect(line).to_contain_text(re.compile(r"16\d nuovi messaggi, il primo: Oggi"))
    assert line.evaluate("line => line.nextElementSibling.innerText").find("Nuova") >= 0
    expect(anna.message("Ultima letta")).to_be_visible()
    # What is read on the way counts, also if one leaves before the end.
    expect(badge).not_to_contain_text(re.compile(r"\(16\d "))

    anna.to_newest()
    expect(badge).to_have_count(0)
    anna.assert_no_complaints()


def test_default_channels_are_called_in_the_readers_language(person):
    anna = person("anna.bianchi")
    section = anna.page.locator(".navigation-network").first
    for language, names in (("it", ["Annunci", "Generale"]), ("en", ["Announcements", "General"])):
        anna.choose_language(language)
        for name in names:
            expect(section.locator(".navigation-link", has_text=re.compile(rf"^{name}(?![a-z])"))).to_have_count(1)
    section.locator(".navigation-link", has_text="General").click()
    expect(anna.page.locator("#channel-title")).to_have_text("General")
    anna.assert_no_complaints()


def test_a_day_is_found_in_a_channel(person):
    anna = person("anna.bianchi")
    anna.open_channel("Generale")
    menu(anna, "Vai a una data")
    field = anna.page.locator("#jump-date")
    expect(field).to_be_focused()
    field.fill("2026-10-06")
    field.press("Enter")
    expect(anna.page.locator("dialog[open].confirm-dialog")).to_have_count(0)
    target = anna.page.locator(".message.is-target")
    expect(target).to_be_visible()
    assert target.locator("time").first.get_attribute("datetime") >= "2026-10-05T22:00"
    assert target.evaluate("row => row.previousElementSibling.matches('.day-line')")

    menu(anna, "Vai a una data")
    anna.page.locator("#jump-date").fill("")
    anna.page.get_by_role("button", name="Vai", exact=True).click()
    expect(anna.page.get_by_role("alert").filter(has_text="Scegli una data")).to_be_visible()
    anna.page.keyboard.press("Escape")
    expect(anna.page.get_by_role("button", name="Altro su questo canale")).to_be_visible()
    anna.assert_no_complaints()


def test_a_word_is_found_in_a_channel(person):
    anna = person("anna.bianchi")
    anna.open_channel("Generale")
    anna.page.get_by_role("button", name="Cerca in questo canale").click()
    field = anna.page.get_by_label("Cerca in questo canale").last
    expect(field).to_be_focused()
    field.fill("conferenza")
    hits = anna.page.locator("m-channel-search .hit-list a")
    expect(hits.first.locator("mark, strong").nth(1)).to_be_visible()
    field.fill("parolachenonce")
    expect(anna.page.locator(".channel-search-state")).to_contain_text("Nessun risultato")
    field.fill("conferenza")
    hits.last.click()
    expect(anna.page.locator(".message.is-target")).to_contain_text(re.compile("conferenz", re.I))
    anna.assert_no_complaints()


def test_who_reads_a_channel_and_who_is_here(person):
    anna, marco = person("anna.bianchi"), person("marco.russo")
    anna.open_channel("Generale")
    button = anna.page.locator(".channel-members")
    expect(button).to_contain_text(re.compile(r"\d+ persone, [2-9]\d* presenti ora"))
    button.click()
    expect(anna.page.locator(".channel-people li").nth(1)).to_contain_text("presente ora")
    marco.context.close()
    expect(anna.page.locator(".channel-people li", has_text="Marco Russo")).not_to_contain_text("presente ora")
    anna.page.get_by_role("button", name="Torna ai messaggi").click()
    expect(anna.page.locator("m-timeline")).to_be_visible()
    anna.assert_no_complaints()


def menu(someone, action: str) -> None:
    someone.page.get_by_role("button", name="Altro su questo canale").click()
    someone.page.locator(".dropdown-menu.show").get_by_role("button", name=action).click()
