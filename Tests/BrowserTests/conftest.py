import json
import os
import shutil
import urllib.request
from pathlib import Path

import pytest
from playwright.sync_api import sync_playwright

pytest.register_assert_rewrite("judging")

from person import Person
from server import ROOT, Server

WIDE = {"width": 1280, "height": 800}
SCREENSHOTS = ROOT / ".build" / "screenshots"


def pytest_configure(config):
    config.addinivalue_line("markers", "scale: fills a channel and measures; run only when asked for, by -m scale")


def pytest_terminal_summary(terminalreporter):
    """Says why a test was run again: a rerun that passes would hide it."""
    for report in terminalreporter.stats.get("rerun", []):
        terminalreporter.section(f"first run of {report.nodeid}", sep="_")
        terminalreporter.line(report.longreprtext)


@pytest.fixture(scope="session")
def template(tmp_path_factory) -> Path:
    """The demo community as seeded, never served itself."""
    server = Server(tmp_path_factory.mktemp("template") / "data")
    server.data.mkdir()
    server.seed()
    return server.data


@pytest.fixture(scope="module")
def server(template, tmp_path_factory, request):
    """A community of each file's own: what one file leaves behind, no other finds."""
    home = tmp_path_factory.mktemp(request.module.__name__)
    server = Server(shutil.copytree(template, home / "data"))
    server.start()
    yield server
    server.stop()
    shutil.rmtree(home)


@pytest.fixture(scope="session")
def chromium():
    program = shutil.which("chromium") or pytest.exit("chromium is missing: apt-get install chromium")
    with sync_playwright() as playwright:
        # Only root needs to give up the sandbox.
        browser = playwright.chromium.launch(executable_path=program, args=["--no-sandbox"] if os.geteuid() == 0 else [])
        yield browser
        browser.close()


@pytest.fixture
def person(chromium, server):
    """Makes people, each with a browser context of their own."""
    contexts = []

    def make(login: str | None = None, viewport: dict = WIDE, offline: bool = False) -> Person:
        # The service worker answers before a test's own routes do: only where it is what is tested.
        context = chromium.new_context(viewport=viewport, service_workers="allow" if offline else "block", reduced_motion="reduce", locale="it-IT", timezone_id="Europe/Rome")
        contexts.append(context)
        return Person(context, server.address, login)

    yield make
    for context in contexts:
        context.close()


@pytest.fixture
def needs(server):
    """Skips what a server is too old for."""
    def check(command: str) -> None:
        with urllib.request.urlopen(f"{server.address}/api/v1/openapi.json") as answer:
            if f"/api/v1/{command}" not in json.load(answer)["paths"]:
                pytest.skip(f"the server has no {command}")
    return check


@pytest.fixture(scope="session")
def screenshots() -> Path:
    SCREENSHOTS.mkdir(parents=True, exist_ok=True)
    return SCREENSHOTS
