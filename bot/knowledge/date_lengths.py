"""Patterns for lengths of time from now: "in three days", "dans une demi-heure", "the next two weeks"."""

from __future__ import annotations

from datetime import date, timedelta

from bot.knowledge import date_calendar as cal
from bot.knowledge.date_patterns import SHORT_IN, Found, table
from bot.knowledge.date_pieces import Piece

_MINUTES = {"minute": 1, "quarter_hour": 15, "half_hour": 30, "hour": 60}
_DAYS = {"day": 1, "week": 7, "fortnight": 14}
_MONTHS = {"month": 1, "year": 12}
_MOST_YEARS = 99
_COUNTLESS = frozenset({"quarter_hour", "half_hour", "fortnight"})


def _in_units(found: Found) -> Piece | None:
    unit, count, now = found.value("unit") or "hour", found.value("count"), found.reading.now
    if count is None and unit not in _COUNTLESS:
        return None
    if _is_short_in(found) and unit in _MONTHS:
        return None  # "in six months" is more often how long a thing takes
    if unit in _MINUTES:
        return found.piece(instant=now + timedelta(minutes=_MINUTES[unit] * (count or 1)), kind="instant")
    if unit == "weekend" or (unit == "year" and count > 1):
        return None
    return found.piece(days=cal.one_day(_later(now.date(), unit, count or 1)))


def _in_clock(found: Found) -> Piece | None:
    """ "dans 2h", "d'ici 1h30"; "en 2h" is how long a thing takes."""
    minutes, marked = found.value("clock")
    if marked or not minutes or _is_short_in(found):
        return None
    return found.piece(instant=found.reading.now + timedelta(minutes=minutes), kind="instant")


def _is_short_in(found: Found) -> bool:
    return found.reading.folded(found.match.start()) in SHORT_IN


def _later(day: date, unit: str, count: int) -> date:
    if unit in _DAYS:
        return day + timedelta(days=_DAYS[unit] * count)
    return cal.months_later(day, min(count, _MOST_YEARS) * _MONTHS[unit])


def _next_units(found: Found) -> Piece | None:
    """ "les 3 prochains jours", "the next two weeks"."""
    unit, count, today = found.value("unit"), found.value("count", "count2"), found.reading.now.date()
    if unit not in {*_DAYS, *_MONTHS}:
        return None
    return found.piece(days=(today, _later(today, unit, count) + timedelta(days=1)), kind="range")


PATTERNS = table(
    [
        (r"iA?(?P<count>N)?(?P<unit>[Uuh])", _in_units),
        (r"(?P<count>N)(?P<unit>[Uuh])f", _in_units),
        (r"i(?P<clock>T)", _in_clock),
        (r"A?(?:(?P<count>N)n|n(?P<count2>N))(?P<unit>[Uu])", _next_units),
    ]
)
