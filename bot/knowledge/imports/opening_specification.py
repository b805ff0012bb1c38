"""schema.org's opening hours brought into the OpenStreetMap syntax.

`OpeningHoursSpecification` (https://schema.org/OpeningHoursSpecification): days, `opens`, `closes`, and the dates
between which they hold; both times absent or both 00:00 stand for a closed day, as search engines read them.
`openingHours` (https://schema.org/openingHours): texts such as "Mo-Fr 09:00-17:00". Days that are not named are closed.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from typing import Any

from bot.knowledge.imports.values import RefusedError, hours
from bot.knowledge.json_ld import last_part, listed, text_of
from bot.knowledge.opening import day_of_year

Slot = tuple[str, str]
Week = dict[str, list[Slot]]
"""Day ("Mo"… "Su", "PH") → its ranges ("09:00", "17:00"); no range: closed; a day that is absent is not told."""
Period = tuple["date | None", "date | None"]
"""First and last day on which hours hold; None: no limit."""

DAYS = ("Mo", "Tu", "We", "Th", "Fr", "Sa", "Su")
_ENGLISH = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
_NAMES = {
    **dict(zip(_ENGLISH, DAYS)),
    **{name[:3]: day for name, day in zip(_ENGLISH, DAYS)},
    **{day.lower(): day for day in DAYS},
    "publicholidays": "PH",
    "ph": "PH",
}
_TIME = re.compile(r"T?(\d{1,2}):(\d{2})(?::\d{2}(?:\.\d+)?)?")
_ALWAYS: Period = (None, None)
_TEXT = re.compile(
    r"(?P<days>[A-Za-z]+(?:\s?[-–,]\s?[A-Za-z]+)*)(?:\s+(?P<times>\d{1,2}:\d{2}\s?[-–]\s?\d{1,2}:\d{2}"
    r"(?:\s?,\s?\d{1,2}:\d{2}\s?[-–]\s?\d{1,2}:\d{2})*))?"
)


def from_specifications(specifications: Iterable[Any], today: date) -> str:
    """The hours of a list of `OpeningHoursSpecification`; those that ended before `today` are left out.

    Raises `RefusedError` where something is not understood: half of the hours would be worse than none.
    """
    weeks: dict[Period, Week] = defaultdict(dict)
    for one in specifications:
        if not isinstance(one, Mapping):
            raise RefusedError("opening hours that are not an OpeningHoursSpecification")
        period = _period(one)
        if period[1] is None or period[1] >= today:
            _add(weeks[period], _days(one.get("dayOfWeek")), _slot(one))
    return _expression(_with_usual(weeks, today))


def _with_usual(weeks: Mapping[Period, Week], today: date) -> dict[Period, Week]:
    """The weeks, those that have begun and have no end as the usual one: where it names all days of the one that began
    before, or none of them, a later one holds on its days."""
    begun = [one for one in weeks if one[1] is None and (one[0] or date.min) <= today]
    usual: Week = {}
    for period in sorted(begun, key=lambda one: one[0] or date.min):
        week = weeks[period]
        if usual.keys() & week.keys() and usual.keys() - week.keys():
            raise RefusedError(f"hours that hold since {period[0]} leave out days of others that have no end")
        usual = usual | week
    others = {period: week for period, week in weeks.items() if period not in begun}
    return {_ALWAYS: usual, **others} if begun else others


def from_texts(texts: Iterable[str]) -> str:
    """The hours of `openingHours`; a single text may be any OpenStreetMap expression. Raises `RefusedError`."""
    found = list(texts)
    week: Week = {}
    for text in found:
        match = _TEXT.fullmatch(text.strip())
        if match is None:
            return hours(_alone(found))
        days = _named_days(match["days"])
        for start, end in _slots(match["times"]):
            _add(week, days, (start, end))
    return _expression({_ALWAYS: week})


def _alone(texts: list[str]) -> str:
    if len(texts) != 1:
        raise RefusedError(f"the hours are not understood: {'; '.join(texts)}")
    return texts[0]


def _slots(times: str | None) -> Iterator[Slot]:
    """The ranges of a text; none stands for day and night."""
    for part in times.split(",") if times else ["00:00-24:00"]:
        start, end = re.split(r"\s?[-–]\s?", part.strip())
        yield _range(_time(start), _time(end))


def _add(week: Week, days: Iterable[str], slot: Slot | None) -> None:
    for day in days:
        if day in week and (slot is None) != (not week[day]):
            raise RefusedError(f"{day} is said to be open and closed")
        slots = week.setdefault(day, [])
        if slot is not None and slot not in slots:
            slots.append(slot)


def _days(value: Any) -> list[str]:
    """The days of `dayOfWeek`: names, addresses, nodes, one or several; none stands for all."""
    found = [day for one in listed(value) for day in _named_days(last_part(text_of(one, "name", "@id") or "?"))]
    return found or list(DAYS)


def _named_days(text: str) -> list[str]:
    found: list[str] = []
    for part in text.split(","):
        ends = [_day(name) for name in re.split(r"[-–]", part)]
        if len(ends) == 1:
            found += ends
        elif len(ends) == 2 and "PH" not in ends:
            first, last = map(DAYS.index, ends)
            found += [DAYS[(first + step) % 7] for step in range((last - first) % 7 + 1)]
        else:
            raise RefusedError(f'the days "{text}" are not understood')
    return found


def _day(name: str) -> str:
    key = re.sub(r"\W", "", name).lower()
    if key not in _NAMES:
        raise RefusedError(f'the day "{name.strip()}" is not known')
    return _NAMES[key]


def _slot(specification: Mapping[str, Any]) -> Slot | None:
    """The range of a specification; None: closed."""
    opens, closes = (text_of(specification.get(key)) for key in ("opens", "closes"))
    if opens is None and closes is None:
        return None
    if opens is None or closes is None:
        raise RefusedError("a day has an opening or a closing time only")
    start, end = _time(opens), _time(closes)
    return None if start == end == "00:00" else _range(start, end)


def _time(text: str) -> str:
    match = _TIME.fullmatch(text)
    if match is None or int(match[1]) > 24 or int(match[2]) > 59 or (match[1] == "24" and match[2] != "00"):
        raise RefusedError(f'the time "{text}" is not understood')
    return f"{int(match[1]):02}:{match[2]}"


def _range(start: str, end: str) -> Slot:
    """A range; one that ends at 23:59 or 00:00 ends with the day."""
    end = "24:00" if end in ("23:59", "00:00") else end
    if start in (end, "24:00"):
        raise RefusedError(f"a range from {start} to {end}")
    return start, end


def _period(specification: Mapping[str, Any]) -> Period:
    """The days on which a specification holds."""
    first, last = (_date(specification.get(key)) for key in ("validFrom", "validThrough"))
    if first and last and last < first:
        raise RefusedError(f"hours that hold from {first} to {last}")
    return first, last


def _date(value: Any) -> date | None:
    text = text_of(value)
    if text is None:
        return None
    try:
        return date.fromisoformat(text[:10])
    except ValueError:
        raise RefusedError(f'the date "{text}" is not understood') from None


def _expression(weeks: Mapping[Period, Week]) -> str:
    """The rules of all periods: in OpenStreetMap's syntax a later one wins on the days it names."""
    usual = weeks.get(_ALWAYS, {})
    dated = sorted((one for one in weeks if one != _ALWAYS), key=lambda one: one[0] or date.min)
    if not any(slots for week in weeks.values() for slots in week.values()):
        raise RefusedError("every day is said to be closed, or there are no days")
    # Hours of a season alone say nothing of the rest of the year.
    rules = _rules({day: slots for day, slots in usual.items() if day != "PH"}, "") if usual else ["unknown"]
    # A season is open on no public holiday: the rule on those comes after it.
    seasons = [number for number, one in enumerate(dated, 1) if one[0] != one[1] and any(weeks[one].values())]
    last = max(seasons, default=0)
    rules += [rule for period in dated[:last] for rule in _of_period(period, weeks[period], bool(usual))]
    rules += _rules({day: slots for day, slots in usual.items() if day == "PH"}, "")
    rules += [rule for period in dated[last:] for rule in _of_period(period, weeks[period], bool(usual))]
    return hours("; ".join(rules))


def _of_period(period: Period, week: Week, has_usual: bool) -> list[str]:
    if "PH" in week:
        raise RefusedError("public holidays of a season are not understood")
    written = _written(period)
    # What is to come for good replaces the week; a season or a day off only the days that it names.
    replaced = [f"{written} off"] if not has_usual or period[1] is None else []
    return replaced + _rules(week, f"{written} ")


def _rules(week: Week, before: str) -> list[str]:
    """The rules of a week; `before` is the period to which they are limited, and then closed days are told too."""
    by_slots: dict[str, list[str]] = {}
    for day in (*DAYS, "PH"):
        if day in week and (week[day] or before or day == "PH"):
            ranges = ",".join("-".join(slot) for slot in sorted(week[day])) or "off"
            # Public holidays have a rule of their own.
            by_slots.setdefault(f"PH {ranges}" if day == "PH" else ranges, []).append(day)
    return [f"{before}{_joined(days)} {key.removeprefix('PH ')}" for key, days in by_slots.items()]


def _joined(days: list[str]) -> str:
    """Days in short: "Mo-We,Fr"."""
    runs: list[list[str]] = []
    for day in days:
        if runs and day != "PH" and DAYS.index(day) == DAYS.index(runs[-1][-1]) + 1:
            runs[-1].append(day)
        else:
            runs.append([day])
    return ",".join(f"{run[0]}-{run[-1]}" if len(run) > 2 else ",".join(run) for run in runs)


def _written(period: Period) -> str:
    first, last = period
    if last is None:
        return f"{day_of_year(first or date.min)}+"
    start = first or date(last.year - 1, 1, 1)  # it holds already; a fixed day, so that each import says the same
    return day_of_year(start) if start == last else f"{day_of_year(start)}-{day_of_year(last)}"
