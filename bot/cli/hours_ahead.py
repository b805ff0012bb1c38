"""The part of `python -m bot hours` that looks ahead: the usual week, the next public holidays and closures.

As JSON: `from` and `to`, the four weeks looked at; `reception` and `advisors`, their ordinary hours in them {days,
changes, varying, dates}, or None without hours on file: `days` by weekday ("monday"), the ranges {from, to, sure,
comment} in times of the clock, or None when not known, of the hours that hold on the first day; `changes`, the first
day on which others begin; `varying`, the weekdays whose hours differ from week to week, which are not in `days`;
`dates`, the odd days before that change and all those of the weekdays that vary {day, ranges}; `next_holidays`, up to
four public holidays on which no closure falls {day, name, ranges}; `closures`, the exceptional ones of the coming year.
"""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from bot.cli import forms
from bot.knowledge import closures, hours_period
from bot.knowledge.cite_types import Cite
from bot.knowledge.date_words import WEEKDAYS
from bot.knowledge.hours import DayHours, Which
from bot.knowledge.usual_week import usual_weeks

_FOUR_WEEKS = timedelta(days=27)  # the first day included
_YEAR = timedelta(days=365)
_HOLIDAYS_TOLD = 4


def answer(cite: Cite, first: date) -> dict[str, Any]:
    """Return what is to come from the day `first` on."""
    return {
        "from": forms.iso(first),
        "to": forms.iso(first + _FOUR_WEEKS),
        "reception": _week(cite, first, "reception") if cite.hours else None,
        "advisors": _week(cite, first, "advisors") if cite.advisor_hours else None,
        "next_holidays": [_holiday(each) for each in hours_period.next_holidays(cite, first, _HOLIDAYS_TOLD)],
        "closures": [forms.closure(each) for each in closures.between(cite, first, first + _YEAR)],
    }


def told(found: dict[str, Any]) -> list[str]:
    """Return the lines for the terminal."""
    lines = [
        f"{which}, usually: {_told_week(found[which])}" for which in ("reception", "advisors") if found[which]
    ]
    for each in found["next_holidays"]:
        lines.append(f"holiday {each['day']} ({each['name']}): {_told_ranges(each['ranges'])}")
    return lines + [f"closure {forms.span(each)}" for each in found["closures"]]


def _week(cite: Cite, first: date, which: Which) -> dict[str, Any]:
    usual = usual_weeks(cite, first, first + _FOUR_WEEKS, which, today=first)[0]
    days = {found.day.weekday(): forms.day_by_the_clock(found) for found in usual.days}
    return {
        "days": {WEEKDAYS[number]: days[number] for number in sorted(days)},
        "changes": forms.iso(usual.changes),
        "varying": [WEEKDAYS[number] for number in usual.varying],
        "dates": [{"day": forms.iso(each.day), "ranges": forms.day_by_the_clock(each)} for each in usual.dates],
    }


def _holiday(found: DayHours) -> dict[str, Any]:
    name = found.holiday.name("en") if found.holiday else None
    return {"day": forms.iso(found.day), "name": name, "ranges": forms.day_by_the_clock(found)}


def _told_week(week: dict[str, Any]) -> str:
    days = [f"{name} {_told_ranges(ranges)}" for name, ranges in week["days"].items()]
    days += [f"{name} differs from week to week" for name in week["varying"]]
    days += [f"{each['day']} {_told_ranges(each['ranges'])}" for each in week["dates"]]
    return ", ".join(days) + (f" (other hours from {week['changes']})" if week["changes"] else "")


def _told_ranges(ranges: list[dict[str, Any]] | None) -> str:
    if ranges is None:
        return "not known"
    spans = (f"{each['from']}-{each['to']}{'' if each['sure'] else ' (not sure)'}" for each in ranges)
    return " and ".join(spans) or "closed"
