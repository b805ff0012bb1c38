"""Events of a web page, or of a document, as schema.org's `Event` in JSON-LD: https://schema.org/Event.

All subtypes count (`EducationEvent`, `BusinessEvent`…): what has a name and a startDate and a type that ends with
"Event" (or is a Festival, a Hackathon, a CourseInstance). Microdata, RDFa and `eventSchedule` are not read.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from bot.knowledge.event import (
    MAX_EVENTS,
    Dated,
    Event,
    language_code,
    midnight,
    midnight_after,
    plain,
    read_iso,
    web_address,
)
from bot.knowledge.json_ld import Node, last_part, listed, read_page, text_of, types

_TYPES = ("Festival", "Hackathon", "CourseInstance")
_OFF = ("EventCancelled", "EventPostponed")
_FULL = ("SoldOut", "OutOfStock")
_ONLINE = ("OnlineEventAttendanceMode", "MixedEventAttendanceMode")


def read(content: bytes, zone: ZoneInfo, language: str | None) -> Dated | None:
    """Return the events of a page or of a JSON-LD document, None when it is neither.

    A page without any JSON-LD is no source; one that has some and no event tells of none. Cancelled and
    postponed events and those without a date are left out.
    """
    page = read_page(content)
    if not page.documents:
        return None
    found = (event for node in page.nodes if _is_event(node) for event in _event(node, zone, language))
    return Dated(event for event, _ in zip(found, range(MAX_EVENTS)))


def _is_event(node: Node) -> bool:
    return "startDate" in node and any(name.endswith("Event") or name in _TYPES for name in types(node))


def _event(raw: Node, zone: ZoneInfo, language: str | None) -> Iterator[Event]:
    title, start = plain(_text(raw.get("name")), 200), read_iso(_text(raw.get("startDate")), zone)
    status = [_last(each) for each in listed(raw.get("eventStatus"))]
    if not title or not start or any(each in _OFF for each in status):
        return
    offers = [each for each in listed(raw.get("offers")) if isinstance(each, dict)]
    modes = [_last(each) for each in listed(raw.get("eventAttendanceMode"))]
    page = _link(raw.get("url")) or web_address(raw.get("@id"))
    end = _end(raw, start, zone)
    whole = None if start[1] else midnight_after(start[0], end)
    moved = "EventMovedOnline" in status and "MixedEventAttendanceMode" not in modes
    yield Event(
        uid=str(plain(raw.get("@id") or raw.get("identifier") or page, 500) or ""),
        title=title,
        start=start[0],
        end=whole or end,
        all_day=start[1] or whole is not None,
        location=None if moved else _location(raw.get("location")),
        url=page,
        description=plain(_text(raw.get("description")), 1000),
        language=language_code(_text(raw.get("inLanguage"))) or language,
        themes=tuple(_keywords(raw.get("keywords"))),
        online=_is_online(raw, modes, status),
        audience=_audience(raw),
        places_left=_places(raw, offers),
        booking=next(filter(None, (_link(offer.get("url")) for offer in offers)), None),
    )


def _end(raw: Node, start: tuple[datetime, bool], zone: ZoneInfo) -> datetime:
    """A last day lasts until its midnight."""
    end = read_iso(_text(raw.get("endDate")), zone)
    last = end or start
    if last[1]:
        return max(midnight((last[0] + timedelta(days=1)).date(), zone), start[0])
    return max(start[0], last[0])


def _last(name: Any) -> str:
    """A value of a list of schema.org's, by its name alone."""
    return last_part(_text(name))


def _text(value: Any) -> str:
    return text_of(value, "name", "url", "@id") or ""


def _link(value: Any) -> str | None:
    """The web address that a value is, or that of the node in its place."""
    return web_address(text_of(value, "url", "@id"))


def _location(value: Any) -> str | None:
    """Where it is, in one line; a VirtualLocation is no place."""
    parts: list[str | None] = []
    for place in listed(value):
        if isinstance(place, dict) and "VirtualLocation" not in types(place):
            parts += [plain(_text(place.get("name")), 200), _address(place.get("address"))]
        elif isinstance(place, str) and not web_address(place):
            parts.append(plain(place, 200))
    return plain(", ".join(dict.fromkeys(filter(None, parts))), 200)


def _address(value: Any) -> str | None:
    if not isinstance(value, dict):
        return plain(_text(value), 200)
    town = " ".join(filter(None, (_text(value.get("postalCode")), _text(value.get("addressLocality")))))
    return plain(", ".join(filter(None, (_text(value.get("streetAddress")), town))), 200)


def _is_online(raw: Node, modes: list[str], status: list[str]) -> bool:
    places = [place for place in listed(raw.get("location")) if isinstance(place, dict)]
    is_afar = any("VirtualLocation" in types(place) for place in places)
    return any(mode in _ONLINE for mode in modes) or "EventMovedOnline" in status or is_afar


def _keywords(value: Any) -> Iterator[str]:
    words = value.split(",") if isinstance(value, str) else [_text(each) for each in listed(value)]
    yield from filter(None, (plain(word, 100) for word in words[:50]))


def _audience(raw: Node) -> str | None:
    groups = [each for each in listed(raw.get("audience")) if isinstance(each, dict)]
    told = [each.get("audienceType") or each.get("name") for each in groups]
    words = [plain(_text(each), 100) for each in (*told, raw.get("typicalAgeRange"))]
    return " · ".join(dict.fromkeys(filter(None, words))) or None


def _places(raw: Node, offers: list[dict[str, Any]]) -> int | None:
    if offers and all(_last(offer.get("availability")) in _FULL for offer in offers):
        return 0
    told = raw.get("remainingAttendeeCapacity")
    if isinstance(told, str) and re.fullmatch(r"[0-9]{1,6}", told):
        told = int(told)
    return told if isinstance(told, int) and not isinstance(told, bool) and 0 <= told < 1_000_000 else None
