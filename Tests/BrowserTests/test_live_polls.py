"""Polls at an event: prepared and run by who facilitates or speaks, answered by those in its room."""

import re

import pytest
from playwright.sync_api import expect

from judging import judge
from test_calendar_files import Caller
from test_screens import violations
from test_themes import choose
from test_webinars import webinar

QUESTION = "Da quale procedimento cominciamo a lavorare insieme?"
OPTIONS = ["Permesso di costruire", "Sportello unico per le attività produttive, anche nei Comuni più piccoli", "Autorizzazione paesaggistica"]


def poll(caller: Caller, event: int, question: str = QUESTION, options=OPTIONS, **more) -> int:
    return caller.do("livePoll.create", event=event, question=question, options=options, **({"choice": "single"} | more))["id"]


def running(address: str) -> int:
    """A webinar whose room is open, with polls in every state: prepared, open for one and for several answers, closed."""
    event = webinar(address, 60, seated=("anna.bianchi", "marco.russo"))
    giulia, anna, marco = (Caller(address, login) for login in ("giulia.ferrari", "anna.bianchi", "marco.russo"))
    closed = poll(giulia, event, "Le slide della volta scorsa sono servite?", ["Sì", "In parte", "No"], open=True)
    for caller, option in ((giulia, 0), (anna, 0), (marco, 1)):
        caller.do("livePoll.answer", poll=closed, options=[option])
    giulia.do("livePoll.close", poll=closed)
    poll(giulia, event, "Ci rivediamo a gennaio?", ["Sì", "No"])
    live = poll(giulia, event, "Che cosa vi serve per partire?", ["Un modello di convenzione", "Una persona che segua il lavoro", "Formazione"], choice="multiple", results="live", open=True)
    marco.do("livePoll.answer", poll=live, options=[0, 2])
    anna.do("livePoll.answer", poll=live, options=[0])
    poll(giulia, event, open=True)
    return event


def shown(login: str):
    def open_screen(someone):
        event = running(someone.address)
        someone.sign_in(login)
        someone.page.goto(f"{someone.address}/events/{event}")
        someone.page.locator(".live-results").last.wait_for()
        someone.page.locator("m-live-polls").evaluate("it => it.scrollIntoView({ block: 'start' })")
    return open_screen


def empty(someone):
    event = webinar(someone.address, 3 * 86_400)
    someone.sign_in("giulia.ferrari")
    someone.page.goto(f"{someone.address}/events/{event}")
    someone.page.locator("m-live-polls .state-text").wait_for()
    someone.page.locator("m-live-polls").scroll_into_view_if_needed()


def dialog(someone):
    event = webinar(someone.address, 60)
    someone.sign_in("giulia.ferrari")
    someone.page.goto(f"{someone.address}/events/{event}")
    someone.page.locator("m-live-polls button").first.click()
    someone.page.locator("dialog button[type='submit']").click()
    someone.page.locator("dialog .field-problem").first.wait_for()


SCREENS = {"live-polls": shown("anna.bianchi"), "live-polls-facilitator": shown("giulia.ferrari"), "live-polls-empty": empty, "live-polls-dialog": dialog}


@pytest.mark.parametrize("language", ["it", "en"])
@pytest.mark.parametrize("name", SCREENS)
def test_screen(person, screenshots, name, language):
    judge(person, screenshots, name, language, SCREENS[name])


@pytest.mark.parametrize("theme", ["dark", "contrast"])
def test_themes(person, screenshots, theme):
    someone = person(viewport={"width": 1280, "height": 900})
    shown("anna.bianchi")(someone)
    choose(someone, theme)
    someone.page.locator("m-live-polls").evaluate("it => it.scrollIntoView({ block: 'start' })")
    someone.page.screenshot(path=screenshots / f"live-polls-{theme}.png")
    someone.page.locator(".live-poll").last.scroll_into_view_if_needed()
    someone.page.screenshot(path=screenshots / f"live-polls-{theme}-closed.png")
    # Of letters in the colour of their ground axe says only that it cannot tell.
    for tag in someone.page.locator("m-live-polls .tag").all():
        assert tag.evaluate("it => getComputedStyle(it).color !== getComputedStyle(it).backgroundColor")
    assert violations(someone.page) == []


@pytest.fixture
def people(person):
    """Who facilitates, and two who have a seat."""
    three = [person(login) for login in ("giulia.ferrari", "anna.bianchi", "marco.russo")]
    yield three
    for someone in three:
        someone.assert_no_complaints()


def part(someone):
    return someone.page.locator("m-live-polls")


def test_prepare_open_answer_close(people):
    """By keyboard: one prepares and opens, two answer, one of them otherwise later; all see what came of it."""
    giulia, anna, marco = people
    event = webinar(giulia.address, 60, seated=("anna.bianchi", "marco.russo"))
    for someone in people:
        someone.page.goto(f"{someone.address}/events/{event}")
        someone.page.locator("#questions-title").wait_for()
    expect(part(anna)).to_be_hidden()
    part(giulia).get_by_role("button", name="Prepara un sondaggio").press("Enter")
    form = giulia.page.get_by_role("dialog")
    form.get_by_label("Domanda").fill("Quando ci rivediamo?")
    form.get_by_label("Risposte fra cui scegliere").fill("Gennaio\n gennaio ")
    form.get_by_role("button", name="Salva il sondaggio").press("Enter")
    expect(form.locator(".field-problem")).to_have_text("Due risposte sono uguali.")
    form.get_by_label("Risposte fra cui scegliere").fill("Gennaio\n\nFebbraio\nMarzo")
    form.get_by_label("Quando si vedono i risultati").select_option("live")
    form.get_by_role("button", name="Salva il sondaggio").press("Enter")
    expect(part(giulia)).to_contain_text("Lo vede solo chi conduce l’incontro.")
    expect(part(anna)).to_be_hidden()
    part(giulia).get_by_role("button", name="Apri il sondaggio: Quando ci rivediamo?").press("Enter")

    choices = part(anna).get_by_role("group", name="Quando ci rivediamo?")
    expect(choices.get_by_role("radio")).to_have_count(3)
    expect(anna.page.locator("#announcer")).to_contain_text("C’è un sondaggio: Quando ci rivediamo?")
    expect(choices).to_have_accessible_description(re.compile("non chi le ha date"))
    part(anna).get_by_role("button", name="Rispondi", exact=True).press("Enter")
    expect(part(anna).locator(".field-problem")).to_be_visible()
    expect(choices.get_by_role("radio").first).to_be_focused()
    choices.get_by_role("radio", name="Gennaio").press("Space")
    anna.page.keyboard.press("ArrowDown")
    expect(choices.get_by_role("radio", name="Febbraio")).to_be_checked()
    anna.page.keyboard.press("Enter")
    expect(part(anna)).to_contain_text("Hai risposto «Febbraio».")
    change = part(anna).get_by_role("button", name="Cambia la risposta: Quando ci rivediamo?")
    expect(change).to_be_focused()

    # The counts move while the others look on, and what one has half chosen stays.
    part(marco).get_by_role("radio", name="Marzo").check()
    counted = part(marco).get_by_role("radio", name="Febbraio")
    expect(counted).to_have_accessible_name("Febbraio")
    expect(counted).to_have_accessible_description("1 risposta · 100%")
    expect(part(marco).get_by_role("radio", name="Marzo")).to_be_checked()
    part(marco).get_by_role("button", name="Rispondi", exact=True).click()
    for someone in (anna, marco):
        expect(part(someone).locator(".live-results li").nth(2)).to_contain_text("1 risposta · 50%")
    expect(part(giulia).locator(".live-option").nth(2)).to_contain_text("1 risposta · 50%")
    change.press("Enter")
    expect(choices.get_by_role("radio", name="Febbraio")).to_be_focused()
    choices.get_by_role("radio", name="Marzo").check()
    part(anna).get_by_role("button", name="Rispondi", exact=True).click()
    expect(part(giulia).locator(".live-option").nth(2)).to_contain_text("2 risposte · 100%")

    part(giulia).get_by_role("button", name="Chiudi il sondaggio: Quando ci rivediamo?").click()
    giulia.page.get_by_role("dialog").get_by_role("button", name="Chiudi il sondaggio").click()
    for someone in (anna, marco):
        expect(part(someone).get_by_role("radio")).to_have_count(0)
        expect(part(someone).locator(".live-poll")).to_contain_text("Chiuso")
        expect(part(someone).locator(".is-first")).to_have_text(re.compile("Marzo.*2 risposte · 100%"))
    expect(anna.page.locator("#announcer")).to_contain_text("Sondaggio chiuso: Quando ci rivediamo? Gennaio 0%, Febbraio 0% e Marzo 100%".replace("? ", "?. "))

    part(giulia).get_by_role("button", name="Togli il sondaggio: Quando ci rivediamo?").click()
    giulia.page.get_by_role("dialog").get_by_role("button", name="Togli").click()
    for someone in (anna, marco):
        expect(part(someone)).to_be_hidden()


def test_results_afterwards(people):
    """Of results that come afterwards who answers sees only how many answered; who runs the event sees them grow."""
    giulia, anna, marco = people
    event = webinar(giulia.address, 60, seated=("anna.bianchi", "marco.russo"))
    for someone in people:
        someone.page.goto(f"{someone.address}/events/{event}")
        someone.page.locator("#questions-title").wait_for()
    one = poll(Caller(giulia.address, "giulia.ferrari"), event, choice="multiple", open=True)
    for name in OPTIONS[:2]:
        part(anna).get_by_role("checkbox", name=name).check()
    part(anna).get_by_role("button", name="Rispondi", exact=True).click()
    expect(part(marco)).to_contain_text("1 risposta · i risultati si vedono alla chiusura")
    expect(part(giulia).locator(".live-option").first).to_contain_text("1 risposta · 100%")
    part(marco).get_by_role("checkbox", name=OPTIONS[0]).check()
    part(marco).get_by_role("button", name="Rispondi", exact=True).click()
    expect(part(giulia).locator(".live-option").first).to_contain_text("2 risposte · 100%")
    expect(part(giulia).locator(".live-option").nth(1)).to_contain_text("1 risposta · 50%")
    for someone in (anna, marco):
        expect(part(someone)).to_contain_text("2 risposte")
        expect(part(someone).locator(".live-results")).to_have_count(0)
    part(marco).get_by_role("button", name=re.compile("^Ritira la risposta")).click()
    expect(part(giulia).locator(".live-option").first).to_contain_text("1 risposta · 100%")
    Caller(giulia.address, "giulia.ferrari").do("livePoll.close", poll=one)
    for someone in (anna, marco):
        expect(part(someone).locator(".live-results li").first).to_contain_text("1 risposta · 100%")
    # Both facts are there again after a reload.
    anna.page.reload()
    expect(part(anna).locator(".live-results .tag")).to_have_count(2)
