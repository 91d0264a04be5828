"""What helps one to write: drafts, preview, completion, quotes; and what one does with others' messages."""

import re

from playwright.sync_api import expect

from person import Cut
from test_conversation import choose


def saved(someone, text: str) -> None:
    """Waits until the server keeps this draft, or none if the text is empty."""
    someone.page.evaluate("""async text => {
        for (const until = Date.now() + 10000; Date.now() < until; await new Promise((next) => setTimeout(next, 200))) {
            const { drafts } = await (await fetch('/api/v1/draft.list')).json();
            if (text === '' ? drafts.length === 0 : drafts.some((draft) => draft.text === text)) return;
        }
        throw new Error(`not kept: ${text}`);
    }""", text)


def test_a_draft_follows_its_author_to_another_device(person, needs):
    needs("draft.save")
    desk, phone = person("silvia.canepa"), person("silvia.canepa", viewport={"width": 360, "height": 740})
    desk.open_channel("Generale")
    desk.page.locator("#composer").press_sequentially("Bozza per @Anna Bia")
    desk.page.locator(".mention-list li", has_text="Anna Bianchi").wait_for()
    desk.page.keyboard.press("Enter")
    saved(desk, f"Bozza per @[Anna Bianchi]({number_of(desk, 'Anna Bianchi')}) ")
    phone.page.goto(desk.page.url)
    expect(phone.page.locator("#composer")).to_have_value("Bozza per @Anna Bianchi ")
    phone.page.locator("#composer").press_sequentially("!")
    expect(desk.page.locator("#composer")).to_have_value("Bozza per @Anna Bianchi !")

    desk.page.locator("#composer").press("Enter")
    desk.sees("Bozza per @Anna Bianchi !")
    assert desk.message("Bozza per").locator(".mention").inner_text() == "@Anna Bianchi"
    expect(phone.page.locator("#composer")).to_have_value("")
    saved(desk, "")
    for one in (desk, phone):
        one.assert_no_complaints()


def test_a_draft_written_offline_survives_the_tab_and_is_kept_later(person, needs):
    needs("draft.save")
    irene = person("irene.bartolini")
    cut = Cut(irene.page)
    irene.page.reload()
    irene.open_channel("Generale")
    cut.now()
    expect(irene.page.locator(".connection-line.is-off")).to_have_count(1)
    irene.page.locator("#composer").fill("Scritto in treno")
    irene.page.wait_for_function("() => localStorage.getItem('metropoli.drafts')?.includes('Scritto in treno')")
    address = irene.page.url
    irene.page.close()
    irene.page = irene.context.new_page()
    irene.page.goto(address)
    expect(irene.page.locator("#composer")).to_have_value("Scritto in treno")
    saved(irene, "Scritto in treno")
    irene.page.wait_for_function("() => localStorage.getItem('metropoli.drafts') === null")

    irene.page.locator("#person-menu").click()
    irene.page.get_by_role("button", name="Esci").click()
    expect(irene.page.locator("#sign-in-login")).to_be_visible()
    assert "treno" not in irene.page.evaluate("JSON.stringify(localStorage)")


def test_a_late_echo_of_an_earlier_draft_takes_nothing_away(person, needs):
    needs("draft.save")
    anna = person("anna.bianchi")
    line = LateNews(anna.page)
    anna.page.reload()
    anna.open_channel("Soluzioni")
    field = anna.page.locator("#composer")
    line.late = True
    field.fill("Prima bozza")
    saved(anna, "Prima bozza")
    field.press("Enter")
    field.fill("Seconda bozza")
    saved(anna, "Seconda bozza")
    # Now it hears of the first one, and that it was sent; not yet of the second.
    line.catch_up(before="Seconda bozza")
    anna.sees("Prima bozza")
    field.press("Enter")
    line.catch_up()
    anna.sees("Seconda bozza")
    saved(anna, "")


class LateNews:
    """A line on which replies come at once, and updates when they are let through: both orders are allowed."""

    def __init__(self, page):
        self.late = False
        self.held = []
        page.route_web_socket("**/ws", self.open)

    def open(self, route) -> None:
        self.route = route
        server = route.connect_to_server()
        server.on_message(self.hear)

    def hear(self, frame: str) -> None:
        replies = [one for one in frame.split("\n") if not self.late or one.startswith('{"id"')]
        self.held += [one for one in frame.split("\n") if self.late and not one.startswith('{"id"')]
        if replies:
            self.route.send("\n".join(replies))

    def catch_up(self, before: str | None = None) -> None:
        while self.held and not (before and before in self.held[0]):
            self.route.send(self.held.pop(0))
        self.late = before is not None


def test_a_preview_shows_what_the_server_makes_of_a_text(person):
    anna = person("anna.bianchi")
    anna.open_channel("Soluzioni")
    anna.page.locator("#composer").fill("**Importante**\n\n- uno\n- due")
    preview = anna.page.get_by_role("button", name="Anteprima")
    preview.click()
    shown = anna.page.locator(".composer-preview")
    expect(shown.locator("strong")).to_have_text("Importante")
    expect(shown.locator("li")).to_have_count(2)
    expect(preview).to_have_attribute("aria-pressed", "true")
    preview.click()
    expect(anna.page.locator("#composer")).to_be_focused()
    expect(anna.page.locator("#composer")).to_have_value(re.compile("Importante"))
    anna.page.locator("#composer").fill("")
    anna.assert_no_complaints()


def test_groups_and_references_are_completed(person):
    anna = person("anna.bianchi")
    anna.open_channel("Soluzioni")
    field = anna.page.locator("#composer")
    field.press_sequentially("Per @facil")
    expect(anna.page.get_by_role("option", name="@facilitatori")).to_have_attribute("aria-selected", "true")
    field.press("Tab")
    field.press_sequentially("vedi #conferenza")
    option = anna.page.locator(".mention-list li").first
    expect(option).to_contain_text(re.compile(r"#\d+"))
    reference = re.search(r"#\d+", option.inner_text())[0]
    field.press("Enter")
    expect(field).to_have_value(f"Per @facilitatori vedi {reference} ")
    field.press("Enter")
    anna.sees(f"vedi {reference}")
    message = anna.message(f"vedi {reference}")
    expect(message.locator(f"a[href*='{reference[1:]}']")).to_be_visible()
    expect(message.locator(".mention")).to_have_count(1)
    anna.assert_no_complaints()


def test_a_message_is_quoted(person):
    anna, marco = person("anna.bianchi"), person("marco.russo")
    for one in (anna, marco):
        one.open_channel("Soluzioni")
    marco.write("Il *decreto* esce a marzo")
    anna.sees("Il decreto esce a marzo")
    choose(anna, "Il decreto esce a marzo", "Cita")
    expect(anna.page.locator("#composer")).to_be_focused()
    expect(anna.page.locator(".composer-quote")).to_contain_text("Marco Russo Il decreto esce a marzo")
    anna.write("Ne siamo sicuri?")
    quote = marco.message("Ne siamo sicuri?").locator("a.quote")
    expect(quote).to_contain_text("Marco Russo Il decreto esce a marzo")
    expect(anna.page.locator(".composer-quote")).to_have_count(0)
    quote.click()
    expect(marco.page.locator(".message.is-target")).to_contain_text("Il decreto esce a marzo")
    for one in (anna, marco):
        one.assert_no_complaints()


def test_a_message_is_reported_with_a_reason(person):
    anna, marco = person("anna.bianchi"), person("marco.russo")
    for one in (anna, marco):
        one.open_channel("Soluzioni")
    marco.write("Messaggio fuori posto")
    anna.sees("Messaggio fuori posto")
    choose(anna, "Messaggio fuori posto", "Segnala")
    anna.page.locator("dialog[open]").get_by_role("button", name="Segnala").click()
    expect(anna.page.get_by_role("alert").filter(has_text="Scrivi un motivo")).to_be_visible()
    anna.page.locator("#report-reason").fill("Pubblicità")
    anna.page.locator("dialog[open]").get_by_role("button", name="Segnala").click()
    expect(anna.page.locator(".notice")).to_contain_text("moderatori")
    expect(marco.message("Messaggio fuori posto")).to_be_visible()
    anna.assert_no_complaints()


def test_who_has_confirmed_an_announcement(person):
    giulia, anna = person("giulia.ferrari"), person("anna.bianchi")
    for one in (giulia, anna):
        one.open_channel("Annunci")
    giulia.page.get_by_label("Chiedi conferma di lettura").check()
    giulia.write("Nuovo regolamento da leggere.")
    anna.sees("Nuovo regolamento da leggere.")
    anna.message("Nuovo regolamento da leggere.").get_by_role("button", name="Confermo di aver letto").click()
    expect(anna.message("Nuovo regolamento da leggere.").locator(".is-done")).to_be_visible()
    giulia.message("Nuovo regolamento da leggere.").get_by_role("button", name="Chi ha confermato").click()
    dialog = giulia.page.get_by_role("dialog", name="Chi ha confermato")
    expect(dialog.locator("section").first).to_contain_text("1 persona ha confermato")
    expect(dialog.locator("section").first).to_contain_text("Anna Bianchi")
    expect(dialog.locator("section").last).to_contain_text("Marco Russo")
    expect(anna.message("Nuovo regolamento da leggere.").get_by_role("button", name="Chi ha confermato")).to_have_count(0)
    for one in (giulia, anna):
        one.assert_no_complaints()


def test_an_announcement_is_scheduled_listed_and_cancelled(person):
    giulia = person("giulia.ferrari")
    giulia.open_channel("Annunci")
    page = giulia.page
    page.locator("#composer").fill("Convocazione dell'assemblea")
    page.get_by_role("button", name="Programma l’annuncio").click()
    page.locator("#schedule-at").fill("2020-01-01T10:00")
    page.get_by_role("button", name="Programma", exact=True).click()
    expect(page.locator("dialog[open] .field-problem")).to_contain_text("non sia già passata")
    page.locator("#schedule-at").fill("2031-05-05T10:30")
    page.get_by_role("button", name="Programma", exact=True).click()
    expect(page.locator(".notice")).to_contain_text("Annuncio programmato")
    expect(page.locator("#composer")).to_have_value("")

    page.get_by_role("button", name="Altro su questo canale").click()
    page.get_by_role("button", name="Annunci programmati").click()
    waiting = page.locator(".scheduled-list li", has_text="Convocazione dell'assemblea")
    expect(waiting).to_contain_text("lunedì 5 maggio 2031 alle ore 10:30")
    waiting.get_by_role("button", name="Annulla l’annuncio").click()
    page.locator("dialog[open]").get_by_role("button", name="Annulla l’annuncio").click()
    expect(waiting).to_have_count(0)
    giulia.assert_no_complaints()


def number_of(someone, name: str) -> int:
    return someone.page.evaluate("""async name => {
        const { people } = await (await fetch('/api/v1/person.list?text=' + encodeURIComponent(name))).json();
        return people.find((one) => one.name === name).id;
    }""", name)


def test_an_upload_is_watched_and_stopped(person):
    anna = person("anna.bianchi")
    anna.open_channel("Soluzioni")
    anna.page.route("**/api/v1/files?**", lambda route: None)  # on its way, for ever
    anna.page.locator("m-channel-view .composer input[type=file]").set_input_files(
        [{"name": "grande.pdf", "mimeType": "application/pdf", "buffer": b"x" * 100_000}])
    expect(anna.page.get_by_role("progressbar", name="Caricamento di grande.pdf")).to_be_visible()
    with anna.page.expect_event("requestfailed", lambda request: "/api/v1/files" in request.url):
        anna.page.get_by_role("button", name="Togli grande.pdf").click()
    expect(anna.page.locator(".attaching li")).to_have_count(0)
    anna.write("Senza allegato")
    anna.sees("Senza allegato")
    expect(anna.message("Senza allegato").locator(".attachments")).to_have_count(0)


def test_an_upload_whose_answer_was_lost_is_sent_again_under_its_key(person):
    anna = person("anna.bianchi")
    anna.open_channel("Generale")
    sent = []

    def lose_the_first_answer(route):
        answer = route.fetch()
        sent.append((route.request.headers["idempotency-key"], answer.headers.get("idempotency-replayed"), answer.json()["id"]))
        if len(sent) == 1:
            route.abort("connectionreset")
        else:
            route.fulfill(response=answer)

    anna.page.route("**/api/v1/files?*", lose_the_first_answer)
    anna.page.locator("input[type=file]").set_input_files({"name": "verbale.txt", "mimeType": "text/plain", "buffer": b"Verbale della seduta"})
    expect(anna.page.locator(".attaching li")).to_have_count(1)
    expect(anna.page.locator(".attaching progress")).to_have_count(0)
    expect(anna.page.locator(".attaching .field-problem")).to_have_count(0)
    (first, _, file), (second, replayed, same) = sent
    assert (first, file) == (second, same) and replayed == "true"
    anna.write("Con il verbale")
    expect(anna.message("Con il verbale").locator(".attachment-file")).to_contain_text("verbale.txt")
    anna.assert_no_complaints("ERR_CONNECTION_RESET")
