"""An ordinary week of opening hours in words."""

from __future__ import annotations

from datetime import time
from itertools import groupby

from babel.dates import get_day_names

from bot.knowledge import opening, wording

Ranges = tuple[tuple[time, time], ...]


def week(expression: str, language: str) -> str:
    """Return an OpenStreetMap opening_hours value as "lundi–vendredi 10 h – 18 h, …", closed days left out.

    Days that follow each other with the same hours are joined. Raises `HoursError` for a bad expression.
    """
    days = enumerate(opening.week(expression))
    groups = [(ranges, [number for number, _ in found]) for ranges, found in groupby(days, key=lambda day: day[1])]
    return ", ".join(f"{_days(numbers, language)} {_hours(ranges, language)}" for ranges, numbers in groups if ranges)


def _days(numbers: list[int], language: str) -> str:
    names = get_day_names("wide", locale=wording.spoken(language))
    first, last = names[numbers[0]], names[numbers[-1]]
    return str(first) if first == last else f"{first}–{last}"


def _hours(ranges: Ranges, language: str) -> str:
    return wording.join([wording.hours_range(start, end, language) for start, end in ranges], language)
