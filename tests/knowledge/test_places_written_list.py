"""The written list of places: at least 98 % right, and what is not is printed."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot.knowledge import places
from bot.knowledge.yamlfile import read_yaml

_LIST = read_yaml(Path(__file__).parent / "data" / "places.yml").value
_CASES = [
    (None if country == "none" else country, str(text), wanted)
    for country, inputs in _LIST["find"].items()
    for text, wanted in inputs.items()
]
_LEAST_RIGHT = 0.98


def test_is_long_enough() -> None:
    assert len(_CASES) >= 600


def test_written_list() -> None:
    wrong = [
        f"{text!r} in {country}: {places.find(text, country)} instead of {wanted}"
        for country, text, wanted in _CASES
        if not _right(places.find(text, country), wanted)
    ]
    assert len(wrong) <= len(_CASES) * (1 - _LEAST_RIGHT), "\n".join(wrong)


@pytest.mark.parametrize("wanted", ["Nantes", ["Nantes"], None])
def test_a_wrong_answer_counts_as_wrong(wanted: str | list[str] | None) -> None:
    assert not _right(places.find("Lyon"), wanted)


def _right(found: places.Found, wanted: str | list[str] | None) -> bool:
    if wanted is None:
        return not found
    if isinstance(wanted, list):
        return len(found.candidates) >= 2 and all(
            any(_is(place, one) for place in found.candidates) for one in wanted
        )
    return found.place is not None and _is(found.place, wanted)


def _is(place: places.Place, wanted: str) -> bool:
    """Whether a place is the one written "Name, where", of which "|" parts several fair readings."""
    name, _, where = wanted.partition(", ")
    lies_in = {place.admin, place.country, place.territory, place.name}
    return place.name in name.split("|") and (not where or bool(lies_in & set(where.split("|"))))
