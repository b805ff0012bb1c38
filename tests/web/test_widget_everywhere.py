"""The widget for everybody and everywhere: axe, small and dark screens, other sites."""

from __future__ import annotations

import http.server
import threading
from collections.abc import Iterator
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect

from bot.web.conversations.models import Conversation
from tests.browser import accessibility_faults, watch

from .conftest import Served
from .fake_rasa import FakeRasa
from .widget import Widget


@pytest.mark.parametrize("language", ["fr", "en", "it"])
def test_axe_finds_nothing_in_any_state(page: Page, door: Served, rasa: FakeRasa, language: str) -> None:
    widget = Widget(page, door.url, language)
    expect(widget.launcher).to_be_visible()
    assert accessibility_faults(page) == []
    widget.open()
    widget.say("je suis à Marseille")
    expect(page.locator("cite-chat .card")).to_have_count(3)
    assert accessibility_faults(page) == []
    page.locator("cite-chat .head button").first.click()
    page.locator("cite-chat .menu button").last.click()
    assert accessibility_faults(page) == []
    rasa.stop()
    widget.say("x")
    expect(widget.lines("house")).to_have_count(1)
    widget.text.fill("x" * 2100)
    assert accessibility_faults(page) == []
    page.locator("cite-chat .sure button").last.click()
    expect(page.locator("cite-chat .anew")).to_be_visible()
    assert accessibility_faults(page) == []


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [320, 768])
def test_small_screens_and_dark_ones(browser: Browser, door: Served, scheme: Any, width: int) -> None:
    context = browser.new_context(viewport={"width": width, "height": 640}, color_scheme=scheme, locale="fr-FR")
    page = context.new_page()
    widget = Widget(page, door.url).open()
    widget.say("je suis à Marseille")
    expect(page.locator("cite-chat .card")).to_have_count(3)
    assert accessibility_faults(page) == []
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    assert widget.panel.evaluate("panel => panel.scrollWidth <= panel.clientWidth")
    small = page.evaluate(
        """() => [...document.querySelector('cite-chat').shadowRoot.querySelectorAll('button, select, textarea')]
        .map((one) => one.getBoundingClientRect())
        .filter((box) => box.width && (box.width < 24 || box.height < 24)).length"""
    )
    assert small == 0
    if width == 320:
        box = widget.panel.bounding_box()
        assert box is not None
        assert (box["x"], box["y"], box["width"], box["height"]) == (0, 0, 320, 640)
        expect(widget.panel).to_have_attribute("aria-modal", "true")
        for _ in range(12):
            page.keyboard.press("Tab")
            assert page.evaluate("document.activeElement.localName") == "cite-chat"
    context.close()


HOST_PAGE = """<!doctype html><html lang="fr"><meta charset="utf-8"><title>Une Cité</title>
<link rel="stylesheet" href="/host.css"><main><h1>Une Cité</h1></main>
<script src="{door}/widget.js" data-cite="marseille" data-lang="fr" defer></script></html>"""
HOST_STYLE = "* { color: red !important; font-size: 60px !important; } button, section { display: none !important; }"


@pytest.fixture
def host(door: Served) -> Iterator[str]:
    """The site of a Cité, elsewhere, with a strict policy and a rude style sheet."""

    class Site(http.server.BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            style = self.path == "/host.css"
            content = (HOST_STYLE if style else HOST_PAGE.format(door=door.url)).encode()
            policy = (
                f"default-src 'none'; script-src 'self' {door.url}; style-src 'self'; "
                f"connect-src {door.url}; img-src 'self'"
            )
            self.send_response(200)
            self.send_header("Content-Type", "text/css" if style else "text/html")
            self.send_header("Content-Security-Policy", policy)
            self.end_headers()
            self.wfile.write(content)

        def log_message(self, *args: Any) -> None:
            return

    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Site)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_address[1]}"
    server.shutdown()
    server.server_close()


def test_on_another_site_with_a_strict_policy(page: Page, host: str, rasa: FakeRasa, settings: Any) -> None:
    settings.ALLOWED_ORIGINS = [host]
    faults = watch(page)
    page.goto(host)
    page.get_by_role("button", name="Une question ?").click()
    line = page.locator("cite-chat .line.bot").first
    expect(line).to_contain_text("Bonjour")
    assert line.evaluate("line => getComputedStyle(line).fontSize") == "16px"
    assert faults == []
    assert rasa.calls[0]["metadata"]["cite"] == "marseille"


def test_on_a_site_that_is_not_listed_it_says_that_it_can_not_open(page: Page, host: str) -> None:
    page.goto(host)
    page.get_by_role("button", name="Une question ?").click()
    expect(page.locator("cite-chat .status").last).to_have_text("L'assistant ne peut pas s'ouvrir pour le moment.")
    expect(page.get_by_role("button", name="Réessayer")).to_be_visible()
    assert not Conversation.objects.exists()
