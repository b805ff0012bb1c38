"""Follow-ups in a few words: they ask again what was answered just before."""

from __future__ import annotations

from datetime import datetime
from typing import Any

import pytest

from actions.events import Events
from actions.nearest_cite import NearestCite
from actions.opening_hours import OpeningHours
from actions.reply import Reply
from bot.knowledge import dates, places, sense

from .turns import NOW, Answer, answer, said


@pytest.fixture(scope="module", autouse=True)
def _encoder() -> None:
    """The encoder is there from the first question on."""
    sense.load()


def bot(response: str) -> dict[str, Any]:
    """What the tracker keeps of a response."""
    return {"event": "bot", "text": "…", "metadata": {"utter_action": f"utter_{response}"}}


USER = {"event": "user", "text": "…"}
EVENTS = [USER, bot("events"), {"event": "action", "name": "action_listen"}, USER]
HOURS = [USER, bot("open_on"), bot("hours_advisors"), USER]
OTHER = [USER, bot("events"), USER, bot("greet"), USER]


def ask(
    action: Any, intent: str, text: str, before: list[dict[str, Any]], language: str = "fr", **slots: Any
) -> Answer:
    """The answer at the demonstration Cité to a message understood as `intent`, after those of `before`."""
    now = datetime.fromisoformat(NOW)
    days = [("date", span.start, span.end, span.as_dict()) for span in dates.find(text, now, language)]
    towns = [("place", span.start, span.end, span.found.as_dict()) for span in places.spans(text)]
    told = [{"entity": kind, "start": a, "end": b, "value": value} for kind, a, b, value in (*days, *towns)]
    return answer(action, said(intent, text, told, events=before, slots={"language": language, **slots}, cite="demo"))


@pytest.mark.parametrize(
    ("language", "text"),
    [
        *(("fr", "et en janvier ?"), ("fr", "et mercredi 9 décembre ?"), ("fr", "en janvier")),
        *(("en", "and in January?"), ("es", "¿y en enero?"), ("it", "e a gennaio?")),
        *(("pt", "e em janeiro?"), ("en", "what about next week?")),
    ],
)
def test_a_day_after_events_asks_for_events(language: str, text: str) -> None:
    found = ask(OpeningHours(), "ask_opening_hours", text, EVENTS, language)
    assert found.responses[0].startswith(("events", "no_events"))
    assert "event" not in ask(OpeningHours(), "ask_opening_hours", text, HOURS, language).responses[0]


@pytest.mark.parametrize("text", ["et mercredi vous fermez à quelle heure ?", "ouvert en janvier ?", "à Lyon", "et ?"])
def test_what_says_more_or_does_not_follow_on_is_no_follow_up(text: str) -> None:
    assert "event" not in ask(OpeningHours(), "ask_opening_hours", text, EVENTS).responses[0]


def test_only_the_answer_just_before_counts() -> None:
    assert "event" not in ask(OpeningHours(), "ask_opening_hours", "et en janvier ?", OTHER).responses[0]


@pytest.mark.parametrize(("action", "intent"), [(NearestCite(), "find_nearest_cite"), (Reply(), "inform")])
def test_a_place_asks_again_too(action: Any, intent: str) -> None:
    there = ask(action, intent, "et à Marseille ?", EVENTS)
    assert "no_agenda" in there.responses and there.slots["place"]["name"] == "Marseille"
    assert "hours_unknown" in ask(action, intent, "et à Marseille ?", HOURS).responses
    assert not {"no_agenda", "hours_unknown"} & set(ask(action, intent, "et à Marseille ?", OTHER).responses)


def test_a_question_of_ours_comes_first() -> None:
    pending = {"ask": "place", "intent": "find_nearest_cite"}
    found = ask(Reply(), "inform", "et à Marseille ?", EVENTS, pending=pending)
    assert "no_agenda" not in found.responses


def test_events_stay_events() -> None:
    assert ask(Events(), "ask_events", "et en janvier ?", HOURS).responses[0].startswith(("events", "no_events"))
