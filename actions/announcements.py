"""What a Cité has announced for some days, said as its own word and with the day on which it gave it."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from actions import hours_words
from actions.turn import Turn
from actions.week_words import week
from bot.knowledge import closures, wording
from bot.knowledge.cite_types import Cite, Closure, Notice
from bot.knowledge.facts import Words

_COMING = timedelta(days=6)  # a week, today included


def say_coming(turn: Turn, cite: Cite) -> None:
    """Say what is announced for the coming week: whoever asks for the way or the phone may be about to use it."""
    today = turn.now.astimezone(ZoneInfo(cite.timezone)).date()
    for closure in closures.between(cite, today, today + _COMING):
        say_closure(turn, closure, today)
    for notice in closures.notices(cite, today, today + _COMING):
        say(turn, notice, today)


def say_closure(turn: Turn, closure: Closure, today: date) -> None:
    """Say an exceptional closure, with its notice, and when the Cité announced it where it did so at the desk."""
    values: dict[str, Any] = {"when": hours_words.period(closure.first, closure.last, turn.language, today)}
    response = "utter_closure"
    if closure.announced:
        response = "utter_closure_announced"
        values["date"] = _date(closure.announced, turn.language, today)
    _say(turn, response, values, closure.fact.note)


def say(turn: Turn, notice: Notice, today: date) -> None:
    """Say other hours, or a word, with the days for which they hold and the day of the announcement."""
    values: dict[str, Any] = {
        "when": hours_words.period(notice.first, notice.last, turn.language, today),
        "date": _date(notice.announced, turn.language, today),
    }
    if notice.hours:
        _say(turn, "utter_notice_hours", {**values, "hours": week(notice.hours, turn.language)}, notice.words)
    elif notice.words:
        turn.say("utter_notice", note=notice.words.get(turn.language), **values)


def _say(turn: Turn, response: str, values: dict[str, Any], note: Words | None) -> None:
    if note:
        turn.say(f"{response}_note", note=note.get(turn.language), **values)
    else:
        turn.say(response, **values)


def _date(day: date, language: str, today: date) -> str:
    return wording.date_long(day, language, today)
