"""The ordinary week of a Cité over a span of days: one week for each stretch of time that keeps the same hours.

Public holidays, exceptional closures and hours announced for once are no ordinary days. Hours that change, for a
season or for good, begin a new week: two of them are never mixed into one that never was. A few days with other hours
(the first Saturday of the month, Christmas Eve, one week of works) change no week: they are told by their dates.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, time, timedelta

from bot.knowledge import closures, hours, public_holidays
from bot.knowledge.cite_types import Cite
from bot.knowledge.hours import DayHours, Which
from bot.knowledge.hours_period import days_from, shape

_AROUND = timedelta(days=28)  # looked at on both sides of the span: what a week is shows in its neighbours
_LONGEST = timedelta(days=370)
_OFTEN = 3  # one day in so many: hours that differ as often as that are not the ordinary ones with exceptions


@dataclass(frozen=True)
class UsualWeek:
    """The ordinary hours from `first` on, until the day before `changes` where that is not None.

    `days`: one for each weekday that has ordinary hours, an ordinary day of that stretch, of the span where it holds
    one; empty when no ordinary day of the stretch is in the span. `varying`: the weekdays (0 for Monday) whose hours
    differ from week to week. `dates`: the days of the span that have other hours than their weekday, and all those of
    the weekdays that vary, in order.
    """

    first: date
    days: tuple[DayHours, ...]
    changes: date | None = None
    varying: tuple[int, ...] = ()
    dates: tuple[DayHours, ...] = ()

    def only(self, start: time, end: time) -> UsualWeek:
        """The days that are open at some moment from `start` to `end`, midnight as an end being that of the day."""
        days = tuple(found for found in self.days if _open_within(found, start, end))
        dated = {found.day.weekday() for found in self.dates if _open_within(found, start, end)}
        return replace(self, days=days, varying=tuple(each for each in self.varying if each in dated))

    def groups(self) -> list[list[DayHours]]:
        """The days in the order of the week; those that follow each other, with the same hours, together."""
        groups: list[list[DayHours]] = []
        for found in sorted(self.days, key=lambda each: each.day.weekday()):
            if groups and _follows(groups[-1][-1], found):
                groups[-1].append(found)
            else:
                groups.append([found])
        return groups


def usual_weeks(
    cite: Cite, first: date, last: date, which: Which = "reception", today: date | None = None
) -> tuple[UsualWeek, ...]:
    """Return the ordinary weeks from `first` to `last`, both included, in order; at least one.

    A year at most is looked at.
    """
    last = min(last, first + _LONGEST)
    stretches = _without_exceptions(_stretches(_ordinary_days(cite, first - _AROUND, last + _AROUND, which, today)))
    begins = [max(each.first, first) for each in stretches]
    ends: list[date | None] = [*begins[1:], None]
    weeks = [
        _week(stretch, begin, last, end if end and end <= last else None)
        for stretch, begin, end in zip(stretches, begins, ends, strict=True)
        if begin <= last and (end is None or end > first)
    ]
    return tuple(weeks) or (UsualWeek(first, ()),)


@dataclass(frozen=True)
class _Stretch:
    """Ordinary days that agree on the hours of each weekday, and those among them that do not for once."""

    days: tuple[DayHours, ...]
    odd: tuple[DayHours, ...] = ()

    @property
    def first(self) -> date:
        return self.days[0].day


def _ordinary_days(cite: Cite, first: date, last: date, which: Which, today: date | None) -> Iterator[DayHours]:
    for each in days_from(first, last):
        holiday = public_holidays.holiday(cite.country, cite.subdivision, each)
        if not holiday and not closures.is_exceptional(cite, each):
            yield hours.day(cite, each, which, today)


def _stretches(days: Iterator[DayHours]) -> list[_Stretch]:
    """Cut where a weekday has other hours than the last time, unless a cut already lies between the two."""
    found: list[list[DayHours]] = []
    by_weekday: dict[int, DayHours] = {}
    for each in days:
        usual = by_weekday.get(each.day.weekday())
        if not found or (usual and shape(usual) != shape(each)):
            found.append([])
            by_weekday = {}
        by_weekday.setdefault(each.day.weekday(), each)
        found[-1].append(each)
    return [_Stretch(tuple(each)) for each in found]


def _without_exceptions(stretches: list[_Stretch]) -> list[_Stretch]:
    """Join what lies before and after a few odd days when the hours are then the same again."""
    found: list[_Stretch] = []
    for after in stretches:
        while len(found) > 1 and (joined := _joined(found[-2], found[-1], after)):
            found[-2:], after = [], joined
        found.append(after)
    return found


def _joined(before: _Stretch, between: _Stretch, after: _Stretch) -> _Stretch | None:
    """The three as one when no weekday is odd too often between, else None."""
    usual = _by_weekday(before.days)
    odd = [each for each in between.days if _differs(each, usual)]
    same = [each for each in between.days if each not in odd]
    usual = {**_by_weekday(same), **usual}
    if between.odd or not _now_and_then(odd, before) or any(_differs(each, usual) for each in after.days):
        return None
    return _Stretch((*before.days, *same, *after.days), (*before.odd, *odd, *after.odd))


def _now_and_then(odd: Sequence[DayHours], before: _Stretch) -> bool:
    """Once for each weekday; twice for one that was odd before: the odd weeks 53 and 1 follow each other."""
    known = {each.day.weekday() for each in before.odd}
    times = Counter(each.day.weekday() for each in odd)
    return all(number <= (2 if weekday in known else 1) for weekday, number in times.items())


def _differs(found: DayHours, usual: Mapping[int, DayHours]) -> bool:
    other = usual.get(found.day.weekday())
    return other is not None and shape(other) != shape(found)


def _by_weekday(days: Sequence[DayHours]) -> dict[int, DayHours]:
    """The first day of each weekday."""
    return {each.day.weekday(): each for each in reversed(days)}


def _week(stretch: _Stretch, first: date, last: date, changes: date | None) -> UsualWeek:
    within = [each for each in stretch.days if first <= each.day <= last]
    varying = _varying(stretch)
    usual = {**_by_weekday(stretch.days), **_by_weekday(within)} if within else {}
    dated = [each for each in within if each.day.weekday() in varying]
    dated += [each for each in stretch.odd if first <= each.day <= last]
    return UsualWeek(
        first,
        tuple(usual[number] for number in sorted(usual) if number not in varying),
        changes,
        varying,
        tuple(sorted(dated, key=lambda each: each.day)),
    )


def _varying(stretch: _Stretch) -> tuple[int, ...]:
    odd, all_ = (Counter(each.day.weekday() for each in days) for days in (stretch.odd, stretch.days + stretch.odd))
    return tuple(sorted(number for number in odd if odd[number] > 1 and odd[number] * _OFTEN >= all_[number]))


def _follows(before: DayHours, found: DayHours) -> bool:
    return before.day.weekday() + 1 == found.day.weekday() and shape(before) == shape(found)


def _open_within(found: DayHours, start: time, end: time) -> bool:
    last = end if end > start else time.max
    return any(
        span.start.time() < last and start < _end(span.end.time()) for span in found.ranges if span.sure
    )


def _end(moment: time) -> time:
    return time.max if moment == time() else moment
