"""Events of an iCalendar text (RFC 5545), recurrences expanded, read defensively: a bad event is left out."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from functools import lru_cache
from typing import Any
from zoneinfo import ZoneInfo

import recurring_ical_events
from icalendar import Calendar

MAX_DAYS = 400
"""Recurrences are expanded over at most this many days."""
_BAD = (ValueError, KeyError, TypeError, AttributeError, IndexError, OverflowError)  # what bad events raise
_OLDEST = 1990  # the year before which no series may begin
_LONGEST_INTERVAL = 400
_ANY_DAY = {"BYDAY", "BYMONTH", "BYMONTHDAY", "BYSETPOS", "BYWEEKNO", "BYYEARDAY"}
_FREQUENCIES = {
    "DAILY": {"BYDAY", "BYMONTH"},
    "WEEKLY": {"BYDAY", "BYMONTH"},
    "MONTHLY": _ANY_DAY,
    "YEARLY": _ANY_DAY,
}
_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f\u200b-\u200f\u202a-\u202e\u2066-\u2069\ufeff]")


@dataclass(frozen=True)
class Event:
    """One occurrence of an event.

    `start` and `end` are in the Cité's zone; `end` equals `start` when it is not known. An all-day
    event goes from midnight to the midnight after its last day. `themes`: its categories, as written.
    """

    uid: str
    title: str
    start: datetime
    end: datetime
    all_day: bool
    location: str | None = None
    url: str | None = None
    description: str | None = None
    language: str | None = None
    themes: tuple[str, ...] = ()


def is_calendar(content: bytes) -> bool:
    """Whether a body is an iCalendar text that can be read."""
    return bool(_calendars(content))


def occurrences(
    content: bytes, start: datetime, end: datetime, zone: ZoneInfo, language: str | None
) -> list[Event]:
    """The events that take place, even in part, from `start` to before `end` (aware), by start.

    Cancelled, private and untitled events and those that cannot be understood are left out; times
    without a zone are those of `zone`. An unreadable text gives no event.
    """
    start, end = start.astimezone(zone), end.astimezone(zone)
    end = min(end, start + timedelta(days=MAX_DAYS))
    found = [
        event
        for calendar in _calendars(content)
        for component in calendar.between(start, end)
        if (event := _event(component, zone, language)) and _takes_place(event, start, end)
    ]
    return sorted(set(found), key=lambda event: (event.start, event.title, event.uid))


@lru_cache(maxsize=64)
def _calendars(content: bytes) -> tuple[_Series, ...]:
    try:
        found = Calendar.from_ical(content, multiple=True)
    except _BAD:
        return ()
    calendars = [part for part in found if part.name == "VCALENDAR"]
    for calendar in calendars:
        calendar.subcomponents = [part for part in calendar.subcomponents if _is_sane(part)]
    return tuple(map(_Series, calendars))


def _is_sane(component: Any) -> bool:
    """Whether an event's rules can be expanded in little time: nothing within the day, nothing endless.

    The expansion counts from the first occurrence and never ends on a rule that no day fulfils, or
    on an interval of nothing.
    """
    raw = component.get("RRULE") or []
    rules = raw if isinstance(raw, list) else [raw]
    try:
        return not rules or (component.start.year >= _OLDEST and all(map(_is_sane_rule, rules)))
    except _BAD:
        return False


def _is_sane_rule(rule: Any) -> bool:
    by = {key.upper() for key in rule if key.upper().startswith("BY")}
    (frequency,) = (str(each).upper() for each in rule["FREQ"])
    return (
        by <= _FREQUENCIES[frequency]
        and all(1 <= int(each) <= _LONGEST_INTERVAL for each in rule.get("INTERVAL", [1]))
        and all(1 <= int(each) <= 12 for each in rule.get("BYMONTH", []))
    )


class _Series:
    """The series of one calendar, ready to be asked for their occurrences as often as wanted."""

    def __init__(self, calendar: Any) -> None:
        self.calendar = calendar
        self.queries: list[Any] = []
        try:
            self.queries = [recurring_ical_events.of(calendar, skip_bad_series=True)]
        except _BAD:
            self._part()

    def between(self, start: datetime, end: datetime) -> list[Any]:
        try:
            return [part for query in self.queries for part in query.between(start, end)]
        except _BAD:
            if len(self.queries) == 1:
                self._part()
            return [part for query in self.queries for part in _safely(query, start, end)]

    def _part(self) -> None:
        """Ask each series by itself from now on, so that a bad one takes no other with it."""
        zones = [part for part in self.calendar.subcomponents if part.name == "VTIMEZONE"]
        series: dict[str, list[Any]] = {}
        for part in self.calendar.walk("VEVENT"):
            series.setdefault(str(part.get("UID")), []).append(part)
        self.queries = list(filter(None, (_alone(zones + parts) for parts in series.values())))


def _alone(parts: list[Any]) -> Any:
    calendar = Calendar()
    calendar.subcomponents = parts
    try:
        return recurring_ical_events.of(calendar, skip_bad_series=True)
    except _BAD:
        return None


def _safely(query: Any, start: datetime, end: datetime) -> list[Any]:
    try:
        return list(query.between(start, end))
    except _BAD:
        return []


def _event(component: Any, zone: ZoneInfo, language: str | None) -> Event | None:
    title = _text(component.get("SUMMARY"), 200)
    status, secrecy = (str(component.get(key, "")).upper() for key in ("STATUS", "CLASS"))
    if not title or status == "CANCELLED" or secrecy in ("PRIVATE", "CONFIDENTIAL"):
        return None
    try:
        start, end = component.start, component.end
        first, last = _at(start, zone), _at(end, zone)
    except _BAD:
        return None
    return Event(
        uid=str(component.get("UID", "")),
        title=title,
        start=first,
        end=max(first, last),
        all_day=not isinstance(start, datetime),
        location=_text(component.get("LOCATION"), 200),
        url=_address(component.get("URL")),
        description=_text(component.get("DESCRIPTION"), 1000),
        language=_language(component) or language,
        themes=tuple(_themes(component)),
    )


def _at(moment: date, zone: ZoneInfo) -> datetime:
    if not isinstance(moment, datetime):
        return datetime.combine(moment, time(), zone)
    return moment.astimezone(zone) if moment.tzinfo else moment.replace(tzinfo=zone)


def _takes_place(event: Event, start: datetime, end: datetime) -> bool:
    return event.start < end and (event.end > start or event.start >= start)


def _text(value: Any, longest: int) -> str | None:
    """Plain text in one line: no tags, entities or control characters."""
    if isinstance(value, list):
        value = value[0] if value else None
    text = html.unescape(re.sub(r"<[^<>]{0,500}>", " ", str(value or "")))
    text = " ".join(_CONTROL.sub(" ", text).split())
    return (text if len(text) <= longest else text[: longest - 1].rstrip() + "…") or None


def _address(value: Any) -> str | None:
    text = str(value or "").strip()
    return text if re.fullmatch(r"https?://[^\s<>\"]{3,500}", text) else None


def _language(component: Any) -> str | None:
    summary = component.get("SUMMARY")
    code = str(getattr(summary, "params", {}).get("LANGUAGE", ""))[:2].lower()
    return code if re.fullmatch("[a-z]{2}", code) else None


def _themes(component: Any) -> Iterator[str]:
    raw = component.get("CATEGORIES") or []
    for group in raw if isinstance(raw, list) else [raw]:
        for name in getattr(group, "cats", [group]):
            if str(name).strip():
                yield str(name).strip()
