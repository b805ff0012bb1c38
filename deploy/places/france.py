"""French communes, postcodes, departments and regions, with coordinates joined from GeoNames.

Source: npm `@etalab/decoupage-administratif` 6, data/*.json (INSEE, La Poste; Licence Ouverte 2.0).
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from bot.knowledge.gazetteer import Rank
from bot.knowledge.place_keys import key
from deploy.places.areas import ROMAN
from deploy.places.coordinates import (
    CITIES_BY_DISTRICT,
    TERRITORIES,
    Point,
    Town,
    coordinates,
    department_of,
    number_of,
)
from deploy.places.geonames_postal import Localities, by_name
from deploy.places.table import Row, Table

_UNINHABITED = {"984", "989"}
_ORDINARY_SHORT_FROM = 8_000
_KNOWN_FROM = 2_000



@dataclass(frozen=True)
class Communes:
    """What was read of the French division: communes of all types, departments and regions by code."""

    communes: list[dict[str, Any]]
    departments: dict[str, dict[str, Any]]
    regions: dict[str, dict[str, Any]]


def read(folder: Path) -> Communes:
    """Read the unpacked npm package (its folder `data`)."""

    def load(name: str) -> list[dict[str, Any]]:
        return json.loads((folder / f"{name}.json").read_text("utf-8"))

    communes = [commune for commune in load("communes") if department_of(commune) not in _UNINHABITED]
    names = {commune["code"]: commune["nom"] for commune in communes if commune["type"] == "commune-actuelle"}
    # A former commune that only repeats the name of the one it is in now is no other place.
    communes = [commune for commune in communes if commune["nom"] != names.get(commune.get("chefLieu", ""))]
    return Communes(communes, _by_code(load("departements")), _by_code(load("regions")))


def add(table: Table, france: Communes, towns: Iterable[Town], postal: Localities) -> dict[str, int]:
    """Add all French places to the table; returns the rows of communes and districts by INSEE code."""
    points = coordinates(france.communes, list(towns), by_name(postal))
    rows = {
        commune["type"] + commune["code"]: _add_commune(table, commune, france, points)
        for commune in france.communes
    }
    for commune in france.communes:
        if commune["type"] == "arrondissement-municipal":
            _name_district(table, rows[commune["type"] + commune["code"]], commune)
    numbers = [
        (commune, rows[commune["type"] + commune["code"]])
        for commune in france.communes
        if commune["type"] == "commune-actuelle"
    ]
    for code, department in france.departments.items():
        if code not in _UNINHABITED:
            _add_department(
                table, department, [row for commune, row in numbers if department_of(commune) == code]
            )
    for code, region in france.regions.items():
        if region["zone"] == "metro":
            _add_region(table, region, [row for commune, row in numbers if commune["region"] == code])
    return {
        commune["code"]: rows[commune["type"] + commune["code"]]
        for commune in france.communes
        if commune["type"] in ("commune-actuelle", "arrondissement-municipal")
    }


def _by_code(items: list[dict[str, Any]]) -> dict[str, dict[str, Any]]:
    return {item["code"]: item for item in items}


def _admin(commune: dict[str, Any], france: Communes) -> str:
    code = department_of(commune)
    department = france.departments[code]
    region = france.regions.get(department["region"], department)
    return f"{department['nom']}|{code}|{region['nom']}"


def _add_commune(
    table: Table, commune: dict[str, Any], france: Communes, points: dict[str, tuple[Point, bool]]
) -> int:
    (lat, lon), approximate = points[commune["type"] + commune["code"]]
    codes = commune.get("codesPostaux", [])
    population = commune.get("population", 0)
    row = table.add(
        Row(
            commune["nom"].replace(" Arrondissement", ""),
            "FR",
            TERRITORIES.get(department_of(commune), "FR"),
            lat,
            lon,
            population,
            _admin(commune, france),
            "town",
            codes[0] if len(codes) == 1 else "",
            approximate,
        )
    )
    for code in codes:
        table.call(row, code, Rank.CODE)
    _call_otherwise(lambda name, rank: table.call(row, name, rank), commune["nom"], population)
    return row


def _call_otherwise(call: Callable[[str, Rank], None], name: str, population: int) -> None:
    """File the name without its article ("Le Havre" → "Havre") and, of a town, its first part ("Neuilly")."""
    words = key(name).split()
    if words[0] in {"le", "la", "les", "l"} and len(words) > 1:
        call(" ".join(words[1:]), Rank.NAME if population >= _KNOWN_FROM else Rank.ALTERNATE)
    if {"sur", "sous"} & set(words[1:-1]):
        call(" ".join(word for word in words if word not in {"sur", "sous"}), Rank.ALTERNATE)
    for number, word in enumerate(words):
        if (
            number
            and population >= _ORDINARY_SHORT_FROM
            and word in {"sur", "en", "les", "aux", "sous", "le", "la"}
        ):
            call(" ".join(words[:number]), Rank.SHORT)
            break


def _name_district(table: Table, row: int, commune: dict[str, Any]) -> None:
    city, number = CITIES_BY_DISTRICT[commune["commune"]], number_of(commune)
    suffixes = (
        ["er", "ere"]
        if number == 1
        else ["e", "eme", "ieme", "nd", "de"]
        if number == 2
        else ["e", "eme", "ieme"]
    )
    roman = ROMAN[number - 1].lower()
    for ordinal in [
        f"{roman}e",
        f"{roman}eme",
        str(number),
        f"{number:02}",
        *(f"{number}{suffix}" for suffix in suffixes),
    ]:
        table.call(row, f"{city} {ordinal}", Rank.NAME)
        table.call(row, f"{city} {ordinal} arrondissement", Rank.NAME)


def _add_department(table: Table, department: dict[str, Any], rows: list[int]) -> None:
    code, name = department["code"], department["nom"]
    middle = _weighted(table, rows)
    territory = TERRITORIES.get(code, "FR")
    kind = "department" if territory == "FR" else "region"
    row = table.add(
        Row(
            name,
            "FR",
            territory,
            *middle,
            sum(table.rows[one].population for one in rows),
            f"{name}|{code}|{name}",
            kind,
        )
    )
    table.call(row, code, Rank.CODE)
    _call_otherwise(lambda other, rank: table.call(row, other, Rank.NAME), name, 0)


def _add_region(table: Table, region: dict[str, Any], rows: list[int]) -> None:
    name = region["nom"]
    row = table.add(
        Row(
            name,
            "FR",
            "FR",
            *_weighted(table, rows),
            sum(table.rows[one].population for one in rows),
            f"|{region['code']}|{name}",
            "region",
        )
    )
    _call_otherwise(lambda other, rank: table.call(row, other, Rank.NAME), name, 0)


def _weighted(table: Table, rows: list[int]) -> Point:
    """Where the inhabitants of these places are on average."""
    weights = [table.rows[row].population + 1 for row in rows]
    total = sum(weights)
    return (
        sum(table.rows[row].lat * weight for row, weight in zip(rows, weights, strict=True)) / total,
        sum(table.rows[row].lon * weight for row, weight in zip(rows, weights, strict=True)) / total,
    )
