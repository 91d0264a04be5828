"""Makes the pictures that the README shows, into Sources/WebClient/pictures: python readme_pictures.py.

The real server with the demo data, in the real browser, which also packs them: at most 150 KB each.
"""

import base64
import re
import shutil
import tempfile
from pathlib import Path

from playwright.sync_api import sync_playwright

from person import Person
from server import ROOT, Server

TARGET = ROOT / "Sources" / "WebClient" / "pictures"
MOST_BYTES = 150 * 1024
WIDE = {"width": 1280, "height": 800}
PHONE = {"width": 360, "height": 740}
NETWORK = "Semplificazione"

# Name, who looks, where, what must be there; the last one fills a channel with notes.
PICTURES = [
    ("channel", "anna.bianchi", "channel", "m-channel-view .message"),
    ("network", "giulia.ferrari", "network", ".pin-list li"),
    ("search", "anna.bianchi", "/search?q=conferenza", ".hit-list li"),
    ("administration", "admin", "/admin/people", ".data-table tbody tr"),
    ("health", "admin", "/admin/health", ".chart-card:nth-child(8) .chart-line"),
]
PHONES = [("network", "giulia.ferrari", "network", ".pin-list li"), ("channel", "anna.bianchi", "channel", "m-channel-view .message"),
          ("members", "giulia.ferrari", "network/members", ".data-table tbody tr")]


def take(browser, address: str, viewport: dict, login: str, where: str, ready: str) -> bytes:
    context = browser.new_context(viewport=viewport, reduced_motion="reduce", locale="it-IT", timezone_id="Europe/Rome")
    someone = Person(context, address, login)
    page = someone.page
    page.goto(address + path(someone, where))
    page.locator(ready).first.wait_for(state="attached", timeout=30_000)
    if where.endswith("/health"):
        work(browser, address, page)
    page.evaluate("document.fonts.ready")
    page.wait_for_load_state("networkidle")
    picture = page.screenshot()
    context.close()
    return picture


def work(browser, address: str, page) -> None:
    """Something to measure: somebody writes, now more and now less, until the charts have a shape."""
    context = browser.new_context()
    anna = Person(context, address, "anna.bianchi")
    channel = int(path(anna, "channel").rsplit("/", 1)[1])
    figures = page.locator(".figure-table").first.locator("tbody tr")
    number = 0
    while figures.count() < 8:
        for _ in range(2 + 9 * (figures.count() % 3)):
            number += 1
            context.request.post(f"{address}/api/v1/message.post", data={"channel": channel, "text": f"Nota {number}"},
                                 headers={"Origin": address, "Idempotency-Key": f"work-{number}"})
    context.close()


def path(someone, where: str) -> str:
    if where.startswith("/"):
        return where
    network = someone.page.locator(".navigation-network", has=someone.page.locator("h2 a", has_text=NETWORK)).first
    if where == "channel":
        return network.locator(".navigation-link").filter(has_text=re.compile("^Generale")).first.get_attribute("href")
    return network.locator("h2 a").get_attribute("href") + where.removeprefix("network")


def packed(browser, pictures: list[bytes], gap: int = 16) -> bytes:
    """As WebP, several side by side."""
    page = browser.new_page()
    sources = ["data:image/png;base64," + base64.b64encode(one).decode() for one in pictures]
    for quality in (0.9, 0.8, 0.7, 0.6):
        url = page.evaluate("""async ([sources, gap, quality]) => {
            const images = await Promise.all(sources.map((source) => new Promise((resolve) => {
                const image = new Image();
                image.onload = () => resolve(image);
                image.src = source;
            })));
            const canvas = document.createElement('canvas');
            canvas.width = images.reduce((sum, image) => sum + image.width, gap * (images.length - 1));
            canvas.height = Math.max(...images.map((image) => image.height));
            let x = 0;
            for (const image of images) {
                canvas.getContext('2d').drawImage(image, x, 0);
                x += image.width + gap;
            }
            return canvas.toDataURL('image/webp', quality);
        }""", [sources, gap, quality])
        packed_bytes = base64.b64decode(url.split(",")[1])
        if len(packed_bytes) <= MOST_BYTES:
            page.close()
            return packed_bytes
    raise SystemExit("a picture stays larger than 150 KB")


def main() -> None:
    TARGET.mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        server = Server(Path(folder) / "data")
        server.data.mkdir()
        server.seed()
        server.start()
        try:
            browser = playwright.chromium.launch(executable_path=shutil.which("chromium"), args=["--no-sandbox"])
            made = {"phone": packed(browser, [take(browser, server.address, PHONE, *how) for _, *how in PHONES])}
            made |= {name: packed(browser, [take(browser, server.address, WIDE, *how)]) for name, *how in PICTURES}
            for name, content in made.items():
                (TARGET / f"{name}.webp").write_bytes(content)
                print(f"{name}.webp: {len(content):,} bytes")
            browser.close()
        finally:
            server.stop()


if __name__ == "__main__":
    main()
