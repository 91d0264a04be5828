"""A channel of many messages on the real server. METROPOLI_SCALE says how many (100000 shows what the README says)."""

import json
import os
import re

import pytest
from playwright.sync_api import expect

# Fills a channel for all the tests after it, and measures: asked for by `run.sh -m scale`.
pytestmark = pytest.mark.scale

MANY = int(os.environ.get("METROPOLI_SCALE", "3000"))
LOADER = """async ([channel, count]) => {
    // Several lines at once, each with as many requests under way as the server allows.
    const lines = 4;
    const line = (offset) => new Promise((resolve, reject) => {
        const socket = new WebSocket(`ws://${location.host}/ws`, 'metropoli.v1');
        let sent = offset, answered = 0, limit = 0;
        const due = Math.ceil((count - offset) / lines);
        const more = () => {
            const frames = [];
            while (limit > 0 && sent < count) {
                frames.push(JSON.stringify({ id: sent + 1, do: 'message.post', nonce: `scale${channel}-${sent}`,
                    with: { channel, text: `Riga ${sent}: una frase come tante, lunga quanto basta.` } }));
                sent += lines;
                limit -= 1;
            }
            if (frames.length) socket.send(frames.join('\\n'));
        };
        socket.onopen = () => socket.send(JSON.stringify({ hello: { version: 1, device: `loader-${offset}`, client: 'loader', cursor: null } }));
        socket.onmessage = ({ data }) => {
            for (const text of data.split('\\n')) {
                if (text.startsWith('{"update"')) continue;
                const object = JSON.parse(text);
                if (object.live !== undefined && limit === 0 && answered === 0) { limit = 32; }
                if (object.error) reject(new Error(text));
                if (object.ok) { answered += 1; limit += 1; }
            }
            if (answered === due) { socket.close(); resolve(); } else more();
        };
        socket.onclose = () => answered < due && reject(new Error('closed'));
    });
    await Promise.all(Array.from({ length: lines }, (_, offset) => line(offset)));
}"""


def test_a_channel_of_many_messages_opens_scrolls_and_jumps(person):
    marco, anna = person("marco.russo"), person("anna.bianchi")
    marco.page.goto(f"{marco.address}/NOTICE.txt")
    anna.open_channel("Webinar")
    channel = int(re.search(r"/channels/(\d+)", anna.page.url)[1])
    anna.page.goto(f"{anna.address}/NOTICE.txt")
    marco.page.evaluate(LOADER, [channel, MANY])

    page = anna.page
    page.goto(f"{anna.address}/channels/{channel}")
    expect(page.locator(".new-line")).to_be_visible()
    opened = page.evaluate("performance.now()")
    rows = page.locator("m-channel-view [data-message]")
    assert rows.count() <= 260
    page.evaluate("""() => {
        window.longTasks = [];
        new PerformanceObserver((list) => window.longTasks.push(...list.getEntries().map(({ duration }) => duration))).observe({ type: 'longtask' });
    }""")
    for _ in range(6):
        last = rows.last.get_attribute("data-message")
        page.locator("m-timeline").evaluate("box => { box.scrollTop = box.scrollHeight; }")
        page.wait_for_function("last => [...document.querySelectorAll('m-channel-view [data-message]')].at(-1).dataset.message !== last", arg=last)
        assert rows.count() <= 260
        # The last row in the page is not the last there is: it is no end to stay at, or all would be loaded one after the other.
        assert page.locator("m-timeline").evaluate("box => box.scrollHeight - box.scrollTop - box.clientHeight") > 100
    anna.to_newest()
    anna.sees(f"Riga {MANY - 1}")
    page.locator("#composer").press_sequentially("scrivo mentre guardo")
    figures = {"messages": MANY, "openedMs": round(opened), "longTasks": page.evaluate("window.longTasks.map(Math.round)"),
               "rows": rows.count(), "heapMB": round(page.evaluate("performance.memory.usedJSHeapSize") / 1e6, 1)}
    print(json.dumps(figures))
    anna.assert_no_complaints()
