"""Numbers for people in distress: those of the country, sourced, dated, in the right order."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from bot.knowledge.errors import DataError, DataErrors
from bot.knowledge.helplines import Helpline, helplines, load_helplines


def numbers(country: str | None, language: str | None = None) -> list[str]:
    return [line.number for line in helplines(country, language)]


@pytest.mark.parametrize(
    ("country", "wanted"),
    [
        ("FR", ["3114", "15", "112", "3919", "119"]),
        ("CH", ["143", "147", "144"]),
        ("IT", ["112"]),
        ("ES", ["024", "112"]),
        ("PT", ["1411", "808 24 24 24", "112"]),
        ("CA", ["988", "911"]),
        ("CL", ["*4141", "131"]),
        ("MU", ["114"]),
        ("DE", ["112"]),
        ("XX", ["112"]),
        (None, ["112"]),
    ],
)
def test_numbers_by_country(country: str | None, wanted: list[str]) -> None:
    assert numbers(country) == wanted


@pytest.mark.parametrize("territory", ["RE", "GP", "YT", "MQ", "GF"])
def test_overseas_departments_have_the_numbers_of_france(territory: str) -> None:
    assert numbers(territory) == numbers("FR")


def test_belgium_by_language() -> None:
    assert numbers("BE", "fr") == ["0800 32 123", "107", "112", "1813"]
    assert numbers("BE", "nl") == ["1813", "112", "0800 32 123", "107"]
    assert set(numbers("BE", "en")) == set(numbers("BE", "fr"))
    assert numbers("BE", "en")[0] == "112"


def test_the_unknown_country_has_its_own_label() -> None:
    assert [line.key for line in helplines(None)] == ["emergency_europe"]


def test_a_cite_may_put_its_own() -> None:
    own = Helpline("listening", "123", "here", date(2026, 11, 22))
    assert helplines("FR", "fr", [own]) == (own,)


def test_every_number_has_a_source_and_a_date() -> None:
    for lines in load_helplines().values():
        assert any(line.emergency for line in lines)
        for line in lines:
            assert line.source.startswith("http")
            assert line.checked_on == date(2026, 11, 22)


LINE = 'FR:\n  - key: listening\n    number: "143"\n    source: here\n    checked_on: 2026-11-22\ndefault:\n'
GOOD = LINE + LINE.split("\n", 1)[1].replace("default:\n", "")


@pytest.mark.parametrize(
    ("before", "after", "line", "word"),
    [
        ('"143"', "143", 3, "in quotes"),
        ("key: listening", "key: Some One", 2, "underscores"),
        ("    source: here\n", "", 2, "comes from"),
        ("FR:", "France:", 1, "two capital letters"),
        ("default:", "Default:", 6, "or default"),
        ("checked_on: 2026-11-22", "checked_on: today", 5, "year-month-day"),
    ],
)
def test_a_fault_is_named(tmp_path: Path, before: str, after: str, line: int, word: str) -> None:
    file = tmp_path / "helplines.yml"
    file.write_text(GOOD, encoding="utf-8")
    assert set(load_helplines(file)) == {"FR", "default"}
    bad = tmp_path / "bad.yml"
    bad.write_text(GOOD.replace(before, after, 1), encoding="utf-8")
    with pytest.raises((DataError, DataErrors)) as caught:
        load_helplines(bad)
    assert f"bad.yml:{line}: " in str(caught.value)
    assert word in str(caught.value)
