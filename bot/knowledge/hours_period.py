"""The hours of a Cité over days and weeks: its public holidays, what makes two days alike."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, time, timedelta

from bot.knowledge import hours, public_holidays
from bot.knowledge.cite_types import Cite
from bot.knowledge.hours import DayHours

_LONGEST = 430  # days looked at: a year, and some weeks on both sides
_WEEK = 7

Shape = tuple[tuple[time, time, bool, str | None], ...]
"""The ranges of a day by the clock: from, to, sure or not, comment."""


def shape(found: DayHours) -> Shape:
    """Return what makes two days alike."""
    return tuple((span.start.time(), span.end.time(), span.sure, span.comment) for span in found.ranges)


def special_days(cite: Cite, first: date, last: date, today: date | None = None) -> list[DayHours]:
    """Return the public holidays from `first` to `last`, both included, on which the Cité is not closed anyway."""
    found = [
        hours.day(cite, each, today=today)
        for each in days_from(first, last)
        if public_holidays.holiday(cite.country, cite.subdivision, each)
    ]
    return [each for each in found if each.closure is None]


def next_holidays(cite: Cite, after: date, count: int) -> list[DayHours]:
    """Return the next public holidays from `after` on, at most `count` of them."""
    return special_days(cite, after, after + timedelta(days=_LONGEST))[:count]


def same_hours(cite: Cite, first: date, last: date) -> bool:
    """Tell whether reception and advisors have the same hours on every day from `first` to `last`."""
    return all(
        shape(hours.day(cite, each)) == shape(hours.day(cite, each, "advisors")) for each in days_from(first, last)
    )


def week_from(first: date) -> tuple[date, ...]:
    """Return seven days from `first` on."""
    return tuple(days_from(first, first + timedelta(days=_WEEK - 1)))


def days_from(first: date, last: date) -> Iterator[date]:
    """Yield the days from `first` to `last`, both included; some weeks over a year at most."""
    for number in range(min((last - first).days + 1, _LONGEST)):
        yield first + timedelta(days=number)
