import re

from playwright.sync_api import expect

from person import NETWORK

JOINED = "Piani strategici metropolitani"
# The first message in sight, and how far it is from the upper edge.
PLACE = """box => {
    const edge = box.getBoundingClientRect().top;
    const row = [...box.querySelectorAll('[data-message]')].find((one) => one.getBoundingClientRect().bottom > edge);
    return [row.dataset.message, Math.round(row.getBoundingClientRect().top - edge)];
}"""


def test_joining_a_network_brings_its_announcements(person):
    irene, paolo = person("irene.bartolini"), person("paolo.conti")
    irene.page.locator(".navigation-network", has_text="Altre reti").get_by_role("link", name=JOINED).click()
    expect(irene.page.locator(".text-secondary")).to_have_text("Non fai ancora parte di questa rete")
    irene.page.get_by_role("button", name="Partecipa").click()

    section = irene.page.locator(".navigation-network", has=irene.page.get_by_role("link", name=JOINED))
    for channel in ("Annunci", "Generale"):
        expect(section.locator(".navigation-link", has_text=channel)).to_be_visible()
    # What was written before is not news.
    expect(section.locator(".unread-badge")).to_have_count(0)

    paolo.open_channel("Annunci", JOINED)
    paolo.write("Benvenuta nella rete!")
    expect(section.locator("li", has_text="Annunci").locator(".unread-badge")).to_contain_text("1")

    irene.page.get_by_role("button", name="Lascia la rete").click()
    irene.page.locator("dialog[open]").get_by_role("button", name="Lascia la rete").click()
    expect(section.locator(".navigation-link", has_text="Annunci")).to_have_count(0)
    irene.assert_no_complaints()


def test_writing_to_one_person(person):
    anna, marco = person("anna.bianchi"), person("marco.russo")
    anna.page.locator(".navigation-network h2 a", has_text="Semplificazione").click()
    anna.page.get_by_role("button", name="Scrivi a Marco Russo").click()
    expect(anna.page.locator("#channel-title")).to_have_text("Marco Russo")
    anna.write("Hai due minuti?")
    direct = marco.page.locator(".navigation-link", has_text="Anna Bianchi")
    expect(direct.locator(".unread-badge")).to_contain_text(re.compile("[1-9]"))
    direct.click()
    marco.sees("Hai due minuti?")
    for one in (anna, marco):
        one.assert_no_complaints()


def test_pins_search_and_a_link_to_a_message(person):
    anna, marco = person("anna.bianchi"), person("marco.russo")
    anna.open_channel("Generale")
    anna.write("Il modulo unico si trova nella cartella xilofono")
    anna.sees("cartella xilofono")
    anna.message("cartella xilofono").hover()
    anna.page.get_by_role("button", name="Altre azioni").click()
    anna.page.locator(".message-menu.show").get_by_role("button", name="Metti in evidenza").click()
    expect(anna.message("cartella xilofono").locator(".message-mark")).to_have_text("In evidenza")

    marco.open_channel("Generale")
    marco.page.get_by_role("button", name="Altro su questo canale").click()
    marco.page.get_by_role("button", name="Messaggi in evidenza").click()
    pinned = marco.page.locator("m-pins .pinned-message", has_text="cartella xilofono")
    expect(pinned).to_be_visible()
    pinned.get_by_role("link", name="Mostra nella conversazione").click()
    expect(marco.page.locator(".message.is-target")).to_contain_text("cartella xilofono")
    number = re.search(r"message=(\d+)", marco.page.url)[1]

    marco.page.goto(f"{marco.address}/go/{number}")
    expect(marco.page.locator(".message.is-target")).to_contain_text("cartella xilofono")

    # A message is found within five seconds of its sending: the server is asked until it is.
    marco.page.wait_for_function(
        "async () => (await (await fetch('/api/v1/search?text=xilofono')).json()).hits.length > 0", polling=250)
    marco.page.locator("#search-box").fill("xilofono")
    marco.page.locator("#search-box").press("Enter")
    marco.page.locator(".hit-list a", has_text="xilofono").first.click()
    expect(marco.page.locator(".message.is-target")).to_contain_text("cartella xilofono")
    marco.assert_no_complaints()


def test_a_flood_of_messages_keeps_the_page_small_and_the_reader_in_place(person):
    anna, marco = person("anna.bianchi"), person("marco.russo")
    anna.open_channel("Soluzioni")
    marco.open_channel("Generale")
    channel = int(re.search(r"/channels/(\d+)", anna.page.url)[1])
    rows = anna.page.locator("m-channel-view [data-message]")
    timeline = anna.page.locator("m-timeline")
    flood(marco, channel, "Piena", 300)
    anna.sees("Piena 299")
    assert rows.count() <= 260
    expect(anna.page.locator(".channel .to-end")).to_have_count(0)

    timeline.evaluate("box => { box.scrollTop = box.scrollHeight / 2; }")
    expect(anna.page.locator(".channel .to-end")).to_have_count(1)
    before = timeline.evaluate(PLACE)
    section = anna.page.locator(".navigation-network", has=anna.page.get_by_text(NETWORK))
    elsewhere = section.locator("li").filter(has_text=re.compile("^Generale"))
    known = elsewhere.inner_text()
    flood(marco, channel, "Seconda", 300)
    # Updates come in order: with this one's count all the others are here.
    marco.write("Fine della piena")
    expect(elsewhere).not_to_have_text(known)
    assert timeline.evaluate(PLACE) == before
    assert rows.count() <= 260

    anna.to_newest()
    anna.sees("Seconda 299")
    for one in (anna, marco):
        one.assert_no_complaints()


def test_the_end_stays_in_sight_when_what_is_above_grows(person):
    anna = person("anna.bianchi")
    anna.open_channel("Generale")
    # What others wrote before, and is unread, would keep one above the end.
    anna.to_newest()
    timeline = anna.page.locator("m-timeline")
    # As when a font or a picture arrives.
    timeline.evaluate("box => { for (const text of box.querySelectorAll('.message-text')) text.style.paddingBottom = '9px'; }")
    anna.page.wait_for_function("() => { const box = document.querySelector('m-timeline'); return box.scrollHeight - box.scrollTop - box.clientHeight < 2; }")
    expect(anna.page.locator(".channel .to-end")).to_have_count(0)


def flood(someone, channel: int, beginning: str, count: int) -> None:
    someone.page.evaluate("""async ([channel, beginning, count]) => {
        let next = 0;
        const writer = async () => {
            while (next < count) {
                const number = next++;
                const answer = await fetch('/api/v1/message.post', {
                    method: 'POST', headers: { 'content-type': 'application/json', 'idempotency-key': `${beginning}${channel}${number}` },
                    body: JSON.stringify({ channel, text: `${beginning} ${number}` }) });
                if (!answer.ok) throw new Error(String(answer.status));
            }
        };
        await Promise.all(Array.from({ length: 12 }, writer));
    }""", [channel, beginning, count])


def test_a_long_history_pages_and_keeps_its_place(person):
    anna, marco = person("anna.bianchi"), person("marco.russo")
    anna.open_channel("Soluzioni")
    for number in range(70):
        anna.write(f"Riga {number:02}")
    anna.sees("Riga 69")
    anna.page.reload()
    anna.to_newest()
    timeline = anna.page.locator("m-timeline")
    expect(anna.message("Riga 69")).to_be_visible()
    expect(anna.message("Riga 00")).to_have_count(0)
    timeline.evaluate("box => { box.scrollTop = 300; }")
    expect(anna.message("Riga 00")).to_have_count(1)
    before = timeline.evaluate(PLACE)
    marco.open_channel("Soluzioni")
    marco.write("Una riga nuova in fondo")
    anna.sees("Una riga nuova in fondo")
    assert timeline.evaluate(PLACE) == before
    anna.assert_no_complaints()
