"""A small table of hours for the window: one row a day, one column for the reception and one for the interviews."""

from __future__ import annotations

from datetime import date
from typing import Any

from actions import hours_words
from actions.cite_words import words
from actions.hours_question import Question
from bot.knowledge.catalogue import Catalogue
from bot.knowledge.hours import DayHours


def table(question: Question, days: list[date]) -> dict[str, Any]:
    """Return the card of these days: {"kind": "week", "caption", "columns", "rows"}.

    `columns`: the heads, the first for the days. A row: {"day", "hours": one text for each other column, "today"}.
    """
    advisors = question.advisors(days)
    shown = [question.day(each) for each in days]
    return {
        "kind": "week",
        "caption": Catalogue.load().text("card.week", question.language, cite=question.cite.name(question.language)),
        "columns": _columns(bool(advisors), question.language),
        "rows": [_row(question, found, advisors[number] if advisors else None) for number, found in enumerate(shown)],
    }


def _columns(two: bool, language: str) -> list[str]:
    keys = ("column_day", "column_reception", "column_advisors") if two else ("column_day", "column_hours")
    return [words(f"card.{key}", language) for key in keys]


def _row(question: Question, found: DayHours, advisors: DayHours | None) -> dict[str, Any]:
    told = [hours_words.day_hours(found, question.language)]
    if advisors is not None:
        told.append(hours_words.interviews(advisors, question.language))
    return {
        "day": hours_words.day_name(found, question.language, question.today),
        "hours": told,
        "today": found.day == question.today,
    }
