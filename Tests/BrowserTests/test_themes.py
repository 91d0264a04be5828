"""Light, dark and high contrast: chosen on this device, followed from it, readable in each."""

import pytest
from playwright.sync_api import expect

from test_screens import PICTURED, SCREENS, outage, violations

READ = [screen for screen in SCREENS if screen is not outage]


@pytest.mark.parametrize("theme", ["dark", "contrast"])
@pytest.mark.parametrize("screen", READ, ids=lambda screen: screen.__name__)
def test_a_screen_can_be_read_in(person, screenshots, screen, theme):
    anna = person()
    choose(anna, theme)
    screen(anna)
    anna.page.screenshot(path=screenshots / f"{screen.__name__}-{theme}-1280.png")
    assert violations(anna.page) == []
    anna.page.set_viewport_size(PICTURED[1])
    anna.page.screenshot(path=screenshots / f"{screen.__name__}-{theme}-360.png")
    assert violations(anna.page) == []
    anna.assert_no_complaints()
    anna.context.close()


def test_the_theme_is_chosen_by_keyboard_and_kept(person):
    anna = person("anna.bianchi")
    page = anna.page
    shown = page.locator("html")
    expect(shown).to_have_attribute("data-theme", "light")
    page.locator("#theme-menu").focus()
    page.keyboard.press("Enter")
    page.get_by_role("button", name="Scuro").press("Enter")
    expect(shown).to_have_attribute("data-theme", "dark")
    assert background(page) == "rgb(19, 30, 41)"
    page.reload()
    expect(shown).to_have_attribute("data-theme", "dark")
    twin = anna.context.new_page()
    twin.goto(anna.address)
    twin.locator("#theme-menu").click()
    twin.get_by_role("button", name="Alto contrasto").click()
    expect(shown).to_have_attribute("data-theme", "contrast")


def test_unless_chosen_the_device_decides(person):
    page = person("anna.bianchi").page
    shown = page.locator("html")
    page.emulate_media(color_scheme="dark")
    expect(shown).to_have_attribute("data-theme", "dark")
    page.emulate_media(color_scheme="light", contrast="more")
    expect(shown).to_have_attribute("data-theme", "contrast")


def test_a_dark_page_is_dark_before_the_script_has_run(person):
    anna = person()
    choose(anna, "dark")
    anna.page.route("**/app.*.js", lambda route: route.abort())
    anna.page.reload()
    assert background(anna.page) == "rgb(19, 30, 41)"


def choose(someone, theme: str) -> None:
    someone.page.evaluate("theme => localStorage.setItem('metropoli.theme', theme)", theme)
    someone.page.reload()


def background(page) -> str:
    return page.evaluate("getComputedStyle(document.body).backgroundColor")
