"""Cards as text for messaging apps: a Cité, an event, the hours of a week."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any
from urllib.parse import urljoin, urlsplit

from django.conf import settings

from bot.web.words import word

_LINES = {"cite": ("address", "hours"), "event": ("when", "cite", "place", "details")}
_LINKS = {"cite": ("map", "website"), "event": ("booking", "more", "calendar")}
_UNDER = {"more": "url"}  # where a link stands under another name in the card than in the catalogue


def block(card: Mapping[str, Any], language: str) -> str:
    """A card as lines, what is unknown left out; empty for a kind that nobody knows."""
    kind = str(card.get("kind"))
    if kind == "week":
        return "\n".join(_week(card))
    if kind not in _LINES:
        return ""
    return "\n".join([*facts(card), *(_line(name, target, language) for name, target in ways(card))])


def facts(card: Mapping[str, Any]) -> list[str]:
    """What a card of a Cité or of an event tells, a line each, its name first; what is unknown is left out."""
    kind = str(card["kind"])
    head = [card.get("title") if kind == "event" else card.get("name"), _yonder(card)]
    lines = [*head, *(card.get(name) for name in _LINES[kind])]
    return [str(line).replace("\n", " ") for line in lines if line]


def ways(card: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    """Where a card of a Cité or of an event leads: pairs of a name in the catalogue and a number or an address."""
    if card.get("phone"):
        yield "call", str(card["phone"]).replace("\n", " ")
    for name in _LINKS[str(card["kind"])]:
        link = _link(card.get(_UNDER.get(name, name)))
        if link:
            yield name, link


def is_known(card: Mapping[str, Any]) -> bool:
    """Whether it is a card of a Cité or of an event."""
    return card.get("kind") in _LINES


def _line(name: str, target: str, language: str) -> str:
    if name == "call":
        return f"{word('widget.call', language)} {target}"
    return word("channels.link", language, name=word(f"widget.{name}", language), link=target)


def _yonder(card: Mapping[str, Any]) -> str:
    """The town and how far it is."""
    return " · ".join(str(card[name]) for name in ("city", "distance") if card.get(name))


def _link(address: object) -> str | None:
    """A link that a person may follow: http(s) only; one within the door is made whole."""
    if not isinstance(address, str) or not address:
        return None
    whole = urljoin(settings.PUBLIC_URL + "/", address)
    return whole if urlsplit(whole).scheme in ("http", "https") else None


def _week(card: Mapping[str, Any]) -> Iterator[str]:
    """A title, then a day a line; where there are hours of two kinds, the title tells which is which."""
    columns = list(card.get("columns", ()))[1:]
    caption = str(card.get("caption") or "")
    yield f"{caption} ({' / '.join(columns)})" if len(columns) > 1 else caption
    for row in card.get("rows", ()):
        yield f"{row['day']} : {' / '.join(row['hours'])}"
