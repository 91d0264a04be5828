"""Installed, and without a line: what was last read is there, what is written goes out once, nothing stays after signing out."""

import struct
import uuid

from playwright.sync_api import expect

LOST_LINE = r"WebSocket connection to .* failed|ERR_INTERNET_DISCONNECTED|Failed to load resource"
STORED = """async () => {
    const database = await new Promise((resolve) => {
        const request = indexedDB.open('metropoli-state', 1);
        request.onupgradeneeded = () => request.result.createObjectStore('state');
        request.onsuccess = () => resolve(request.result);
    });
    const read = database.transaction('state').objectStore('state').get('last');
    const saved = await new Promise((resolve) => { read.onsuccess = () => resolve(read.result); });
    database.close();
    return saved ? JSON.stringify([...saved.timelines]) : '';
}"""


def test_the_application_can_be_installed(person):
    anna = person("anna.bianchi", offline=True)
    manifest = anna.context.request.get(anna.address + "/manifest.webmanifest")
    assert manifest.headers["content-type"].startswith("application/manifest+json")
    described = manifest.json()
    assert described["start_url"] == "/" and described["display"] == "standalone"
    for icon in described["icons"]:
        picture = anna.context.request.get(anna.address + icon["src"])
        assert picture.ok
        if icon["type"] == "image/png":
            assert "x".join(map(str, struct.unpack(">II", picture.body()[16:24]))) == icon["sizes"]
    assert {icon["purpose"] for icon in described["icons"]} == {"any", "maskable"}
    assert anna.page.evaluate("navigator.serviceWorker.ready.then(({ scope }) => new URL(scope).pathname)") == "/"
    anna.assert_no_complaints()


def test_without_a_line_it_starts_with_what_was_last_read_and_sends_once(person):
    # Words of this run alone: the community keeps those of a run before.
    run = uuid.uuid4().hex[:8]
    read, written, said = f"Letto prima della galleria {run}", f"Scritto nella galleria {run}", f"Detto nel frattempo {run}"
    anna, marco = person("anna.bianchi", offline=True), person("marco.russo")
    for one in (anna, marco):
        one.open_channel("Generale")
    marco.write(read)
    anna.sees(read)
    kept(anna, read)

    anna.context.set_offline(True)
    anna.page.reload()
    anna.sees(read)
    expect(anna.page.locator(".connection-line.is-off")).to_contain_text("Connessione persa")
    anna.write(written)
    expect(anna.page.locator(".message.is-pending")).to_contain_text(written)
    # Closed and started again, still without a line.
    anna.page.reload()
    expect(anna.page.locator(".message.is-pending")).to_contain_text(written)
    marco.write(said)

    anna.context.set_offline(False)
    anna.is_live()
    for one in (anna, marco):
        one.sees(written)
        one.sees(said)
    expect(anna.page.locator(".message.is-pending")).to_have_count(0)
    assert anna.texts(written) == [written]
    anna.assert_no_complaints(LOST_LINE)


def test_nothing_private_stays_after_signing_out(person):
    anna = person("anna.bianchi", offline=True)
    anna.open_channel("Generale")
    text = anna.page.locator("m-channel-view .message-text").last.inner_text()[:30]
    kept(anna, text)
    page = anna.page
    anna.context.set_offline(True)
    page.reload()
    expect(page.locator("#composer")).to_be_visible()
    anna.write("Mai inviato")
    expect(page.locator(".message.is-pending")).to_have_count(1)
    page.locator("#person-menu").click()
    page.get_by_role("button", name="Esci").click()
    expect(page.get_by_role("dialog")).to_contain_text("1 messaggio non è ancora stato inviato")
    page.get_by_role("dialog").get_by_role("button", name="Esci").click()
    expect(page.locator("#sign-in-login")).to_be_visible()

    page.reload()
    expect(page.locator("#sign-in-login")).to_be_visible()
    assert page.evaluate(STORED) == ""
    left = page.evaluate("""async () => {
        const database = await new Promise((resolve) => { const request = indexedDB.open('metropoli'); request.onsuccess = () => resolve(request.result); });
        const read = database.transaction('outbox').objectStore('outbox').getAll();
        const outbox = await new Promise((resolve) => { read.onsuccess = () => resolve(read.result); });
        const cached = [];
        for (const name of await caches.keys()) for (const { url } of await (await caches.open(name)).keys()) cached.push(new URL(url).pathname);
        return { outbox: outbox.filter(({ body }) => body.text === 'Mai inviato').length, cached, local: JSON.stringify(localStorage) };
    }""")
    assert left["outbox"] == 0
    assert "Anna" not in left["local"] and "inviato" not in left["local"]
    assert "/" in left["cached"] and not [path for path in left["cached"] if path.startswith(("/api", "/files", "/channels"))]
    anna.context.set_offline(False)
    anna.assert_no_complaints(LOST_LINE)


def kept(someone, text: str) -> None:
    """Waits until this browser could start without a line, with this text in it."""
    someone.page.evaluate(f"""async text => {{
        await navigator.serviceWorker.ready;
        for (const until = Date.now() + 15000; Date.now() < until; await new Promise((next) => setTimeout(next, 200))) {{
            const saved = await ({STORED})();
            if (saved.includes(JSON.stringify(text).slice(1, -1)) && navigator.serviceWorker.controller) return;
        }}
        throw new Error('not kept');
    }}""", text)
