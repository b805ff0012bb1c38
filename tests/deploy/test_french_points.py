"""Where French communes and areas stand, whatever shares their name or their number; where Spanish postcodes do."""

from __future__ import annotations

import gzip
import json
from pathlib import Path

import pytest

from bot.knowledge import places
from bot.knowledge.geo import distance_km
from deploy.places import geonames_postal, spain, world
from deploy.places.coordinates import coordinates
from deploy.places.geonames_postal import Locality
from deploy.places.table import Row, Table

_MAULEON = {"nom": "Mauléon", "code": "79079", "type": "commune-actuelle", "region": "75", "codesPostaux": ["79700"]}
_FAR_TOWN = {"name": "Mauléon", "countrycode": "FR", "admin1code": "75", "latitude": 43.2, "longitude": -0.9,
             "population": 3_000, "alternatenames": []}  # fmt: skip


def test_a_postcode_tells_which_of_two_towns_a_commune_is() -> None:
    near = {("79700", "mauleon"): Locality("Mauléon", 46.9, -0.7, False)}
    assert coordinates([_MAULEON], [_FAR_TOWN], near)["commune-actuelle79079"] == ((46.9, -0.7), False)
    assert coordinates([_MAULEON], [_FAR_TOWN], {})["commune-actuelle79079"] == ((43.2, -0.9), False)


def test_a_commune_made_of_several_stands_at_the_first_of_its_name() -> None:
    evry = {**_MAULEON, "nom": "Évry-Courcouronnes", "code": "91228", "codesPostaux": ["91000"]}
    near = {
        ("91000", "evry"): Locality("Évry", 48.6, 2.4, False),
        ("91000", "lisses"): Locality("Lisses", 48.5, 2.4, False),
    }
    assert coordinates([evry], [], near)["commune-actuelle91228"] == ((48.6, 2.4), False)


@pytest.mark.parametrize(("name", "lat", "lon"), [
    ("Région parisienne", 48.86, 2.35), ("Languedoc", 43.6, 3.7), ("Midi-Pyrénées", 43.7, 1.6),
    ("Haute-Normandie", 49.4, 0.9),
    ("Champagne-Ardenne", 49.0, 4.2), ("Aquitaine", 44.4, -0.5), ("Mazerolles (40)", 43.88, -0.44),
    ("Évry", 48.63, 2.44),
    ("Mauléon 79", 46.92, -0.75), ("Irun", 43.34, -1.79)])  # fmt: skip
def test_places_stand_where_they_are(name: str, lat: float, lon: float) -> None:
    place = places.find(name, "FR").place
    assert place is not None and distance_km(place.lat, place.lon, lat, lon) < 30


def test_the_number_of_a_region_is_not_that_of_a_department() -> None:
    table = Table()
    table.add(Row("Paris", "FR", "FR", 48.9, 2.3, 2_000_000, "Paris|75|Paris", "department"))
    table.add(Row("Nouvelle-Aquitaine", "FR", "FR", 45.2, 0.2, 6_000_000, "|75|Nouvelle-Aquitaine", "region"))
    world.add_french_areas(table, {"Grand Paris": ["75"]})
    assert (table.rows[-1].name, table.rows[-1].lat) == ("Grand Paris", 48.9)


def test_a_former_region_tells_which_town_is_meant() -> None:
    assert [places.find(text, "FR").place.admin for text in ("St Louis Alsace", "Valence Rhône-Alpes")] == [  # type: ignore[union-attr]
        "Haut-Rhin",
        "Drôme",
    ]


def test_postal_places_are_read_by_country(tmp_path: Path) -> None:
    point = {"latitude": 43.3, "longitude": -1.8, "accuracy": 4.0}
    entry = {"country_code": "ES", "postal_code": "20301", "city": "Irun", **point}
    island = {**entry, "country_code": "RE", "postal_code": "97400"}
    others = [island, {**entry, "country_code": "US"}, {**entry, "accuracy": 1.0}]
    with gzip.open(tmp_path / "postal.gz", "wt", encoding="utf-8") as file:
        file.write("\n".join(map(json.dumps, [entry, *others])))
    found = geonames_postal.read(tmp_path / "postal.gz")
    assert {country: sorted(codes) for country, codes in found.items()} == {"FR": ["97400"], "ES": ["20301"]}
    assert [one.estimated for one in found["ES"]["20301"]] == [False, True]
    assert list(geonames_postal.by_name(found["ES"])) == [("20301", "irun")]


def test_a_spanish_code_stands_at_the_largest_town_near_it() -> None:
    towns, codes = Table(), Table()
    for name, lat, people in (("Irun", 43.34, 60_000), ("Hondarribia", 43.37, 16_000), ("Centro", 40.0, 100_000)):
        towns.add(Row(name, "ES", "ES", lat, -1.8, people, "País Vasco|59|País Vasco", "town"))
    guess, sure = Locality("Centro", 43.3, -1.8, False), Locality("Hondarribia", 43.36, -1.79, False)
    spain.add_codes(codes, {"20280": [guess, sure], "20999": [guess]}, towns)
    assert [(row.name, row.lat, row.postcode) for row in codes.rows] == [
        ("Hondarribia", 43.36, "20280"),
        ("Centro", 43.3, "20999"),
    ]
