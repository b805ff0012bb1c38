"""Events of a web page, or of a document, as schema.org's `Event` in JSON-LD: https://schema.org/Event.

All subtypes count (`EducationEvent`, `BusinessEvent`…): what has a name and a startDate and a type that ends with
"Event" (or is a Festival, a Hackathon, a CourseInstance). Microdata, RDFa and `eventSchedule` are not read.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from bot.knowledge.event import MAX_EVENTS, Dated, Event, language_code, midnight, plain, read_iso, web_address

_TYPES = ("Festival", "Hackathon", "CourseInstance")
_OFF = ("EventCancelled", "EventPostponed")
_FULL = ("SoldOut", "OutOfStock")
_ONLINE = ("OnlineEventAttendanceMode", "MixedEventAttendanceMode")
_DEEPEST = 12


def read(content: bytes, zone: ZoneInfo, language: str | None) -> Dated | None:
    """Return the events of a page or of a JSON-LD document, None when it is neither.

    A page without any JSON-LD is no source; one that has some and no event tells of none. Cancelled and
    postponed events and those without a date are left out.
    """
    documents = list(_documents(content.decode("utf-8-sig", "replace")))
    if not documents:
        return None
    found = (event for document in documents for raw in _nodes(document) for event in _event(raw, zone, language))
    return Dated(event for event, _ in zip(found, range(MAX_EVENTS)))


def _documents(text: str) -> Iterator[Any]:
    """The JSON-LD of a page, or the text itself where it is JSON."""
    parts = [text] if text.lstrip()[:1] in ("{", "[") else _scripts(text)
    for part in parts:
        try:
            yield json.loads(part, strict=False)
        except (ValueError, RecursionError):
            continue


def _scripts(text: str) -> Iterator[str]:
    lower = text.lower() if text.isascii() else re.sub(r"[A-Z]+", lambda found: found[0].lower(), text)
    at = lower.find("<script")
    while at != -1:
        opened, closed = lower.find(">", at), lower.find("</script", at)
        if opened == -1 or closed == -1:
            return
        if "application/ld+json" in lower[at:opened][:500] and opened < closed:
            yield text[opened + 1 : closed].strip().removeprefix("<!--").removesuffix("-->")
        at = lower.find("<script", closed)


def _nodes(root: Any) -> Iterator[dict[str, Any]]:
    """Every event in a document, wherever it stands, in order."""
    waiting = [(root, 0)]
    while waiting:
        value, depth = waiting.pop()
        if isinstance(value, dict) and _is_event(value):
            yield value
        inner = list(value.values()) if isinstance(value, dict) else value if isinstance(value, list) else []
        if depth < _DEEPEST:
            waiting += [(each, depth + 1) for each in reversed(inner) if isinstance(each, (dict, list))]


def _is_event(node: dict[str, Any]) -> bool:
    types = [_last(name) for name in _list(node.get("@type"))]
    return "startDate" in node and any(name.endswith("Event") or name in _TYPES for name in types)


def _event(raw: dict[str, Any], zone: ZoneInfo, language: str | None) -> Iterator[Event]:
    title, start = plain(_text(raw.get("name")), 200), read_iso(_text(raw.get("startDate")), zone)
    status = [_last(each) for each in _list(raw.get("eventStatus"))]
    if not title or not start or any(each in _OFF for each in status):
        return
    offers = [each for each in _list(raw.get("offers")) if isinstance(each, dict)]
    modes = [_last(each) for each in _list(raw.get("eventAttendanceMode"))]
    page = web_address(_text(raw.get("url"))) or web_address(raw.get("@id"))
    yield Event(
        uid=str(plain(raw.get("@id") or raw.get("identifier") or page, 500) or ""),
        title=title,
        start=start[0],
        end=_end(raw, start, zone),
        all_day=start[1],
        location=_location(raw.get("location")),
        url=page,
        description=plain(_text(raw.get("description")), 1000),
        language=language_code(_text(raw.get("inLanguage"))) or language,
        themes=tuple(_keywords(raw.get("keywords"))),
        online=_is_online(raw, modes, status),
        audience=_audience(raw),
        places_left=_places(raw, offers),
        booking=next(filter(None, (web_address(_text(offer.get("url"))) for offer in offers)), None),
    )


def _end(raw: dict[str, Any], start: tuple[datetime, bool], zone: ZoneInfo) -> datetime:
    """A last day lasts until its midnight."""
    end = read_iso(_text(raw.get("endDate")), zone)
    last = end or start
    if last[1]:
        return max(midnight((last[0] + timedelta(days=1)).date(), zone), start[0])
    return max(start[0], last[0])


def _last(name: Any) -> str:
    """The last part of a type or of a value: "https://schema.org/EventCancelled" → "EventCancelled"."""
    return re.split(r"[/#:]", _text(name))[-1]


def _list(value: Any) -> list[Any]:
    if value is None:
        return []
    return value if isinstance(value, list) else [value]


def _text(value: Any) -> str:
    """The text of a value: as it is, in {"@value"}, {"name"} or {"@id"}, or the first of a list."""
    if isinstance(value, list):
        value = value[0] if value else ""
    if isinstance(value, dict):
        value = next((value[key] for key in ("@value", "name", "url", "@id") if isinstance(value.get(key), str)), "")
    return str(value) if isinstance(value, (str, int, float)) and not isinstance(value, bool) else ""


def _location(value: Any) -> str | None:
    """Where it is, in one line; a VirtualLocation is no place."""
    parts: list[str | None] = []
    for place in _list(value):
        if isinstance(place, dict) and "VirtualLocation" not in [_last(each) for each in _list(place.get("@type"))]:
            parts += [plain(_text(place.get("name")), 200), _address(place.get("address"))]
        elif isinstance(place, str) and not web_address(place):
            parts.append(plain(place, 200))
    return plain(", ".join(dict.fromkeys(filter(None, parts))), 200)


def _address(value: Any) -> str | None:
    if not isinstance(value, dict):
        return plain(_text(value), 200)
    town = " ".join(filter(None, (_text(value.get("postalCode")), _text(value.get("addressLocality")))))
    return plain(", ".join(filter(None, (_text(value.get("streetAddress")), town))), 200)


def _is_online(raw: dict[str, Any], modes: list[str], status: list[str]) -> bool:
    places = [place for place in _list(raw.get("location")) if isinstance(place, dict)]
    kinds = [_last(kind) for place in places for kind in _list(place.get("@type"))]
    return any(mode in _ONLINE for mode in modes) or "EventMovedOnline" in status or "VirtualLocation" in kinds


def _keywords(value: Any) -> Iterator[str]:
    words = value.split(",") if isinstance(value, str) else [_text(each) for each in _list(value)]
    yield from filter(None, (plain(word, 100) for word in words[:50]))


def _audience(raw: dict[str, Any]) -> str | None:
    listed = [each for each in _list(raw.get("audience")) if isinstance(each, dict)]
    told = [each.get("audienceType") or each.get("name") for each in listed]
    words = [plain(_text(each), 100) for each in (*told, raw.get("typicalAgeRange"))]
    return " · ".join(dict.fromkeys(filter(None, words))) or None


def _places(raw: dict[str, Any], offers: list[dict[str, Any]]) -> int | None:
    if offers and all(_last(offer.get("availability")) in _FULL for offer in offers):
        return 0
    told = raw.get("remainingAttendeeCapacity")
    if isinstance(told, str) and re.fullmatch(r"[0-9]{1,6}", told):
        told = int(told)
    return told if isinstance(told, int) and not isinstance(told, bool) and 0 <= told < 1_000_000 else None
