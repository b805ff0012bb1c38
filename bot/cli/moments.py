"""Days and instants, as every command takes them: 2027-05-01, or 2027-05-01T10:00, with an offset or without."""

from __future__ import annotations

import argparse
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from bot.knowledge import iso
from bot.knowledge.cite_checks import CLOCKS_APART

_YEARS = range(1990, 2101)
_EXAMPLE = "2027-05-01"


def when(told: str) -> date | datetime:
    """A day, or an instant (aware when it has an offset); raises `ValueError`, which says how to write it."""
    return _read(told.strip(), f"{_EXAMPLE} or {_EXAMPLE}T10:00")


def day(told: str) -> date:
    """A day alone, as the type of an option."""
    try:
        found = _read(told.strip(), _EXAMPLE)
    except ValueError as error:
        raise argparse.ArgumentTypeError(str(error)) from None
    if isinstance(found, datetime):
        raise argparse.ArgumentTypeError(f'"{told}" is more than a day: write it as {_EXAMPLE}')
    return found


def past_day(told: str) -> date:
    """A day that has come, as the type of an option: tomorrow too, since clocks and zones differ."""
    found = day(told)
    if found > date.today() + CLOCKS_APART:
        raise argparse.ArgumentTypeError(f'"{told}" has not come yet: correct it, or the clock of this machine')
    return found


def add_when(parser: argparse.ArgumentParser, name: str, remark: str) -> None:
    """Declare an option that takes a day or an instant, as text: `when` reads it, since requests may hold it too."""
    told = f"a day or an instant, in the Cité's own time unless it has an offset ({remark})"
    parser.add_argument(name, metavar="WHEN", help=told)


def add_checked_on(parser: argparse.ArgumentParser) -> None:
    """Declare the day on which what is written was held against its source, under the name that files give it."""
    told = "the day on which it was compared with its source (default: today)"
    parser.add_argument("--checked-on", "--on", type=past_day, default=date.today(), metavar="DAY", help=told)


def begin(found: date | datetime, zone: ZoneInfo) -> datetime:
    """The instant in a zone; of a day, its midnight."""
    if not isinstance(found, datetime):
        return datetime.combine(found, time(), zone)
    return found.astimezone(zone) if found.tzinfo else found.replace(tzinfo=zone)


def end(found: date | datetime, zone: ZoneInfo) -> datetime:
    """The same where it ends a span: a day is included, and ends at the next midnight."""
    return begin(found, zone) if isinstance(found, datetime) else begin(found + timedelta(days=1), zone)


def _read(told: str, example: str) -> date | datetime:
    try:
        found = iso.read(told)
    except ValueError:
        raise ValueError(f'"{told}" is no time: write it as {example}') from None
    if found.year not in _YEARS:
        raise ValueError(f'"{told}" is too far away: give a year from {_YEARS[0]} to {_YEARS[-1]}')
    return found
