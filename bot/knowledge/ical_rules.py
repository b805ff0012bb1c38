"""Which recurrences of an iCalendar event are followed: those that cost little time, and that some day fulfils."""

from __future__ import annotations

from calendar import isleap
from datetime import date, datetime, timedelta
from typing import Any

from dateutil.rrule import rrulestr

BAD = (ValueError, KeyError, TypeError, AttributeError, IndexError, OverflowError)
"""What bad events raise."""
_OLDEST = 1990  # the year before which no series may begin
_LONGEST_INTERVAL = 400
_ANY_DAY = {"BYDAY", "BYMONTH", "BYMONTHDAY", "BYSETPOS", "BYWEEKNO", "BYYEARDAY"}
_FREQUENCIES = {
    "DAILY": {"BYDAY", "BYMONTH"},
    "WEEKLY": {"BYDAY", "BYMONTH"},
    "MONTHLY": _ANY_DAY,
    "YEARLY": _ANY_DAY,
}
_LAST_YEARS = range(9905, 9933)
"""Years of each calendar there is (first weekday, leap day or none), so near the last that a search soon ends."""


def is_sane(component: Any) -> bool:
    """Whether an event's rules can be expanded in little time: nothing within the day, nothing that no day fulfils.

    The expansion counts from the first occurrence, and looks as far as the year 9999 for one that never comes.
    """
    raw = component.get("RRULE") or []
    rules = raw if isinstance(raw, list) else [raw]
    try:
        return not rules or (component.start.year >= _OLDEST and all(_is_sane(rule, component.start) for rule in rules))
    except BAD:
        return False


def without_early_end(component: Any) -> Any:
    """The event without an end that comes before its beginning, for which the expansion would exchange the two."""
    try:
        lasting = component["DURATION"].dt if "DURATION" in component else timedelta()
        early = lasting < timedelta() or _is_before(component.end, component.start)
    except BAD:
        return component
    for name in ("DTEND", "DURATION") if early else ():
        component.pop(name, None)
    return component


def _is_before(end: date, start: date) -> bool:
    if isinstance(end, datetime) and isinstance(start, datetime) and not (end.tzinfo and start.tzinfo):
        return end.replace(tzinfo=None) < start.replace(tzinfo=None)
    return end < start


def _is_sane(rule: Any, start: date) -> bool:
    by = {key.upper() for key in rule if key.upper().startswith("BY")} - _hour_again(rule, start)
    (frequency,) = (str(each).upper() for each in rule["FREQ"])
    return (
        by <= _FREQUENCIES[frequency]
        and all(1 <= int(each) <= _LONGEST_INTERVAL for each in rule.get("INTERVAL", [1]))
        and all(1 <= int(each) <= 12 for each in rule.get("BYMONTH", []))
        and _is_fulfilled(rule, start)
    )


def _hour_again(rule: Any, start: date) -> set[str]:
    """The parts of a rule that only say again at which time of the day the event starts."""
    if not isinstance(start, datetime):
        return set()
    clock = {"BYHOUR": start.hour, "BYMINUTE": start.minute, "BYSECOND": start.second}
    return {name for name, value in clock.items() if [int(each) for each in rule.get(name, [])] == [value]}


def _is_fulfilled(rule: Any, start: date) -> bool:
    """Whether some day fulfils a rule, its end aside: not 30 February, nor each seventh day from a Tuesday on a Monday.

    It is followed from the same day of one of the last years, where the search for what never comes is short.
    """
    endless = rule.copy()
    for name in ("UNTIL", "COUNT"):
        endless.pop(name, None)
    begin = datetime(_like(start.year), start.month, start.day)
    if isinstance(start, datetime):
        begin = begin.replace(hour=start.hour, minute=start.minute, second=start.second)
    return next(iter(rrulestr(endless.to_ical().decode(), dtstart=begin)), None) is not None


def _like(year: int) -> int:
    """One of the last years, whose days fall on the same weekdays."""
    kind = date(year, 1, 1).weekday(), isleap(year)
    return next(each for each in _LAST_YEARS if (date(each, 1, 1).weekday(), isleap(each)) == kind)
