"""The pages that are read without script, in both languages, judged like every screen."""

import re

import pytest
from playwright.sync_api import expect

from test_screens import NARROW, PICTURED, assert_fits, too_small_for_a_finger, violations

PASSWORD = "una frase di prova"


@pytest.fixture(scope="module")
def links(chromium, server):
    """The addresses of an invitation and of a forgotten password, as an administrator hands them on."""
    context = chromium.new_context()
    origin = {"Origin": server.address}

    def ask(name, body):
        answer = context.request.post(f"{server.address}/api/v1/{name}", data=body, headers=origin)
        assert answer.ok, answer.text()
        return answer.json()

    ask("session.open", {"login": "admin@demo.metropolistrategiche.example", "password": "metropoli-demo-2026"})
    ask("person.invite", {"email": "pagine.pubbliche@comune.example"})
    ask("person.resetPassword", {"email": "efisio.melis@demo.metropolistrategiche.example"})
    pending = context.request.get(f"{server.address}/api/v1/invitation.list").json()["invitations"]
    tokens = {one["kind"]: ask("invitation.reveal", {"invitation": one["id"]})["token"] for one in pending[:2]}
    context.close()
    return {"invitation": f"/invito?token={tokens['invitation']}", "choose-password": f"/password/nuova?token={tokens['reset']}"}


def as_it_is(_):
    pass


def sent_empty(page):
    page.locator("main button[type=submit]").click()
    page.locator("[aria-invalid=true]").first.wait_for()


def sent(page):
    page.locator("[name=email]").fill("nessuno@comune.example")
    page.locator("main button[type=submit]").click()
    page.locator("main form").wait_for(state="detached")
    page.locator("main h1").wait_for()


PAGES = {
    "public-sign-in": ("/accesso", as_it_is), "public-sign-in-problem": ("/accesso", sent_empty),
    "public-invitation": ("invitation", as_it_is), "public-invitation-problem": ("invitation", sent_empty),
    "public-invitation-unknown": ("/invito?token=sconosciuto", as_it_is),
    "public-password": ("/password", as_it_is), "public-password-problem": ("/password", sent_empty), "public-password-sent": ("/password", sent),
    "public-choose-password": ("choose-password", as_it_is), "public-choose-password-problem": ("choose-password", sent_empty),
    "public-accessibility": ("/accessibilita", as_it_is), "public-privacy": ("/privacy", as_it_is), "public-about": ("/programma", as_it_is),
}


@pytest.mark.parametrize("language", ["it", "en"])
@pytest.mark.parametrize("name", PAGES)
def test_page(person, links, screenshots, name, language):
    where, act = PAGES[name]
    address = links.get(where, where)
    for viewport in PICTURED:
        reader = person(viewport=viewport)
        reader.page.goto(f"{reader.address}{address}{'&' if '?' in address else '?'}lang={language}")
        act(reader.page)
        expect(reader.page.locator("html")).to_have_attribute("lang", language)
        reader.page.evaluate("document.fonts.ready")
        reader.page.screenshot(path=screenshots / f"{name}-{language}-{viewport['width']}.png", full_page=True)
        assert violations(reader.page) == []
        # The browser itself reports a page that is a refusal.
        reader.assert_no_complaints(r"status of (404|422)")
        assert_fits(reader.page)
        if viewport["width"] < 768:
            assert too_small_for_a_finger_but_in_text(reader.page) == []
    reader.page.set_viewport_size(NARROW)
    assert_fits(reader.page)
    reader.context.close()


def too_small_for_a_finger_but_in_text(page) -> list[str]:
    """Links within a sentence may be as high as its line; the one that leads past the heading is out of sight for a finger."""
    page.evaluate("() => document.querySelectorAll('main p a, main li a, a[href=\"#main\"]').forEach((link) => link.classList.add('message-text'))")
    return too_small_for_a_finger(page)


def test_without_script_an_invited_person_comes_in(chromium, server, links):
    context = chromium.new_context(java_script_enabled=False, locale="it-IT")
    page = context.new_page()
    page.goto(server.address + links["invitation"])
    for field in ("password", "repeated"):
        page.locator(f"[name={field}]").fill(PASSWORD)
    page.locator("main button[type=submit]").click()
    expect(page).to_have_url(re.compile("/accesso"))
    page.locator("[name=login]").fill("pagine.pubbliche@comune.example")
    page.locator("[name=password]").fill(PASSWORD)
    page.locator("main button[type=submit]").click()
    expect(page).to_have_url(f"{server.address}/")
    page.goto(server.address + links["invitation"])
    expect(page.locator("h1")).to_be_visible()
    expect(page.locator("main input[type=password]")).to_have_count(0)
    context.close()
