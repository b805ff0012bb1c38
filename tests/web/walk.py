"""A walk through the states of the widget, in the words that the house really says; the Cité is the fictional one."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from playwright.sync_api import expect

from bot.web.conversations import service, states
from bot.web.conversations.models import Conversation, Handoff
from bot.web.desk.models import Advisor
from bot.web.words import word

from .fake_rasa import FakeRasa, said
from .widget import Widget

STATES = (
    "closed",
    "greeting",
    "answer",
    "hours",
    "judged",
    "unread",
    "typing",
    "masked",
    "too-long",
    "menu",
    "erase",
    "waiting",
    "callback",
    "callback-refused",
    "callback-off",
    "advisor",
    "offline",
    "ended",
    "failed",
)
"""Their names, in the order of the walk."""

_CHOICES = ("change_job", "find_training", "find_nearest_cite", "talk_to_advisor")
_HANDOFF = {"consent": True, "summary": {"concern": None, "place": None, "language": "fr", "cite": "demo"}}
_CONSENT = '/affirm{"consent": "yes"}'


def walk(widget: Widget, rasa: FakeRasa, language: str) -> Iterator[str]:
    """Bring the widget from one state to the next, and tell its name there; Rasa answers as `answers` says."""
    page, root = widget.page, "cite-chat "
    rasa.answer = lambda message, metadata: answers(message, language)
    expect(widget.launcher).to_be_visible()
    yield "closed"
    widget.open()
    yield "greeting"
    widget.say("1")
    expect(page.locator(f"{root}.card")).to_have_count(2)
    expect(page.locator(f"{root}.feedback")).to_have_count(1)
    yield "answer"
    widget.say("2")
    expect(page.locator(f"{root}table")).to_be_visible()
    expect(page.locator(f"{root}.feedback")).to_have_count(2)
    yield "hours"
    page.locator(f"{root}.feedback").last.locator("button").nth(1).click()
    expect(page.locator(f"{root}.feedback [aria-pressed=true]")).to_have_count(1)
    yield "judged"
    rasa.delay = 0.7
    widget.say("5")
    widget.text.press("Escape")
    expect(widget.launcher).to_have_text(word("widget.unread", language, count=1))
    yield "unread"
    widget.launcher.click()
    expect(page.locator(f"{root}.feedback")).to_have_count(3)
    widget.say("06 12 34 56 78")
    expect(page.locator(f"{root}.typing")).not_to_be_empty()
    yield "typing"
    rasa.delay = 0.0
    expect(page.locator(f"{root}.masked")).to_be_visible()
    expect(page.locator(f"{root}.feedback")).to_have_count(4)
    yield "masked"
    widget.text.fill("x" * 2100)
    yield "too-long"
    widget.text.fill("")
    menu = page.locator(f"{root}.head button").first
    menu.click()
    yield "menu"
    page.locator(f"{root}.menu > button").last.click()
    yield "erase"
    page.locator(f"{root}.sure button").first.click()
    menu.click()
    widget.say("3")
    widget.press(word("choices.share_conversation", language))
    expect(page.locator(f"{root}.status").last).not_to_be_empty()
    yield "waiting"
    form = page.locator(f"{root}form.callback")
    page.locator(f"{root}.callback-open").click()
    yield "callback"
    form.locator("button[type=submit]").click()
    expect(form.locator(".problem")).not_to_be_empty()
    yield "callback-refused"
    _advisor_answers()
    expect(form.locator("button:visible")).to_have_text([word("widget.callback_back", language)])
    yield "callback-off"
    form.locator("button:visible").click()
    expect(widget.lines("advisor")).to_have_count(1)
    yield "advisor"
    page.context.set_offline(True)
    widget.say("4")
    expect(page.locator(f"{root}.status").last).to_have_text(word("widget.offline", language))
    yield "offline"
    page.context.set_offline(False)
    expect(page.locator(f"{root}.sending")).to_have_count(0)
    service.erase(Conversation.objects.get().pk)
    expect(page.locator(f"{root}.anew")).to_be_visible()
    yield "ended"
    page.route("**/api/v1/conversations", lambda route: route.abort())
    page.locator(f"{root}.anew").click()
    expect(page.locator(f"{root}.anew")).to_have_text(word("widget.retry", language))
    yield "failed"
    widget.faults.clear()  # the browser logs the connections that broke


def _advisor_answers() -> None:
    camille = Advisor.objects.create_user("camille", password="a long enough password", first_name="Camille")
    handoff = Handoff.objects.get()
    states.claim(handoff.pk, camille)
    states.advisor_says(handoff.pk, camille, "Bonjour, je suis Camille. Quel métier vous attire ?")


def answers(message: str, language: str) -> list[dict[str, Any]]:
    """What Rasa says: "1" is answered with a Cité and an event, "2" with a week, "3" by asking for consent."""

    def tell(key: str, **more: Any) -> dict[str, Any]:
        return said(word(key, language), language, **more)

    def choices(*pairs: tuple[str, str]) -> list[dict[str, str]]:
        return [{"title": word(f"choices.{name}", language), "payload": payload} for name, payload in pairs]

    replies = {
        "/greet": [tell("utterances.utter_greet", buttons=choices(*((name, f"/{name}") for name in _CHOICES)))],
        "1": [tell("concerns.change_job.know", custom={"cards": [_cite(language), _event(language)]})],
        "2": [tell("concerns.change_job.next_step", custom={"cards": [_week(language)]})],
        "3": [tell("utterances.utter_advisor_consent", buttons=choices(("share_conversation", _CONSENT)))],
        _CONSENT: [tell("utterances.utter_thank", custom={"handoff": _HANDOFF})],
    }
    return replies.get(message, [tell("utterances.utter_ask_help")])


def _cite(language: str) -> dict[str, Any]:
    return {
        "kind": "cite",
        "id": "demo",
        "name": word("demo.title", language),
        "city": "Exemple",
        "distance_km": 1.2,
        "address": "1 rue de l'Exemple",
        "phone": "+33 1 99 00 12 34",
        "website": "https://www.example.org/",
        "map": "https://www.example.org/map",
        "hours": "09:30-17:30",
    }


def _event(language: str) -> dict[str, Any]:
    return {
        "kind": "event",
        "title": word("demo.do_events", language),
        "when": "25/11, 14:00",
        "place": "1 rue de l'Exemple",
        "cite": word("demo.title", language),
        "booking": "https://www.example.org/forum",
        "url": "https://www.example.org/",
        "calendar": "agenda/demo/0123456789abcdef/20261125T130000Z.ics",
    }


def _week(language: str) -> dict[str, Any]:
    days = [f"{day}/11" for day in range(23, 29)]
    rows = [{"day": day, "hours": ["09:30-17:30", "10:00-12:30, 13:30-17:00"], "today": day == "24/11"} for day in days]
    columns = [word(f"card.column_{name}", language) for name in ("day", "reception", "advisors")]
    caption = word("card.week", language, cite=word("demo.title", language))
    return {"kind": "week", "caption": caption, "columns": columns, "rows": rows}
