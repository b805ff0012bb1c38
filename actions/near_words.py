"""The Cités near a place, and the sentence that says honestly how near."""

from __future__ import annotations

from dataclasses import dataclass
from math import inf
from typing import Any

from actions import cite_words
from actions.turn import Choice, Turn
from bot.knowledge import wording
from bot.knowledge.cite_types import Cite
from bot.knowledge.cites import load_cites
from bot.knowledge.geo import distance_km
from bot.knowledge.nearest import Near, nearest, unplaced
from bot.knowledge.payload import payload
from bot.knowledge.places import Place
from bot.knowledge.text import fold

_SHOWN = 3
_SAME_TOWN_KM = 12.0
_GONE = {"closed": "utter_cite_closed", "planned": "utter_cite_planned"}


@dataclass(frozen=True)
class Sentence:
    """A response of the catalogue and its values."""

    response: str
    values: dict[str, Any]


def around(turn: Turn, place: Place) -> list[Near]:
    """Return the Cités worth offering from a place, the nearest first; empty when there is none.

    Of a country, all of its own. Else the three nearest, of which the first of the person's own country when a border
    is crossed; where one is near, none that is far beside it, unless at home. A far one abroad is left out where the
    country has but Cités of unknown address.
    """
    own = turn.page_cite.id if turn.page_cite else None
    cites = load_cites()
    found = nearest(place, cites.values(), limit=len(cites), own=own)
    if not found or place.kind == "country":
        return found
    first, others = found[0], found[1:]
    if first.far and all(near.other_country for near in found) and unplaced(place, cites.values()):
        return []
    close = [near for near in others if first.far or not near.far]
    at_home = [near for near in others if first.other_country and not near.other_country][:1]
    return sorted(list(dict.fromkeys([first, *at_home, *close]))[:_SHOWN], key=lambda near: near.km)


def sentence(turn: Turn, place: Place, near: Near) -> Sentence:
    """Return what says where the Cité `near` is, seen from `place`."""
    values = {
        "place": name(place, turn.language),
        "cite": near.cite.name(turn.language),
        "distance": wording.distance(near.km, turn.language),
        "where": wording.in_country(near.cite.territory, turn.language),
    }
    return Sentence(_response(place, near), values)


def same_town(place: Place, near: Near) -> bool:
    """Tell whether the Cité is in the town named, so that a distance from its middle says nothing."""
    return not near.rough and near.cite.city is not None and fold(near.cite.city) == fold(place.name)


def closed_nearer(place: Place, found: list[Near]) -> Cite | None:
    """Return the Cité of a town that has closed, or probably has, unless one that is offered is as near."""
    nearer = min(_SAME_TOWN_KM, found[0].km if found else _SAME_TOWN_KM)
    if place.kind not in ("town", "postcode"):
        return None
    gone = [cite for cite in load_cites().values() if cite.status in ("closed", "probably_closed")]
    return next((cite for cite in gone if _distance(place, cite) < nearer), None)


def say_closed(turn: Turn, cite: Cite) -> None:
    """Say that a Cité has closed, that it probably has, or that it is only planned."""
    turn.say(_GONE.get(cite.status, "utter_cite_probably_closed"), cite=cite.name(turn.language))


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
    """Say how to do without the journey; how to reach the Cité too, unless that was just told."""
    if how_told:
        turn.say("utter_far_ways_here")
    else:
        turn.say("utter_far_ways", how=cite_words.how_to_ask(cite, turn.language))


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


def _distance(place: Place, cite: Cite) -> float:
    known = cite.lat is not None and cite.lon is not None
    return distance_km(place.lat, place.lon, cite.lat or 0.0, cite.lon or 0.0) if known else inf


def _response(place: Place, near: Near) -> str:
    if near.rough:
        return "utter_nearest_in_area"
    if same_town(place, near):
        return "utter_nearest_here"
    if near.far:
        return "utter_nearest_far_abroad" if near.other_country else "utter_nearest_far"
    return "utter_nearest_abroad" if near.other_country else "utter_nearest"
