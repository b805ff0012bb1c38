"""The countries and regions in which there are Cités, as places to choose from."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence

from bot.knowledge.cite_types import Cite
from bot.knowledge.gazetteer import Hit, Place, Rank, hits
from bot.knowledge.geo import distance_km
from bot.knowledge.wording import country_name


def countries_with(cites: Iterable[Cite]) -> list[Place]:
    """The countries of these Cités, those that have most first."""
    counted = Counter(cite.country for cite in cites)
    found = (_country(code) for code, _ in counted.most_common())
    return [place for place in found if place]


def regions_with(cites: Iterable[Cite], country: str) -> list[Place]:
    """The regions of a country (ISO 3166-1 code) where these Cités are, those that have most first.

    A Cité whose town is not known, or lies in no region of the gazetteer, counts for none.
    """
    counted = Counter(_region(cite) for cite in cites if cite.country == country)
    found = (_area(name, country) for name, _ in counted.most_common() if name)
    return [place for place in found if place]


def _country(code: str) -> Place | None:
    return _first(hits(country_name(code, "fr")), code, ("country",))


def _area(name: str, country: str) -> Place | None:
    return _first(hits(name), country, ("region", "department"))


def _first(found: Sequence[Hit], country: str, kinds: Sequence[str]) -> Place | None:
    places = (hit.place for hit in found if hit.place.country == country and hit.place.kind in kinds)
    return next(places, None)


def _region(cite: Cite) -> str:
    """The region of the town nearest to a Cité among those that bear its town's name; empty when unknown."""
    if cite.lat is None or cite.lon is None:
        return ""
    lat, lon = cite.lat, cite.lon
    towns = [
        hit
        for hit in hits(cite.city or "")
        if hit.rank < Rank.CODE and hit.place.country == cite.country and hit.place.kind == "town"
    ]
    nearest = min(towns, key=lambda hit: distance_km(lat, lon, hit.place.lat, hit.place.lon), default=None)
    return nearest.region if nearest else ""
