"""A person's page, and one's own."""

import json

from playwright.sync_api import expect


def test_a_person_is_found_and_written_to(person):
    anna = person("anna.bianchi")
    anna.page.locator(".navigation-network h2 a", has_text="Semplificazione").click()
    anna.page.locator(".is-people").get_by_role("link", name="Marco Russo").click()
    expect(anna.page.locator("main h1")).to_have_text("Marco Russo")
    expect(anna.page.locator(".person-page .card-list")).to_contain_text("Semplificazione")
    anna.page.get_by_role("button", name="Scrivi a Marco Russo").click()
    expect(anna.page.locator("#channel-title")).to_have_text("Marco Russo")
    anna.page.goto(anna.address + "/people/999999")
    expect(anna.page.locator("main .screen [role=status]")).to_have_text("Non esiste, oppure non è visibile per te.")
    anna.assert_no_complaints()


def test_preferences_are_kept_with_the_account(person):
    nicola = person("nicola.lorusso")
    page = nicola.page
    page.locator("#person-menu").click()
    page.get_by_role("link", name="Profilo e preferenze").click()
    expect(page.locator(".mandate-list li").first).to_contain_text("Bari")
    page.locator("#preference-language").select_option("en")
    page.locator("#preference-zone").select_option("Europe/London")
    page.locator("m-preferences").get_by_role("button", name="Salva").click()
    expect(page.locator("html")).to_have_attribute("lang", "en")
    expect(page.locator(".notice")).to_contain_text("Preferences saved")
    elsewhere = person("nicola.lorusso")
    expect(elsewhere.page.locator("html")).to_have_attribute("lang", "en")
    elsewhere.page.goto(elsewhere.address + "/me")
    expect(elsewhere.page.locator("#preference-zone")).to_have_value("Europe/London")
    nicola.assert_no_complaints()


def test_another_device_is_signed_out(person):
    ciro, other = person("ciro.scognamiglio"), person("ciro.scognamiglio")
    ciro.page.goto(ciro.address + "/me")
    mine = ciro.page.locator(".device-list li")
    expect(mine.first).to_contain_text("Questo dispositivo")
    expect(mine.first.locator("strong")).to_have_text("Chrome, Linux")
    many = mine.count()
    assert many >= 2
    # The newest of the others.
    mine.nth(1).get_by_role("button", name="Chiudi l’accesso").click()
    ciro.page.locator("dialog[open]").get_by_role("button", name="Chiudi l’accesso").click()
    expect(mine).to_have_count(many - 1)
    expect(other.page.locator("#sign-in-login")).to_be_visible()
    ciro.assert_no_complaints()


def test_the_password_is_changed(person):
    roberta = person("roberta.marchetti")
    page = roberta.page
    page.goto(roberta.address + "/me")
    page.locator("#password-old").fill("sbagliata-davvero")
    page.locator("#password-new").fill("corta")
    page.locator("#password-again").fill("diversa")
    page.get_by_role("button", name="Cambia la password").click()
    expect(page.locator("#password-new")).to_be_focused()
    expect(page.locator("#password-again-problem")).to_have_text("Le due password non sono uguali.")
    page.locator("#password-new").fill("un-ponte-sul-fiume-51")
    page.locator("#password-again").fill("un-ponte-sul-fiume-51")
    page.get_by_role("button", name="Cambia la password").click()
    expect(page.locator("#password-old-problem")).to_have_text("La password attuale non è corretta.")
    page.locator("#password-old").fill("metropoli-demo-2026")
    page.get_by_role("button", name="Cambia la password").click()
    expect(page.locator(".notice")).to_contain_text("Password cambiata")
    roberta.assert_no_complaints()


def test_ones_own_data_are_downloaded(person):
    anna = person("anna.bianchi")
    anna.page.goto(anna.address + "/me")
    anna.page.get_by_role("button", name="Prepara i miei dati").click()
    with anna.page.expect_download() as download:
        anna.page.get_by_role("link", name="Scarica i miei dati").click()
    content = download.value.path().read_bytes()
    assert b"anna.bianchi@" in content
    if download.value.suggested_filename.endswith(".json"):
        json.loads(content)
    anna.assert_no_complaints()
