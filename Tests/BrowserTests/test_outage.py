from playwright.sync_api import expect

from person import Cut

LOST_LINE = r"WebSocket connection to .* failed|ERR_INTERNET_DISCONNECTED|ERR_CONNECTION_REFUSED"


def test_whoever_was_away_sees_everything_once_in_order(person, server):
    anna, marco, irene = person("anna.bianchi"), person("marco.russo"), person("irene.bartolini")
    everybody = (anna, marco, irene)
    for one in everybody:
        one.open_channel("Generale")
    anna.write("Prova 1: prima")
    for one in everybody:
        one.sees("Prova 1: prima")

    server.kill()
    irene.context.set_offline(True)
    expect(irene.page.locator(".connection-line.is-off")).to_have_count(1, timeout=20_000)
    irene.write("Prova irene: scritta senza rete")
    expect(irene.page.locator(".message.is-pending .message-state")).to_contain_text("In attesa di invio")

    server.start()
    for one in (anna, marco):
        one.is_live()
    expected = ["Prova 1: prima"]
    for number in range(2, 8):
        writer, reader = (anna, marco) if number % 2 == 0 else (marco, anna)
        writer.write(f"Prova {number}: durante")
        reader.sees(f"Prova {number}: durante")
        expected.append(f"Prova {number}: durante")
    assert irene.texts("Prova") == ["Prova 1: prima", "Prova irene: scritta senza rete"]

    irene.context.set_offline(False)
    irene.is_live()
    expected.append("Prova irene: scritta senza rete")
    anna.sees("Prova irene: scritta senza rete")
    for one in everybody:
        one.sees("Prova irene: scritta senza rete")
        expect(one.page.locator(".message.is-pending")).to_have_count(0)
        assert one.texts("Prova") == expected, one.name
        one.assert_no_complaints(LOST_LINE)

    irene.page.reload()
    # What she had no time to mark as read may be more than a page.
    irene.to_newest()
    irene.sees("Prova irene: scritta senza rete")
    assert irene.texts("Prova") == expected


def test_a_message_written_offline_survives_the_tab(person, server):
    anna, marco = person("anna.bianchi"), person("marco.russo")
    for one in (anna, marco):
        one.open_channel("Generale")
    server.kill()
    expect(anna.page.locator(".connection-line.is-off")).to_have_count(1, timeout=20_000)
    written = [f"Prova scheda: {which}" for which in ("prima", "seconda", "terza")]
    for text in written:
        anna.write(text)
    expect(anna.page.locator(".message.is-pending")).to_have_count(3)
    # Nobody closes a tab within the milliseconds that writing to the disk takes; a test does.
    anna.page.evaluate("""async () => {
        const database = await new Promise((resolve) => { const request = indexedDB.open('metropoli'); request.onsuccess = () => resolve(request.result); });
        for (let stored = 0; stored < 3;) {
            const count = database.transaction('outbox').objectStore('outbox').count();
            stored = await new Promise((resolve) => { count.onsuccess = () => resolve(count.result); });
        }
        database.close();
    }""")
    channel = anna.page.url
    anna.page.close()
    server.start()
    anna.page = anna.context.new_page()
    anna.page.goto(channel)
    for one in (marco, anna):
        for text in written:
            one.sees(text)
        expect(one.page.locator(".message.is-pending")).to_have_count(0)
        assert one.texts("Prova scheda") == written, one.name


def test_two_tabs_send_what_one_of_them_left_waiting_once(person):
    anna, marco = person("anna.bianchi"), person("marco.russo")
    for one in (anna, marco):
        one.open_channel("Generale")
    cut = Cut(anna.page)
    anna.page.reload()
    anna.is_live()
    anna.to_newest()
    cut.now()
    expect(anna.page.locator(".connection-line.is-off")).to_have_count(1)
    anna.write("Prova due schede")
    expect(anna.page.locator(".message.is-pending")).to_have_count(1)

    first, anna.page = anna.page, anna.context.new_page()
    anna.page.goto(first.url)
    for one in (anna, marco):
        one.sees("Prova due schede")
    cut.mend()
    anna.page = first
    anna.is_live()
    expect(anna.page.locator(".message.is-pending")).to_have_count(0)
    for one in (anna, marco):
        assert one.texts("Prova due schede") == ["Prova due schede"], one.name
        one.assert_no_complaints()


def test_a_second_copy_of_the_tab_takes_over(person):
    anna = person("anna.bianchi")
    device = anna.page.evaluate("sessionStorage.getItem('metropoli.device')")
    twin = anna.context.new_page()
    twin.add_init_script(f"sessionStorage.setItem('metropoli.device', '{device}')")
    twin.goto(anna.address)
    expect(anna.page.get_by_role("heading", name="Metropoli è aperta altrove")).to_be_visible()
    anna.page.get_by_role("button", name="Usa questa scheda").click()
    expect(anna.page.locator(".workspace")).to_be_visible()
    expect(twin.get_by_role("heading", name="Metropoli è aperta altrove")).to_be_visible()
