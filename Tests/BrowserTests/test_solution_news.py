"""What people see of documents and solutions that concern them: in the bell, among the notifications, and in their choices."""

import uuid

import pytest
from playwright.sync_api import expect

from judging import judge
from test_calendar_files import Caller

LOGINS = ("anna.bianchi", "silvia.canepa")


def callers(address: str) -> tuple[Caller, Caller]:
    """Anna, who writes for Bologna, and Silvia, who reviews for Genova."""
    return Caller(address, LOGINS[0]), Caller(address, LOGINS[1])


def solution(anna: Caller, title: str) -> int:
    """A draft of Bologna's."""
    network = anna.network("semplificazione")
    city = next(one["city"] for one in anna.ask("solution.list")["solutions"] if "Bologna" in one["cityName"])
    return anna.do("solution.create", network=network, title=title, city=city, area="edilizia")["id"]


def submit(anna: Caller, of: int, *reviewers: Caller) -> None:
    revision = anna.ask(f"solution.get?solution={of}")["revision"]
    anna.do("solution.submit", solution=of, revision=revision, reviewers=[one.person for one in reviewers])


def document(anna: Caller, title: str) -> int:
    return anna.do("document.create", network=anna.network("semplificazione"), title=title, text="Uno due tre quattro")["id"]


def comment(by: Caller, on: int, text: str) -> int:
    revision = by.ask(f"document.read?document={on}")["revision"]
    return by.do("document.comment", document=on, revision=revision, to=3, text=text, **{"from": 0})["id"]


def told(person: Caller, of: int) -> list[dict]:
    """What somebody is told of a document, once there is something."""
    for _ in range(500):
        if found := [one for one in person.ask("notification.list")["notifications"] if one.get("document") == of]:
            return found
    raise AssertionError("nothing is told")


def news(someone):
    """Anna's list, with a comment, a mention, and a solution that came back."""
    address, title = someone.address, f"Novità {uuid.uuid4().hex[:8]}"
    anna, silvia = callers(address)
    draft = solution(anna, f"{title}: lo sportello dei Comuni montani")
    submit(anna, draft, silvia)
    silvia.do("solution.return", solution=draft, revision=anna.ask(f"solution.get?solution={draft}")["revision"], reason="Mancano i costi")
    text = document(anna, f"{title}: linee guida")
    comment(silvia, text, "Aggiungerei **gli allegati** della delibera.")
    comment(silvia, text, f"Che ne dici, @[Anna Bianchi]({anna.person})?")
    someone.sign_in("anna.bianchi")
    someone.page.goto(f"{address}/notifications")
    expect(someone.page.locator(".notification-list li", has_text=title)).to_have_count(3)


def choices(someone):
    someone.sign_in("anna.bianchi")
    someone.page.goto(f"{someone.address}/me")
    someone.page.locator("#notify-adoptions").wait_for()
    someone.page.locator("#notify-reviews").scroll_into_view_if_needed()


def mentioning(someone):
    """A comment for whose sake Anna came, and the people whom her answer may mention."""
    address = someone.address
    anna, silvia = callers(address)
    text = document(anna, "Linee guida sugli allegati della delibera")
    comment(silvia, text, "Chi li raccoglie?")
    wanted = comment(silvia, text, f"Che ne dici, @[Anna Bianchi]({anna.person})?")
    someone.sign_in("anna.bianchi")
    page = someone.page
    page.goto(f"{address}/documents/{text}?comment={wanted}")
    page.locator(".comment.is-wanted").get_by_role("button", name="Rispondi" if page.evaluate("document.documentElement.lang") == "it" else "Reply").click()
    page.keyboard.type("Forse lo sa @s")
    page.get_by_role("option").first.wait_for()


SCREENS = {"solution-news": news, "solution-news-choice": choices, "solution-news-mention": mentioning}


@pytest.mark.parametrize("language", ["it", "en"])
@pytest.mark.parametrize("name", SCREENS)
def test_screen(person, screenshots, name, language):
    judge(person, screenshots, name, language, SCREENS[name])


def test_who_is_asked_to_review_hears_it_at_once(person):
    """Genova's bell counts it, its list leads to the solution, and there it is read."""
    someone = person("silvia.canepa")
    page = someone.page
    anna, silvia = callers(someone.address)
    title = f"Sportello {uuid.uuid4().hex[:8]}"
    silvia.do("notification.read", upTo=2**52)
    draft = solution(anna, title)
    page.goto(f"{someone.address}/")
    page.locator("m-bell").wait_for()
    expect(page.locator(".bell-count")).to_have_count(0)
    submit(anna, draft, silvia)
    expect(page.locator(".bell-count")).to_contain_text("1")
    page.locator("m-bell a").click()
    row = page.locator(".notification-list li", has_text=title)
    expect(row).to_contain_text("Anna Bianchi ti chiede di revisionare una soluzione")
    expect(row).to_have_class("is-new")
    row.get_by_role("link").click()
    expect(page.locator("h1")).to_have_text(title)
    expect(page.locator(".bell-count")).to_have_count(0)
    assert silvia.ask("notification.list?unread=true")["notifications"] == []
    # What comes while one looks at it is read at once.
    anna_page = person("anna.bianchi")
    anna_page.page.goto(f"{someone.address}/solutions/{draft}")
    anna_page.page.locator("h1", has_text=title).wait_for()
    page.get_by_role("button", name="Restituisci").click()
    page.get_by_role("dialog").get_by_role("textbox").fill("Mancano i costi")
    page.get_by_role("dialog").get_by_role("button", name="Restituisci", exact=True).click()
    expect(anna_page.page.locator(".notice-inline", has_text="Restituita da Silvia Canepa")).to_be_visible()
    anna_page.page.wait_for_function(
        "async (id) => (await (await fetch('/api/v1/notification.list?unread=true')).json()).notifications.every((one) => one.solution !== id)", arg=draft)
    assert any(one.get("solution") == draft and one["read"] for one in anna.ask("notification.list")["notifications"])
    someone.assert_no_complaints()
    anna_page.assert_no_complaints()


def test_a_comment_leads_to_itself(person):
    someone = person("anna.bianchi")
    page = someone.page
    anna, silvia = callers(someone.address)
    title = f"Linee guida {uuid.uuid4().hex[:8]}"
    text = document(anna, title)
    first = [comment(silvia, text, f"Nota {number}") for number in range(8)][0]
    last = comment(silvia, text, "Ecco l’ultima, *Anna*")
    page.goto(f"{someone.address}/notifications")
    row = page.locator(".notification-list li", has_text="Ecco l’ultima")
    expect(row).to_contain_text("Silvia Canepa ha commentato un documento")
    expect(row).to_contain_text(f"{title}: Ecco l’ultima, Anna")
    row.get_by_role("link").click()
    expect(page.locator(f"#comment-{last}")).to_be_in_viewport()
    expect(page.locator(".comment.is-wanted")).to_have_count(1)
    # The browser's own notification of another comment on the same document leads there too, with the panel closed.
    page.get_by_role("button", name="Commenti").click()
    expect(page.locator("m-document-comments")).to_have_count(0)
    for other in (first, last):
        page.evaluate("id => { history.pushState(null, '', `?comment=${id}`); dispatchEvent(new PopStateEvent('popstate')); }", other)
        expect(page.locator(f"#comment-{other}.is-wanted")).to_be_in_viewport()
        expect(page.locator(".comment.is-wanted")).to_have_count(1)
    page.wait_for_function(
        "async (id) => (await (await fetch('/api/v1/notification.list?unread=true')).json()).notifications.every((one) => one.document !== id)", arg=text)
    someone.assert_no_complaints()


def test_each_way_of_being_told_is_kept(person):
    someone = person()
    choices(someone)
    page = someone.page
    for name in ("reviews", "comments", "changes", "adoptions"):
        expect(page.locator(f"#notify-{name}")).to_have_value("mail")
    page.locator("#notify-comments").select_option("app")
    page.locator(".notice, [role=status]", has_text="Preferenze salvate").first.wait_for()
    page.reload()
    expect(page.locator("#notify-comments")).to_have_value("app")
    expect(page.locator("#notify-reviews")).to_have_value("mail")
    page.locator("#notify-comments").select_option("mail")
    someone.assert_no_complaints()


def test_a_comment_mentions_who_may_read_it(person):
    """By keyboard; who is mentioned is told so, and is shown as mentioned."""
    someone = person("anna.bianchi")
    page = someone.page
    anna, silvia = callers(someone.address)
    title = f"Linee guida {uuid.uuid4().hex[:8]}"
    text = document(anna, title)
    comment(silvia, text, "Chi decide?")
    page.goto(f"{someone.address}/documents/{text}")
    page.get_by_role("button", name="Commenti").click()
    page.locator(".comment").get_by_role("button", name="Rispondi").click()
    field = page.get_by_label("La tua risposta")
    expect(field).to_be_focused()
    page.keyboard.type("Lo sa @silv")
    expect(page.get_by_role("option")).to_have_count(1)
    # A group cannot be mentioned here, and Escape closes the list alone.
    page.keyboard.press("Escape")
    expect(page.get_by_role("option")).to_have_count(0)
    expect(field).to_have_value("Lo sa @silv")
    page.keyboard.type("i")
    page.keyboard.press("Enter")
    expect(field).to_have_value("Lo sa @Silvia Canepa ")
    page.locator(".comment-form").get_by_role("button", name="Rispondi").click()
    expect(page.locator(".comment-reply .mention")).to_have_text("@Silvia Canepa")
    page.wait_for_function("() => document.querySelector('.comment-form') === null")
    assert [(one["kind"], one["text"]) for one in told(silvia, text)] == [("mention", "Lo sa @Silvia Canepa")]
    someone.assert_no_complaints()
