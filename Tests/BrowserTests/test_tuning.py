"""Favourites, mutes, notifications: what one wants to hear of."""

import re

from playwright.sync_api import expect

from test_channel import menu

SPY = """() => {
    window.told = [];
    class Spy {
        static permission = 'granted';
        static requestPermission = async () => 'granted';
        constructor(title, options) { window.told.push([title, options.body, options.tag]); }
        close() { this.onclose?.(); window.told.push('closed'); }
    }
    window.Notification = Spy;
}"""


def test_a_favourite_comes_first_on_every_device(person, needs):
    needs("channel.tune")
    anna, phone = person("anna.bianchi"), person("anna.bianchi", viewport={"width": 360, "height": 740})
    anna.open_channel("Webinar")
    menu(anna, "Aggiungi ai preferiti")
    for one in (anna, phone):
        first = one.page.locator(".navigation-network").first
        expect(first).to_contain_text("Preferiti")
        expect(first).to_contain_text(re.compile("Webinar.*Semplificazione", re.S))
    menu(anna, "Togli dai preferiti")
    expect(phone.page.locator(".navigation-network", has_text="Preferiti")).to_have_count(0)
    for one in (anna, phone):
        one.assert_no_complaints()


def test_a_muted_channel_keeps_quiet(person, needs):
    needs("channel.tune")
    davide, marco = person("davide.barale"), person("marco.russo")
    davide.open_channel("Generale")
    menu(davide, "Notifiche del canale")
    davide.page.get_by_label("Nessuna: silenzia").check()
    davide.page.get_by_role("button", name="Salva").click()
    expect(davide.page.locator(".channel-name p")).to_contain_text("silenziato")
    davide.page.goto(davide.address)
    entry = davide.page.locator(".is-muted")
    expect(entry).to_contain_text("Generale")
    marco.open_channel("Generale")
    marco.write("Per chi vuole ascoltare")
    marco.sees("Per chi vuole ascoltare")
    expect(entry.locator(".unread-badge")).to_have_count(0)

    davide.page.locator(".network-tune").first.focus()
    davide.page.keyboard.press("Enter")
    expect(davide.page.get_by_role("dialog")).to_contain_text("Notifiche di «")
    davide.page.keyboard.press("Escape")
    davide.assert_no_complaints()


def test_a_mention_is_notified_and_read_by_reading(person, needs):
    needs("notification.list")
    irene, marco = person("irene.bartolini"), person("marco.russo")
    irene.page.evaluate(SPY)
    irene.page.evaluate("fetch('/api/v1/notification.set', { method: 'POST', headers: { 'content-type': 'application/json' }, body: '{\"browser\":true,\"doNotDisturb\":null}' })")
    bell = irene.page.locator(".bell")
    before = count(bell)
    marco.open_channel("Generale")
    marco.page.locator("#composer").press_sequentially("Un parere da @Irene Bar")
    marco.page.locator(".mention-list li", has_text="Irene Bartolini").wait_for()
    marco.page.keyboard.press("Enter")
    marco.page.keyboard.press("Enter")
    expect(bell).to_contain_text(f"({before + 1} notific")
    irene.page.wait_for_function("() => window.told.length > 0")
    told = irene.page.evaluate("window.told[0]")
    assert told[0] == "Marco Russo ti ha menzionato"
    assert "parere" not in told[1]
    assert irene.page.title().startswith(f"({before + 1}) ")

    bell.click()
    row = irene.page.locator(".is-new .news-link").first
    expect(row).to_contain_text("Un parere da @Irene Bartolini")
    row.click()
    expect(irene.page.locator(".message.is-target")).to_contain_text("Un parere da")
    irene.to_newest()
    expect(bell).not_to_contain_text(f"({before + 1} notific")
    irene.page.wait_for_function("() => window.told.includes('closed')")

    irene.page.goto(irene.address + "/notifications")
    irene.page.locator(".notification-list").wait_for()
    if irene.page.locator(".bell-count").count():
        irene.page.get_by_role("button", name="Segna tutte come lette").click()
    expect(irene.page.locator(".bell-count")).to_have_count(0)
    irene.page.get_by_role("button", name="Solo da leggere").click()
    expect(irene.page.locator(".notifications .state-text")).to_have_text("Nessuna notifica da leggere.")
    for one in (irene, marco):
        one.assert_no_complaints()


def test_nobody_is_disturbed_in_quiet_hours(person, needs):
    needs("notification.set")
    irene, marco = person("irene.bartolini"), person("marco.russo")
    page = irene.page
    page.goto(irene.address + "/me")
    page.get_by_label("Non disturbare in certe ore").check()
    page.locator("#quiet-from").fill("00:00")
    page.locator("#quiet-to").fill("00:00")
    page.locator("m-notification-settings").get_by_role("button", name="Salva").click()
    expect(page.get_by_role("alert").filter(has_text="due ore diverse")).to_be_visible()
    page.locator("#quiet-to").fill("23:59")
    page.locator("m-notification-settings").get_by_role("button", name="Salva").click()
    expect(page.locator(".notice")).to_contain_text("salvate")
    page.clock.set_fixed_time("2026-11-25T12:00:00")
    page.evaluate(SPY)
    marco.open_channel("Generale")
    marco.page.locator("#composer").press_sequentially("Sottovoce, @Irene Bar")
    marco.page.locator(".mention-list li", has_text="Irene Bartolini").wait_for()
    marco.page.keyboard.press("Enter")
    marco.page.keyboard.press("Enter")
    expect(page.locator(".bell-count")).to_be_visible()
    assert page.evaluate("window.told") == []
    page.get_by_label("Non disturbare in certe ore").uncheck()
    page.locator("m-notification-settings").get_by_role("button", name="Salva").click()
    irene.assert_no_complaints()


def count(bell) -> int:
    number = bell.locator(".bell-count span").first
    return int(number.inner_text()) if number.count() else 0
