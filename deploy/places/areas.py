"""Metropolitan areas and quarters: what people name that is no town, at the town that it surrounds or lies in.

Sources: npm `@etalab/decoupage-administratif` 6, data/epci.json and ept.json (groups of communes: `nom`, `type`,
`membres` with INSEE `code` and inhabitants; Licence Ouverte 2.0), and `data/places/areas.yml`, by hand.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path
from typing import Any

from bot.knowledge.gazetteer import Rank
from bot.knowledge.geo import distance_km
from bot.knowledge.place_keys import key
from deploy.places.table import Row, Table

_UNITS = ("", "I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX")
ROMAN = [tens + units for tens in ("", "X", "XX") for units in _UNITS][1:21]
"""The numbers from 1 to 20."""
_PEOPLE = 1_500  # of a quarter: few enough for a bare word to be taken for one only where a place is expected
_QUARTER_KM = 25.0  # a place of a quarter's name as near to its town is the quarter
_LARGE_GROUPS = frozenset({"METRO", "MET69", "CU"})
_GROUPS = _LARGE_GROUPS | {"CA", "EPT"}
_BEFORE = re.compile(r"^(?:CA|CU) |[\"']{2}|\"| ?\([^)]*\)")
_METROPOLIS = re.compile(r"^(?:Métropole|Eurométropole) ")
_ARTICLE = re.compile(r"^(?:de la |du |de |des |d'|l'|le |la )", re.IGNORECASE)
_SURROUNDINGS = ("agglomération", "agglo", "banlieue", "métropole", "région", "périphérie", "couronne")


def add_french_groups(table: Table, folder: Path, by_hand: dict[str, Any], rows: dict[str, int]) -> None:
    """Add the groups of communes of towns, each at its largest commune; `rows` by INSEE code."""
    for group in (*_read(folder / "epci.json"), *_read(folder / "ept.json")):
        if group["type"] in _GROUPS:
            _add_group(table, group, by_hand, rows)


def add_french_quarters(table: Table, quarters: dict[str, str], rows: dict[str, int]) -> None:
    """File the quarters of French cities under the district or the town they lie in; each keeps its own name."""
    for code, names in quarters.items():
        for name in names.split("|"):
            if _is_free(table, name, "FR"):
                bare = _ARTICLE.sub("", name)
                also = [bare] if bare != name and " " in key(bare) and _is_free(table, bare, "FR") else []
                quarter = replace(table.rows[rows[code]], population=_PEOPLE, approximate=True)
                _add_named(table, quarter, [name, *also])


def add(table: Table, by_hand: dict[str, Any]) -> None:
    """Add the areas around towns outside France, their quarters, and the numbered ones."""
    for country, towns in by_hand["around"].items():
        for town, names in towns.items():
            _add_named(table, replace(_town(table, country, town), approximate=True), names.split("|"))
    for country, quartered in by_hand["quarters"].items():
        for town, quarters in quartered.items():
            for names in quarters:
                _add_quarter(table, _town(table, country, town), names.split("|"))
    for series in by_hand["numbered"]:
        _add_numbered(table, series)


def _read(path: Path) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = json.loads(path.read_text("utf-8"))
    return found


def _add_group(table: Table, group: dict[str, Any], by_hand: dict[str, Any], rows: dict[str, int]) -> None:
    chief = max(group["membres"], key=lambda member: member.get("populationTotale") or 0)["code"]
    town = table.rows[rows[chief]]
    names = [name for name in _names(group, town.name) if name not in by_hand["not_groups"]]
    adjective = by_hand["adjectives"].get(chief)
    if adjective:
        names += [f"{word} {adjective}" for word in _SURROUNDINGS]
    free = [name for name in names if _is_free(table, name, "FR") and " " in key(name)]
    if free:
        _add_named(table, replace(town, postcode="", approximate=True), free)


def _names(group: dict[str, Any], town: str) -> list[str]:
    """The name without its legal form ("CA du Grand Dole" → "Grand Dole"); of the largest, usual names too."""
    bare = _ARTICLE.sub("", _BEFORE.sub("", group["nom"]).strip()).replace("  ", " ").strip()
    shown = bare[:1].upper() + bare[1:]
    names = [shown, _ARTICLE.sub("", _METROPOLIS.sub("", bare))]
    usual = [f"Grand {town}", f"{town} Métropole", f"Métropole de {town}"]
    return [*names, *(usual if group["type"] in _LARGE_GROUPS else [])]


def _is_free(table: Table, name: str, country: str) -> bool:
    return not any(table.rows[row].country == country for row in table.names.get(key(name), {}))


def _add_named(table: Table, row: Row, names: Iterable[str]) -> None:
    """Add a row under all the names, the first one shown."""
    first, *others = names
    number = table.add(replace(row, name=first))
    for name in others:
        table.call(number, name, Rank.NAME)


def _add_quarter(table: Table, town: Row, names: list[str]) -> None:
    """Add a quarter under its names, alone and beside its town's; not alone where the name is an ordinary word."""
    shown = names[0].lstrip("+")
    lat, lon = _middle(table, town, names)
    quarter = replace(town, name=shown, lat=lat, lon=lon, population=_PEOPLE, postcode="", approximate=True)
    number = table.add_unnamed(quarter)
    for name in names:
        bare = name.lstrip("+")
        if name == bare and _is_free(table, bare, town.country):
            table.call(number, bare, Rank.NAME)
        for beside in (f"{bare} {town.name}", f"{town.name} {bare}"):
            table.call(number, beside, Rank.NAME)


def _middle(table: Table, town: Row, names: list[str]) -> tuple[float, float]:
    """Where the table has a place of one of the names near the town; else the town's middle."""
    bearing = (table.rows[row] for name in names for row in table.names.get(key(name.lstrip("+")), {}))
    near = (
        (row.lat, row.lon)
        for row in bearing
        if row.country == town.country and row.name != town.name and _km(row, town) < _QUARTER_KM
    )
    return next(near, (town.lat, town.lon))


def _km(row: Row, town: Row) -> float:
    return distance_km(row.lat, row.lon, town.lat, town.lon)


def _add_numbered(table: Table, series: dict[str, Any]) -> None:
    town, word = _town(table, series["country"], series["town"]), series["word"]
    for number in range(1, series["count"] + 1):
        spelt = [f"{word} {one}" for one in (ROMAN[number - 1], str(number))]
        spelt += [f"{ROMAN[number - 1]} {word}", f"{number} {word}"]
        row = table.add_unnamed(
            replace(town, name=f"{town.name} ({spelt[0]})", population=_PEOPLE, postcode="", approximate=True)
        )
        for name in (*spelt, *(f"{town.name} {one}" for one in spelt), *(f"{one} {town.name}" for one in spelt)):
            table.call(row, name, Rank.NAME)


def _town(table: Table, country: str, name: str) -> Row:
    """The largest town that bears a name in a country. Raises ValueError, naming it, when there is none."""
    found = [table.rows[row] for row in table.names.get(key(name), {})]
    towns = [row for row in found if row.country == country and row.kind == "town"]
    if not towns:
        raise ValueError(f"areas.yml: no town {name!r} in {country}: write GeoNames' name of the town")
    return max(towns, key=lambda row: row.population)
