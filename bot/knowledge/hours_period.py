"""The hours of a Cité over weeks: its ordinary week, and the days that are not ordinary."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, time, timedelta
from itertools import groupby

from bot.knowledge import hours, public_holidays
from bot.knowledge.cite_types import Cite, Closure
from bot.knowledge.hours import DayHours, Which

_LONGEST = 370  # days looked at, a year and a little
_WEEK = 7

Shape = tuple[tuple[time, time, bool, str | None], ...]
"""The ranges of a day by the clock: from, to, sure or not, comment."""


@dataclass(frozen=True)
class UsualWeek:
    """The ordinary hours of a span of days.

    `days`: by weekday, 0 for Monday, the first ordinary day (no public holiday, no closure); a weekday that has
    none in the span is left out. `changes`: the first day on which other hours begin, or None.
    """

    days: tuple[DayHours, ...]
    changes: date | None = None

    def only(self, start: time, end: time) -> UsualWeek:
        """The days that are open at some moment from `start` to `end`, midnight as an end being that of the day."""
        last = end if end > start else time.max
        spans = {
            found.day: [(span.start.time(), _end(span.end.time())) for span in found.ranges if span.sure]
            for found in self.days
        }
        kept = (found for found in self.days if any(a < last and start < b for a, b in spans[found.day]))
        return UsualWeek(tuple(kept), self.changes)

    def groups(self) -> list[list[DayHours]]:
        """The days in the order of the week, those that follow each other with the same hours together."""
        ordered = sorted(self.days, key=lambda found: found.day.weekday())
        return [list(found) for _, found in groupby(ordered, key=shape)]


def shape(found: DayHours) -> Shape:
    """Return what makes two days alike."""
    return tuple((span.start.time(), span.end.time(), span.sure, span.comment) for span in found.ranges)


def usual_week(cite: Cite, first: date, last: date, which: Which = "reception", today: date | None = None) -> UsualWeek:
    """Return the ordinary week from `first` to `last`, both included; a year at most is looked at."""
    known: dict[int, DayHours] = {}
    changes: date | None = None
    for each in _days(first, last):
        if public_holidays.holiday(cite.country, cite.subdivision, each) or closure_on(cite, each):
            continue
        found = hours.day(cite, each, which, today)
        usual = known.setdefault(each.weekday(), found)
        if changes is None and shape(usual) != shape(found):
            changes = each
    return UsualWeek(tuple(known.values()), changes)


def special_days(cite: Cite, first: date, last: date, today: date | None = None) -> list[DayHours]:
    """Return the public holidays from `first` to `last`, both included, on which the Cité is not closed anyway."""
    found = [
        hours.day(cite, each, today=today)
        for each in _days(first, last)
        if public_holidays.holiday(cite.country, cite.subdivision, each)
    ]
    return [each for each in found if each.closure is None]


def next_holidays(cite: Cite, after: date, count: int) -> list[DayHours]:
    """Return the next public holidays from `after` on, at most `count` of them."""
    return special_days(cite, after, after + timedelta(days=_LONGEST))[:count]


def closures(cite: Cite, first: date, last: date) -> list[Closure]:
    """Return the exceptional closures that touch a day from `first` to `last`, in order."""
    found = [each for each in cite.closures if each.first <= last and first <= each.last]
    return sorted(found, key=lambda each: each.first)


def closure_on(cite: Cite, day: date) -> Closure | None:
    """Return the exceptional closure of a day, or None."""
    return next(iter(closures(cite, day, day)), None)


def same_hours(cite: Cite, first: date, last: date) -> bool:
    """Tell whether reception and advisors have the same hours on every day from `first` to `last`."""
    return all(
        shape(hours.day(cite, each)) == shape(hours.day(cite, each, "advisors")) for each in _days(first, last)
    )


def week_from(first: date) -> tuple[date, ...]:
    """Return seven days from `first` on."""
    return tuple(_days(first, first + timedelta(days=_WEEK - 1)))


def _end(moment: time) -> time:
    return time.max if moment == time() else moment


def _days(first: date, last: date) -> Iterator[date]:
    for number in range(min((last - first).days + 1, _LONGEST)):
        yield first + timedelta(days=number)
