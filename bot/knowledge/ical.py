"""Events of an iCalendar text (RFC 5545), recurrences expanded, read defensively: a bad event is left out."""

from __future__ import annotations

import re
import threading
from collections.abc import Iterator, Sequence
from datetime import date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import recurring_ical_events
from icalendar import Calendar

from bot.knowledge import ical_plain
from bot.knowledge.event import (
    MAX_EVENTS,
    Dated,
    Event,
    in_zone,
    language_code,
    merged,
    midnight,
    plain,
    web_address,
)
from bot.knowledge.ical_rules import BAD, is_sane, without_early_end

_MOST_SERIES = 2_000
_KEPT_MONTHS = 60
_FOLD = re.compile(rb"\r?\n[ \t]")
_LAST_DAY = re.compile(r"(UNTIL=\d{8})(?![\dT])", re.ASCII | re.IGNORECASE)


def read(content: bytes, zone: ZoneInfo, language: str | None) -> ICalListing | None:
    """Return what an iCalendar text tells, None when it is none or tells of too much.

    Cancelled, private and untitled events and those that cannot be understood are left out; times
    without a zone are those of `zone`.
    """
    text = _FOLD.sub(b"", content).decode("utf-8-sig", "replace")  # a line may be folded within a letter
    if not text[:1000].lstrip().upper().startswith("BEGIN:VCALENDAR") or content.count(b"BEGIN:VEVENT") > MAX_EVENTS:
        return None
    others, blocks = ical_plain.split(text)
    if "END:VCALENDAR" not in text[-1000:].upper():
        return None  # cut off on its way
    if any(line.strip().upper() == "METHOD:CANCEL" for line in others):
        return ICalListing(Dated([]), [], zone, language)
    repeated = _repeated(blocks)
    found, left = [], []
    for block in blocks:
        try:
            if block.uid in repeated:
                raise ical_plain.NotPlainError(block.uid)
            found.append(ical_plain.read(block, zone, language))
        except ical_plain.NotPlainError:
            left.append(block)
    return ICalListing(Dated(filter(None, found)), _series(others, left[:_MOST_SERIES]), zone, language)


def _repeated(blocks: list[ical_plain.Block]) -> set[str]:
    """The UIDs of several events: one of them changes another."""
    seen: set[str] = set()
    return {block.uid for block in blocks if block.uid in seen or seen.add(block.uid)}  # type: ignore[func-returns-value]


class ICalListing:
    """The plain events of a calendar, and its series, expanded month by month as they are asked for."""

    def __init__(self, dated: Dated, series: list[_Series], zone: ZoneInfo, language: str | None) -> None:
        self._dated, self._series, self._zone, self._language = dated, series, zone, language
        self._months: dict[date, Sequence[Event]] = {}
        self._lock = threading.Lock()

    def between(self, start: datetime, end: datetime) -> list[Event]:
        """Return the events that take place, even in part, from `start` to before `end` (aware), by start."""
        start, end = start.astimezone(self._zone), end.astimezone(self._zone)
        repeated = merged([self._month(first) for first in _months(start, end)] if self._series else [])
        of_span = [event for event in repeated if event.start < end and (event.end > start or event.start >= start)]
        return merged([self._dated.between(start, end), of_span])

    def _month(self, first: date) -> Sequence[Event]:
        with self._lock:
            if first not in self._months:
                if len(self._months) >= _KEPT_MONTHS:
                    self._months.clear()
                self._months[first] = self._expanded(first)
            return self._months[first]

    def _expanded(self, first: date) -> Sequence[Event]:
        start, end = midnight(first, self._zone), midnight(_next(first), self._zone)
        parts = (part for series in self._series for part in series.between(start, end))
        return Dated(filter(None, (_event(part, self._zone, self._language) for part in parts))).events


def _months(start: datetime, end: datetime) -> Iterator[date]:
    first = start.date().replace(day=1)
    while first <= end.date():
        yield first
        first = _next(first)


def _next(first: date) -> date:
    return (first + timedelta(days=31)).replace(day=1)


def _series(others: list[str], blocks: list[ical_plain.Block]) -> list[_Series]:
    """The events left to the library, with what the calendar says beside its events: its zones."""
    if not blocks:
        return []
    lines = [line for block in blocks for line in ("BEGIN:VEVENT", *map(_whole_last_day, block.lines), "END:VEVENT")]
    at = next((place for place, line in enumerate(others) if line.strip().upper() == "END:VCALENDAR"), len(others))
    text = "\r\n".join([*others[:at], *lines, *others[at:], ""])
    try:
        found = Calendar.from_ical(text, multiple=True)
    except BAD:
        return []
    calendars = [part for part in found if part.name == "VCALENDAR"]
    for calendar in calendars:
        calendar.subcomponents = [without_early_end(part) for part in calendar.subcomponents if is_sane(part)]
    return list(map(_Series, calendars))


def _whole_last_day(line: str) -> str:
    """Of a rule that ends with a day (UNTIL=20261125), that day counts, whatever the hour of the event."""
    return _LAST_DAY.sub(r"\1T235959", line) if line[:5].upper() == "RRULE" else line


class _Series:
    """The series of one calendar, ready to be asked for their occurrences as often as wanted."""

    def __init__(self, calendar: Any) -> None:
        self.calendar = calendar
        self.queries: list[Any] = []
        try:
            self.queries = [recurring_ical_events.of(calendar, skip_bad_series=True)]
        except BAD:
            self._part()

    def between(self, start: datetime, end: datetime) -> list[Any]:
        try:
            return [part for query in self.queries for part in query.between(start, end)]
        except BAD:
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
    except BAD:
        return None


def _safely(query: Any, start: datetime, end: datetime) -> list[Any]:
    try:
        return list(query.between(start, end))
    except BAD:
        return []


def _event(component: Any, zone: ZoneInfo, language: str | None) -> Event | None:
    title = plain(_first(component.get("SUMMARY")), 200)
    status, secrecy = (str(component.get(key, "")).upper() for key in ("STATUS", "CLASS"))
    if not title or status == "CANCELLED" or secrecy in ("PRIVATE", "CONFIDENTIAL"):
        return None
    try:
        start, end = component.start, component.end
        first, last = _at(start, zone), _at(end, zone)
    except BAD:
        return None
    summary, whole = component.get("SUMMARY"), not isinstance(start, datetime)
    last = max(first, last)
    return Event(
        uid=str(component.get("UID", "")),
        title=title,
        start=first,
        end=last if last > first or not whole else midnight(first.date() + timedelta(days=1), zone),
        all_day=whole,
        location=plain(_first(component.get("LOCATION")), 200),
        url=web_address(str(component.get("URL") or "")),
        description=plain(_first(component.get("DESCRIPTION")), 1000),
        language=language_code(str(getattr(summary, "params", {}).get("LANGUAGE", ""))) or language,
        themes=tuple(_themes(component)),
    )


def _first(value: Any) -> Any:
    return (value or [""])[0] if isinstance(value, list) else value


def _at(moment: date, zone: ZoneInfo) -> datetime:
    return in_zone(moment if isinstance(moment, datetime) else midnight(moment, zone), zone)


def _themes(component: Any) -> Iterator[str]:
    raw = component.get("CATEGORIES") or []
    for group in raw if isinstance(raw, list) else [raw]:
        for name in getattr(group, "cats", [group]):
            if plain(name, 100):
                yield str(plain(name, 100))
