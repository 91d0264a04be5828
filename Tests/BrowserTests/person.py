"""What a person does at the browser, in the words of the tests."""

import re

from playwright.sync_api import BrowserContext, ConsoleMessage, Page, expect

from server import demo_people

WAIT_MS = 10_000
PEOPLE = demo_people()
NETWORK = "Semplificazione amministrativa"


class Person:
    def __init__(self, context: BrowserContext, address: str, login: str | None = None):
        self.context = context
        self.address = address
        self.page: Page = context.new_page()
        self.page.set_default_timeout(WAIT_MS)
        self.complaints: list[str] = []
        self.page.on("console", self._hear)
        self.page.on("pageerror", lambda error: self.complaints.append(f"page error: {error}"))
        self.page.goto(address)
        self.name = None
        if login:
            self.sign_in(login)

    def _hear(self, message: ConsoleMessage) -> None:
        if "blocked by Playwright" in message.text:
            return  # conftest's doing
        if message.type in ("error", "warning") or "Content Security Policy" in message.text:
            self.complaints.append(f"{message.type}: {message.text}")

    def sign_in(self, login: str) -> None:
        person = PEOPLE[login]
        self.name = person["name"]
        self.page.locator("#sign-in-login").fill(person["email"])
        self.page.locator("#sign-in-password").fill(person["password"])
        self.page.locator("#sign-in-password").press("Enter")
        expect(self.page.locator(".workspace")).to_be_visible(timeout=WAIT_MS)

    def choose_language(self, language: str) -> None:
        self.page.evaluate("language => localStorage.setItem('metropoli.language', language)", language)
        self.page.reload()

    def open_channel(self, channel: str, network: str = NETWORK) -> None:
        section = self.page.locator(".navigation-network", has=self.page.get_by_text(network))
        section.locator(".navigation-link").filter(has_text=re.compile(rf"^{channel}")).first.click()
        expect(self.page.locator("#channel-title")).to_contain_text(channel)
        self.to_newest()

    def to_newest(self) -> None:
        self.page.locator(".timeline").first.wait_for()
        button = self.page.locator(".channel .to-end")
        # Pictures and pages that come in meanwhile may lead away from the end again, as they would for a person; and the
        # button may go by itself while one reaches for it.
        for _ in range(3):
            self.page.evaluate("document.querySelector('.channel .to-end')?.click()")
            try:
                return expect(button).to_have_count(0, timeout=3_000)
            except AssertionError:
                continue
        expect(button).to_have_count(0)

    def write(self, text: str, field: str = "#composer") -> None:
        self.page.locator(field).fill(text)
        self.page.locator(field).press("Enter")

    def message(self, text: str, within: str = "m-channel-view"):
        return self.page.locator(f"{within} .message").filter(has=self.page.locator(".message-text", has_text=text))

    def sees(self, text: str, within: str = "m-channel-view") -> None:
        expect(self.message(text, within)).to_have_count(1, timeout=WAIT_MS)

    def texts(self, beginning: str) -> list[str]:
        """The texts of the open channel that begin so, from top to bottom."""
        all_texts = self.page.locator("m-channel-view .message-text").all_inner_texts()
        return [text.strip() for text in all_texts if text.strip().startswith(beginning)]

    def is_live(self) -> None:
        expect(self.page.locator(".connection-line.is-on")).to_have_count(1, timeout=40_000)

    def assert_no_complaints(self, *expected: str) -> None:
        unexpected = [one for one in self.complaints if not any(re.search(pattern, one) for pattern in expected)]
        assert not unexpected, unexpected


class Cut:
    """One page's line to the server, to be cut and mended."""

    def __init__(self, page):
        self.is_cut = False
        self.lines = []
        page.route_web_socket("**/ws", self.line)

    def line(self, route) -> None:
        if self.is_cut:
            route.close()
            return
        route.connect_to_server()
        self.lines.append(route)

    def now(self) -> None:
        self.is_cut = True
        for line in self.lines:
            line.close(code=4012)
        self.lines.clear()

    def mend(self) -> None:
        self.is_cut = False
