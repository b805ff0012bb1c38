"""The Cités near a place, and the sentence that says honestly how near."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from actions import cite_words
from actions.turn import Choice, Turn
from bot.knowledge import near_choice, wording
from bot.knowledge.centre_choice import KIND, CentreThere, centre_in
from bot.knowledge.cite_types import Cite
from bot.knowledge.cites import load_cites
from bot.knowledge.nearest import Near, unplaced
from bot.knowledge.payload import payload
from bot.knowledge.places import Place

_GONE = {
    "closed": "utter_cite_closed",
    "probably_closed": "utter_cite_probably_closed",
    "planned": "utter_cite_planned",
}


@dataclass(frozen=True)
class Sentence:
    """A response of the catalogue and its values."""

    response: str
    values: dict[str, Any]


def around(turn: Turn, place: Place) -> list[Near]:
    """Return the Cités worth offering from a place, the nearest first; empty when there is none."""
    own = turn.page_cite.id if turn.page_cite else None
    return near_choice.around(place, load_cites().values(), own)


def sentence(turn: Turn, place: Place, near: Near) -> Sentence:
    """Return what says where the Cité `near` is, seen from `place`."""
    values = {
        "place": name(place, turn.language),
        "cite": near.cite.name(turn.language),
        "distance": wording.distance(near.km, turn.language),
        "where": wording.in_country(near.cite.territory, turn.language),
    }
    return Sentence(_response(place, near), values)


def closed_nearer(place: Place, found: list[Near]) -> Cite | None:
    """Return the Cité of a town that is gone (closed, perhaps, or only planned), unless one offered is as near."""
    return near_choice.closed_nearer(place, found, load_cites().values())


def say_closed(turn: Turn, cite: Cite) -> None:
    """Say that a Cité has closed, that it probably has, or that it is only planned."""
    turn.say(_GONE[cite.status], cite=cite.name(turn.language))


def say_none(turn: Turn, place: Place) -> None:
    """Say that no Cité is known near a place, or only by hearsay, and offer a human."""
    choices = [Choice(payload("talk_to_advisor"), "talk_to_advisor")]
    elsewhere = unplaced(place, load_cites().values())
    if elsewhere:
        cites = wording.join([cite.name(turn.language) for cite in elsewhere], turn.language, "and")
        date = cite_words.dated(elsewhere[0].status_fact, turn.language)
        turn.say("utter_unplaced", cites=cites, date=date, how=cite_words.NETWORK_SITE, choices=choices)
    else:
        turn.say("utter_none_near", place=name(place, turn.language), choices=choices)


def say_far(turn: Turn, cite: Cite, how_told: bool) -> None:
    """Say how to do without the journey; how to reach the Cité too, unless that was just told or is not known."""
    if how_told or not cite_words.ways(cite):
        turn.say("utter_far_ways_here")
    else:
        turn.say("utter_far_ways", how=cite_words.how_to_ask(cite, turn.language))


def say_centre(turn: Turn, place: Place) -> None:
    """Say that a Cité has an associated centre in that very town, or had when that was last checked, and how to ask."""
    there = centre_in(place, load_cites().values())
    if there is None:
        return
    where = there.centre.address.value if there.centre and there.centre.address else place.name
    told: dict[str, Any] = {"place": where, "cite": there.cite.name(turn.language)}
    told["how"] = _centre_ways(there, turn.language)
    if there.fact.is_stale(KIND, turn.now.date()):
        turn.say("utter_centre_once", date=cite_words.dated(there.fact, turn.language), **told)
    else:
        turn.say("utter_centre_there", **told)


def _centre_ways(there: CentreThere, language: str) -> str:
    """The centre's own ways, else those of its Cité."""
    own = there.centre
    ways = [fact.value for fact in (own.phone, own.email, own.website) if fact] if own else []
    return wording.join(ways, language, "or") if ways else cite_words.how_to_ask(there.cite, language)


def say_doubt(turn: Turn, cite: Cite) -> bool:
    """Say that it is not sure whether a Cité is still there, or how old the news of it is, and how to ask.

    False when there is nothing to doubt, and nothing was said.
    """
    how = cite_words.how_to_ask(cite, turn.language)
    if cite.status == "unknown":
        turn.say("utter_status_unknown", how=how)
        return True
    if not cite.fictional and cite.status_fact.is_stale("status", turn.now.date()):
        turn.say("utter_old_facts", date=cite_words.dated(cite.status_fact, turn.language), how=how)
        return True
    return False


def name(place: Place, language: str) -> str:
    """Return the name of a place; a country's in the language."""
    return wording.country_name(place.territory, language) if place.kind == "country" else place.name


def _response(place: Place, near: Near) -> str:
    if near.rough:
        return "utter_nearest_in_area"
    if near_choice.same_town(place, near):
        return "utter_nearest_here"
    if near.far:
        return "utter_nearest_far_abroad" if near.other_country else "utter_nearest_far"
    return "utter_nearest_abroad" if near.other_country else "utter_nearest"
