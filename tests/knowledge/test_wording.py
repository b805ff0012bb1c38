"""Days, times, distances, lists and countries in each language."""

from __future__ import annotations

import datetime as dt

import pytest

from bot.knowledge import wording
from bot.knowledge.catalogue import SPOKEN
from bot.knowledge.paths import DATA
from bot.knowledge.yamlfile import read_yaml

TODAY = dt.date(2026, 11, 22)
SATURDAY = dt.date(2026, 11, 28)
MAY_DAY = dt.date(2027, 5, 1)


@pytest.mark.parametrize(
    ("lang", "near", "far"),
    [
        ("fr", "samedi 28 novembre", "samedi 1er mai 2027"),
        ("en", "Saturday 28 November", "Saturday 1 May 2027"),
        ("es", "sábado 28 de noviembre", "sábado 1 de mayo de 2027"),
        ("it", "sabato 28 novembre", "sabato 1º maggio 2027"),
        ("pt", "sábado, 28 de novembro", "sábado, 1 de maio de 2027"),
        ("de", "Saturday 28 November", "Saturday 1 May 2027"),
        ("ca", "sábado 28 de noviembre", "sábado 1 de mayo de 2027"),
    ],
)
def test_day(lang: str, near: str, far: str) -> None:
    assert wording.day(SATURDAY, lang, TODAY) == near
    assert wording.day(MAY_DAY, lang, TODAY) == far


def test_only_the_first_of_a_month_is_an_ordinal() -> None:
    assert wording.day(dt.date(2026, 12, 11), "fr", TODAY) == "vendredi 11 décembre"
    assert wording.date_long(MAY_DAY, "fr", TODAY) == "1er mai 2027"
    assert [wording.date_long(SATURDAY, lang, TODAY) for lang in ("fr", "en", "es", "it", "pt")] == [
        *("28 novembre", "28 November", "28 de noviembre", "28 novembre", "28 de novembro")
    ]


def test_month_and_year() -> None:
    assert [wording.month_year(SATURDAY, lang) for lang in SPOKEN] == [
        "novembre 2026",
        "November 2026",
        "noviembre de 2026",
        "novembre 2026",
        "novembro de 2026",
    ]


@pytest.mark.parametrize(
    ("hour", "minute", "french", "english"),
    [(9, 30, "9 h 30", "9:30"), (9, 0, "9 h", "9:00"), (14, 5, "14 h 05", "14:05"), (0, 0, "0 h", "0:00")],
)
def test_time(hour: int, minute: int, french: str, english: str) -> None:
    assert wording.time(dt.time(hour, minute), "fr") == french
    assert {wording.time(dt.time(hour, minute), lang) for lang in ("en", "es", "it", "pt", "nl")} == {english}


def test_hours_range() -> None:
    assert wording.hours_range(dt.time(9), dt.time(12, 30), "fr") == "9 h – 12 h 30"
    assert wording.hours_range(dt.time(9), dt.time(12, 30), "it") == "9:00–12:30"
    assert wording.hours_range(dt.time(18), dt.time(0), "fr") == "18 h – 24 h"


@pytest.mark.parametrize(
    ("km", "french"),
    [
        (0.0, "0 km"),
        (0.1, "0,5 km"),
        (2.3, "2,5 km"),
        (2.2, "2 km"),
        (9.6, "9,5 km"),
        (9.9, "10 km"),
        (10.4, "10 km"),
        (12.6, "13 km"),
        (1234.0, "1 234 km"),
    ],
)
def test_distance(km: float, french: str) -> None:
    assert wording.distance(km, "fr") == french


def test_distance_by_locale() -> None:
    assert wording.distance(2.5, "en") == "2.5 km"
    assert wording.distance(2.5, "es") == "2,5 km"


@pytest.mark.parametrize(
    ("items", "word", "lang", "joined"),
    [
        (["a", "b", "c"], "and", "fr", "a, b et c"),
        (["a", "b"], "or", "en", "a or b"),
        (["a"], "and", "es", "a"),
        ([], "and", "fr", ""),
        (["Ana", "Inés"], "and", "es", "Ana e Inés"),
        (["Ana", "Hielo"], "and", "es", "Ana y Hielo"),
        (["siete", "ocho"], "or", "es", "siete u ocho"),
        (["a", "b"], "and", "ca", "a y b"),
    ],
)
def test_join(items: list[str], word: str, lang: str, joined: str) -> None:
    assert wording.join(items, lang, word) == joined


def test_join_refuses_other_words() -> None:
    with pytest.raises(ValueError, match="nor"):
        wording.join(["a"], "fr", "nor")


def test_countries() -> None:
    assert [wording.country_name("CH", lang) for lang in SPOKEN] == [
        "Suisse",
        "Switzerland",
        "Suiza",
        "Svizzera",
        "Suíça",
    ]
    assert wording.country_name("XX", "fr") == "XX"
    assert wording.in_country("PT", "fr") == "au Portugal"
    assert wording.in_country("CH", "de") == "in Switzerland"
    assert wording.in_country("JP", "fr") == "(Japon)"


def test_every_country_is_worded_in_every_language() -> None:
    table = read_yaml(DATA / "countries.yml").value["in_country"]
    assert set(table) >= {
        "FR",
        "BE",
        "CH",
        "IT",
        "ES",
        "PT",
        "CA",
        "CL",
        "MU",
        "LU",
        "DE",
        "RE",
        "GP",
        "MQ",
        "GF",
        "YT",
    }
    assert {code: set(SPOKEN) - set(words) for code, words in table.items() if set(SPOKEN) - set(words)} == {}
