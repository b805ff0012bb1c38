"""Countries and regions to choose from, where the place told is not known."""

from __future__ import annotations

from actions import near_words
from actions.turn import Choice, Turn
from bot.knowledge.areas import countries_with, regions_with
from bot.knowledge.cites import load_cites
from bot.knowledge.payload import payload

_MOST = 10


def choices(turn: Turn) -> list[Choice]:
    """Return buttons: the regions of the conversation's country where Cités are, else the countries of the network."""
    cites = [cite for cite in load_cites().values() if cite.offered]
    regions = regions_with(cites, turn.country) if turn.country else []
    places = regions if len(regions) > 1 else countries_with(cites)
    return [
        Choice(payload("inform", place=place.as_dict()), title=near_words.name(place, turn.language))
        for place in places[:_MOST]
    ]
