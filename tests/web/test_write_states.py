"""The page without JavaScript in its states, in every language: axe, reflow, and where one begins to read."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect

from bot.web.conversations import states
from bot.web.conversations.models import Conversation, Handoff
from bot.web.words import word
from tests.browser import accessibility_faults

from .conftest import Served
from .fake_rasa import FakeRasa
from .handoffs import advisor
from .walk import answers

VISITS = [("fr", 320, "light"), ("en", 1280, "dark"), ("es", 320, "dark"), ("it", 1280, "light"), ("pt", 320, "light")]

# Lists without marks, which Safari takes for no lists unless their role is told or they lead somewhere (nav).
UNTOLD = """(main) => [...main.querySelectorAll(":not(nav) > ul, :not(nav) > ol")]
  .filter((list) => getComputedStyle(list).listStyleType === "none" && !list.role).map((list) => list.className)"""


@pytest.mark.parametrize(("language", "width", "scheme"), VISITS)
def test_nothing_is_wrong_in_any_state(
    browser: Browser, door: Served, rasa: FakeRasa, language: str, width: int, scheme: Any
) -> None:
    rasa.answer = lambda message, metadata: answers(message, language)
    context = browser.new_context(viewport={"width": width, "height": 640}, color_scheme=scheme, locale=language)
    page = context.new_page()
    page.goto(f"{door.url}/write/?cite=demo&lang={language}")
    for state in _states(page, language):
        assert accessibility_faults(page) == [], state
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), state
        assert page.locator("html").get_attribute("lang") == language, state
        assert page.locator("main").evaluate(UNTOLD) == [], state
    context.close()


def _states(page: Page, language: str) -> Iterator[str]:
    begun = page.locator("li:focus")

    def press(key: str) -> None:
        page.get_by_role("button", name=word(key, language), exact=True).last.click()

    def say(text: str) -> None:
        page.locator("#text").fill(text)
        press("widget.send")

    yield "nothing begun"
    press("page.write_begin")
    expect(begun).to_have_class("bot")
    yield "greeting"
    say("1")
    expect(begun.locator(".card")).to_have_count(2)
    yield "cards"
    say("2")
    expect(begun.locator("table")).to_be_visible()
    yield "hours"
    press("widget.useful_no")
    expect(page.get_by_role("status")).to_have_text(word("widget.thanks_why", language))
    yield "judged"
    say("06 12 34 56 78")
    expect(begun.locator(".masked")).to_be_visible()
    yield "masked"
    say("")
    expect(page.get_by_role("alert")).to_have_text(word("door.empty", language))
    yield "refused"
    states.open_handoff(Conversation.objects.get().pk, True, {"request": "1"}, "person")
    press("page.write_look")
    expect(begun).to_have_class("house")
    yield "waiting"
    press("widget.callback_send")
    expect(page.get_by_role("alert")).to_have_text(word("door.no_name", language))
    yield "callback refused"
    page.locator("#callback-name").fill("Camille")
    states.claim(Handoff.objects.get().pk, advisor("Sofia"))
    press("widget.callback_send")
    expect(page.get_by_role("alert")).to_have_text(word("widget.callback_joined", language, advisor="Sofia"))
    yield "callback no longer needed"
    press("page.write_look")
    expect(begun).to_have_class("house")
    yield "an advisor"
    press("page.write_look")
    expect(page.locator("#note")).to_have_text(word("page.nothing_new", language))
    yield "nothing new"
    press("widget.erase")
    expect(page.get_by_role("button", name=word("widget.erase_no", language))).to_be_focused()
    yield "sure"
    press("widget.erase_yes")
    expect(page.get_by_role("status")).to_have_text(word("widget.erased", language))
    yield "erased"
