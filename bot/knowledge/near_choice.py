"""Which of the Cités near a place are worth naming, and what else must be said or asked."""

from __future__ import annotations

from collections.abc import Collection
from math import inf

from bot.knowledge.cite_types import Cite
from bot.knowledge.geo import distance_km
from bot.knowledge.nearest import Near, nearest, unplaced
from bot.knowledge.places import Place
from bot.knowledge.text import fold

_SHOWN = 3
_MOST_OF_A_COUNTRY = 4
_SAME_TOWN_KM = 12.0


def around(place: Place, cites: Collection[Cite], own: str | None = None) -> list[Near]:
    """Return the Cités worth offering from a place, the nearest first; empty when there is none.

    Of a country, all of its own. Else the three nearest, of which the first of the person's own country when a border
    is crossed; where one is near, none that is far beside it, unless at home. A far one abroad is left out where the
    country has but Cités of unknown address. `own`: see `nearest`.
    """
    found = nearest(place, cites, limit=len(cites), own=own)
    if not found or place.kind == "country":
        return found
    first, others = found[0], found[1:]
    if first.far and all(near.other_country for near in found) and unplaced(place, cites):
        return []
    close = [near for near in others if first.far or not near.far]
    at_home = [near for near in others if first.other_country and not near.other_country][:1]
    return sorted(list(dict.fromkeys([first, *at_home, *close]))[:_SHOWN], key=lambda near: near.km)


def needs_town(place: Place, found: Collection[Near]) -> bool:
    """Tell whether a country was named that has too many Cités to show: the town must be asked."""
    return place.kind == "country" and len(found) > _MOST_OF_A_COUNTRY


def same_town(place: Place, near: Near) -> bool:
    """Tell whether the Cité is in the town named, so that a distance from its middle says nothing."""
    return not near.rough and near.cite.city is not None and fold(near.cite.city) == fold(place.name)


def closed_nearer(place: Place, found: list[Near], cites: Collection[Cite]) -> Cite | None:
    """Return the Cité of a town that is gone (closed, perhaps, or only planned), unless one offered is as near."""
    nearer = min(_SAME_TOWN_KM, found[0].km if found else _SAME_TOWN_KM)
    if place.kind not in ("town", "postcode"):
        return None
    gone = [cite for cite in cites if cite.gone and not cite.fictional]
    return next((cite for cite in gone if _distance(place, cite) < nearer), None)


def town_of(cite: Cite) -> Place | None:
    """Return the town of a Cité as a place, from which to look for another one; None when it is not known."""
    if cite.lat is None or cite.lon is None:
        return None
    return Place(cite.city or cite.id, cite.country, cite.territory, cite.lat, cite.lon, 0, None, "town")


def _distance(place: Place, cite: Cite) -> float:
    known = cite.lat is not None and cite.lon is not None
    return distance_km(place.lat, place.lon, cite.lat or 0.0, cite.lon or 0.0) if known else inf
