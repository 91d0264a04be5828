"""The search page: operators, filters, groups, pages, and what it says when nothing is found."""

import re

import pytest
from playwright.sync_api import expect

from judging import judge

MARKETS = "mercatale"


def at(address: str, ready: str):
    def open_screen(someone):
        someone.sign_in("anna.bianchi")
        someone.page.goto(someone.address + address)
        someone.page.locator(ready).first.wait_for()
    return open_screen


SCREENS = {
    "search-hits": at("/search?q=anna", ".hit-list li"),
    "search-filtered": at("/search?q=conferenza&kind=message&since=2026-10-01", ".hit-list li"),
    "search-help": at("/search", ".example-list"),
    "search-none": at("/search?q=qwertyuiop+da:nessuno&kind=message", ".search-help"),
}


@pytest.mark.parametrize("language", ["it", "en"])
@pytest.mark.parametrize("name", SCREENS)
def test_screen(person, screenshots, name, language):
    judge(person, screenshots, name, language, SCREENS[name])


@pytest.fixture
def anna(person):
    someone = person("anna.bianchi")
    yield someone
    someone.assert_no_complaints()


def test_an_operator_is_put_into_the_box_by_its_chip(anna):
    page = anna.page
    page.goto(anna.address + "/search?q=conferenza")
    page.locator(".hit-list li").first.wait_for()
    everything = page.locator(".hit-list li").count()
    page.locator(".search-form .chip", has_text="da:").click()
    expect(page.locator("#search-text")).to_have_value("conferenza da:")
    expect(page.locator("#search-text")).to_be_focused()
    page.keyboard.type("Giulia")
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile(r"q=conferenza\+da%3AGiulia"))
    # The hits of the former question stay until those of this one have come.
    expect(page.locator(".hit-list li").filter(has_not_text="Giulia Ferrari")).to_have_count(0)
    expect(page.locator(".hit-list li").first).to_contain_text("Giulia Ferrari")
    assert page.locator(".hit-list li").count() < everything
    page.go_back()
    expect(page.locator("#search-text")).to_have_value("conferenza")
    expect(page.locator(".hit-list li")).to_have_count(everything)


def test_results_are_grouped_by_kind_and_lead_to_their_place(anna):
    page = anna.page
    page.goto(anna.address + "/search?q=anna")
    groups = page.locator(".hit-group h2")
    expect(groups.first).to_contain_text("Persone")
    expect(groups.nth(1)).to_contain_text("Messaggi")
    hit = page.locator(".hit-group", has_text="Messaggi").locator("li").first
    expect(hit.locator("mark").first).to_have_text(re.compile("anna", re.IGNORECASE))
    hit.locator("a").click()
    expect(page.locator(".message.is-target")).to_have_count(1)


def test_filters_narrow_the_results_and_are_cleared(anna):
    page = anna.page
    page.goto(anna.address + "/search?q=conferenza")
    rows = page.locator(".hit-list li")
    rows.first.wait_for()
    everything = rows.count()
    page.locator(".search-filters summary").click()
    page.locator("#search-network").select_option(label="Semplificazione amministrativa in materia edilizia e urbanistica")
    page.locator("#search-channel").select_option(label="Webinar – Semplificazione amministrativa in materia edilizia e urbanistica")
    expect(rows).to_have_count(1)
    page.locator("#search-until").fill("2026-10-31")
    page.locator("#search-until").press("Tab")
    expect(page.get_by_text("Togli uno o più filtri.")).to_be_visible()
    page.get_by_role("button", name="Togli i filtri").click()
    expect(rows).to_have_count(everything)

    box = page.locator("#search-by")
    box.press_sequentially("giulia")
    page.locator(".picker-list li").first.wait_for()
    box.press("Enter")
    expect(page).to_have_url(re.compile(r"by=\d+"))
    expect(rows).to_have_count(1)


def test_more_results_come_page_by_page(anna):
    anna.open_channel("Generale")
    cookies_origin = {"Origin": anna.address}
    channel = int(re.search(r"/channels/(\d+)", anna.page.url)[1])
    for number in range(27):
        answer = anna.context.request.post(f"{anna.address}/api/v1/message.post", data={"channel": channel, "text": f"Area {MARKETS} numero {number}"},
                                           headers={**cookies_origin, "Idempotency-Key": f"market-{number}"})
        assert answer.ok
    anna.page.wait_for_function(
        f"async () => (await (await fetch('/api/v1/search?limit=100&text={MARKETS}')).json()).hits.length >= 27", polling=250)
    anna.page.goto(f"{anna.address}/search?q={MARKETS}")
    rows = anna.page.locator(".hit-list li")
    expect(rows).to_have_count(20)
    expect(anna.page.get_by_text("I primi 20 risultati")).to_be_visible()
    anna.page.get_by_role("button", name="Altri risultati").click()
    expect(rows).to_have_count(27)
    expect(anna.page.get_by_role("button", name="Altri risultati")).to_have_count(0)


def test_a_search_that_failed_can_be_asked_again(person):
    anna = person("anna.bianchi")
    anna.page.goto(anna.address + "/search?q=" + "a" * 1001)
    expect(anna.page.get_by_role("alert").get_by_role("button", name="Riprova")).to_be_visible()
    anna.page.locator("#search-text").fill("conferenza")
    anna.page.locator("#search-text").press("Enter")
    expect(anna.page.locator(".hit-list li").first).to_be_visible()


def test_decisions_are_a_kind_of_their_own(anna):
    """The filter narrows to decisions, each of which leads to its place in the meeting's page."""
    page = anna.page
    page.goto(f"{anna.address}/search?q=moduli")
    page.locator(".hit-list li").first.wait_for()
    page.locator(".search-filters summary").click()
    page.locator("#search-kind").select_option("decision")
    page.wait_for_url("**kind=decision**")
    expect(page.locator(".hit-list li").first).to_contain_text("Moduli unici: primo incontro di lavoro")
    expect(page.locator(".hit-group h2")).to_have_count(1)
    expect(page.locator(".hit-group h2")).to_contain_text("Decisioni")
    page.locator(".hit-list a", has_text="3 ·").click()
    expect(page.locator(".decision-list .message-text").nth(2)).to_be_focused()
