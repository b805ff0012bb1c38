"""Every state of the widget, in every language and at three widths: axe, reflow, size of targets; and its pictures."""

from __future__ import annotations

import io
import os
from pathlib import Path
from typing import Any

import pytest
from PIL import Image
from playwright.sync_api import Browser, Page, expect

from bot.web.conversations import promise
from tests.browser import accessibility_faults

from .conftest import Served
from .fake_rasa import FakeRasa
from .walk import STATES, walk
from .widget import Widget

PICTURES = os.environ.get("PICTURES")
"""Folder for the pictures of the documentation; none are taken without it. In French, and 64 colours are enough."""

_NO_PICTURE = ("unread", "typing", "masked", "too-long", "erase", "callback", "callback-off", "failed")
HEIGHTS = {320: 640, 768: 700, 1280: 760}
WALKS = [("fr", 1280, "light"), ("en", 320, "light"), ("es", 768, "light"), ("it", 320, "dark"), ("pt", 768, "dark")]
if PICTURES:
    WALKS += [("fr", 320, "light"), ("fr", 768, "light")]
# Buttons, fields and links on a line of their own; a link within a sentence may be as high as its line (WCAG 2.5.8).
SMALL = """() => [...document.querySelector("cite-chat").shadowRoot
  .querySelectorAll("button, select, textarea, input, .card a")]
  .map((one) => [one.outerHTML.slice(0, 80), one.getBoundingClientRect()])
  .filter(([, { width, height }]) => width && (width < 24 || height < 24)).map(([html]) => html)"""
WIDE = """() => [document.documentElement, document.querySelector("cite-chat").shadowRoot.querySelector("section")]
  .filter((one) => one.scrollWidth > one.clientWidth).map((one) => one.localName)"""


@pytest.mark.parametrize(("language", "width", "scheme"), WALKS)
def test_nothing_is_wrong_in_any_state(
    browser: Browser,
    door: Served,
    rasa: FakeRasa,
    monkeypatch: pytest.MonkeyPatch,
    language: str,
    width: int,
    scheme: Any,
) -> None:
    monkeypatch.setattr(promise, "load_cites", dict)  # at any hour, nobody is expected: a callback is offered
    size = {"width": width, "height": HEIGHTS[width]}
    context = browser.new_context(viewport=size, color_scheme=scheme, locale=language, reduced_motion="reduce")
    page = context.new_page()
    widget = Widget(page, door.url, language)
    seen = []
    for state in walk(widget, rasa, language):
        seen.append(state)
        _picture(page, f"{state}-{width}", language)
        assert accessibility_faults(page) == [], state
        assert page.evaluate(SMALL) == [], state
        assert page.evaluate(WIDE) == [], state
    assert tuple(seen) == STATES
    assert [url for url in widget.requests if not url.startswith((door.url, f"blob:{door.url}"))] == []
    assert widget.faults == []
    context.close()


def test_on_a_phone_it_takes_the_whole_screen_and_keeps_the_focus(browser: Browser, door: Served) -> None:
    context = browser.new_context(viewport={"width": 320, "height": 640}, locale="fr-FR")
    page = context.new_page()
    widget = Widget(page, door.url).open()
    assert widget.panel.bounding_box() == {"x": 0, "y": 0, "width": 320, "height": 640}
    expect(widget.panel).to_have_attribute("aria-modal", "true")
    for key in ["Tab"] * 12 + ["Shift+Tab"] * 12:
        page.keyboard.press(key)
        assert page.evaluate("document.activeElement.localName") == "cite-chat"
    page.locator("cite-chat h2").click()
    page.keyboard.press("Shift+Tab")
    assert page.evaluate("document.activeElement.localName") == "cite-chat"
    context.close()


def _picture(page: Page, name: str, language: str) -> None:
    if PICTURES and language == "fr" and name.rpartition("-")[0] not in _NO_PICTURE:
        page.wait_for_timeout(300)  # what scrolls or appears has come to rest
        picture = Image.open(io.BytesIO(page.screenshot())).convert("RGB").quantize(64)
        picture.save(Path(PICTURES) / f"{name}.png", optimize=True)
