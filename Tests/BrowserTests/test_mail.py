"""What is mailed: the administration's list, and everybody's own choice."""

import json
import re
import urllib.request

import pytest
from playwright.sync_api import expect

from judging import judge

ADMIN = "admin"


def ask_for_a_password(address: str, login: str) -> None:
    """A forgotten password: without a mail server its mail waits in sight."""
    request = urllib.request.Request(
        f"{address}/api/v1/person.resetPassword", json.dumps({"email": f"{login}@demo.metropolistrategiche.example"}).encode(),
        {"Content-Type": "application/json"}, method="POST")
    urllib.request.urlopen(request).read()


def mails(someone):
    ask_for_a_password(someone.address, "marco.russo")
    someone.sign_in(ADMIN)
    someone.page.goto(f"{someone.address}/admin/mail")
    someone.page.locator(".data-table tbody tr").first.wait_for()


def choices(someone):
    someone.sign_in("anna.bianchi")
    someone.page.goto(f"{someone.address}/me")
    someone.page.locator("#notify-mail").wait_for()
    someone.page.locator("#notify-mail").scroll_into_view_if_needed()


SCREENS = {"mail-list": mails, "mail-choice": choices}


@pytest.mark.parametrize("language", ["it", "en"])
@pytest.mark.parametrize("name", SCREENS)
def test_screen(person, screenshots, name, language):
    judge(person, screenshots, name, language, SCREENS[name])


def test_a_mail_that_waits_is_tried_or_discarded(person):
    someone = person()
    mails(someone)
    page = someone.page
    row = page.locator(".data-table tbody tr", has_text="marco.russo").first
    expect(row).to_contain_text("Nuova password")
    row.get_by_role("button", name=re.compile("^Scarta")).click()
    page.locator("dialog[open] .btn-danger").click()
    expect(page.locator(".data-table tbody tr", has_text="marco.russo").first).to_contain_text("Scartata")
    someone.assert_no_complaints()


def test_the_choice_of_mails_is_kept(person):
    someone = person()
    choices(someone)
    page = someone.page
    page.locator("#notify-mail").select_option("weekly")
    page.locator(".notice, [role=status]", has_text="Preferenze salvate").first.wait_for()
    page.locator("#notify-anytime").check()
    page.reload()
    expect(page.locator("#notify-mail")).to_have_value("weekly")
    expect(page.locator("#notify-anytime")).to_be_checked()
    page.locator("#notify-mail").select_option("off")
    expect(page.locator("#notify-anytime")).to_have_count(0)
    page.locator("#notify-mail").select_option("each")
    expect(page.locator("#notify-anytime")).to_have_count(1)
    page.locator("#notify-anytime").uncheck()
    someone.assert_no_complaints()
