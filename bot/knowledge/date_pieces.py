"""Pieces of a date found in a text, before they are joined ("demain" + "à 14h") and become instants."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from bot.knowledge.date_calendar import Days, month, one_day

Hours = tuple[int, int | None]
"""Minutes from midnight: first and last; None when it is an instant."""

PARTS: dict[str, Hours] = {
    "early_morning": (6 * 60, 9 * 60),
    "morning": (6 * 60, 12 * 60),
    "late_morning": (10 * 60, 12 * 60),
    "noon": (12 * 60, None),
    "lunch": (12 * 60, 14 * 60),
    "early_afternoon": (12 * 60, 15 * 60),
    "afternoon": (12 * 60, 18 * 60),
    "late_afternoon": (16 * 60, 18 * 60),
    "evening": (18 * 60, 24 * 60),
    "night": (21 * 60, 30 * 60),
}
AFTER_NOON = frozenset({"early_afternoon", "afternoon", "late_afternoon", "evening"})


@dataclass(frozen=True)
class Piece:
    """A part of a date, over the items `first` to `last` (both included).

    `days` and `hours` are what is known of it; `part` names a part of the day, `weekday` a bare weekday,
    `week` marks a whole week; `weak` pieces count only when joined with another; `instant` is a moment
    already complete; `closed` is a range both ends of which are said.
    """

    first: int
    last: int
    days: Days | None = None
    hours: Hours | None = None
    kind: str = "day"
    part: str | None = None
    weekday: int | None = None
    week: bool = False
    weak: bool = False
    instant: datetime | None = None
    closed: bool = False

    @property
    def is_day(self) -> bool:
        """Whether it is one day of which the hours are not said yet."""
        return self.days is not None and self.hours is None and self.days == one_day(self.days[0])

    @property
    def is_month(self) -> bool:
        """Whether it is one whole month."""
        first = self.days[0] if self.days else None
        return first is not None and self.hours is None and self.days == month(first.year, first.month)


def moments(piece: Piece, now: datetime) -> tuple[datetime, datetime | None, str]:
    """Return (from, to, kind) of a piece, in the zone of `now`; `to` is None for an instant."""
    if piece.instant:
        return piece.instant, None, "instant"
    if piece.hours is None:
        assert piece.days is not None, "a piece has days, hours or an instant"
        return _at(piece.days[0], 0, now), _at(piece.days[1], 0, now), piece.kind
    first, last = piece.hours
    day = piece.days[0] if piece.days else _day_of_hours(piece.hours, now)
    kind = "recurring" if piece.kind == "recurring" else "instant" if last is None else "range"
    return _at(day, first, now), None if last is None else _at(day, last, now), kind


def _day_of_hours(hours: Hours, now: datetime) -> date:
    """Today when the hours are not over yet, else tomorrow."""
    over = now.hour * 60 + now.minute > (hours[0] if hours[1] is None else hours[1])
    return now.date() + timedelta(days=int(over))


def _at(day: date, minutes: int, now: datetime) -> datetime:
    extra, minutes = divmod(minutes, 24 * 60)
    return datetime.combine(day + timedelta(days=extra), time(minutes // 60, minutes % 60), tzinfo=now.tzinfo)
