"""Files in documents: dropped, pasted, chosen by keyboard; refused ones; their list, and what readers see."""

import base64
import re
import struct
import zlib

import pytest
from playwright.sync_api import expect

from judging import judge
from test_calendar_files import Caller
from test_documents import Written, has_text, open_document, saved, text_of, unique


def picture(width: int = 320, height: int = 180) -> bytes:
    """A PNG of one colour."""
    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))
    rows = (b"\0" + b"\x00\x59\xb3" * width) * height
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)) + chunk(b"IDAT", zlib.compress(rows)) + chunk(b"IEND", b"")


GIVE = """(target, [event, files, place]) => {
    const carried = new DataTransfer();
    for (const { name, type, data } of files) {
        carried.items.add(new File([Uint8Array.from(atob(data), (one) => one.charCodeAt(0))], name, { type }));
    }
    const shared = { bubbles: true, cancelable: true };
    if (event === 'paste') target.dispatchEvent(new ClipboardEvent('paste', { ...shared, clipboardData: carried }));
    else for (const step of ['dragover', 'drop']) target.dispatchEvent(new DragEvent(step, { ...shared, dataTransfer: carried, clientX: place?.x, clientY: place?.y }));
}"""


def given(page, event: str, *files: tuple[str, str, bytes], at: str | None = None) -> None:
    """Drops or pastes files on the text, at the end of a line."""
    place = None
    if at:
        box = page.locator(".cm-line", has_text=at).bounding_box()
        place = {"x": box["x"] + box["width"] - 2, "y": box["y"] + box["height"] / 2}
    page.locator(".cm-content").evaluate(GIVE, [event, [{"name": name, "type": kind, "data": base64.b64encode(data).decode()} for name, kind, data in files], place])


def joined(address: str, login: str) -> None:
    """Files go through a channel of the network."""
    caller = Caller(address, login)
    channel = next(one for one in caller.ask(f"channel.list?network={caller.network('semplificazione')}")["channels"] if one["kind"] == "open")
    if not channel["member"]:
        caller.do("channel.join", channel=channel["id"])


@pytest.fixture(scope="module", autouse=True)
def members(server):
    for login in ("anna.bianchi", "giulia.ferrari"):
        joined(server.address, login)


def test_two_files_are_dropped_while_two_people_write(person, server):
    document = Written(server.address, unique("Con allegati"), "Premessa\n\nMappa qui:\n\nFine\n")
    anna, giulia = person("anna.bianchi"), person("giulia.ferrari")
    for someone in (anna, giulia):
        open_document(someone, document.id)
    # The uploads are held up until both have written around the place.
    held, let_go = [], []
    anna.page.route("**/api/v1/files?*", lambda route: route.continue_() if let_go else held.append(route))
    given(anna.page, "drop", ("mappa.png", "image/png", picture()), ("atto [1].pdf", "application/pdf", b"%PDF-1.4\n"), at="Mappa qui:")
    dialog = anna.page.locator("dialog.form-dialog")
    expect(dialog.locator("label")).to_contain_text("mappa.png")
    dialog.locator("input").fill("La mappa dei *Comuni*")
    dialog.locator("button[type=submit]").click()
    expect(anna.page.locator(".upload-mark span")).to_have_text(["mappa.png", "atto [1].pdf"])
    expect(giulia.page.locator(".upload-mark")).to_have_count(0)
    giulia.page.locator(".cm-line", has_text="Premessa").click()
    giulia.page.keyboard.press("Home")
    anna.page.locator(".cm-line", has_text="Fine").click()
    anna.page.keyboard.press("End")
    for one, other in zip("Testo di Giulia. ", ", come dice Anna"):
        giulia.page.keyboard.insert_text(one)
        anna.page.keyboard.insert_text(other)
    has_text(anna.page, "Testo di Giulia.")
    let_go.append(True)
    for route in held:
        route.continue_()
    expect(anna.page.locator(".upload-mark")).to_have_count(0)
    for someone in (anna, giulia):
        has_text(someone.page, "Mappa qui:![La mappa dei \\*Comuni\\*](/files/", "[atto \\[1\\].pdf](/files/", "Fine, come dice Ann")
        saved(someone.page)
    text = document.read()["text"]
    assert text == text_of(anna.page) == text_of(giulia.page)
    assert text.index("![La mappa") < text.index("[atto") < text.index("Fine, come")
    # Who reads sees the picture, and in words what it shows.
    giulia.page.locator(".view-switch a").first.click()
    shown = giulia.page.locator(".document-text img")
    expect(shown).to_have_attribute("alt", "La mappa dei *Comuni*")
    giulia.page.wait_for_function("() => { const shown = document.querySelector('.document-text img'); return shown.complete && shown.naturalWidth === 320; }")
    expect(giulia.page.locator(".document-text a", has_text="atto [1].pdf")).to_have_attribute("href", f"/files/{document.read()['files'][1]['id']}")
    for someone in (anna, giulia):
        someone.assert_no_complaints()


def test_what_is_refused_leaves_nothing_in_the_text(person, server):
    document = Written(server.address, unique("Senza allegati"), "Solo testo\n")
    anna = person("anna.bianchi")
    open_document(anna, document.id)
    given(anna.page, "drop", ("enorme.bin", "application/octet-stream", b"\0"), at="Solo testo")
    has_text(anna.page, "[enorme.bin](/files/")
    saved(anna.page)
    before = text_of(anna.page)
    # Larger than the server takes: 50 MiB and a byte.
    anna.page.locator(".cm-content").evaluate("""(target) => {
        const carried = new DataTransfer();
        carried.items.add(new File([new Uint8Array(50 * 1024 * 1024 + 1)], 'troppo.bin'));
        target.dispatchEvent(new DragEvent('drop', { bubbles: true, cancelable: true, dataTransfer: carried }));
    }""")
    expect(anna.page.locator("m-document-editor .attaching .field-problem")).to_contain_text("troppo grande", timeout=30_000)
    expect(anna.page.locator(".upload-mark")).to_have_count(0)
    anna.page.get_by_role("button", name="Togli troppo.bin").click()
    expect(anna.page.locator("m-document-editor .attaching")).to_have_count(0)
    # One thinks better of describing a picture: neither is it sent.
    given(anna.page, "paste", ("schermata.png", "image/png", picture(4, 4)))
    anna.page.locator("dialog.form-dialog").wait_for()
    anna.page.keyboard.press("Escape")
    expect(anna.page.locator(".upload-mark")).to_have_count(0)
    # Without a line.
    anna.page.route("**/api/v1/files?*", lambda route: route.abort("internetdisconnected"))
    given(anna.page, "drop", ("linea.txt", "text/plain", b"x"))
    expect(anna.page.locator("m-document-editor .attaching .field-problem")).to_contain_text("Nessuna connessione", timeout=20_000)
    expect(anna.page.locator(".upload-mark")).to_have_count(0)
    assert text_of(anna.page) == before == document.read()["text"]
    assert [file["name"] for file in document.read()["files"]] == ["enorme.bin"]
    anna.assert_no_complaints("413", "ERR_")


def test_by_keyboard_alone(person, server):
    document = Written(server.address, unique("Con la tastiera"), "Prima\n")
    anna = person("anna.bianchi")
    # Heard from the beginning: the browser takes a moment to hand its file dialogs over.
    anna.page.on("filechooser", lambda _: None)
    open_document(anna, document.id)
    anna.page.locator(".cm-content").focus()
    anna.page.keyboard.press("Control+End")
    with anna.page.expect_file_chooser() as chooser:
        anna.page.keyboard.press("Control+Alt+a")
    chooser.value.set_files({"name": "foto.png", "mimeType": "image/png", "buffer": picture(8, 8)})
    anna.page.locator("dialog.form-dialog input").wait_for()
    anna.page.keyboard.type("Il municipio")
    anna.page.keyboard.press("Enter")
    has_text(anna.page, "![Il municipio](/files/")
    # The focus is back in the text, behind the picture.
    anna.page.keyboard.type(" e dopo")
    has_text(anna.page, ") e dopo")
    saved(anna.page)
    # The toolbar's button is one of its stops.
    anna.page.keyboard.press("Shift+Tab")
    anna.page.keyboard.press("End")
    for _ in range(2):
        anna.page.keyboard.press("ArrowLeft")
    expect(anna.page.locator(".tool:focus")).to_have_attribute("title", re.compile("Allega file"))
    with anna.page.expect_file_chooser() as chooser:
        anna.page.keyboard.press("Enter")
    chooser.value.set_files({"name": "nota.txt", "mimeType": "text/plain", "buffer": b"Nota"})
    has_text(anna.page, "[nota.txt](/files/")
    saved(anna.page)
    # Both stand in the list; one's own are taken off, once one is sure.
    anna.page.locator(".panel-button", has_text="Allegati").focus()
    anna.page.keyboard.press("Enter")
    files = anna.page.locator(".document-files > li")
    expect(files).to_have_count(2)
    anna.page.get_by_role("button", name="Togli nota.txt").focus()
    anna.page.keyboard.press("Enter")
    expect(anna.page.locator("dialog.confirm-dialog")).to_contain_text("Il testo usa ancora «nota.txt»")
    anna.page.locator("dialog.confirm-dialog .btn-danger").focus()
    anna.page.keyboard.press("Enter")
    expect(files).to_have_count(1)
    assert [file["name"] for file in document.read()["files"]] == ["foto.png"]
    # What a published version shows stays.
    document.caller.do("document.publish", document=document.id, base=document.read()["revision"])
    anna.page.get_by_role("button", name="Togli foto.png").click()
    anna.page.locator("dialog.confirm-dialog .btn-danger").click()
    expect(anna.page.get_by_text("una versione pubblicata lo mostra")).to_have_count(1)
    expect(files).to_have_count(1)
    anna.assert_no_complaints()


def test_only_who_attached_takes_off(person, server):
    document = Written(server.address, unique("Di Anna"), "Testo\n")
    anna, silvia = person("anna.bianchi"), person("silvia.canepa")
    open_document(anna, document.id)
    given(anna.page, "paste", ("nota.txt", "text/plain", b"Nota"))
    has_text(anna.page, "[nota.txt](/files/")
    saved(anna.page)
    open_document(silvia, document.id, "")
    silvia.page.locator(".panel-button", has_text="Allegati").click()
    expect(silvia.page.locator(".document-files a")).to_have_text("nota.txt")
    expect(silvia.page.locator(".document-files button")).to_have_count(0)
    for someone in (anna, silvia):
        someone.assert_no_complaints()


def test_a_solutions_document_takes_files_too(person, server):
    caller = Caller(server.address, "anna.bianchi")
    cities = caller.ask("organisation.list?kind=citta_metropolitana&limit=100")["organisations"]
    bologna = next(city["id"] for city in cities if city["name"].endswith("Bologna"))
    made = caller.do("solution.create", network=caller.network("semplificazione"), title=unique("Soluzione illustrata"), city=bologna, area="edilizia")
    anna = person("anna.bianchi")
    anna.page.goto(f"{server.address}/solutions/{made['id']}")
    anna.page.locator(f"a[href='/documents/{made['document']}']").click()
    anna.page.locator(".view-switch a", has_text="Scrivi").click()
    anna.page.locator(".cm-content").wait_for()
    given(anna.page, "paste", ("schema.png", "image/png", picture(20, 10)))
    anna.page.locator("dialog.form-dialog input").fill("Lo schema")
    anna.page.keyboard.press("Enter")
    has_text(anna.page, "![Lo schema](/files/")
    saved(anna.page)
    anna.page.locator(".view-switch a", has_text="Leggi").click()
    expect(anna.page.locator(".document-text img")).to_have_attribute("alt", "Lo schema")
    anna.assert_no_complaints()


@pytest.fixture(scope="module")
def illustrated(server):
    return Written(server.address, "Guida allo sportello", "# Guida allo sportello\n\nIl percorso di una pratica, dal cittadino all’ufficio.\n\n")


@pytest.mark.parametrize("language", ["it", "en"])
@pytest.mark.parametrize("name", ["document-files", "document-files-edit", "document-alt", "document-uploading"])
def test_screen(person, screenshots, server, illustrated, name, language):
    def open_screen(someone):
        someone.sign_in("anna.bianchi")
        open_document(someone, illustrated.id)
        if not illustrated.read()["files"]:
            someone.page.locator(".cm-content").press("Control+End")
            given(someone.page, "paste", ("percorso.png", "image/png", picture()), ("modulo unico.pdf", "application/pdf", b"%PDF-1.4\n"))
            someone.page.locator("dialog.form-dialog input").fill("Il percorso in quattro passi")
            someone.page.keyboard.press("Enter")
            has_text(someone.page, "[modulo unico.pdf](/files/")
            saved(someone.page)
        if name == "document-uploading":
            # On their way, for ever.
            someone.page.route("**/api/v1/files?*", lambda route: None)
            given(someone.page, "drop", ("delibera n. 12.pdf", "application/pdf", b"%PDF-1.4\n"), ("tabella.csv", "text/csv", b"a;b\n"), at="Il percorso di una pratica")
            expect(someone.page.locator(".upload-mark")).to_have_count(2)
            return
        if name == "document-alt":
            given(someone.page, "paste", ("schema.png", "image/png", picture(4, 4)), ("foto.png", "image/png", picture(4, 4)))
            someone.page.locator("dialog.form-dialog").wait_for()
            return
        if name == "document-files":
            open_document(someone, illustrated.id, "")
            someone.page.wait_for_function("() => document.querySelector('.document-text img')?.complete")
        someone.page.locator(".panel-button").nth(2).click()
        someone.page.locator(".document-files").wait_for()
    judge(person, screenshots, name, language, open_screen)
