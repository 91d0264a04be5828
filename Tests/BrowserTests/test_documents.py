"""Documents written together: two at once, one without a line, a page loaded anew, comments, versions; the real server."""

import re
import uuid

import pytest
from playwright.sync_api import expect

from judging import judge
from person import Cut
from test_calendar_files import Caller

TEXT = """# Regolamento dello sportello unico

Questo documento raccoglie le **regole comuni** per lo sportello unico delle attività produttive.

## Finalità

Semplificare i procedimenti e dare tempi certi alle imprese, come deciso nell’incontro del 12 novembre.

## Compiti dei Comuni

1. Nominare un referente
2. Pubblicare i moduli
3. Misurare i tempi

- [x] Elenco dei procedimenti
- [ ] Moduli unificati

| Procedimento | Giorni |
| --- | --- |
| Apertura | 30 |
| Subingresso | 15 |

## Passi successivi

Riunione a Bologna. 😀
"""
LOST_LINE = r"WebSocket|ERR_INTERNET_DISCONNECTED|ERR_CONNECTION_REFUSED|ERR_FAILED"


def unique(words: str) -> str:
    """No rerun finds what an earlier one made."""
    return f"{words} {uuid.uuid4().hex[:8]}"


class Written:
    def __init__(self, address: str, title: str, text: str = TEXT, login: str = "anna.bianchi"):
        self.address = address
        self.caller = Caller(address, login)
        self.network = self.caller.network("semplificazione")
        self.id = self.caller.do("document.create", network=self.network, title=title, text=text)["id"]

    def read(self) -> dict:
        return self.caller.ask(f"document.read?document={self.id}")

    def comment(self, passage: str, text: str, by: str = "giulia.ferrari") -> int:
        document = self.read()
        # Places are counted in UTF-16 units.
        start = len(document["text"][:document["text"].index(passage)].encode("utf-16-le")) // 2
        return Caller(self.address, by).do("document.comment", document=self.id, revision=document["revision"], **{"from": start}, to=start + len(passage), text=text)["id"]


@pytest.fixture(scope="module")
def document(server):
    """With an answered comment, a resolved one, a suggestion, a version and a few revisions."""
    document = Written(server.address, "Regolamento dello sportello unico")
    first = document.comment("Semplificare i procedimenti", "Aggiungerei «entro **30 giorni**».")
    document.caller.do("document.reply", comment=first, text="D’accordo.")
    document.caller.do("document.resolve", comment=document.comment("Misurare", "Con quale strumento?"))
    document.caller.do("document.publish", document=document.id, base=1)
    giulia = Caller(server.address, "giulia.ferrari")
    giulia.do("document.save", document=document.id, base=1, text=TEXT.replace("tempi certi", "tempi certi e brevi"))
    length = len(document.read()["text"].encode("utf-16-le")) // 2
    giulia.do("document.suggest", document=document.id, base=2, changes=[[len("# Regolamento"), "# Regole"], length - len("# Regolamento")], text="Più corto.")
    return document


def open_document(someone, document: int, mode: str = "/edit"):
    someone.page.goto(f"{someone.address}/documents/{document}{mode}")
    someone.page.locator(".cm-content" if mode == "/edit" else ".document-text").wait_for()


def screens(document):
    def page(path, ready, login="anna.bianchi", act=None):
        def open_screen(someone):
            someone.sign_in(login)
            someone.page.goto(someone.address + path)
            someone.page.locator(ready).first.wait_for()
            if act:
                act(someone.page)
        return open_screen

    def panel(name, ready):
        def act(page):
            page.locator(".panel-button").nth(name).click()
            page.locator(ready).first.wait_for()
        return act

    def compare(page):
        panel(3, ".version-list")(page)
        page.locator(".compare-form button").click()
        page.locator(".compared").first.wait_for()

    here = f"/documents/{document.id}"
    return {
        "documents": page(f"/networks/{document.network}/documents", ".document-list"),
        "documents-empty": page(f"/networks/{document.caller.network('locale-bologna')}/documents", ".lead-text"),
        "document": page(here, ".document-text"),
        "document-edit": page(f"{here}/edit", ".cm-content"),
        "document-comments": page(f"{here}/edit", ".cm-content", act=panel(1, ".comment")),
        "document-versions": page(here, ".document-text", act=panel(3, ".version-list")),
        "document-compare": page(here, ".document-text", act=compare),
        "document-hidden": page("/documents/999999", "h1"),
    }


@pytest.mark.parametrize("language", ["it", "en"])
@pytest.mark.parametrize("name", ["documents", "documents-empty", "document", "document-edit", "document-comments", "document-versions", "document-compare", "document-hidden"])
def test_screen(person, screenshots, document, name, language):
    # The browser itself notes each answer that is no success.
    judge(person, screenshots, name, language, screens(document)[name], ("404",) if name == "document-hidden" else ())


@pytest.mark.parametrize("theme", ["dark", "contrast"])
def test_carets_are_legible_in_each_theme(person, server, screenshots, theme):
    document = Written(server.address, unique("Colori"))
    anna, giulia = person("anna.bianchi"), person("giulia.ferrari")
    anna.page.evaluate("theme => localStorage.setItem('metropoli.theme', theme)", theme)
    for someone in (anna, giulia):
        open_document(someone, document.id)
    giulia.page.get_by_text("Semplificare i procedimenti").click()
    giulia.page.keyboard.press("Shift+Home")
    giulia.page.keyboard.press("Shift+ArrowRight")
    name = anna.page.locator(".caret.is-active .caret-name")
    expect(name).to_have_text("Giulia Ferrari")
    expect(anna.page.locator(".document-others")).to_contain_text("Giulia Ferrari")
    anna.page.screenshot(path=screenshots / f"document-caret-{theme}.png")
    # 4.5 to 1, as for any text.
    assert name.evaluate("""(element) => {
        const light = (colour) => { const [r, g, b] = colour.match(/[\\d.]+/g).map((one) => { const part = one / 255; return part <= .03928 ? part / 12.92 : ((part + .055) / 1.055) ** 2.4; }); return .2126 * r + .7152 * g + .0722 * b; };
        const style = getComputedStyle(element);
        const [one, other] = [light(style.color), light(style.backgroundColor)];
        return (Math.max(one, other) + .05) / (Math.min(one, other) + .05);
    }""") >= 4.5
    for someone in (anna, giulia):
        someone.assert_no_complaints()


# The lines of the editor, without the names at the carets and the hint.
LINES = """[...document.querySelectorAll('.cm-line')].map((line) => {
    const walker = document.createTreeWalker(line, NodeFilter.SHOW_TEXT, (node) => (node.parentElement.closest('.caret, .cm-placeholder') ? NodeFilter.FILTER_REJECT : NodeFilter.FILTER_ACCEPT));
    let text = '';
    while (walker.nextNode()) text += walker.currentNode.nodeValue;
    return text;
}).join('\\n')"""


def text_of(page) -> str:
    return page.evaluate(LINES)


def has_text(page, *wanted: str) -> None:
    for one in wanted:
        page.wait_for_function(f"(wanted) => {LINES}.includes(wanted)", arg=one)


def is_kept(page, database: str, store: str, words: str) -> None:
    """Nobody closes a tab within the milliseconds that writing to the disk takes; a test does."""
    page.evaluate("""async ([name, store, words]) => {
        for (;;) {
            // Opening one that is not there yet would make it, without its store.
            if (!(await indexedDB.databases()).some((one) => one.name === name)) continue;
            const database = await new Promise((resolve) => { const request = indexedDB.open(name); request.onsuccess = () => resolve(request.result); });
            const all = await new Promise((resolve) => { const request = database.transaction(store).objectStore(store).getAll(); request.onsuccess = () => resolve(request.result); });
            database.close();
            if (all.some((one) => JSON.stringify(one).includes(words))) return;
            await new Promise(requestAnimationFrame);
        }
    }""", [database, store, words])


def saved(page) -> None:
    expect(page.locator(".saving-line.is-saved")).to_have_count(1)


def test_two_write_in_the_same_paragraph_at_once(person, server):
    document = Written(server.address, unique("Due insieme"), "# Verbale\n\nPrima di tutto si saluta.\n")
    anna, giulia = person("anna.bianchi"), person("giulia.ferrari")
    for someone in (anna, giulia):
        open_document(someone, document.id)
    for someone, end in ((anna, "Home"), (giulia, "End")):
        someone.page.get_by_text("Prima di tutto").click()
        someone.page.keyboard.press(end)
    # Key by key, one after the other: neither waits for the other's answer.
    for one, other in zip("Anna dice: 😀 ", " Giulia chiude"):
        anna.page.keyboard.insert_text(one)
        giulia.page.keyboard.insert_text(other)
    for someone in (anna, giulia):
        has_text(someone.page, "Anna dice: 😀 Prima di tutto si saluta. Giulia chiud")
        saved(someone.page)
    assert document.read()["text"] == text_of(anna.page) == text_of(giulia.page)
    # Undo takes back one's own writing alone.
    for _ in range(20):
        anna.page.keyboard.press("Control+z")
    has_text(giulia.page, "\nPrima di tutto si saluta. Giulia chiud")
    saved(anna.page)
    expect(giulia.page.locator(".document-others")).to_contain_text("Anna Bianchi")
    for someone in (anna, giulia):
        someone.assert_no_complaints()


def test_one_is_without_a_line_and_goes_on_writing(person, server):
    document = Written(server.address, unique("Senza linea"), "Ordine del giorno\n\nVarie\n")
    anna, giulia = person("anna.bianchi"), person("giulia.ferrari")
    cut = Cut(anna.page)
    anna.page.reload()
    for someone in (anna, giulia):
        open_document(someone, document.id)
    cut.now()
    expect(anna.page.locator(".saving-line.is-offline")).to_contain_text("Senza linea")
    anna.page.get_by_text("Varie").click()
    anna.page.keyboard.press("End")
    anna.page.keyboard.type(" ed eventuali")
    expect(anna.page.locator(".saving-line.is-waiting")).to_contain_text(re.compile(r"\d+ modific\w+ in attesa"))
    giulia.page.get_by_text("Ordine del giorno").click()
    giulia.page.keyboard.press("End")
    giulia.page.keyboard.type(" di Giulia")
    saved(giulia.page)
    assert " di Giulia" not in text_of(anna.page)
    cut.mend()
    anna.is_live()
    for someone in (anna, giulia):
        has_text(someone.page, "Ordine del giorno di Giulia", "Varie ed eventuali")
        saved(someone.page)
    assert document.read()["text"] == text_of(anna.page) == "Ordine del giorno di Giulia\n\nVarie ed eventuali\n"
    # Sent once, whatever was resent.
    anna.assert_no_complaints(LOST_LINE)
    giulia.assert_no_complaints()


def test_what_is_not_sent_survives_the_page(person, server):
    document = Written(server.address, unique("Ricaricata"), "Bozza\n")
    anna, giulia = person("anna.bianchi"), person("giulia.ferrari")
    cut = Cut(anna.page)
    anna.page.reload()
    open_document(anna, document.id)
    cut.now()
    expect(anna.page.locator(".saving-line.is-offline")).to_have_count(1)
    anna.page.locator(".cm-content").click()
    anna.page.keyboard.press("Control+End")
    anna.page.keyboard.type("scritta senza linea 😀")
    is_kept(anna.page, "metropoli-documents", "pending", "senza linea 😀")
    Caller(server.address, "giulia.ferrari").do("document.save", document=document.id, base=1, text="Bozza di Giulia\n")
    cut.mend()
    anna.page.goto(anna.address)
    expect(anna.page.locator("m-unsent-documents")).to_contain_text("Ricaricata")
    anna.page.locator("m-unsent-documents a").click()
    expect(anna.page.locator(".document-resumed")).to_contain_text("ripres")
    has_text(anna.page, "Bozza di Giulia\nscritta senza linea 😀")
    saved(anna.page)
    open_document(giulia, document.id)
    assert document.read()["text"] == text_of(giulia.page) == "Bozza di Giulia\nscritta senza linea 😀"
    anna.page.goto(anna.address)
    anna.page.locator(".home").wait_for()
    expect(anna.page.locator("m-unsent-documents a")).to_have_count(0)
    anna.assert_no_complaints(LOST_LINE)


def test_a_page_that_starts_without_a_line_goes_on_writing(person, server):
    document = Written(server.address, unique("Avvio senza linea"), "Uno\n")
    anna = person("anna.bianchi", offline=True)
    page = anna.page
    # An open socket outlives the browser's offline mode.
    cut = Cut(page)
    page.reload()
    page.evaluate("navigator.serviceWorker.ready.then(() => undefined)")
    open_document(anna, document.id)
    saved(page)
    # What was last read is kept too, and shown where no line brings anything.
    is_kept(page, "metropoli-state", "state", "networks")
    cut.now()
    anna.context.set_offline(True)
    expect(page.locator(".connection-line.is-off")).to_have_count(1, timeout=20_000)
    page.locator(".cm-content").click()
    page.keyboard.press("Control+End")
    page.keyboard.type("due")
    expect(page.locator(".saving-line.is-waiting")).to_have_count(1)
    is_kept(page, "metropoli-documents", "pending", "due")
    page.reload()
    page.locator(".cm-content").wait_for()
    has_text(page, "Uno\ndue")
    page.locator(".cm-content").click()
    page.keyboard.press("Control+End")
    page.keyboard.type(" e tre")
    expect(page.locator(".saving-line.is-waiting")).to_have_count(1)
    anna.context.set_offline(False)
    cut.mend()
    anna.is_live()
    saved(page)
    assert document.read()["text"] == text_of(page) == "Uno\ndue e tre"
    anna.assert_no_complaints(LOST_LINE)


def test_who_loses_the_network_while_writing_is_told_at_once(person, server):
    document = Written(server.address, unique("Perso"), "Uno\n")
    anna = person("anna.bianchi")
    open_document(anna, document.id)
    anna.page.locator(".cm-content").click()
    admin, who = Caller(server.address, "admin"), document.caller.person
    admin.do("network.remove", network=document.network, person=who)
    try:
        # Nothing was unsaved: the page may know first that there is nothing to read any more.
        expect(anna.page.locator("main")).to_contain_text(re.compile("Non puoi più scrivere in questo documento|Documento non trovato"))
    finally:
        admin.do("network.add", network=document.network, person=who)


def test_a_text_that_cannot_go_on_is_shown_and_merged(person, server):
    """The document is archived while one writes without a line: nothing is lost, and nothing silent."""
    document = Written(server.address, unique("Archiviato"), "Uno\n\nDue\n")
    anna = person("anna.bianchi")
    cut = Cut(anna.page)
    anna.page.reload()
    open_document(anna, document.id)
    cut.now()
    expect(anna.page.locator(".saving-line.is-offline")).to_have_count(1)
    anna.page.locator(".cm-content").click()
    anna.page.keyboard.press("Control+End")
    anna.page.keyboard.type("Tre di Anna")
    Caller(server.address, "giulia.ferrari").do("document.archive", document=document.id)
    cut.mend()
    anna.is_live()
    recovery = anna.page.locator(".recovery")
    expect(recovery).to_contain_text("Non puoi più scrivere in questo documento")
    expect(recovery.locator("textarea")).to_have_value("Uno\n\nDue\nTre di Anna")
    expect(recovery.locator(".compared.is-added")).to_contain_text("Tre di Anna")
    recovery.get_by_role("button", name="Rinuncia").click()
    anna.page.get_by_role("dialog").get_by_role("button", name="Rinuncia").click()
    expect(anna.page.locator(".document-text")).to_contain_text("Due")
    expect(anna.page.locator(".document-title .tag")).to_have_text("Archiviato")
    expect(anna.page.get_by_role("link", name="Scrivi")).to_have_count(0)


def test_a_text_that_differs_is_never_silent(person, server):
    """The server's hash is another one: one's own text is shown as a whole, and merged when one says so."""
    document = Written(server.address, unique("Diverso"), "Uno\n\nDue\n")
    anna = person("anna.bianchi")
    wrong = True

    def line(route):
        to_server = route.connect_to_server()
        to_server.on_message(lambda message: route.send(re.sub(r'"hash":"[0-9a-f]{64}"', f'"hash":"{"0" * 64}"', message) if wrong else message))

    anna.page.route_web_socket("**/ws", line)
    anna.page.reload()
    anna.page.goto(f"{anna.address}/documents/{document.id}/edit")
    recovery = anna.page.locator(".recovery")
    expect(recovery).to_contain_text("non coincidono")
    expect(recovery.locator("textarea")).to_have_value("Uno\n\nDue\n")
    expect(anna.page.locator(".saving-line.is-trouble")).to_have_count(1)
    wrong = False
    document.caller.do("document.save", document=document.id, base=1, text="Uno di altri\n\nDue\n")
    recovery.get_by_role("button", name="Unisci").click()
    has_text(anna.page, "Uno di altri\n\nDue")
    saved(anna.page)
    anna.assert_no_complaints()


def test_a_comment_moves_with_its_passage_and_is_resolved(person, server):
    document = Written(server.address, unique("Commentato"), "# Titolo\n\nQuesto passaggio va discusso.\n\nQuesto no.\n")
    anna, giulia = person("anna.bianchi"), person("giulia.ferrari")
    for someone in (anna, giulia):
        open_document(someone, document.id)
        someone.page.get_by_role("button", name="Commenti").click()
    page = anna.page
    page.get_by_text("Questo passaggio va discusso.").click()
    page.keyboard.press("Home")
    for _ in range(len("Questo passaggio")):
        page.keyboard.press("Shift+ArrowRight")
    page.get_by_role("button", name="Commenta", exact=True).click()
    page.get_by_label("Il tuo commento").fill("Con **chi**?")
    page.locator(".comment-form").get_by_role("button", name="Commenta").click()
    thread = giulia.page.locator(".comment").first
    expect(thread).to_contain_text("Con chi?")
    expect(thread.locator(".comment-quote")).to_have_text("Questo passaggio")
    # Whatever is written before it, the passage is the same one.
    giulia.page.locator(".cm-content").click()
    giulia.page.keyboard.press("Control+Home")
    giulia.page.keyboard.type("Premessa lunga. ")
    has_text(page, "Premessa lunga. # Titolo")
    expect(page.locator(".commented")).to_have_text("Questo passaggio")
    expect(giulia.page.locator(".commented")).to_have_text("Questo passaggio")
    page.reload()
    page.locator(".cm-content").wait_for()
    page.get_by_role("button", name=re.compile("^Commenti")).click()
    expect(page.locator(".commented")).to_have_text("Questo passaggio")
    thread.get_by_role("button", name="Rispondi").press("Enter")
    giulia.page.get_by_label("La tua risposta").fill("Con i Comuni.")
    giulia.page.locator(".comment-form").get_by_role("button", name="Rispondi").click()
    expect(page.locator(".comment-reply")).to_contain_text("Con i Comuni.")
    page.locator(".comment").get_by_role("button", name="Risolvi").click()
    expect(giulia.page.locator(".commented")).to_have_count(0)
    expect(giulia.page.locator(".resolved-comments summary")).to_have_text("Risolti (1)")
    for someone in (anna, giulia):
        someone.assert_no_complaints()


def test_a_suggestion_is_accepted(person, server):
    document = Written(server.address, unique("Proposta"), "Si apre alle nove.\n")
    anna, giulia = person("anna.bianchi"), person("giulia.ferrari")
    for someone in (anna, giulia):
        open_document(someone, document.id)
        someone.page.get_by_role("button", name="Commenti").click()
    page = giulia.page
    page.get_by_text("Si apre").dblclick()
    page.keyboard.press("Home")
    page.keyboard.press("Shift+End")
    page.get_by_role("button", name="Proponi una modifica").click()
    dialog = page.get_by_role("dialog")
    expect(dialog.get_by_label("Nuovo testo del passaggio")).to_have_value("Si apre alle nove.")
    dialog.get_by_label("Nuovo testo del passaggio").fill("Si apre alle dieci.")
    dialog.get_by_role("button", name="Proponi una modifica").click()
    suggested = anna.page.locator(".suggestions .comment")
    expect(suggested.locator("ins")).to_contain_text("Si apre alle dieci.")
    assert document.read()["text"] == "Si apre alle nove.\n"
    suggested.get_by_role("button", name="Accetta").click()
    has_text(page, "Si apre alle dieci.")
    expect(anna.page.locator(".suggestions")).to_have_count(0)
    for someone in (anna, giulia):
        someone.assert_no_complaints()


def test_by_keyboard_alone(person, server):
    """A new document from the list, its toolbar and its shortcuts, read, published, restored."""
    title = unique("Da tastiera")
    anna = person("anna.bianchi")
    page = anna.page
    page.goto(f"{anna.address}/networks/{Caller(anna.address, 'anna.bianchi').network('semplificazione')}/documents")
    page.get_by_role("button", name="Nuovo documento").press("Enter")
    page.get_by_role("dialog").get_by_label("Titolo").fill(title)
    page.keyboard.press("Enter")
    expect(page.locator("h1")).to_have_text(title)
    page.locator(".cm-content").wait_for()
    page.locator(".cm-content").focus()
    page.keyboard.type("Scopo")
    page.keyboard.press("Control+Alt+1")
    page.keyboard.press("Enter")
    page.keyboard.press("Control+Shift+8")
    page.keyboard.type("uno")
    page.keyboard.press("Enter")
    page.keyboard.type("due ")
    page.keyboard.press("Control+b")
    page.keyboard.type("forte")
    has_text(page, "# Scopo\n- uno\n- due **forte**")
    # Tab leaves the text; the toolbar is one stop, along which the arrows go.
    page.keyboard.press("Shift+Tab")
    expect(page.locator(".tool:focus")).to_have_count(1)
    page.keyboard.press("End")
    page.keyboard.press("Home")
    page.keyboard.press("ArrowRight")
    expect(page.locator(".tool:focus")).to_have_attribute("aria-keyshortcuts", "Control+Alt+2")
    page.keyboard.press("Tab")
    expect(page.locator(".cm-content")).to_be_focused()
    page.keyboard.press("Tab")
    expect(page.locator(".cm-content")).not_to_be_focused()
    saved(page)
    expect(page.locator(".outline-list")).to_contain_text("Scopo")
    page.get_by_role("link", name="Leggi").press("Enter")
    expect(page.locator(".document-text li strong")).to_have_text("forte")
    page.get_by_role("button", name="Altre azioni sul documento").press("Enter")
    page.get_by_role("button", name="Pubblica una versione").press("Enter")
    page.get_by_role("dialog").get_by_role("button", name="Pubblica").press("Enter")
    expect(page.locator(".document-title .tag")).to_have_text("Pubblicato")
    page.get_by_role("link", name="Scrivi").press("Enter")
    page.locator(".cm-content").focus()
    page.keyboard.press("Control+a")
    page.keyboard.type("Tutto cambiato")
    saved(page)
    page.get_by_role("button", name="Versioni").press("Enter")
    page.locator(".version-list button", has_text="Versione 1").press("Enter")
    dialog = page.locator("dialog.wide-dialog")
    expect(dialog.locator(".is-removed").first).to_contain_text("# Scopo")
    dialog.get_by_role("button", name="Ripristina").press("Enter")
    page.locator("dialog:not(.wide-dialog)").get_by_role("button", name="Ripristina").press("Enter")
    has_text(page, "# Scopo\n- uno\n- due **forte**")
    anna.assert_no_complaints()
    # Found again in the list, by the palette and by the search.
    page.keyboard.press("Control+k")
    page.keyboard.type("Documenti Semplificazione")
    page.locator(".palette-option", has_text="Documenti: Semplificazione").first.wait_for()
    page.keyboard.press("Enter")
    page.get_by_label("Cerca nei documenti").fill(title[-8:])
    expect(page.locator(".document-list .card-title")).to_have_text([title])


def test_renamed_moved_archived_and_taken_up_again(person, server):
    document = Written(server.address, unique("Da spostare"))
    anna, giulia = person("anna.bianchi"), person("giulia.ferrari")
    for someone in (anna, giulia):
        open_document(someone, document.id, "")

    def act(name: str):
        anna.page.locator("#document-menu").click()
        anna.page.locator(".dropdown-menu.show").get_by_role("button", name=name).click()
        return anna.page.get_by_role("dialog")

    title = unique("Spostato")
    dialog = act("Rinomina")
    dialog.get_by_label("Titolo").fill(title)
    dialog.get_by_role("button", name="Rinomina").click()
    for someone in (anna, giulia):
        expect(someone.page.locator("h1")).to_have_text(title)
    # Giulia is no member of Bologna's network: what moves there is gone for her.
    dialog = act("Sposta in un’altra rete")
    dialog.get_by_label("Rete").select_option(label="Rete locale di Bologna")
    dialog.get_by_role("button", name="Sposta").click()
    expect(anna.page.locator(".document-head .overline")).to_have_text("Rete locale di Bologna")
    expect(giulia.page.locator("h1")).to_have_text("Documento non trovato")
    act("Archivia").get_by_role("button", name="Archivia").click()
    expect(anna.page.locator(".document-title .tag")).to_have_text("Archiviato")
    anna.page.locator("#document-menu").click()
    anna.page.locator(".dropdown-menu.show").get_by_role("button", name="Riprendi").click()
    expect(anna.page.get_by_role("link", name="Scrivi")).to_be_visible()
    anna.assert_no_complaints()
    # What is left in that network's list would be found by the test of an empty one.
    document.caller.do("document.move", document=document.id, network=document.network)


def test_what_is_too_long_for_one_change_is_said(person, server):
    document = Written(server.address, unique("Lungo"), "Inizio\n")
    anna = person("anna.bianchi")
    open_document(anna, document.id)
    anna.page.locator(".cm-content").click()
    anna.page.keyboard.insert_text("è" * 150_000)
    expect(anna.page.locator(".notice")).to_contain_text("troppo lungo")
    assert text_of(anna.page) == "Inizio\n"
    anna.page.keyboard.insert_text("corto ")
    has_text(anna.page, "corto ")
    saved(anna.page)
    anna.assert_no_complaints()


def test_who_is_no_member_reads(person, server):
    """An administrator outside the network sees the text, and no way to write."""
    document = Written(server.address, unique("Sola lettura"))
    admin = person("admin")
    admin.page.goto(f"{admin.address}/documents/{document.id}/edit")
    expect(admin.page.locator(".document-text")).to_contain_text("Semplificare i procedimenti")
    expect(admin.page.locator(".document-note").first).to_contain_text("Sola lettura")
    expect(admin.page.locator("m-document-editor")).to_have_count(0)
    # What others write is seen all the same.
    document.caller.do("document.save", document=document.id, base=1, text=TEXT.replace("Bologna", "Torino"))
    expect(admin.page.locator(".document-text")).to_contain_text("Riunione a Torino")
    admin.page.get_by_role("button", name="Commenti").click()
    expect(admin.page.locator(".document-side")).to_contain_text("Nessun commento aperto")
    expect(admin.page.locator(".comment-form, .comment-begin")).to_have_count(0)
    admin.assert_no_complaints()
