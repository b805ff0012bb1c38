"""Which of several places of one name is meant, or which ones to ask about."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from bot.knowledge.gazetteer import Hit, Place, Rank, gazetteer, homes
from bot.knowledge.geo import distance_km, nation

_OVERWHELMING = 20  # that many times the inhabitants: no need to ask
_OVERWHELMING_AT_HOME = 200
_KNOWN_NAME = 1_000
_RANK_WEIGHT = {Rank.NAME: 0.0, Rank.ALTERNATE: -2.0, Rank.SHORT: -0.3, Rank.CODE: 0.0}
_LIKE_FRENCH = frozenset({"ES", "IT", "DE", "MU"})
"""Countries whose postcodes have five digits too."""
_ANOTHER_COUNTRY = -2.3  # the person's own country comes first
_ANOTHER_TERRITORY = -0.3  # of the same country: the mainland's for who is there, an island's for who is on it
_KNOWN_ABROAD = -0.9  # unless the place is known everywhere
_KNOWN_FROM = 500_000
_NOT_FRANCE = -1.4  # where nothing is known of the person's country
_FAR_ABROAD = -1.8  # a country where the network has no Cité
NETWORK = frozenset({"FR", "BE", "CH", "IT", "ES", "PT", "CA", "MU", "CL", "LU", "DE"})
"""Countries with a Cité, and two whose people go to one across the border."""
_LARGEST_AREA = 200_000  # beyond it, a region's inhabitants say nothing of how likely it is meant
_SAME_KM = 60.0
_TWIN_KM = 12.0
_MOST_CANDIDATES = 4


@dataclass(frozen=True)
class Found:
    """What a text names: a `place`; or 2-4 `candidates` to ask about; or nothing.

    The candidates: the likeliest, the nearest to the conversation's country first."""

    place: Place | None = None
    candidates: tuple[Place, ...] = ()

    def __bool__(self) -> bool:
        return self.place is not None or bool(self.candidates)

    def as_dict(self) -> dict[str, Any]:
        """The place as plain JSON, or {"candidates": […]}."""
        return (
            self.place.as_dict() if self.place else {"candidates": [one.as_dict() for one in self.candidates]}
        )


def choose(hits: Sequence[Hit], country: str | None) -> Found:
    """Take the likeliest place, or offer those nearly as likely.

    `country` is the conversation's: an ISO 3166-1 code or an overseas territory's, or None.
    """
    hits = _without_overwhelmed(_of_the_country(hits, country), country)
    if not hits:
        return Found()
    scored = sorted(((_score(hit, country), hit) for hit in hits), key=lambda pair: -pair[0])
    best = scored[0][0]
    likely = _distinct([hit.place for score, hit in scored if score > best - math.log10(_OVERWHELMING)])
    if len(likely) == 1:
        return Found(likely[0])
    return Found(None, tuple(_from_home(likely[:_MOST_CANDIDATES], country)))


def nearness(name: str, country: str | None) -> float:
    """How near the nearest place under a key is to the person's country: 0 in it, or if it is not known; else below."""
    if country is None:
        return 0.0
    return max((_nearness(hit.place, country) for hit in gazetteer().hits(name)), default=_FAR_ABROAD)


def _from_home(places: list[Place], country: str | None) -> list[Place]:
    """Those of the person's land first, then of the country, then the nearest to it; else the likeliest first."""
    home = homes().get(country or "")
    if home is None:
        return places
    return sorted(
        places,
        key=lambda place: (
            place.territory != country,
            place.country != country,
            0.0 if country in (place.territory, place.country) else distance_km(*home, place.lat, place.lon),
        ),
    )


def kilometres(one: Place, other: Place) -> float:
    """Distance of two places on a flat map, good enough to tell whether they are the same."""
    east = (one.lon - other.lon) * math.cos(math.radians(one.lat))
    return 111.2 * math.hypot(one.lat - other.lat, east)


def _of_the_country(hits: Sequence[Hit], country: str | None) -> list[Hit]:
    """A code is read as the person's country has it, else by its first digits there; all else stays.

    Where that country does not know it: as France has it, unless its own codes look the same, so that it may be a slip.
    """
    codes, areas = ([hit for hit in hits if hit.rank == rank] for rank in (Rank.CODE, Rank.AREA))
    if not codes and not areas:
        return list(hits)
    home = nation(country or "")
    readings = [_in(codes, home), _in(areas, home)]
    if home not in _LIKE_FRENCH:
        readings.append(_in(codes, "FR"))
    readings.append(codes)
    if home not in _LIKE_FRENCH:
        readings.append(_in(areas, "FR") if country else areas)
    return next((reading for reading in readings if reading), [])


def _in(hits: list[Hit], country: str) -> list[Hit]:
    return [hit for hit in hits if hit.place.country == country]


def _without_overwhelmed(hits: list[Hit], country: str | None) -> list[Hit]:
    """Leave out what a larger place of exactly that name makes unlikely: alternate names, hamlets."""
    largest = max((hit.place.population for hit in hits if hit.rank == Rank.NAME), default=0)
    return [hit for hit in hits if not _is_overwhelmed(hit, largest, country)]


def _is_overwhelmed(hit: Hit, largest: int, country: str | None) -> bool:
    people = hit.place.population
    if hit.place.kind != "town":
        return False
    if hit.rank == Rank.ALTERNATE and largest >= _KNOWN_NAME or hit.rank == Rank.SHORT and largest >= people:
        return True
    at_home = country in (hit.place.country, hit.place.territory)
    return people * (_OVERWHELMING_AT_HOME if at_home else _OVERWHELMING) < largest


def _score(hit: Hit, country: str | None) -> float:
    place = hit.place
    if hit.rank == Rank.AREA:
        return 0.0  # nothing tells one country's first digits from another's
    people = place.population if place.kind in ("town", "postcode") else min(place.population, _LARGEST_AREA)
    return math.log10(max(people, 30)) + _RANK_WEIGHT[hit.rank] + _nearness(place, country)


def _nearness(place: Place, country: str | None) -> float:
    if country == place.territory:
        return 0.0
    if country == place.country:
        return _ANOTHER_TERRITORY
    far = _FAR_ABROAD if place.country not in NETWORK else 0.0
    if country is None:
        return far + (0.0 if place.country == "FR" else _NOT_FRANCE)
    return far + (_KNOWN_ABROAD if place.population >= _KNOWN_FROM else _ANOTHER_COUNTRY)


def _distinct(places: list[Place]) -> list[Place]:
    """Leave out a region around a town already kept, and a town repeated: the answer would be the same."""
    kept: list[Place] = []
    for place in places:
        if not any(_same(place, other) for other in kept):
            kept.append(place)
    if kept[0].kind != "town":
        kept = [
            next((place for place in places if place.kind == "town" and _same(place, kept[0])), kept[0]),
            *kept[1:],
        ]
    return kept


def _same(one: Place, other: Place) -> bool:
    if one.country != other.country:
        return False
    if one.kind != other.kind and one.name == other.name in (one.admin, other.admin):
        return True
    if (one.name, one.admin, one.kind) == (other.name, other.admin, other.kind):
        return True  # nobody could tell them apart in a question: the larger stands
    return kilometres(one, other) < (_TWIN_KM if one.kind == other.kind else _SAME_KM)
