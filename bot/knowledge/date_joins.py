"""Pieces that stand side by side made into one date: "demain" + "à 14h", "du lundi" + "au vendredi"."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta

from bot.knowledge.date_calendar import Days, months_later, one_day
from bot.knowledge.date_patterns import Reading
from bot.knowledge.date_pieces import AFTER_NOON, Hours, Piece

_BETWEEN = frozenset("AFXEKQi,s")
_WIDEST_GAP = 3  # items
_NOON = 12 * 60
_DAY = 24 * 60


def join(reading: Reading, pieces: Sequence[Piece]) -> list[Piece]:
    """Return the pieces, neighbours joined where they make one date; weak ones left alone are dropped."""
    joined: list[Piece] = []
    for piece in pieces:
        while joined and (both := _joined(reading, joined[-1], piece)):
            joined.pop()
            piece = both
        joined.append(piece)
    return [piece for piece in joined if not piece.weak]


def _joined(reading: Reading, left: Piece, right: Piece) -> Piece | None:
    gap = reading.codes[left.last + 1 : right.first]
    if len(gap) > _WIDEST_GAP or left.instant or right.instant:
        return None
    if not _BETWEEN.issuperset(gap):
        return (
            None
            if {";", "."} & set(gap)
            else _range_of_days(reading, left, right, gap) or _weekday_of_week(left, right)
        )
    return (
        _range_of_days(reading, left, right, gap)
        or _day_and_hours(left, right)
        or _hours_of_part(left, right)
        or _weekday_of_week(left, right)
        or _same_day(left, right)
    )


def _over(left: Piece, right: Piece) -> tuple[int, int]:
    return left.first, right.last


def _range_of_days(reading: Reading, left: Piece, right: Piece, gap: str) -> Piece | None:
    """ "de lundi à mercredi", "du 12/03 au 15/03", "entre lundi et jeudi", "de janvier à mars"."""
    between = _is_between(reading, left)
    said = gap[:1] == "&" if between else "X" in gap or reading.codes[right.first] == "X"
    led = between or (left.is_day and right.is_day) or reading.before(left.first) == "F"  # "en juin à sept"
    if not (said and led and _is_end(left) and _is_end(right) and set(gap) <= set("XA&FQ")):
        return None
    days = _from_to(reading, left, right)
    if days is None:
        return None
    first = left.first - int(reading.before(left.first) in set("Fbi"))
    return Piece(first, right.last, days=days, kind="range", closed=True)


def _is_between(reading: Reading, left: Piece) -> bool:
    """Whether "between" leads; Italian says "tra" for "in" too."""
    return any(
        reading.codes[place] == "b" or reading.folded(place) in reading.words.betweens
        for place in range(max(0, left.first - 1), left.first + 1)
    )


def _is_end(piece: Piece) -> bool:
    return piece.is_day or piece.is_month


def _from_to(reading: Reading, left: Piece, right: Piece) -> Days | None:
    """The days of a range; where the end would come first, the end of which no year is said gives way."""
    assert left.days and right.days
    begin, end = left.days[0], right.days[1]
    while end <= begin + timedelta(days=1) and right.weekday is not None:
        end += timedelta(weeks=1)
    if end <= left.days[1] and _takes_any_year(reading, left):
        begin = months_later(begin, -12)  # it has begun already
    elif end <= left.days[1] and _takes_any_year(reading, right):
        end = months_later(right.days[0], 12) + timedelta(days=1)
    return (begin, end) if begin + timedelta(days=1) < end else None


def _takes_any_year(reading: Reading, piece: Piece) -> bool:
    """Whether it is a day of a month without a year ("3 mars", "03/03")."""
    places = range(piece.first, piece.last + 1)
    said = any(reading.codes[place] == "Y" or isinstance(reading.items[place].value, date) for place in places)
    return not said and any(reading.codes[place] in "MmjDd" for place in places)


def _day_and_hours(left: Piece, right: Piece) -> Piece | None:
    for day, hours in ((left, right), (right, left)):
        if day.is_day and hours.days is None and hours.hours is not None:
            first, last = _over(left, right)
            kind = "recurring" if day.kind == "recurring" else "day"
            return Piece(first, last, days=day.days, hours=hours.hours, kind=kind, part=hours.part)
    return None


def _hours_of_part(left: Piece, right: Piece) -> Piece | None:
    """ "9h du matin", "5 in the afternoon", "tomorrow evening at 8", "le soir après 18h"."""
    for clock, part in ((left, right), (right, left)):
        if clock.hours is None or part.part is None or clock.part is not None:
            continue
        hours = _side_of_part(clock.hours, part) if clock.hours[1] else (_late(clock.hours[0], part), None)
        if hours is None:
            continue
        first, last = _over(left, right)
        kind = "instant" if hours[1] is None else "recurring" if part.kind == "recurring" else "range"
        weak = kind == "recurring" and left.weak and right.weak
        return Piece(first, last, left.days or right.days, hours, kind, weak=weak)
    return None


def _late(minutes: int, part: Piece) -> int:
    return minutes + _NOON * int(part.part in AFTER_NOON and minutes < _NOON)


def _side_of_part(hours: Hours, part: Piece) -> Hours | None:
    """ "le soir après 18h", "in the morning before 9"; None when the hours have two ends or lie outside the part."""
    first, last = hours
    begin, end = part.hours or (0, None)
    if first == 0 and last:
        last = _late(last, part)
        return (begin, last) if begin < last else None
    end = _DAY if part.part in AFTER_NOON else end
    first = _late(first, part)
    return (first, end) if last == _DAY and end and first < end else None


def _weekday_of_week(left: Piece, right: Piece) -> Piece | None:
    """ "la semaine prochaine, jeudi": that day of that week, not of the running one."""
    for week, day in ((left, right), (right, left)):
        if week.week and week.days and day.weekday is not None and day.hours is None:
            first, last = _over(left, right)
            return Piece(first, last, days=one_day(week.days[0] + timedelta(days=day.weekday)))
    return None


def _same_day(left: Piece, right: Piece) -> Piece | None:
    """ "demain samedi": one day said twice."""
    told_first = left.is_day and left.weekday is None and left.days is not None
    if told_first and right.is_day and left.days and left.days[0].weekday() == right.weekday:
        return replace(left, last=right.last)
    return None
