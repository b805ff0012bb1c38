"""Cards for messaging apps: as text with their links, and where they lead."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any
from urllib.parse import urljoin, urlsplit

from django.conf import settings

from bot.web import cards
from bot.web.words import word

_LINKS = {"cite": ("map", "website"), "event": ("booking", "more", "calendar")}
_UNDER = {"more": "url"}  # where a link stands under another name in the card than in the catalogue


def block(card: Mapping[str, Any], language: str) -> str:
    """A card as lines, what is unknown left out; empty for a kind that nobody knows."""
    if card.get("kind") == "week":
        return "\n".join(cards.week(card, language))
    if not is_known(card):
        return ""
    return "\n".join([*cards.facts(card, language), *(_line(name, target, language) for name, target in ways(card))])


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
    return card.get("kind") in _LINKS


def _line(name: str, target: str, language: str) -> str:
    if name == "call":
        return f"{word('widget.call', language)} {target}"
    return word("channels.link", language, name=word(f"widget.{name}", language), link=target)


def _link(address: object) -> str | None:
    """A link that a person may follow: http(s) only; one within the door is made whole."""
    if not isinstance(address, str) or not address:
        return None
    whole = urljoin(settings.PUBLIC_URL + "/", address)
    return whole if urlsplit(whole).scheme in ("http", "https") else None
