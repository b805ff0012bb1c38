"""Days, weeks, months and seasons around a day: plain arithmetic on dates. All ranges are half-open."""

from __future__ import annotations

import calendar
from datetime import date, timedelta

Days = tuple[date, date]
"""A first day and the day after the last."""

SOUTHERN = (
    "America/Santiago",
    "America/Punta_Arenas",
    "Indian/Mauritius",
    "Indian/Reunion",
    "Pacific/Noumea",
)
"""Time zones of the network where summer begins in December."""
_WEEK, _END_OF_WEEK = timedelta(days=7), timedelta(days=4)
_SEASONS = {"spring": 3, "summer": 6, "autumn": 9, "winter": 12}


def one_day(day: date) -> Days:
    """Return `day` as a range."""
    return day, day + timedelta(days=1)


def weekday_after(day: date, weekday: int, include: bool = False) -> date:
    """Return the first `weekday` (Monday 0) after `day`, or on it when `include`."""
    ahead = (weekday - day.weekday()) % 7
    return day + timedelta(days=ahead if ahead or include else 7)


def weekday_before(day: date, weekday: int) -> date:
    """Return the last `weekday` before `day`."""
    return day - timedelta(days=(day.weekday() - weekday) % 7 or 7)


def week(day: date, offset: int = 0) -> Days:
    """Return the week, Monday to Sunday, `offset` weeks from the one of `day`."""
    monday = day - timedelta(days=day.weekday()) + timedelta(weeks=offset)
    return monday, monday + timedelta(weeks=1)


def nth_weekday(month: Days, weekday: int, number: int | None) -> date | None:
    """Return the `number`th `weekday` of a month, or the last one without a number; None when there is none."""
    first, end = month
    if number is None:
        return weekday_before(end, weekday)
    day = weekday_after(first, weekday, include=True) + timedelta(weeks=number - 1)
    return day if number >= 1 and day < end else None


def weekend(day: date, offset: int = 0) -> Days:
    """Return the Saturday and Sunday of the week `offset` weeks from the one of `day`."""
    monday, end = week(day, offset)
    return monday + timedelta(days=5), end


def month(year: int, number: int) -> Days:
    """Return a month; `number` may lie outside 1-12 and then counts on."""
    year, index = year + (number - 1) // 12, (number - 1) % 12
    first = date(year, index + 1, 1)
    return first, first + timedelta(days=calendar.monthrange(year, index + 1)[1])


def months_later(day: date, count: int) -> date:
    """Return the same day `count` months later, or the last day of that month."""
    first, end = month(day.year, day.month + count)
    return first + timedelta(days=min(day.day, (end - first).days) - 1)


def year(number: int) -> Days:
    """Return a year."""
    return date(number, 1, 1), date(number + 1, 1, 1)


def edge(days: Days, which: str) -> Days:
    """Return the `start`, `middle` or `end` third of a month (ten days) or of another range; a week ends from
    Thursday on, as who says so means days of work as well."""
    first, end = days
    third = timedelta(days=(end - first).days // 3)
    last = _END_OF_WEEK if end - first == _WEEK else third
    return {
        "start": (first, first + third),
        "middle": (first + third, end - third),
        "end": (end - last, end),
    }[which]


def next_date(today: date, number: int, day: int) -> date | None:
    """Return the first `day` of month `number` on or after `today`; None when the calendar has none."""
    for ahead in range(9):  # 29 February may be eight years away
        try:
            found = date(today.year + ahead, number, day)
        except ValueError:
            continue
        if found >= today:
            return found
    return None


def next_day_of_month(today: date, day: int, weekday: int | None = None) -> date | None:
    """Return the next day numbered `day`, on a `weekday` if given, within two years; None when there is
    none."""
    for ahead in range(24):
        first, end = month(today.year, today.month + ahead)
        found = first + timedelta(days=day - 1)
        if day >= 1 and today <= found < end and weekday in (None, found.weekday()):
            return found
    return None


def season(today: date, name: str, offset: int, southern: bool) -> Days:
    """Return a season of three whole months: the running or next one, `offset` years later."""
    start = _SEASONS[name] + (6 if southern else 0)
    for first_year in (today.year - 1, today.year, today.year + 1):
        first, end = month(first_year, start)[0], month(first_year, start + 2)[1]
        if end > today:
            return month(first.year + offset, first.month)[0], month(first.year + offset, first.month + 2)[1]
    raise AssertionError("a season comes every year")
