"""A person on the widget, an advisor at the desk: the whole thread, in French and in Italian, with its pictures."""

from __future__ import annotations

import io
import os
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from PIL import Image
from playwright.sync_api import Browser, Page, expect

from bot.web.conversations.models import Feedback, Handoff, HandoffState
from bot.web.words import word
from tests.browser import accessibility_faults, watch

from .conftest import Served, until
from .desk_person import CITE
from .fake_rasa import FakeRasa, said
from .helpers import PASSWORD, account
from .widget import Widget

PICTURES = os.environ.get("PICTURES")
"""Folder for the pictures of the documentation; none are taken without it. 64 colours are enough."""

_CONSENT = '/affirm{"consent": "yes"}'
_ASKED = {"concern": "change_job", "place": "Marseille", "cite": "demo", "request": None}
SAID = {
    "fr": ("je n'en peux plus de l'usine, je voudrais un métier dehors", "j'aime les arbres", "merci"),
    "it": ("non ce la faccio più in fabbrica, vorrei un lavoro all'aperto", "mi piacciono gli alberi", "grazie"),
}


@pytest.fixture(params=["fr", "it"])
def language(request: pytest.FixtureRequest) -> str:
    """Of the person, and of the advisor's desk."""
    return str(request.param)


@pytest.fixture
def desk(browser: Browser, door: Served, language: str) -> Iterator[Page]:
    """Sofia, of the demonstration Cité, at the queue; nothing must go wrong there."""
    account("Sofia", "demo", language=language)
    context = browser.new_context(locale=language, viewport={"width": 1280, "height": 900}, reduced_motion="reduce")
    page = context.new_page()
    page.goto(f"{door.url}/desk/")
    page.locator("#username").fill("sofia")
    page.locator("#password").fill(PASSWORD)
    page.keyboard.press("Enter")
    expect(page.locator("h1#title")).to_be_visible()
    faults = watch(page)
    yield page
    assert faults == []
    context.close()


def test_from_the_request_to_the_rating(page: Page, desk: Page, door: Served, rasa: FakeRasa, language: str) -> None:
    def told(key: str, **values: Any) -> str:
        return word(key, language, **values)

    def picture(name: str, shown: Page = desk, **part: Any) -> None:
        if PICTURES:
            shown.wait_for_timeout(300)  # what scrolls or appears has come to rest
            image = Image.open(io.BytesIO(shown.screenshot(**part))).convert("RGB").quantize(64)
            image.save(Path(PICTURES) / f"{name}-{language}.png", optimize=True)

    first, second, third = SAID[language]
    rasa.answer, rasa.turn = _answers(told, language), {"intent": "change_job", "confidence": 0.93}
    widget = Widget(page, door.url, language).open()
    widget.say(first)
    widget.hear(told("concerns.change_job.know")[:30])

    widget.press(told("choices.talk_to_advisor"))  # the request, with what will be read, before the consent
    widget.hear(told("door.preview")[:30])
    widget.hear(told("door.preview_place", value="Marseille"))
    assert not Handoff.objects.exists()
    assert accessibility_faults(page) == []
    picture("consent", page)
    widget.press(told("choices.share_conversation"))

    link = desk.locator("#waiting ~ .handoffs a")
    expect(link).to_be_visible()
    picture("queue")
    link.click()
    expect(desk.get_by_role("region", name=told("desk.summary"))).to_contain_text("Marseille")
    expect(desk.get_by_role("region", name=told("desk.summary"))).to_contain_text(CITE["name"])
    expect(desk.get_by_role("log")).to_contain_text(first)
    desk.locator("#claim").click()
    widget.hear("Sofia")

    widget.text.press_sequentially(second)  # each sees that the other writes
    expect(desk.locator("#signs")).to_have_text(told("desk.person_types"))
    widget.text.press("Enter")
    expect(desk.get_by_role("log")).to_contain_text(second)
    desk.locator("#text").press_sequentially("…")
    expect(page.locator("cite-chat .typing")).not_to_be_empty()
    desk.locator("#text").fill("")

    desk.locator("#ready-1").click()  # an answer ready to send, in the person's language
    ready = desk.locator("#text").input_value()
    assert "Sofia" in ready
    desk.keyboard.press("Control+Enter")
    widget.hear(ready)
    fact = desk.locator("#fact-hours")
    written = str(fact.get_attribute("data-insert"))
    fact.click()
    expect(desk.locator("#text")).to_have_value(written)
    assert accessibility_faults(desk) == []
    picture("request", clip={"x": 0, "y": 0, "width": 1280, "height": 1450}, full_page=True)
    desk.keyboard.press("Control+Enter")
    widget.hear(written)
    picture("advisor", page)
    assert second not in rasa.messages

    desk.get_by_role("button", name=told("desk.give_back")).click()
    expect(desk.locator(".state")).to_contain_text(told("desk.state_given_back"))
    widget.say(third)
    widget.hear(told("utterances.utter_thank")[:20])
    page.locator("cite-chat .feedback").last.locator("button").first.click()
    assert until(lambda: Feedback.objects.filter(useful=True).exists())
    assert Handoff.objects.get().state == HandoffState.GIVEN_BACK
    assert (accessibility_faults(desk), accessibility_faults(page), widget.faults) == ([], [], [])


def _answers(told: Callable[..., str], language: str) -> Callable[[str, dict[str, Any]], list[dict[str, Any]]]:
    """What Rasa says, in the words of the house."""

    def choice(name: str, payload: str) -> dict[str, str]:
        return {"title": told(f"choices.{name}"), "payload": payload}

    def one(key: str, *buttons: dict[str, str], **more: Any) -> list[dict[str, Any]]:
        return [said(told(key), language, buttons=list(buttons), **more)]

    talk = choice("talk_to_advisor", "/talk_to_advisor")
    summary = {**_ASKED, "language": language}
    replies = {
        "/greet": one("utterances.utter_greet", choice("change_job", "/change_job")),
        SAID[language][0]: one("concerns.change_job.know", talk, custom={"cards": [CITE]}),
        "/talk_to_advisor": one(
            "utterances.utter_advisor_consent", choice("share_conversation", _CONSENT), custom={"preview": summary}
        ),
        _CONSENT: one("utterances.utter_thank", custom={"handoff": {"consent": True, "summary": summary}}),
    }
    return lambda message, metadata: replies.get(message) or one("utterances.utter_thank")
