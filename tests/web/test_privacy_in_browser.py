"""The page that tells what is kept, in a browser, and the line of the widget that leads to it."""

from __future__ import annotations

import re

from playwright.sync_api import Page, expect

from bot.web.words import LANGUAGES, word
from tests.browser import accessibility_faults

from .conftest import Served
from .widget import Widget


def test_the_widget_leads_there_before_the_first_message(widget: Widget) -> None:
    widget.open()
    widget.page.locator("cite-chat").get_by_role("button", name="Options").click()
    for language in LANGUAGES:
        widget.page.locator("cite-chat select").select_option(language)
        link = widget.page.locator("cite-chat .notice").get_by_role("link", name=word("widget.privacy", language))
        expect(link).to_be_visible()
        expect(link).to_have_attribute("href", re.compile(rf"/privacy/\?lang={language}&cite=demo$"))
    widget.page.set_viewport_size({"width": 640, "height": 256})
    expect(widget.page.locator("cite-chat .notice").get_by_role("link")).to_be_visible()
    assert accessibility_faults(widget.page) == []


def test_the_page_is_accessible_and_fits_a_narrow_one(page: Page, door: Served) -> None:
    page.set_viewport_size({"width": 320, "height": 640})
    for scheme in "light", "dark":
        page.emulate_media(color_scheme=scheme)  # type: ignore[arg-type]
        page.goto(f"{door.url}/privacy/?lang=pt")
        assert accessibility_faults(page) == []
        assert page.evaluate("document.documentElement.scrollWidth") <= 320
