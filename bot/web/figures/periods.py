"""Periods of the calendar for which there are figures: months, quarters, years; no others can be asked for."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date

_WRITTEN = re.compile(r"(20\d\d)(?:-(?:(0[1-9]|1[0-2])|Q([1-4])))?", re.ASCII)


class NoPeriod(ValueError):
    """What was asked for is no period; the text tells how one is written."""


@dataclass(frozen=True)
class Period:
    """`name` is how it is written: "2027-05", "2027-Q2" or "2027"; `months` are their first days."""

    name: str
    months: tuple[date, ...]


def read_period(written: str) -> Period:
    """The period of that name; raises `NoPeriod`."""
    found = _WRITTEN.fullmatch(written)
    if not found:
        raise NoPeriod(f"{written!r} is no period: write a month (2027-05), a quarter (2027-Q2) or a year (2027)")
    year, month, quarter = found.groups()
    first = int(month) if month else 3 * int(quarter) - 2 if quarter else 1
    many = 1 if month else 3 if quarter else 12
    return Period(written, tuple(date(int(year), first + each, 1) for each in range(many)))


def month_period(month: date) -> Period:
    """The period that is one month."""
    return read_period(f"{month:%Y-%m}")


def following(month: date) -> date:
    """The first day of the next month."""
    return date(month.year + month.month // 12, month.month % 12 + 1, 1)


def before(month: date, many: int = 1) -> date:
    """The first day of the month so many months earlier."""
    years, months = divmod(12 * month.year + month.month - 1 - many, 12)
    return date(years, months + 1, 1)
