"""The widget for everybody: axe in its states, small and dark screens."""

from __future__ import annotations

from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect

from bot.web.words import LANGUAGES
from tests.browser import accessibility_faults

from .conftest import Served
from .fake_rasa import FakeRasa
from .widget import Widget


@pytest.mark.parametrize("language", LANGUAGES)
def test_axe_finds_nothing_in_any_state(page: Page, door: Served, rasa: FakeRasa, language: str) -> None:
    widget = Widget(page, door.url, language)
    expect(widget.launcher).to_be_visible()
    assert accessibility_faults(page) == []
    widget.open()
    widget.say("je suis à Marseille")
    expect(page.locator("cite-chat .card")).to_have_count(3)
    page.locator("cite-chat .feedback button").nth(1).click()
    expect(page.locator("cite-chat .feedback [aria-pressed=true]")).to_have_count(1)
    assert accessibility_faults(page) == []
    page.locator("cite-chat .head button").first.click()
    assert accessibility_faults(page) == []
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
