import re

from playwright.sync_api import expect

from test_networks import PLACE


def test_what_is_missing_is_said_next_to_the_field(person):
    page = person().page
    page.get_by_role("button", name="Accedi").click()
    expect(page.locator("#sign-in-login")).to_be_focused()
    expect(page.locator("#sign-in-login-problem")).to_have_text("Scrivi il tuo indirizzo e-mail.")
    expect(page.locator("#sign-in-password")).to_have_attribute("aria-describedby", "sign-in-password-problem")


def test_a_wrong_password_is_refused_in_words(person):
    stranger = person()
    page = stranger.page
    page.locator("#sign-in-login").fill("anna.bianchi@demo.metropolistrategiche.example")
    page.locator("#sign-in-password").fill("non-questa-password")
    page.locator("#sign-in-password").press("Enter")
    expect(page.get_by_role("alert").filter(has_text="non corretti")).to_be_visible()
    # The browser itself reports the refused request.
    stranger.assert_no_complaints("status of 401")


def test_signing_out_ends_the_session_in_every_tab(person):
    anna = person("anna.bianchi")
    other = anna.context.new_page()
    other.goto(anna.address)
    expect(other.locator(".workspace")).to_be_visible()
    anna.page.locator("#person-menu").click()
    anna.page.get_by_role("button", name="Esci").click()
    for page in (anna.page, other):
        expect(page.get_by_role("heading", name="Accedi a Metropoli")).to_be_visible()
    anna.page.reload()
    expect(anna.page.get_by_role("heading", name="Accedi a Metropoli")).to_be_visible()


def test_keyboard_alone_from_sign_in_to_a_sent_message(person):
    anna = person()
    page = anna.page
    page.locator("#sign-in-login").focus()
    page.keyboard.type("anna.bianchi@demo.metropolistrategiche.example")
    page.keyboard.press("Tab")
    page.keyboard.type("metropoli-demo-2026")
    page.keyboard.press("Enter")
    page.locator(".workspace").wait_for()

    page.locator(".skiplinks a").last.focus()
    page.keyboard.press("Enter")
    reach(page, "Tab", "document.activeElement.matches('.navigation-link') && document.activeElement.innerText.startsWith('Generale')")
    page.keyboard.press("Enter")
    page.locator("#composer").wait_for()
    expect(page.locator("#main")).to_be_focused()
    page.locator("m-channel-view .message").first.wait_for()

    reach(page, "Tab", "document.activeElement.matches('.message')")
    page.keyboard.press("ArrowUp")
    page.keyboard.press("ArrowDown")
    reach(page, "Tab", "document.activeElement.matches('.message-actions button')", most=8)
    reach(page, "Tab", "document.activeElement.id === 'composer'")
    page.keyboard.type("Scritto con la sola tastiera")
    page.keyboard.press("Enter")
    anna.sees("Scritto con la sola tastiera")


def test_a_message_with_the_focus_can_be_acted_on_at_once(person):
    """Tab may come sooner than the next frame: it must not jump over the actions."""
    anna = person("anna.bianchi")
    anna.open_channel("Generale")
    at_once = anna.page.locator("m-channel-view .message").nth(-2).evaluate(
        "row => { row.focus(); return row.querySelectorAll('.message-actions button').length; }")
    assert at_once > 0


def test_the_keyboard_enters_a_channel_where_new_messages_begin(person):
    elena = person("elena.giraudo")
    page = elena.page
    page.locator(".navigation-link:has(.unread-badge)").filter(has_text=re.compile("^Generale")).first.click()
    page.locator(".new-line").wait_for()
    reach(page, "Tab", "document.activeElement.matches('.message')")
    assert page.evaluate("document.activeElement.previousElementSibling.matches('.new-line')")


def reach(page, key: str, condition: str, most: int = 40) -> None:
    for _ in range(most):
        page.keyboard.press(key)
        if page.evaluate(condition):
            return
    raise AssertionError(f"{most} × {key} never reached: {condition}")


def test_the_language_changes_without_a_reload(person):
    anna = person("anna.bianchi")
    anna.open_channel("Generale")
    anna.page.locator("#composer").fill("resta qui")
    timeline = anna.page.locator("m-timeline")
    timeline.evaluate("box => { box.scrollTop = box.scrollHeight / 3; }")
    expect(anna.page.locator(".channel .to-end")).to_have_count(1)
    before = timeline.evaluate(PLACE)
    anna.page.locator("#language-menu").click()
    anna.page.get_by_role("button", name="English").click()
    expect(anna.page.get_by_role("button", name="Send")).to_be_visible()
    expect(anna.page.locator("#composer")).to_have_value("resta qui")
    # Whatever became longer or shorter, what one reads stays where it was.
    assert timeline.evaluate(PLACE) == before
    assert anna.page.locator("html").get_attribute("lang") == "en"
