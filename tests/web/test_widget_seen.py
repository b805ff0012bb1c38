"""What is to be seen on any ground: where the focus is, and what is being sent."""

from __future__ import annotations

from typing import Any

import pytest
from playwright.sync_api import Browser, Locator, expect

from .conftest import Served
from .widget import Widget


def contrast(one: str, other: str) -> float:
    """Of two colours written as rgb(), as WCAG counts it."""
    light, dark = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def _luminance(color: str) -> float:
    parts = [int(part) / 255 for part in color[color.index("(") + 1 : color.index(")")].split(",")]
    linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def style(one: Locator, name: str) -> str:
    found: str = one.evaluate("(one, name) => getComputedStyle(one)[name]", name)
    return found


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_focus_is_seen_on_a_link_that_the_person_wrote(browser: Browser, door: Served, scheme: Any) -> None:
    context = browser.new_context(color_scheme=scheme, locale="fr-FR")
    widget = Widget(context.new_page(), door.url).open()
    widget.say("je lis https://www.example.org/metiers")
    widget.hear("Réponse à : je lis")
    bubble = widget.lines("person").locator(".text")
    widget.text.press("Shift+Tab")
    bubble.locator("a").focus()
    assert contrast(style(bubble.locator("a"), "outlineColor"), style(bubble, "backgroundColor")) >= 3
    context.close()


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("ground", ["rgb(255, 255, 255)", "rgb(124, 200, 216)", "rgb(11, 90, 107)", "rgb(0, 0, 0)"])
def test_the_focus_is_seen_on_the_button_whatever_the_site_s_colour(
    browser: Browser, door: Served, scheme: Any, ground: str
) -> None:
    context = browser.new_context(color_scheme=scheme, locale="fr-FR")
    widget = Widget(context.new_page(), door.url)
    expect(widget.launcher).to_be_visible()
    widget.page.keyboard.press("Tab")
    widget.launcher.focus()
    ring, around = style(widget.launcher, "outlineColor"), style(widget.launcher, "boxShadow")
    assert max(contrast(ring, ground), contrast(around, ground)) >= 3
    assert contrast(ring, around) >= 3
    context.close()


def test_what_is_being_sent_is_as_readable_as_what_was_sent(widget: Widget) -> None:
    widget.open()
    widget.page.route("**/messages", lambda route: route.abort())
    widget.say("pas encore parti")
    text = widget.page.locator("cite-chat .sending .text")
    expect(text).to_be_visible()
    assert (style(text, "opacity"), style(text, "borderTopStyle")) == ("1", "dashed")
    assert contrast(style(text, "borderTopColor"), style(text, "backgroundColor")) >= 3
    widget.faults.clear()  # the browser logs the posts that broke
