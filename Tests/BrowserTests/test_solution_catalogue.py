"""The catalogue by cost and by who adopts, what is like a solution, the map of adoptions; networks without solutions."""

import re
import uuid

import pytest
from playwright.sync_api import expect

from judging import judge
from test_solutions import Town


OVERLAPS = """() => {
    const box = (one) => one.getBoundingClientRect();
    const meet = (one, other, by) => one.left < other.right - by && other.left < one.right - by && one.top < other.bottom - 4 && other.top < one.bottom - 4;
    const names = [...document.querySelectorAll('.map-city text')];
    const frame = box(document.querySelector('.map-drawing'));
    return names.flatMap((name, index) => [
        ...names.slice(index + 1).filter((other) => meet(box(name), box(other), 2)).map((other) => `${name.textContent} ${other.textContent}`),
        ...[...document.querySelectorAll('.map-city circle')].filter((city) => city.parentNode !== name.parentNode && meet(box(name), box(city), 1) && name.textContent !== 'Reggio Calabria' && name.textContent !== 'Messina').map(() => `${name.textContent} on a city`),
        ...(box(name).left < frame.left || box(name).right > frame.right ? [`${name.textContent} outside`] : []),
    ]);
}"""


@pytest.fixture(scope="module")
def town(server):
    """One solution in use at Messina, one that is like it, and one that is not."""
    town = Town(server.address)
    town.mark = uuid.uuid4().hex[:6]
    town.first = town.published(f"Sportello telematico dei permessi edilizi {town.mark}")
    town.adoption = town.adopted(town.first, "agreed", "kit_delivered", "adapting", "in_use")
    town.alike = town.solution(f"Permessi edilizi: uno sportello telematico per più Comuni {town.mark}", parts=("summary",))
    town.anna.do("solution.change", solution=town.alike, revision=town.revision(town.alike), cost={"once": 4_000})
    return town


def test_a_title_and_a_cost_are_given_and_found(person, server, town):
    anna = person("anna.bianchi")
    page = anna.page
    page.goto(f"{server.address}/solutions/{town.first}")
    page.get_by_role("button", name="Titolo e costo").click()
    dialog = page.locator("dialog.form-dialog")
    expect(dialog).to_contain_text("versione")  # of a published one the next version is begun
    dialog.locator("input[name=once]").fill("-1")
    dialog.locator("button[type=submit]").click()
    expect(dialog.locator(".field-problem")).to_have_count(1)
    dialog.locator("input[name=once]").fill("12000")
    dialog.locator("input[name=yearly]").fill("3500")
    dialog.locator("input[name=title]").fill(f"Sportello telematico metropolitano dei permessi edilizi {town.mark}")
    dialog.locator("button[type=submit]").click()
    expect(page.locator("h1")).to_contain_text("metropolitano")
    expect(page.locator(".solution-side")).to_contain_text("€\u00a012.000 una tantum, €\u00a03.500 l’anno")
    # The published version says what it said.
    page.goto(f"{server.address}/solutions/{town.first}?version=1")
    expect(page.locator(".solution-side")).to_contain_text("Non indicato")
    expect(page.locator("h1")).not_to_contain_text("metropolitano")
    # Alike, once the index has followed, and beside each other.
    page.evaluate("""async ([solution, words]) => {
        for (;;) {
            const { solutions } = await (await fetch(`/api/v1/solution.similar?solution=${solution}`)).json();
            if (solutions.some(({ title }) => title.startsWith(words))) return;
            await new Promise(requestAnimationFrame);
        }
    }""", [town.first, "Permessi edilizi"])
    page.goto(f"{server.address}/solutions/{town.first}")
    similar = page.locator("m-similar-solutions .row-link")
    expect(similar.filter(has_text="Permessi edilizi: uno sportello")).to_have_count(1)
    expect(similar.filter(has_text="€\u00a04.000 una tantum")).to_have_count(1)
    page.goto(f"{server.address}/solutions/compare?a={town.first}&b={town.alike}")
    expect(page.locator("section[aria-labelledby=compare-cost] .compare-cell")).to_have_text([re.compile("12.000"), re.compile("4.000")])
    # In the catalogue.
    page.goto(f"{server.address}/solutions?q={town.mark}")
    cards = page.locator(".solution-card")
    expect(cards).to_have_count(2)
    expect(cards.filter(has_text="Trasferita a Messina")).to_have_count(1)
    page.locator("#catalogue-cost").select_option("5000")
    expect(cards).to_have_count(1)
    expect(cards).to_contain_text("€\u00a04.000")
    page.locator("#catalogue-cost").select_option("20000")
    expect(cards).to_have_count(2)
    page.locator("#catalogue-adoptedBy").select_option(label="Città metropolitana di Messina")
    expect(cards).to_have_count(1)
    expect(cards).to_contain_text("metropolitano")
    assert f"adoptedBy={town.cities['Messina']}" in page.url and "cost=20000" in page.url
    anna.assert_no_complaints()


def test_the_map_and_its_table_say_the_same(person, server, town):
    anna = person("anna.bianchi")
    page = anna.page
    page.goto(f"{server.address}/solutions")
    page.get_by_role("link", name="Mappa delle adozioni").click()
    drawing = page.locator(".map-drawing")
    expect(drawing.locator(".map-city")).to_have_count(14)
    row = page.locator("m-adoption-map tbody tr", has_text=town.mark)
    expect(row.locator("td").first).to_contain_text("Bologna")
    expect(row).to_contain_text("Messina")
    expect(row).to_contain_text("In uso")
    # An arrow for each pair of cities, as in the table.
    pairs = page.evaluate("() => new Set([...document.querySelectorAll('m-adoption-map tbody tr')].map((row) => [...row.querySelectorAll('td')].slice(0, 2).map((cell) => cell.innerText).join(' → '))).size")
    expect(drawing.locator(".map-way")).to_have_count(pairs)
    # No name stands on another, on a wide screen and on a narrow one.
    for width in (1280, 360):
        page.set_viewport_size({"width": width, "height": 800})
        assert page.evaluate(OVERLAPS) == []
    page.set_viewport_size({"width": 1280, "height": 800})
    row.locator("a").first.focus()
    page.keyboard.press("Enter")
    expect(page.locator("m-solution h1")).to_contain_text(town.mark)
    anna.assert_no_complaints()


def test_a_network_without_solutions_offers_none(person, server):
    giulia = person("giulia.ferrari")
    page = giulia.page
    networks = page.evaluate("async () => (await (await fetch('/api/v1/network.list')).json()).networks")
    rules = {network["type"]: network.get("solutions") for network in networks}
    for kind, rule in rules.items():
        assert rule == {"Coordination": "none", "European": "readable"}.get(kind), rules
    without = [network["id"] for network in networks if network.get("solutions")]
    for network in without:
        page.goto(f"{server.address}/networks/{network}/solutions/new")
        expect(page.locator("m-solution-form .notice-inline")).to_contain_text("non si scrivono soluzioni")
    giulia.assert_no_complaints()


@pytest.mark.parametrize("language", ["it", "en"])
@pytest.mark.parametrize("name", ["adoption-map", "catalogue-cost", "solution-facts"])
def test_screen(person, screenshots, server, town, name, language):
    def open_screen(someone):
        someone.sign_in("anna.bianchi")
        page = someone.page
        if name == "adoption-map":
            page.goto(f"{server.address}/solutions?view=map")
            page.locator(".map-drawing").wait_for()
        elif name == "catalogue-cost":
            page.goto(f"{server.address}/solutions?cost=20000")
            page.locator(".solution-card").first.wait_for()
        else:
            page.goto(f"{server.address}/solutions/{town.alike}")
            page.locator("m-similar-solutions .row-link").first.wait_for()
            page.locator(".solution-side .link-button").first.click()
            page.locator("dialog.form-dialog").wait_for()
    judge(person, screenshots, name, language, open_screen)
