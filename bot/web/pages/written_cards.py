"""Cards as plain HTML: the same lines and links as the widget's (static/widget/cards.js)."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import quote, urlsplit

from bot.web import cards
from bot.web.words import word

KINDS = ("cite", "event", "week")
"""Those that are shown as cards; a form, such as that of a callback, is the page's own."""
_DIRECTIONS = "https://www.openstreetmap.org/directions?to="


@dataclass(frozen=True)
class Link:
    """`address` is http(s) or a path of this site, and opens a new tab; or tel:, and `before` stands before it."""

    address: str
    text: str
    before: str = ""


@dataclass(frozen=True)
class Week:
    """Opening hours as a table: the heads of its columns, and rows {"day", "hours": [...], "today": bool}."""

    columns: list[str]
    rows: list[dict[str, Any]]


@dataclass(frozen=True)
class Shown:
    """What a card shows: its name or caption, lines of text, then links, or the table of a week.

    `language` is that of the name, "" where it is the same as around it.
    """

    name: str
    lines: tuple[str, ...] = ()
    links: tuple[Link, ...] = ()
    week: Week | None = None
    language: str = ""


def shown(card: Mapping[str, Any], language: str) -> Shown:
    """A card of kind "cite", "event" or "week" as it is shown in that language."""
    if card.get("kind") == "week":
        return Shown(cards.name(card), week=Week(card.get("columns", []), card.get("rows", [])))
    links = _event_links if card.get("kind") == "event" else _cite_links
    own = str(card.get("language") or "")
    return Shown(cards.name(card), tuple(cards.told(card, language)), links(card, language), language=own)


def _cite_links(card: Mapping[str, Any], language: str) -> tuple[Link, ...]:
    address, phone = card.get("address"), card.get("phone")
    call = [_call(str(phone), word("widget.call", language))] if phone else []
    links = {
        "directions": _DIRECTIONS + quote(str(address), safe="") if address else None,
        "map": card.get("map"),
        "website": card.get("website"),
    }
    return (*call, *_web_links(links, language))


def _event_links(card: Mapping[str, Any], language: str) -> tuple[Link, ...]:
    calendar = card.get("calendar")
    own = (_outward(f"/{calendar}", "calendar", language),) if calendar else ()
    return (*_web_links({"booking": card.get("booking"), "more": card.get("url")}, language), *own)


def _web_links(addresses: Mapping[str, object], language: str) -> tuple[Link, ...]:
    """Those whose address is http(s); the others are not shown at all."""
    good = ((key, _web_address(address)) for key, address in addresses.items())
    return tuple(_outward(address, key, language) for key, address in good if address)


def _outward(address: str, key: str, language: str) -> Link:
    return Link(address, f"{word(f'widget.{key}', language)} {word('widget.new_tab', language)}")


def _web_address(address: object) -> str | None:
    try:
        parts = urlsplit(str(address or ""))
    except ValueError:
        return None
    return str(address) if parts.scheme in ("http", "https") and parts.netloc else None


def _call(phone: str, before: str) -> Link:
    number = phone.removeprefix("tel:")
    return Link(f"tel:{re.sub(r'[^0-9+]', '', number)}", number, before)
