"""Each screen, in both languages: no console or CSP error, no accessibility violation, no sideways scroll, a picture kept."""

import re

import pytest
from axe_playwright_python.sync_playwright import Axe

from person import Cut

NARROW = {"width": 320, "height": 640}
PICTURED = [{"width": 1280, "height": 800}, {"width": 360, "height": 740}]


def sign_in(_):
    pass


def home(anna):
    anna.sign_in("anna.bianchi")


def channel(anna):
    home(anna)
    anna.page.goto(anna.address + link(anna, "Generale"))
    anna.page.locator(".message").first.wait_for()


def actions(anna):
    channel(anna)
    # Pages above may still be coming: at the end nothing moves.
    anna.to_newest()
    anna.page.locator("[data-message]").nth(-2).click(position={"x": 5, "y": 5})
    anna.page.locator(".message-actions .icon-button").first.click()
    anna.page.locator(".emoji-menu.show").wait_for()


def thread(anna):
    channel(anna)
    anna.page.locator(".thread-link").first.click()
    anna.page.locator("m-thread-panel .message").nth(1).wait_for()


def announcements(anna):
    home(anna)
    anna.page.goto(anna.address + link(anna, "Annunci"))
    anna.page.locator(".message").first.wait_for()


def network(anna):
    home(anna)
    anna.page.goto(anna.address + anna.page.locator(".navigation-network h2 a", has_text=re.compile("Semplificazione|simplification")).get_attribute("href"))
    anna.page.locator(".is-people li").first.wait_for()


def search(anna):
    home(anna)
    anna.page.goto(anna.address + "/search?q=conferenza")
    anna.page.locator(".hit-list li").first.wait_for()


def menu(anna):
    home(anna)
    anna.page.locator("#person-menu").click()
    anna.page.locator(".person-card").wait_for()
    button, card = (anna.page.locator(one).bounding_box() for one in ("#person-menu", ".person-card"))
    assert card["y"] >= button["y"] + button["height"], "the menu covers its button"


def channel_people(anna):
    channel(anna)
    anna.page.locator(".channel-members").click()
    anna.page.locator(".channel-people li").first.wait_for()


def channel_search(anna):
    channel(anna)
    anna.page.locator(".channel-heading .icon-button").first.click()
    anna.page.locator("#channel-search").fill("conferenza")
    anna.page.locator(".channel-hit").first.wait_for()


def channel_menu(anna):
    channel(anna)
    anna.page.locator("#channel-menu").click()
    anna.page.locator(".dropdown-menu.show").wait_for()


def date(anna):
    channel_menu(anna)
    anna.page.locator(".dropdown-menu.show button").nth(2).click()
    anna.page.locator("#jump-date").wait_for()


def composing(anna):
    channel(anna)
    anna.page.locator("#composer").fill("**Ordine del giorno**\n\n- saluti\n- bilancio")
    anna.page.locator(".composer-tools > [aria-pressed]").click()
    anna.page.locator(".composer-preview strong").wait_for()


def completing(anna):
    channel(anna)
    anna.page.locator("#composer").fill("")
    anna.page.locator("#composer").press_sequentially("@")
    anna.page.locator(".mention-list li").nth(1).wait_for()


def notifications(anna):
    home(anna)
    anna.page.goto(anna.address + "/notifications")
    anna.page.locator(".notification-list, main .state-text:not([role=status])").first.wait_for()


def someone(anna):
    network(anna)
    anna.page.locator(".is-people a.card-title").first.click()
    anna.page.locator(".person-page .card-list li").first.wait_for()


def own_page(anna):
    home(anna)
    anna.page.goto(anna.address + "/me")
    anna.page.locator(".device-list li").first.wait_for()
    anna.page.locator(".mandate-list li").first.wait_for()


def tuning(anna):
    channel_menu(anna)
    anna.page.locator(".dropdown-menu.show button").nth(1).click()
    anna.page.locator(".choice").first.wait_for()


def palette(anna):
    home(anna)
    anna.page.keyboard.press("Control+k")
    anna.page.get_by_role("combobox").fill("gener")
    anna.page.locator(".palette-option", has_text=re.compile("Semplificazione|simplification")).first.wait_for()


def palette_with_messages(anna):
    home(anna)
    anna.page.keyboard.press("Control+k")
    anna.page.get_by_role("combobox").fill("conferenza")
    anna.page.locator(".palette-snippet").first.wait_for()


def outage(anna):
    cut = Cut(anna.page)
    channel(anna)
    cut.now()
    anna.page.locator(".connection-line.is-off").wait_for()
    anna.write("Scritto senza rete")
    anna.page.locator(".message.is-pending .message-state").wait_for()


def nothing_found(anna):
    home(anna)
    anna.page.goto(anna.address + "/search?q=qwertyuiop")
    anna.page.locator(".search-help").wait_for()


def unknown(anna):
    home(anna)
    anna.page.goto(anna.address + "/nessuna-pagina")
    anna.page.locator(".screen-text h1").wait_for()


def missing(anna):
    home(anna)
    anna.page.goto(anna.address + "/channels/999999")
    anna.page.locator(".screen-text h1").wait_for()


SCREENS = [sign_in, home, channel, actions, thread, announcements, network, search, nothing_found, menu, missing, unknown,
           channel_people, channel_search, channel_menu, date, composing, completing, tuning,
           notifications, someone, own_page, palette,
           palette_with_messages, outage]


def link(anna, slug: str) -> str:
    english = {"Generale": "General", "Annunci": "Announcements"}[slug]
    section = anna.page.locator(".navigation-network", has=anna.page.get_by_text(re.compile("Semplificazione|simplification")))
    found = section.locator(".navigation-link").filter(has_text=re.compile(f"^({slug}|{english}|{slug.lower()})"))
    return found.first.get_attribute("href")


@pytest.mark.parametrize("language", ["it", "en"])
@pytest.mark.parametrize("screen", SCREENS, ids=lambda screen: screen.__name__)
def test_screen(person, screenshots, screen, language):
    for viewport in PICTURED:
        anna = person(viewport=viewport)
        anna.choose_language(language)
        screen(anna)
        anna.page.evaluate("document.fonts.ready")
        anna.page.screenshot(path=screenshots / f"{screen.__name__}-{language}-{viewport['width']}.png")
        assert violations(anna.page) == []
        anna.assert_no_complaints()
        assert_fits(anna.page)
        if viewport["width"] < 768:
            assert too_small_for_a_finger(anna.page) == []
    anna.page.set_viewport_size(NARROW)
    assert_fits(anna.page)
    anna.context.close()


def assert_fits(page) -> None:
    wide = page.evaluate("""() => [document.documentElement, ...document.querySelectorAll('.workspace, .screen, m-navigation, m-timeline, .navigation, m-header, .main-band')]
        .filter((element) => element.clientWidth > 0 && element.scrollWidth > element.clientWidth).map((element) => element.localName + '.' + element.className)""")
    assert wide == [], f"scrolls sideways at {page.viewport_size['width']} px"


def too_small_for_a_finger(page) -> list[str]:
    """What may be pressed and is in sight, except links within a text, is at least 44 px high and wide."""
    return page.evaluate("""() => [...document.querySelectorAll('a[href], button, label:has(> input), [role=option]')]
        .filter((element) => !element.closest('.message-text, .visually-hidden, .visually-hidden-focusable, .skiplinks') && element.checkVisibility())
        .map((element) => [element, element.getBoundingClientRect()])
        .filter(([, { width, height }]) => width > 1 && (width < 43.5 || height < 43.5))
        .map(([element, { width, height }]) => `${element.outerHTML.slice(0, 120)}: ${Math.round(width)} × ${Math.round(height)}`)""")


def violations(page) -> list[str]:
    results = Axe().run(page)
    return [f"{one['id']}: {one['nodes'][0]['html'][:160]}" for one in results.response["violations"]]


def test_planted_faults_are_found(person):
    """The control: what says "no violations" must be able to say otherwise."""
    anna = person("anna.bianchi")
    anna.page.evaluate("""() => {
        const main = document.querySelector('.screen-text');
        for (const tag of ['img', 'button', 'input']) main.append(document.createElement(tag));
        const pale = document.createElement('p');
        pale.textContent = 'testo pallido';
        pale.style.color = '#ddd';
        main.prepend(pale); // in sight: what is scrolled away is not judged
        document.documentElement.removeAttribute('lang');
    }""")
    found = {one.split(":")[0] for one in violations(anna.page)}
    assert {"image-alt", "button-name", "label", "color-contrast", "html-has-lang"} <= found


def test_a_blocked_script_would_be_noticed(person):
    """The control for the content security policy: it is there, and a breach is heard."""
    anna = person("anna.bianchi")
    anna.page.evaluate("""() => {
        const script = document.createElement('script');
        script.textContent = 'window.planted = true';
        document.body.append(script);
    }""")
    assert anna.page.evaluate("window.planted") is None
    assert any("Content Security Policy" in one for one in anna.complaints)
