"""Metropolitan areas and quarters in a small table."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from bot.knowledge import places
from bot.knowledge.gazetteer import Rank
from bot.knowledge.paths import DATA
from bot.knowledge.place_keys import key
from bot.knowledge.yamlfile import read_yaml
from deploy.places import areas
from deploy.places.table import Row, Table

_NONE: dict[str, Any] = {"not_groups": [], "adjectives": {}}


def table() -> tuple[Table, dict[str, int]]:
    """Three communes and an Italian city; the communes by INSEE code."""
    made = Table()
    codes = {
        code: made.add(Row(name, "FR", "FR", lat, 3.0, people, "Nord|59|Hauts-de-France", "town", code))
        for code, name, lat, people in (
            ("59350", "Lille", 50.6, 236_000),
            ("59512", "Roubaix", 50.7, 98_000),
            ("01001", "Dole", 47.1, 24_000),
        )
    }
    made.add(Row("Roma", "IT", "IT", 41.9, 12.5, 2_800_000, "Lazio|07|Lazio", "town"))
    return made, codes


def found(made: Table, name: str) -> list[Row]:
    return [made.rows[row] for row in made.names.get(key(name), {})]


def groups(tmp_path: Path, *listed: dict[str, Any]) -> Path:
    (tmp_path / "epci.json").write_text(json.dumps(listed), "utf-8")
    (tmp_path / "ept.json").write_text("[]", "utf-8")
    return tmp_path


def group(name: str, kind: str, *members: tuple[str, int]) -> dict[str, Any]:
    return {"nom": name, "type": kind, "membres": [{"code": code, "populationTotale": n} for code, n in members]}


def test_a_metropolis_stands_at_its_largest_town_under_its_usual_names(tmp_path: Path) -> None:
    made, codes = table()
    lille = group("Métropole Européenne de Lille", "METRO", ("59512", 98_000), ("59350", 236_000))
    areas.add_french_groups(made, groups(tmp_path, lille), {**_NONE, "adjectives": {"59350": "lilloise"}}, codes)
    for name in ("Métropole européenne de Lille", "Grand Lille", "métropole de Lille", "banlieue lilloise"):
        (row,) = found(made, name)
        assert (row.name, row.lat, row.approximate, row.postcode) == ("Métropole Européenne de Lille", 50.6, True, "")
    assert [row.name for row in found(made, "Lille")] == ["Lille"]


@pytest.mark.parametrize(
    ("official", "name"),
    [
        ("CA du Grand Dole", "Grand Dole"),
        ("CU Grand Dole Métropole", "Grand Dole Métropole"),
        ('CA "Dole - L\'Agglo" (CAD)', "Dole L'Agglo"),
    ],
)
def test_the_legal_form_is_no_part_of_the_name(tmp_path: Path, official: str, name: str) -> None:
    made, codes = table()
    areas.add_french_groups(made, groups(tmp_path, group(official, official[:2], ("01001", 24_000))), _NONE, codes)
    assert [row.lat for row in found(made, name)] == [47.1]


def test_what_is_no_group_of_towns_or_an_ordinary_word_is_left_out(tmp_path: Path) -> None:
    made, codes = table()
    before = len(made.rows)
    names = (("CC", "du Val"), ("CA", "Grand Lac"), ("CA", "de Dole"))
    listed = [group(f"{kind} {name}", kind, ("01001", 1)) for kind, name in names]
    areas.add_french_groups(made, groups(tmp_path, *listed), {**_NONE, "not_groups": ["Grand Lac"]}, codes)
    assert len(made.rows) == before


def test_quarters_alone_and_beside_their_town() -> None:
    made, _ = table()
    by_hand = {
        "around": {"IT": {"Roma": "Città metropolitana di Roma|hinterland romano"}},
        "quarters": {"IT": {"Roma": ["Testaccio|Monte Testaccio", "+Prati"]}},
        "numbered": [{"country": "IT", "town": "Roma", "word": "Municipio", "count": 2}],
    }
    made.add(Row("Monte Testaccio", "IT", "IT", 41.88, 12.48, 600, "Lazio|07|Lazio", "town"))
    made.add(Row("Prati", "IT", "IT", 46.2, 11.1, 600, "Trentino|17|Trentino", "town"))  # far from Rome
    areas.add(made, by_hand)
    assert [(row.lat, row.approximate) for row in found(made, "Testaccio")] == [(41.88, True)]
    assert [row.lat for row in found(made, "Prati")] == [46.2]
    assert [(row.name, row.lat) for row in found(made, "Roma Prati")] == [("Prati", 41.9)]
    assert [row.lat for name in ("Municipio II", "2 municipio") for row in found(made, name)] == [41.9, 41.9]
    assert found(made, "hinterland romano")[0].name == "Città metropolitana di Roma"
    assert made.names[key("Testaccio")].popitem()[1] == Rank.NAME


def test_a_town_that_is_not_there_is_named() -> None:
    made, _ = table()
    with pytest.raises(ValueError, match="'Atlantis' in IT"):
        areas.add(made, {"around": {"IT": {"Atlantis": "Grande Atlantis"}}, "quarters": {}, "numbered": []})


def test_french_quarters_keep_their_names_at_their_district() -> None:
    made, codes = table()
    areas.add_french_quarters(made, {"59350": "La Belle Rue|Roubaix"}, codes)
    assert [row.name for row in found(made, "belle rue")] == ["La Belle Rue"]
    assert len(found(made, "Roubaix")) == 1  # a commune's name is not taken


def test_roman_numbers() -> None:
    assert areas.ROMAN[0] == "I" and areas.ROMAN[13] == "XIV" and areas.ROMAN[19] == "XX" and len(areas.ROMAN) == 20


def test_every_part_of_the_file_written_by_hand_says_where_it_comes_from() -> None:
    by_hand = read_yaml(DATA / "places" / "areas.yml").value
    wanted = {"adjectives", "around", *(f"french_quarters/{code[:2]}" for code in by_hand["french_quarters"])}
    wanted |= {f"quarters/{land}/{town}" for land, towns in by_hand["quarters"].items() for town in towns}
    wanted |= {f"numbered/{series['country']}/{series['town']}" for series in by_hand["numbered"]}
    assert set(by_hand["sources"]) == wanted
    assert all(one["source"] and one["checked_on"] for one in by_hand["sources"].values())


@pytest.mark.parametrize(("code", "shown", "kind"), [
    ("08700", "Igualada", "postcode"), ("31500", "Tudela", "postcode"), ("20301", "Irun", "postcode"),
    ("08901", "L'Hospitalet de Llobregat", "postcode"), ("28013", "Madrid", "postcode"),
    ("31999", "Provincia de Navarra", "department")])  # fmt: skip
def test_a_spanish_postcode_is_its_town_else_its_province(code: str, shown: str, kind: str) -> None:
    place = places.find(code, "ES").place
    assert place is not None and (place.name, place.kind, place.postcode) == (shown, kind, code)


def test_a_quarter_stands_in_its_own_district() -> None:
    place = places.find("Monplaisir Lyon", "FR").place
    eighth = places.find("Lyon 8e", "FR").place
    assert place and eighth and (place.lat, place.lon) == (eighth.lat, eighth.lon)
