"""Postcodes outside France, each at its town.

Source: PyPI `countrystatecity-postal-codes` 2.0 (ODbL 1.0), data/by-country/XX/postcodes.json: code,
locality, state, and coordinates for Belgium and Canada only; elsewhere those of the largest GeoNames town
of that name. Its Spanish part lists municipalities' statistical numbers, not postcodes: see `spain`.
"""

from __future__ import annotations

import json
import re
from bisect import bisect
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path
from typing import Any

from bot.knowledge.gazetteer import Rank
from bot.knowledge.geo import distance_km
from bot.knowledge.place_keys import key
from deploy.places.table import Row, Table

COUNTRIES = ("BE", "CA", "CH", "DE", "IT", "LU", "MU", "PT")
PEOPLE = 10_000  # as for a French postcode: which country's is meant does not hang on its size
_VILLAGE = 10_000
_CITY = 50_000
_NEAR_KM = 15.0
_BESIDE_KM = 4.0
_NUMBER_AT_END = re.compile(r"\s+\d+.*$")


def add(table: Table, folder: Path, towns: Table) -> dict[str, int]:
    """Add each country's postcodes; `towns` gives coordinates. Returns how many were left out, by country."""
    named = by_name(towns)
    return {
        country: _add_country(table, country, folder / country / "postcodes.json", named)
        for country in COUNTRIES
    }


def add_more(table: Table, codes: dict[str, dict[str, str]], towns: Table) -> None:
    """Add postcodes by hand, each at a town; they replace those of the source."""
    named = by_name(towns)
    for country, listed in codes.items():
        for code, name in listed.items():
            town = named[country, key(name)][0]
            row = replace(town, population=PEOPLE, kind="postcode", postcode=code)
            known = [number for number in table.names.get(code, {}) if table.rows[number].country == country]
            if known:
                table.rows[known[0]] = row
            else:
                table.call(table.add_unnamed(row), code, Rank.CODE)


def by_name(towns: Table) -> dict[tuple[str, str], list[Row]]:
    """The towns by country and key, the likeliest first; under an empty key, those of ten thousand inhabitants."""
    named: dict[tuple[str, str], list[Row]] = defaultdict(list)
    for name, found in towns.names.items():
        for number in sorted(found, key=lambda one: (found[one], -towns.rows[one].population)):
            row = towns.rows[number]
            if row.kind == "town":
                named[row.country, name].append(row)
    for row in towns.rows:
        if row.kind == "town" and row.population >= _VILLAGE:
            named[row.country, ""].append(row)
    return named


def _add_country(table: Table, country: str, path: Path, named: dict[tuple[str, str], list[Row]]) -> int:
    entries: dict[str, list[dict[str, Any]]] = defaultdict(list)
    for entry in json.loads(path.read_text("utf-8")):
        entries[entry["code"].split("-")[0].strip().lower()].append(entry)
    rows = {code: _row(country, code, shared, named) for code, shared in sorted(entries.items())}
    known = sorted(code for code, row in rows.items() if row)
    missing = 0
    for code, row in rows.items():
        row = row or _beside(code, rows, known, entries[code][0])
        if row:
            table.call(table.add_unnamed(row), code, Rank.CODE)
        missing += row is None
    return missing


def _row(
    country: str, code: str, shared: list[dict[str, Any]], named: dict[tuple[str, str], list[Row]]
) -> Row | None:
    """The postcode at the largest of its localities that is known, at the locality's point if it has one."""
    pairs = [(entry, next(iter(_towns(country, entry, named)), None)) for entry in shared]
    entry, town = max(pairs, key=lambda pair: pair[1].population if pair[1] else -1)
    if entry["latitude"] is None and not town:
        return None
    if entry["latitude"]:
        town = _main_town(country, code, entry, town, named)
    if country == "CA" and not town:
        town = _city_around(entry, named)
    name = town.name if town else _locality(entry)
    lat, lon = (
        (entry["latitude"], entry["longitude"]) if entry["latitude"] or not town else (town.lat, town.lon)
    )
    return Row(
        name,
        country,
        country,
        lat,
        lon,
        PEOPLE,
        town.admin if town else "||",
        "postcode",
        code.upper(),
        entry["latitude"] is None,
    )


def _main_town(
    country: str, code: str, entry: dict[str, Any], town: Row | None, named: dict[tuple[str, str], list[Row]]
) -> Row | None:
    """The town by which people know a postcode at a point: not a namesake far away, nor a village of the town beside.

    A Belgian code that ends in 00 is that of a municipality.
    """
    if town and _km(entry, town) > _NEAR_KM:
        return None
    if country == "BE" and code.endswith("00") and town and town.population < _VILLAGE:
        beside = [row for row in named[country, ""] if _km(entry, row) < _BESIDE_KM]
        return min(beside, key=lambda row: _km(entry, row), default=town)
    return town


def _city_around(entry: dict[str, Any], named: dict[tuple[str, str], list[Row]]) -> Row | None:
    """The nearest city: half of a Canadian code is a part of one ("Downtown Montreal North")."""
    cities = [row for row in named["CA", ""] if row.population >= _CITY and _km(entry, row) < _NEAR_KM]
    return min(cities, key=lambda row: _km(entry, row), default=None)


def _km(entry: dict[str, Any], row: Row) -> float:
    return distance_km(entry["latitude"], entry["longitude"], row.lat, row.lon)


def _beside(code: str, rows: dict[str, Row | None], known: list[str], entry: dict[str, Any]) -> Row | None:
    """A postcode whose locality is not known, at the next postcode of the same area (its first two signs)."""
    place = bisect(known, code)
    near = [other for other in known[max(0, place - 1) : place + 1] if other[:2] == code[:2]]
    row = rows[near[0]] if near else None
    return row and replace(row, name=_locality(entry), postcode=code.upper(), approximate=True)


def _towns(country: str, entry: dict[str, Any], named: dict[tuple[str, str], list[Row]]) -> list[Row]:
    return next(
        (
            found
            for name in _names(entry["localityName"])
            if (found := _in_state(named.get((country, key(name)), []), entry["stateCode"]))
        ),
        [],
    )[:1]


def _names(locality: str) -> Iterable[str]:
    """The locality, then parts of it: "Lausanne 25" → "Lausanne", "Camp Firinga, PORT LOUIS" → both."""
    yield locality
    yield _NUMBER_AT_END.sub("", locality)
    yield from reversed(re.split(r"[,(/)]", locality))
    yield locality.split(" ")[0]


def _locality(entry: dict[str, Any]) -> str:
    return str(entry["localityName"]).split(" (")[0].strip()


def _in_state(rows: list[Row], state: str | None) -> list[Row]:
    """Those of the state (canton, …) where codes agree; else all."""
    return [row for row in rows if row.admin.split("|")[1] == state] or rows
