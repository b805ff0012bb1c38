"""When a Cité is open: now, on a day, and when next; or, honestly, that it is not known."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta, timezone
from typing import Literal, NamedTuple
from zoneinfo import ZoneInfo

from opening_hours import OpeningHours

from bot.knowledge import closures, public_holidays
from bot.knowledge.cite_types import Cite, Closure
from bot.knowledge.facts import Fact
from bot.knowledge.opening import HoursError, evaluator, runs_past_midnight
from bot.knowledge.public_holidays import Holiday

Which = Literal["reception", "advisors"]
Reason = Literal["no_hours", "not_open", "holiday", "uncertain", "unreadable"]

_YEARS = range(1900, 2200)
"""Hours say nothing of other years, and some calendars end."""
_HORIZON = timedelta(days=366)


@dataclass(frozen=True)
class Range:
    """A span in the Cité's own time; `sure` is False where the hours say "unknown" for it."""

    start: datetime
    end: datetime
    sure: bool = True
    comment: str | None = None


@dataclass(frozen=True)
class HoursState:
    """The state at one instant.

    `known` False: nothing can be told, and `reason` says why: "no_hours" (none on file), "not_open" (the
    Cité is closed for good, probably closed, or planned), "holiday" (a public holiday of which the hours
    say nothing), "uncertain" (the hours themselves say so), "unreadable" (the hours on file are not in a
    form that can be computed). `until`: when the state ends, None if not within a year; `next_opening`:
    the next sure opening after the state. `stale`: the hours are too old to be told without `dated`.
    Times are in the Cité's zone.
    """

    at: datetime
    known: bool
    open: bool | None = None
    until: datetime | None = None
    next_opening: datetime | None = None
    reason: Reason | None = None
    comment: str | None = None
    holiday: Holiday | None = None
    closure: Closure | None = None
    source: str | None = None
    dated: date | None = None
    stale: bool = False


@dataclass(frozen=True)
class DayHours:
    """One day, midnight to midnight: the ranges (empty = closed) and the same remarks as `HoursState`."""

    day: date
    known: bool
    ranges: tuple[Range, ...] = ()
    reason: Reason | None = None
    holiday: Holiday | None = None
    closure: Closure | None = None
    source: str | None = None
    dated: date | None = None
    stale: bool = False


def state(cite: Cite, at: datetime, which: Which = "reception", today: date | None = None) -> HoursState:
    """The state of a Cité at an instant.

    `at` without a zone is taken as the Cité's own time. `which`: the hours of the reception or of the
    advisors. `today` (default: the clock's) is the day from which the age of the hours is counted.
    """
    if at.year not in _YEARS:
        return HoursState(at, False, reason="uncertain")
    local = _local(cite, at)
    fact, reason = _fact(cite, which)
    remarks = _Remarks.of(cite, local.date(), fact, today)
    if fact is None:
        return HoursState(local, False, reason=reason, holiday=remarks.holiday, closure=remarks.closure)
    horizon = _later(local, _HORIZON)
    try:
        spans = _spans(_found(cite, fact, which, local, horizon), local, horizon)
    except HoursError:
        return HoursState(local, False, reason="unreadable", holiday=remarks.holiday, closure=remarks.closure)
    now = next(spans)
    return HoursState(
        at=local,
        known=now.kind != "unknown",
        open={"open": True, "closed": False}.get(now.kind),
        until=now.end if now.end < horizon else None,
        next_opening=next((span.start for span in spans if span.kind == "open"), None),
        reason=_why_unknown(remarks.holiday) if now.kind == "unknown" else None,
        comment=now.comment,
        holiday=remarks.holiday,
        closure=remarks.closure,
        source=fact.source,
        dated=fact.dated,
        stale=remarks.stale,
    )


def day(cite: Cite, day: date, which: Which = "reception", today: date | None = None) -> DayHours:
    """The hours of a Cité on one day; same arguments as `state`."""
    if day.year not in _YEARS:
        return DayHours(day, False, reason="uncertain")
    fact, reason = _fact(cite, which)
    remarks = _Remarks.of(cite, day, fact, today)
    if fact is None:
        return DayHours(day, False, reason=reason, holiday=remarks.holiday, closure=remarks.closure)
    start, end = (_local(cite, datetime.combine(each, time())) for each in (day, day + timedelta(days=1)))
    try:
        spans = _day_spans(_found(cite, fact, which, start, end), start, end)
    except HoursError:
        return DayHours(day, False, reason="unreadable", holiday=remarks.holiday, closure=remarks.closure)
    ranges = tuple(Range(s.start, s.end, s.kind == "open", s.comment) for s in spans if s.kind != "closed")
    known = all(span.sure for span in ranges)
    why = None if known else _why_unknown(remarks.holiday)
    return DayHours(
        day, known, ranges, why, remarks.holiday, remarks.closure, fact.source, fact.dated, remarks.stale
    )


def next_opening(cite: Cite, after: datetime, which: Which = "reception") -> datetime | None:
    """The next instant at which the Cité opens for sure, within a year, or None."""
    return state(cite, after, which).next_opening


@dataclass(frozen=True)
class _Remarks:
    holiday: Holiday | None
    closure: Closure | None
    stale: bool

    @staticmethod
    def of(cite: Cite, day: date, fact: Fact[str] | None, today: date | None) -> _Remarks:
        stale = fact is not None and not cite.fictional and fact.is_stale("hours", today or date.today())
        return _Remarks(
            public_holidays.holiday(cite.country, cite.subdivision, day),
            closures.on(cite, day),
            stale,
        )


_Interval = tuple[datetime, datetime, str, str]
"""From, to, "open", "closed" or "unknown", comment."""


class _Span(NamedTuple):
    start: datetime
    end: datetime
    kind: str
    comment: str | None


def _fact(cite: Cite, which: Which) -> tuple[Fact[str] | None, Reason | None]:
    if cite.gone:
        return None, "not_open"
    fact = cite.hours if which == "reception" else cite.advisor_hours
    return fact, None if fact else "no_hours"


def _local(cite: Cite, at: datetime) -> datetime:
    zone = ZoneInfo(cite.timezone)
    return _real(at.astimezone(zone) if at.tzinfo else at.replace(tzinfo=zone))


def _real(moment: datetime) -> datetime:
    """The same moment by a clock that exists: 2:30 in the night when 2:00 becomes 3:00 is 3:30."""
    return moment.astimezone(timezone.utc).astimezone(moment.tzinfo)


def _later(moment: datetime, span: timedelta) -> datetime:
    return _real(moment + span)


def _evaluator(cite: Cite, fact: Fact[str], which: Which, year: int) -> OpeningHours:
    closed = tuple((closure.first, closure.last) for closure in cite.closures)
    return evaluator(fact.value, cite.timezone, cite.country, cite.subdivision, closed, year, _instead(cite, which))


def _instead(cite: Cite, which: Which) -> tuple[tuple[date, date, str], ...]:
    """The other hours announced: those of the reception; of the advisors, nothing is known on these days."""
    return tuple(
        (notice.first, notice.last, notice.hours if which == "reception" else "unknown")
        for notice in cite.notices
        if notice.hours
    )


def _why_unknown(holiday: Holiday | None) -> Reason:
    return "holiday" if holiday else "uncertain"


def _spans(found: Iterable[_Interval], start: datetime, end: datetime) -> Iterator[_Span]:
    """Spans of one state each, one after the other; at least one."""
    span: _Span | None = None
    for first, last, kind, comment in found:
        if span and span.kind == kind:
            span = _Span(span.start, last, kind, span.comment)
            continue
        first = _first_of_two(first, kind, start)
        if span:
            yield _Span(span.start, first, span.kind, span.comment)
        span = _Span(first, last, kind, comment or None)
    yield span or _Span(start, end, "closed", None)


def _day_spans(found: Iterable[_Interval], start: datetime, end: datetime) -> Iterator[_Span]:
    for first, last, kind, comment in found:
        yield _Span(max(_first_of_two(first, kind, start), start), min(last, end), kind, comment or None)


def _found(cite: Cite, fact: Fact[str], which: Which, start: datetime, end: datetime) -> Iterator[_Interval]:
    """What the hours of a Cité say of a span of time; raises `HoursError`."""
    hours = _evaluator(cite, fact, which, start.year)
    if not runs_past_midnight(fact.value):
        return _intervals(hours, start, end)
    nights = _without_nights_off(cite, _intervals(hours, _later(start, -timedelta(days=1)), end))
    return ((max(one[0], start), *one[1:]) for one in nights if one[1] > start)


def _intervals(hours: OpeningHours, start: datetime, end: datetime) -> Iterator[_Interval]:
    """Those of the library, without the empty ones: hours that the clock leaves out last no time at all."""
    return ((one[0], one[1], str(one[2]), one[3]) for one in hours.intervals(start, end) if one[0] != one[1])


def _without_nights_off(cite: Cite, found: Iterable[_Interval]) -> Iterator[_Interval]:
    """A night that would have begun on a day apart is off too: the library opens what is left of it at midnight."""
    before = "open"
    for first, last, kind, comment in found:
        is_left = kind == "open" and before != "open" and first.time() == time() and _ends_apart(cite, first.date())
        kind, comment = (before, "") if is_left else (kind, comment)
        yield first, last, kind, comment
        before = kind


def _ends_apart(cite: Cite, day: date) -> bool:
    """Whether a day as usual follows one that is closed or has other hours for once, or that may be a holiday."""
    eve = day - timedelta(days=1)
    is_holiday = public_holidays.may_be(cite.country, cite.subdivision, eve)
    return (is_holiday or closures.is_exceptional(cite, eve)) and not closures.is_exceptional(cite, day)


def _first_of_two(moment: datetime, kind: str, since: datetime) -> datetime:
    """When the clock goes back, 2:30 comes twice: the doors open at the first; the library tells the second."""
    if kind != "open" or not moment.fold:
        return moment
    early = moment.replace(fold=0)
    return early if early.timestamp() >= since.timestamp() else moment
