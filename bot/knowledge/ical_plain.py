"""The plain events of an iCalendar text (RFC 5545), read without the library: a fiftieth of its time.

Most events of a large feed are one title, one start, one end. What is anything more (recurrences, their exceptions,
durations, zones of the calendar's own) is left to the library: see `ical`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import lru_cache
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from bot.knowledge.event import Event, in_zone, language_code, midnight, plain, web_address

_LINE = re.compile(r"([A-Za-z0-9-]+)((?:;[^\":;]*(?:\"[^\"]*\"[^\":;]*)*)*):(.*)", re.DOTALL)
_PARAMETER = re.compile(r";([A-Za-z0-9-]+)=(?:\"([^\"]*)\"|([^;\"]*))")
_MOMENT = re.compile(r"(\d{8})(?:T(\d{6})(Z?))?", re.ASCII)
_NOT_PLAIN = frozenset({"RRULE", "RDATE", "EXDATE", "EXRULE", "RECURRENCE-ID", "DURATION", "BEGIN"})
_ONCE = frozenset({"UID", "SUMMARY", "DTSTART", "DTEND", "STATUS", "CLASS", "LOCATION", "URL", "DESCRIPTION"})


class NotPlainError(ValueError):
    """An event that the library must read."""


@dataclass(frozen=True)
class Block:
    """The lines of one event, unfolded, and its UID."""

    lines: tuple[str, ...]
    uid: str


Properties = dict[str, tuple[dict[str, str], str]]


def split(text: str) -> tuple[list[str], list[Block]]:
    """Return the lines of an unfolded calendar that are of no event, and its events."""
    others: list[str] = []
    blocks: list[Block] = []
    inside: list[str] | None = None
    for line in text.splitlines():
        mark = line.strip().upper()
        if mark == "BEGIN:VEVENT":
            inside = []
        elif mark == "END:VEVENT" and inside is not None:
            blocks.append(Block(tuple(inside), _uid(inside)))
            inside = None
        else:
            (others if inside is None else inside).append(line)
    return others, blocks


def read(block: Block, zone: ZoneInfo, language: str | None) -> Event | None:
    """Return the event of a block, None when it is cancelled, private or has no title.

    Raises `NotPlainError` when the library must read it.
    """
    properties, categories = _properties(block)
    title = plain(_text(properties, "SUMMARY"), 200)
    hidden = _word(properties, "STATUS") == "CANCELLED" or _word(properties, "CLASS") in ("PRIVATE", "CONFIDENTIAL")
    if not title or hidden:
        return None
    start, all_day = _moment(properties, "DTSTART", zone)
    end = _end(properties, start, all_day, zone)
    return Event(
        uid=block.uid,
        title=title,
        start=start,
        end=end,
        all_day=all_day,
        location=plain(_text(properties, "LOCATION"), 200),
        url=web_address(properties.get("URL", ({}, ""))[1]),
        description=plain(_text(properties, "DESCRIPTION"), 1000),
        language=language_code(properties["SUMMARY"][0].get("LANGUAGE")) or language,
        themes=tuple(name for text in categories for name in _names(text)),
    )


def _uid(lines: list[str]) -> str:
    return next((line[4:].strip() for line in lines if line[:4].upper() == "UID:"), "")


def _properties(block: Block) -> tuple[Properties, list[str]]:
    found: Properties = {}
    categories: list[str] = []
    for line in block.lines:
        parts = _LINE.fullmatch(line)
        if parts is None:
            raise NotPlainError(line[:40])
        name = parts[1].upper()
        if name in _NOT_PLAIN or (name in _ONCE and name in found):
            raise NotPlainError(name)
        if name == "CATEGORIES":
            categories.append(parts[3])
        found[name] = ({key.upper(): quoted or bare for key, quoted, bare in _PARAMETER.findall(parts[2])}, parts[3])
    return found, categories


def _text(properties: Properties, name: str) -> str:
    return _unescaped(properties[name][1]) if name in properties else ""


def _word(properties: Properties, name: str) -> str:
    return properties.get(name, ({}, ""))[1].strip().upper()


def _unescaped(text: str) -> str:
    return re.sub(r"\\([nN\\;,])", lambda found: "\n" if found[1] in "nN" else found[1], text) if "\\" in text else text


def _names(text: str) -> Iterator[str]:
    for name in re.split(r"(?<!\\),", text):
        if plain(_unescaped(name), 100):
            yield str(plain(_unescaped(name), 100))


def _moment(properties: Properties, name: str, zone: ZoneInfo) -> tuple[datetime, bool]:
    if name not in properties:
        raise NotPlainError(name)
    parameters, value = properties[name]
    found = _MOMENT.fullmatch(value.strip())
    if found is None or (parameters.get("VALUE", "").upper() == "DATE" and found[2]):
        raise NotPlainError(value[:40])
    try:
        if not found[2]:
            return in_zone(midnight(datetime.strptime(found[1], "%Y%m%d").date(), zone), zone), True
        moment = datetime.strptime(f"{found[1]}{found[2]}", "%Y%m%d%H%M%S")
        told = _zone("UTC" if found[3] else parameters.get("TZID", ""))
        return in_zone(moment.replace(tzinfo=told or zone), zone), False
    except (ValueError, OverflowError) as error:
        raise NotPlainError(value[:40]) from error


def _end(properties: Properties, start: datetime, all_day: bool, zone: ZoneInfo) -> datetime:
    if "DTEND" not in properties:
        return midnight((start + timedelta(days=1)).date(), zone) if all_day else start
    end, whole = _moment(properties, "DTEND", zone)
    if whole != all_day:
        raise NotPlainError("DTEND")
    end = max(start, end)  # the beginning is what people come for
    return end if end > start or not all_day else midnight((start + timedelta(days=1)).date(), zone)


@lru_cache(maxsize=64)
def _zone(name: str) -> ZoneInfo | None:
    """A zone by its IANA name; NotPlainError for one that the calendar may define itself."""
    if not name:
        return None
    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError) as error:
        raise NotPlainError(name) from error
