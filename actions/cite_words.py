"""A Cité in words ready to show: its card, how to reach it, what is doubtful about it."""

from __future__ import annotations

from actions.turn import Turn
from bot.knowledge import wording
from bot.knowledge.catalogue import Catalogue
from bot.knowledge.cite_lines import dated, hours_line, map_link, opening, with_remark, words
from bot.knowledge.cite_types import Cite
from bot.knowledge.nearest import Near

__all__ = [
    "NETWORK_SITE",
    "card",
    "dated",
    "hours_line",
    "how_to_ask",
    "line",
    "map_link",
    "opening",
    "ways",
    "with_remark",
    "words",
]

NETWORK_SITE = "https://www.reseaucitesdesmetiers.org"  # facts: home page of the network


def card(turn: Turn, cite: Cite, near: Near | None = None, here: bool = False) -> dict[str, object]:
    """Return the card of a Cité: only sourced values; what is unknown is None.

    `here`: the Cité is in the town that was named, so that the distance from its middle is left out.
    """
    near_by = None if near is None or near.rough or here else near
    return {
        "kind": "cite",
        "id": cite.id,
        "name": cite.name(turn.language),
        "city": _city(turn, cite, near),
        "distance_km": round(near_by.km, 1) if near_by else None,
        "distance": _distance(turn, near_by),
        "address": cite.address.value if cite.address else None,
        "phone": cite.phone.value if cite.phone else None,
        "website": cite.website.value if cite.website else None,
        "map": map_link(cite),
        "hours": hours_line(cite, turn.now, turn.language),
    }


def ways(cite: Cite) -> list[str]:
    """Return the sourced ways to reach the Cité itself; none is made up."""
    return [fact.value for fact in (cite.phone, cite.email, cite.website) if fact]


def how_to_ask(cite: Cite, language: str) -> str:
    """Return the sourced ways to ask the Cité, joined in words; the network's site when there is none."""
    return wording.join(ways(cite) or [NETWORK_SITE], language, "or")


def _city(turn: Turn, cite: Cite, near: Near | None) -> str | None:
    if cite.city and near and near.other_country:
        return f"{cite.city} ({wording.country_name(cite.country, turn.language)})"
    return cite.city


def _distance(turn: Turn, near: Near | None) -> str | None:
    if near is None:
        return None
    return Catalogue.load().text("card.about", turn.language, distance=wording.distance(near.km, turn.language))


def line(name: str, text: str, language: str) -> str:
    """Return a line of a list, "• name: text", with the space that French puts before a colon."""
    return f"• {name} : {text}" if language == "fr" else f"• {name}: {text}"
