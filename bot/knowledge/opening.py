"""Opening hours in the OpenStreetMap syntax, with public holidays written out as dates.

The syntax is that of https://wiki.openstreetmap.org/wiki/Key:opening_hours/specification, evaluated by
the `opening_hours` package. Its own holidays lack some of our territories: every rule on `PH` is
therefore rewritten with the dates of the `holidays` package. Where the hours say nothing of public
holidays, those days are made "unknown": a guess would send somebody across town for nothing.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from datetime import date, datetime, time, timedelta
from functools import lru_cache
from typing import Any
from zoneinfo import ZoneInfo

from opening_hours import OpeningHours, ParserError  # type: ignore[attr-defined]

from bot.knowledge import public_holidays

_DAY = "(?:Mo|Tu|We|Th|Fr|Sa|Su)"
_DAYS = f"{_DAY}(?:-{_DAY})?"
_PH_RULE = re.compile(rf"^(?P<before>(?:{_DAYS},)*)PH(?P<after>(?:,{_DAYS})*)(?:\s+(?P<rest>.*))?$", re.S)
_CLOCK_RANGE = re.compile(r"(\d\d?):(\d\d)\s*-\s*(\d\d?):(\d\d)")
_QUOTED = re.compile(r'"[^"]*"')
_DaysOf = Callable[[str, "str | None", int], Iterable[date]]
_MONTHS = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"]
_INVENTED = (
    (re.compile(r":\d\d\+"), "an open end (10:00+) does not say when it closes", "write the hour at which it closes"),
    (re.compile(r"sun|dawn|dusk"), "the hours of the sun are not known", "write hours of the clock"),
    (
        re.compile(r"Feb (?:30|31)|(?:Apr|Jun|Sep|Nov) 31"),
        "there is a day that no calendar has",
        "write the last day of that month",
    ),
)
"""What the library reads, but with a guess that would be told as a fact: form, fault, mend."""
_NEXT_RULE = re.compile(r';|\|\||(?:(?<=\d:\d\d)|(?<="")|(?<=off)|(?<=closed)|(?<=unknown))\s*,\s*(?=[A-Za-z"])')
_SAYS_WHEN = re.compile(r"\d:\d\d|24/7|\b(?:off|closed|unknown)\b")
_DATE = rf"(?:\d{{4}} )?(?:{'|'.join(_MONTHS)}) \d{{1,2}}"
_OF_DATES = re.compile(rf"{_DATE}(?:\s*,\s*{_DATE})*(?![-+\d])")
"""The beginning of a rule on single dates."""
_MAY_FOLLOW_PH = re.compile(rf"\b(?:off|closed|unknown)\b|^{_OF_DATES.pattern}")
"""What takes nothing from public holidays that was not meant: closed or unknown, or single dates."""
_A_WEEK_WITHOUT_HOLIDAY = date(2024, 1, 8)  # a Monday, in any country
_FAR_DAYS = 800  # a change further away than this is as good as never; bounds the search


class HoursError(ValueError):
    """Hours that cannot be understood; `mend` says how to write them, where that is known."""

    def __init__(self, message: str, mend: str | None = None) -> None:
        super().__init__(message)
        self.mend = mend


def check_expression(expression: str) -> None:
    """Raise `HoursError` when an expression cannot be evaluated whole, or only with a guess."""
    said = _QUOTED.sub("", expression)
    for form, fault, mend in _INVENTED:
        if form.search(said):
            raise HoursError(fault, mend)
    if any(found[:2] == found[2:] for found in _ranges(said)):
        raise HoursError("a range that ends as it begins would be told as open day and night", "write 24/7 or its end")
    _parse(with_holidays(expression, [date(2024, 1, 1)]), None)
    _check_rules(expression)


def _check_rules(expression: str) -> None:
    """Raise `HoursError` on rules that say something else to the library than to whoever wrote them."""
    rules = [rule.strip() for rule in _NEXT_RULE.split(_QUOTED.sub('""', expression)) if rule.strip()]
    after_holidays = False
    for rule in rules:
        if not _SAYS_WHEN.search(rule):
            mend = 'write the hours, or unknown "…" where a remark says all, or 24/7'
            raise HoursError("a rule without hours would be told as open day and night", mend)
        if after_holidays and not _MAY_FOLLOW_PH.search(rule) and not _mentions(rule, "PH"):
            mend = 'put the rule on PH last, for example "Mo-Fr 09:00-17:00; Jul-Aug Mo-Fr 10:00-15:00; PH off"'
            raise HoursError("hours that follow the rule on PH hold on public holidays too", mend)
        after_holidays = after_holidays or _mentions(rule, "PH")


def normalised(expression: str) -> str:
    """What an expression says, written in one way: "Mo,Tu,We 09:00-12:00" → "Mo-We 09:00-12:00".

    Raises `HoursError`.
    """
    return str(_parse(expression, None).normalize())


@lru_cache(maxsize=512)
def evaluator(
    expression: str,
    timezone: str,
    country: str,
    subdivision: str | None,
    closed: tuple[tuple[date, date], ...],
    year: int,
    instead: tuple[tuple[date, date, str], ...] = (),
) -> OpeningHours:
    """An evaluator that is right from the last day of `year - 1` to the first of `year + 2`.

    `closed`: exceptional closures, first and last day included. `instead`: other hours for some days, both included,
    as `within` takes them; a closure on the same day wins. Raises `HoursError`.
    """
    holidays = _around(year, public_holidays.days, country, subdivision)
    moonlit = _around(year, public_holidays.uncertain_days, country, subdivision)
    rules = [with_holidays(expression, holidays, moonlit)]
    rules += [rule for first, last, hours in instead for rule in within(first, last, hours, (*holidays, *moonlit))]
    rules += [f"{day_of_year(first)}-{day_of_year(last)} off" for first, last in closed]
    return _parse("; ".join(rules), timezone)


@lru_cache(maxsize=512)
def _around(year: int, days: _DaysOf, country: str, subdivision: str | None) -> tuple[date, ...]:
    """The days of a year and the next, with the edges of their neighbours: each one costs time at every look-up."""
    first, last = date(year - 1, 12, 30), date(year + 2, 1, 3)
    found = (day for each in range(year - 1, year + 3) for day in days(country, subdivision, each))
    return tuple(day for day in found if first <= day <= last)


def with_holidays(expression: str, dates: Iterable[date], uncertain: Iterable[date] = ()) -> str:
    """The expression with every rule on `PH` written out for the dates given.

    Without any rule on `PH`, the dates are marked unknown; those that are `uncertain` always are. What the rules at
    the end say of single dates holds all the same. Raises `HoursError` on nothing, on school holidays (`SH`) and on
    `PH` mixed with months or further selectors, which are not understood.
    """
    listed, doubtful = _listed(tuple(dates)), _listed(tuple(uncertain))
    rules = list(_rules(expression))
    if not rules:
        raise HoursError("there is nothing")
    said = any(_mentions(rule, "PH") for rule in rules)
    unknown = [f"{days} unknown" for days in ("" if said else listed, doubtful) if days]
    usual = next((end for end in range(len(rules), 0, -1) if not _OF_DATES.match(rules[end - 1])), 0)
    parts = [_rewritten(rule, listed) for rule in rules]
    return "; ".join(part for rule in (*parts[:usual], unknown, *parts[usual:]) for part in rule)


def within(first: date, last: date, hours: str, holidays: Iterable[date]) -> list[str]:
    """Rules by which `hours` ("Mo-Fr 10:00-12:00; Sa 09:00-11:00", or "unknown") hold from `first` to `last`, both
    included, instead of any others.

    Public holidays among several days keep what was said of them; one day alone is meant as it is.
    """
    apart = [] if first == last else sorted(day for day in set(holidays) if first <= day <= last)
    starts = [first, *(day + timedelta(days=1) for day in apart)]
    ends = [*(day - timedelta(days=1) for day in apart), last]
    spans = [f"{day_of_year(start)}-{day_of_year(end)}" for start, end in zip(starts, ends) if start <= end]
    return [f"{span} {rule}" for span in spans for rule in ("off", *map(str.strip, hours.split(";")))]


def week(expression: str) -> tuple[tuple[tuple[time, time], ...], ...]:
    """Seven days, Monday first: the open ranges of an ordinary week without public holidays.

    A range that ends at midnight ends at 00:00. Raises `HoursError`.
    """
    hours = _parse(with_holidays(expression, []), None)
    days = [_A_WEEK_WITHOUT_HOLIDAY + timedelta(days=number) for number in range(7)]
    return tuple(tuple(_open_ranges(hours, day)) for day in days)


@lru_cache(maxsize=512)
def runs_past_midnight(expression: str) -> bool:
    """Whether a range of the expression ends on the day after ("18:00-02:00"), and none begins at midnight."""
    ranges = _ranges(_QUOTED.sub("", expression))
    past = any(end > (24, 0) or (0, 0) < end < start for start, end in ((one[:2], one[2:]) for one in ranges))
    return past and all(one[:2] > (0, 0) for one in ranges) and "24/7" not in expression


def _ranges(said: str) -> list[tuple[int, ...]]:
    """The ranges of an expression without its remarks: hours and minutes of both ends."""
    return [tuple(map(int, found)) for found in _CLOCK_RANGE.findall(said)]


def _open_ranges(hours: OpeningHours, day: date) -> Iterator[tuple[time, time]]:
    start = datetime.combine(day, time())
    for first, last, state, _ in hours.intervals(start, start + timedelta(days=1)):
        if str(state) == "open":
            yield first.time(), last.time()


def _parse(expression: str, timezone: str | None) -> OpeningHours:
    zone: Any = ZoneInfo(timezone) if timezone else None
    try:
        return OpeningHours(expression, timezone=zone, max_interval_days=_FAR_DAYS)
    except ParserError as error:
        reason = str(error).strip().splitlines()[-1].strip(" =") or "the syntax is wrong"
        raise HoursError(reason) from None


def _rules(expression: str) -> Iterator[str]:
    """The rules between semicolons; a semicolon in a quoted comment does not count."""
    hidden = _QUOTED.sub(lambda quoted: "_" * len(quoted[0]), expression)
    start = 0
    for end in [match.start() for match in re.finditer(";", hidden)] + [len(hidden)]:
        if expression[start:end].strip():
            yield expression[start:end].strip()
        start = end + 1


def _mentions(rule: str, word: str) -> bool:
    return re.search(rf"(?<![A-Za-z]){word}(?![A-Za-z])", _QUOTED.sub("", rule)) is not None


def _rewritten(rule: str, listed: str) -> list[str]:
    if _mentions(rule, "SH"):
        raise HoursError("school holidays (SH) are not known", "write the weeks as dates, or leave them out")
    if not _mentions(rule, "PH"):
        return [rule]
    match = _PH_RULE.match(rule)
    rest = (match["rest"] or "") if match else ""
    if match is None or _mentions(rest, "PH") or re.match(rf"{_DAYS}|[+-]", rest):
        mend = 'write it as a rule of its own, for example "PH off"'
        raise HoursError("PH stands among other conditions", mend)
    days = (match["before"] + match["after"]).strip(",").replace(",,", ",")
    return [f"{selector} {rest}".strip() for selector in (days, listed) if selector]


@lru_cache(maxsize=512)
def _listed(dates: tuple[date, ...]) -> str:
    return ",".join(map(day_of_year, sorted(dates)))


def day_of_year(day: date) -> str:
    """A date as the syntax writes it: "2026 Dec 24"."""
    return f"{day.year} {_MONTHS[day.month - 1]} {day.day:02}"
