"""A street address told where a town was asked for: looked up by the geocoder, when there is one."""

from __future__ import annotations

from actions.turn import Turn
from bot.knowledge import geocoder
from bot.knowledge.addresses import address_in


def locate(turn: Turn) -> bool:
    """Remember the town of the address that the message holds; False when there is none or nothing tells where it is.

    Only where the gazetteer found no place in the message; only the address is looked up.
    """
    if turn.said_place() or turn.said_candidates():
        return False
    told = address_in(turn.text)
    place = geocoder.locate(told, turn.country) if told else None
    if place:
        turn.remember(place=place.as_dict(), cite=None)
    return place is not None
