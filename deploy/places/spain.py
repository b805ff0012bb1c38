"""Spain's postcodes, each at its largest town; where the source has none, its province.

Sources: GeoNames' postal places (`geonames_postal`); the first two digits of a code are its province's, and a third
digit 0 is its chief town's (Correos' scheme; `spanish_postcodes` of `data/places/world.yml`).
"""

from __future__ import annotations

from dataclasses import replace

from bot.knowledge.gazetteer import Rank
from bot.knowledge.geo import distance_km
from bot.knowledge.place_keys import key
from deploy.places.geonames_postal import Localities, Locality
from deploy.places.postcodes import PEOPLE, by_name
from deploy.places.table import Row, Table

_NEAR_KM = 15.0  # a town of the locality's name further away is another one
_SAME_TOWN_KM = 5.0


def add_codes(table: Table, localities: Localities, towns: Table) -> None:
    """Add each postcode at the largest town of its localities; at the first of them where none is known."""
    named = by_name(towns)
    for code, shared in sorted(localities.items()):
        table.call(table.add_unnamed(_row(code, shared, named)), code, Rank.CODE)


def add_provinces(table: Table, provinces: dict[str, str], names: dict[str, str], towns: Table) -> None:
    """Add "es280" for a province's chief town (the third digit 0), and "es28" for all the province, shown as such.

    `provinces`: the chief town by two digits; `names`: the province's own name where it is another.
    """
    named = by_name(towns)
    for digits, chief in provinces.items():
        town = named["ES", key(chief.split("|")[0])][0]
        code = replace(town, population=PEOPLE, kind="postcode", postcode="")
        shown = f"Provincia de {names.get(digits, town.name)}"
        province = replace(code, name=shown, kind="department", approximate=True)
        for prefix, row in ((f"es{digits}0", code), (f"es{digits}", province)):
            table.call(table.add_unnamed(row), prefix, Rank.CODE)


def _row(code: str, shared: list[Locality], named: dict[tuple[str, str], list[Row]]) -> Row:
    pairs = [(one, _town(one, named)) for one in shared]
    one, town = max(pairs, key=lambda pair: pair[1].population if pair[1] else -1)
    if town is None:
        return Row(one.name, "ES", "ES", one.lat, one.lon, PEOPLE, _region(one, named), "postcode", code, one.estimated)
    in_town = not one.estimated and _km(one, town) < _SAME_TOWN_KM
    lat, lon = (one.lat, one.lon) if in_town else (town.lat, town.lon)
    return replace(town, lat=lat, lon=lon, population=PEOPLE, kind="postcode", postcode=code, approximate=not in_town)


def _town(one: Locality, named: dict[tuple[str, str], list[Row]]) -> Row | None:
    """The largest town of one of the locality's names that is near it."""
    found = (row for name in _names(one.name) for row in named.get(("ES", key(name)), []) if _km(one, row) < _NEAR_KM)
    return max(found, key=lambda row: row.population, default=None)


def _names(name: str) -> list[str]:
    """ "Hospitalet De Llobregat, L'" → "L'Hospitalet De Llobregat"; "Pamplona/Iruña" → both."""
    parts = [name, *name.split("/")]
    return parts + [" ".join(reversed(part.split(", "))) for part in parts if ", " in part]


def _region(one: Locality, named: dict[tuple[str, str], list[Row]]) -> str:
    """The region of the nearest town of ten thousand inhabitants."""
    return min(named["ES", ""], key=lambda row: _km(one, row)).admin


def _km(one: Locality, row: Row) -> float:
    return distance_km(one.lat, one.lon, row.lat, row.lon)
