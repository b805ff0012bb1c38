"""What a person reads on a card, as text: a Cité, an event, the hours of a week. Other kinds are not read here.

One reading for all who see cards as text: pages, apps, files, an advisor, a terminal. Only what is listed here is read;
the rest of a card (its id, figures said in words besides) is for the widget.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from babel.numbers import format_decimal

from bot.web.words import word

_NAMES = {"cite": "name", "event": "title", "week": "caption"}
_TOLD = {"cite": ("address", "hours"), "event": ("when", "cite", "place", "details")}
_WAYS = {"cite": ("phone", "map", "website"), "event": ("booking", "url")}


def lines(card: Mapping[str, Any], language: str, has_map: bool = False) -> list[str]:
    """All texts of a card in the order in which they are read, a line each, its name first.

    `has_map`: with the address of the map, which stands behind a link elsewhere.
    """
    if card.get("kind") == "week":
        return week(card, language)
    ways = [key for key in _WAYS.get(_kind(card), ()) if has_map or key != "map"]
    return [*facts(card, language), *_texts(card, *ways)]


def facts(card: Mapping[str, Any], language: str) -> list[str]:
    """The name of a Cité or of an event, then what is told of it; what is unknown is left out."""
    return [line for line in (name(card), *told(card, language)) if line]


def name(card: Mapping[str, Any]) -> str:
    """The name of a Cité, the title of an event, the caption of a week; "" where there is none."""
    return _plain(card.get(_NAMES.get(_kind(card), "")))


def told(card: Mapping[str, Any], language: str) -> list[str]:
    """What is told of a Cité or an event under its name, a line each, without telephone and links."""
    yonder = _yonder(card, language) if _kind(card) == "cite" else ""
    return [line for line in (yonder, *_texts(card, *_TOLD.get(_kind(card), ()))) if line]


def week(card: Mapping[str, Any], language: str) -> list[str]:
    """A title, then a day a line; where there are hours of two kinds, the title tells which is which."""
    columns = list(card.get("columns", ()))[1:]
    head = f"{name(card)} ({' / '.join(columns)})" if len(columns) > 1 else name(card)
    colon = " : " if language == "fr" else ": "
    return [head, *(f"{row['day']}{colon}{' / '.join(row['hours'])}" for row in card.get("rows", ()))]


def _yonder(card: Mapping[str, Any], language: str) -> str:
    """The town and how far it is."""
    parts = _plain(card.get("city")), _plain(card.get("distance")) or _distance(card.get("distance_km"), language)
    return " · ".join(part for part in parts if part)


def _distance(km: object, language: str) -> str:
    if not isinstance(km, (int, float)):
        return ""
    pattern = "#,##0.#" if km < 10 else "#,##0"
    return word("widget.distance", language, distance=format_decimal(km, pattern, locale=language))


def _texts(card: Mapping[str, Any], *keys: str) -> list[str]:
    return [text for text in (_plain(card.get(key)) for key in keys) if text]


def _kind(card: Mapping[str, Any]) -> str:
    return str(card.get("kind"))


def _plain(value: object) -> str:
    """A text on one line; "" for what is not known."""
    return " ".join(str(value or "").split())
