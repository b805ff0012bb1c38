"""The associated centre of a Cité in a town: nearer than the Cité itself, and easily forgotten."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from math import inf
from typing import Any

from bot.knowledge.cite_facts import centre_facts
from bot.knowledge.cite_types import Centre, Cite
from bot.knowledge.facts import Fact
from bot.knowledge.geo import distance_km
from bot.knowledge.places import Place, find
from bot.knowledge.text import fold

KIND = "associated_centres"
"""The kind of fact, for its freshness, that says where there are centres."""
_REACH_KM = 250.0  # Cités whose centre may bear the name of a town: beyond, it is another town of that name


@dataclass(frozen=True)
class CentreThere:
    """A centre of `cite`, the fact that says that it is there, and what else is known of it."""

    cite: Cite
    fact: Fact[Any]
    centre: Centre | None


def centre_in(place: Place, cites: Iterable[Cite]) -> CentreThere | None:
    """The associated centre in a town, None where none is known.

    Files name the town alone: of the towns of that name that people mean, it is the one nearest to the Cité.
    """
    if place.kind != "town":
        return None
    having = (cite for cite in cites if (cite.associated_centres or cite.centres) and _km(place, cite) < _REACH_KM)
    known = (there for cite in having for there in _centres(place, cite))
    return next((there for there in known if _is_meant(place, there.cite)), None)


def _centres(place: Place, cite: Cite) -> Iterator[CentreThere]:
    centre = next((one for one in cite.centres if fold(one.town) == fold(place.name)), None)
    listed = cite.associated_centres
    if listed and any(fold(town) == fold(place.name) for town in listed.value):
        yield CentreThere(cite, listed, centre)
    elif centre and (facts := [fact for _, fact in centre_facts(centre)]):
        yield CentreThere(cite, facts[0], centre)


def _km(place: Place, cite: Cite) -> float:
    if not cite.offered or cite.lat is None or cite.lon is None:
        return inf
    return distance_km(place.lat, place.lon, cite.lat, cite.lon)


def _is_meant(place: Place, cite: Cite) -> bool:
    found = find(place.name, place.country)
    likely = [found.place] if found.place else list(found.candidates)
    meant = min(likely, key=lambda one: _km(one, cite), default=None)
    return meant is not None and (meant.lat, meant.lon) == (place.lat, place.lon)
