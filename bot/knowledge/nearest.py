"""The Cités nearest to a place, with honest remarks on how far that is."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Protocol

from bot.knowledge.cite_types import Cite
from bot.knowledge.geo import distance_km, nation, reachable

FAR_KM = 100.0
"""Beyond this a Cité is said to be far."""
REACH_KM = 1500.0
"""Beyond this a Cité is not offered at all: nobody in Montréal is sent to Cascais."""
_AREAS = frozenset({"region", "department", "country"})


class Placed(Protocol):
    """What is needed of a place: degrees, ISO code of the country, ISO code of the land, kind."""

    @property
    def lat(self) -> float:
        """Latitude, in degrees."""
    @property
    def lon(self) -> float:
        """Longitude, in degrees."""
    @property
    def country(self) -> str:
        """ISO code of the country."""
    @property
    def territory(self) -> str:
        """ISO code of the land."""
    @property
    def kind(self) -> str:
        """What sort of place it is."""


@dataclass(frozen=True)
class Near:
    """A Cité and its distance from a place, as the crow flies.

    `far`: more than 100 km; `other_country`: a border is crossed; `rough`: the place is a whole area
    (its middle was taken), so that the kilometres are not worth telling.
    """

    cite: Cite
    km: float
    other_country: bool
    far: bool
    rough: bool


def nearest(place: Placed, cites: Iterable[Cite], limit: int = 3, own: str | None = None) -> list[Near]:
    """The nearest Cités that may be offered, the nearest first; empty when none is within reach.

    Closed, probably closed and planned Cités are never offered, nor a fictional one unless `own` (the id
    of the Cité of the page) names it; nor those overseas to the mainland or the other way round. Of a
    place that is a country, only the Cités of that country.
    """
    found = [_near(place, cite) for cite in _candidates(place, cites, own)]
    within = [near for near in found if near.km <= REACH_KM or place.kind == "country"]
    return sorted(within, key=lambda near: (near.km, near.cite.id))[:limit]


def unplaced(place: Placed, cites: Iterable[Cite]) -> list[Cite]:
    """The Cités of the place's country, and of its land where that lies overseas, whose town is not known, by id."""
    here = nation(place.country)
    missing = [cite for cite in cites if cite.lat is None and cite.offered and nation(cite.country) == here]
    within = [cite for cite in missing if place.territory == cite.territory]
    return sorted(within, key=lambda cite: cite.id)


def _candidates(place: Placed, cites: Iterable[Cite], own: str | None) -> Iterable[Cite]:
    for cite in cites:
        if cite.lat is None or not (cite.offered or (cite.fictional and cite.id == own)):
            continue
        elsewhere = place.kind == "country" and _other_country(place, cite)
        if not elsewhere and reachable(place.territory, cite.territory):
            yield cite


def _near(place: Placed, cite: Cite) -> Near:
    assert cite.lat is not None and cite.lon is not None  # _candidates saw to it
    km = distance_km(place.lat, place.lon, cite.lat, cite.lon)
    return Near(cite, km, _other_country(place, cite), km > FAR_KM, place.kind in _AREAS)


def _other_country(place: Placed, cite: Cite) -> bool:
    return nation(place.country) != nation(cite.country)
