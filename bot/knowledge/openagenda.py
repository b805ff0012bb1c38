"""Events of OpenAgenda's JSON export: https://developers.openagenda.com/evenements/lecture/ (v2) and the older one.

`{"events": [{"uid", "slug", "title": {lang: text}, "timings": [{"begin", "end"}], "location": {…}, …}]}`; the older
export says `start` for `begin`, `locationName` and `address` beside the event, and `canonicalUrl`.

What its documentation says of the fields: `conditions` are the price and the terms of entry, `age` is for whom;
`state` 2 is published, all others are not; `attendanceMode` 1 is there, 2 from afar, 3 both; `status` 1 is as planned,
2 at another date (the one told), 3 moved online, 4 postponed, 5 full, 6 cancelled.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any
from zoneinfo import ZoneInfo

from bot.knowledge.event import MAX_EVENTS, Dated, Event, language_code, midnight_after, plain, read_iso, web_address

_OFF = frozenset({4, 6, "postponed", "cancelled"})  # statuses
_FULL, _MOVED_ONLINE = frozenset({5, "full"}), frozenset({3, "movedOnline", "movedonline"})
_FROM_AFAR, _BOTH = frozenset({2, "online"}), frozenset({3, "mixed"})  # attendance modes
_PUBLISHED = 2  # state
_ALL_AGES = 99
_MOST_TIMINGS = 1_000  # of one event


def read(content: bytes, zone: ZoneInfo, language: str | None) -> Dated | None:
    """Return what an export tells, None when it is none; texts in `language` where there are several.

    Cancelled, postponed, unpublished and untitled events and those without a date are left out.
    """
    try:
        root = json.loads(content.decode("utf-8-sig", "replace"))
    except (ValueError, RecursionError):
        return None
    listed = root.get("events") if isinstance(root, dict) else None
    if not isinstance(listed, list) or len(listed) > MAX_EVENTS:
        return None
    return Dated(event for raw in listed if isinstance(raw, dict) for event in _events(raw, zone, language))


def _events(raw: dict[str, Any], zone: ZoneInfo, language: str | None) -> Iterator[Event]:
    code, title = _worded(raw.get("title"), language)
    name = plain(title, 200)
    state = _id(raw.get("status"))
    if not name or state in _OFF or _is_hidden(raw):
        return
    mode = _id(raw.get("attendanceMode"))
    afar = mode in _FROM_AFAR or state in _MOVED_ONLINE
    common: dict[str, Any] = {
        "uid": str(plain(raw.get("uid"), 100) or plain(raw.get("slug"), 100) or ""),
        "title": name,
        "location": None if afar else _location(raw),
        "url": _page(raw),
        "description": plain(_worded(raw.get("description"), language)[1], 1000)
        or plain(_worded(raw.get("longDescription"), language)[1], 1000),
        "language": code or language,
        "themes": tuple(_keywords(raw.get("keywords"), language)),
        "online": afar or mode in _BOTH,
        "audience": _ages(_dict(raw.get("age"))),
        "terms": plain(_worded(raw.get("conditions"), language)[1], 200),
        "places_left": 0 if state in _FULL else None,
        "booking": _booking(raw),
    }
    for timing in _list(raw.get("timings"))[:_MOST_TIMINGS]:
        yield from _at(timing, common, zone)


def _at(timing: Any, common: dict[str, Any], zone: ZoneInfo) -> Iterator[Event]:
    told = timing if isinstance(timing, dict) else {}
    start = read_iso(told.get("begin", told.get("start")), zone)
    end = read_iso(told.get("end"), zone)
    if start:
        last = max(start[0], end[0] if end else start[0])
        whole = midnight_after(start[0], last)
        yield Event(start=start[0], end=whole or last, all_day=whole is not None, **common)


def _is_hidden(raw: dict[str, Any]) -> bool:
    state = _id(raw.get("state"))
    return raw.get("private") in (1, True) or raw.get("draft") in (1, True) or state not in (None, _PUBLISHED)


def _worded(value: Any, language: str | None) -> tuple[str | None, Any]:
    """The text of a value given by language, and its language; a plain text has none of its own."""
    if not isinstance(value, dict):
        return None, value if isinstance(value, str) else None
    for code in (language, "fr", "en", *value):
        if isinstance(code, str) and isinstance(value.get(code), str) and value[code].strip():
            return language_code(code), value[code]
    return None, None


def _id(value: Any) -> Any:
    """A choice, given as its id or as {"id": …}."""
    found = value.get("id") if isinstance(value, dict) else value
    return found if isinstance(found, (int, str)) else None


def _list(value: Any) -> list[Any]:
    return value if isinstance(value, list) else []


def _dict(value: Any) -> dict[str, Any]:
    return value if isinstance(value, dict) else {}


def _location(raw: dict[str, Any]) -> str | None:
    place = _dict(raw.get("location")) or raw
    name = place.get("name") or raw.get("locationName")
    parts = [plain(part, 200) for part in (name, place.get("address"), place.get("city")) if isinstance(part, str)]
    told: list[str] = []
    for part in filter(None, parts):
        if not any(part in before for before in told):  # an address often ends with the town
            told.append(part)
    return plain(", ".join(told), 200)


def _page(raw: dict[str, Any]) -> str | None:
    slugs = (_dict(raw.get("originAgenda")).get("slug"), raw.get("slug"))
    if web_address(raw.get("canonicalUrl")) or not all(isinstance(slug, str) and slug.isprintable() for slug in slugs):
        return web_address(raw.get("canonicalUrl"))
    return web_address(f"https://openagenda.com/{slugs[0]}/events/{slugs[1]}")


def _keywords(value: Any, language: str | None) -> Iterator[str]:
    by_language = value if isinstance(value, dict) else {"": value}
    chosen = by_language.get(language) or next(iter(by_language.values()), None)
    words = chosen.split(",") if isinstance(chosen, str) else _list(chosen)
    yield from filter(None, (plain(word, 100) for word in words[:50] if isinstance(word, str)))


def _ages(age: dict[str, Any]) -> str | None:
    """ "16-25", "45+", "0-25"; None when all may come."""
    low, high = (value if type(value := age.get(name)) is int else None for name in ("min", "max"))
    low, high = (low or 0), (high if high is not None and high < _ALL_AGES else None)
    if high is None:
        return f"{low}+" if low > 0 else None
    return f"{low}-{high}" if 0 <= low <= high else None


def _booking(raw: dict[str, Any]) -> str | None:
    listed = raw.get("registration")
    ways = [way.get("value") if isinstance(way, dict) else way for way in _list(listed)]
    ways += [raw.get("onlineAccessLink"), raw.get("registrationUrl"), listed]
    return next(filter(None, map(web_address, ways)), None)
