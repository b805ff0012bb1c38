"""The written lists of places: at least 98 % of each right, and what is not is printed."""

from __future__ import annotations

from itertools import combinations
from pathlib import Path
from typing import Any

import pytest

from bot.knowledge import places
from bot.knowledge.yamlfile import read_yaml

_LEAST_RIGHT = 0.98
_LISTS = {"places": 600, "places_fresh": 200, "places_exam": 600, "places_outside": 430}
"""The lists of `data`, and how many inputs each holds at least."""


@pytest.mark.parametrize(("name", "least"), _LISTS.items())
def test_written_list(name: str, least: int) -> None:
    cases = _cases(name)
    assert len(cases) >= least
    wrong = [
        f"{text!r} in {country}: {places.find(text, country)} instead of {wanted}"
        for country, text, wanted in cases
        if not _right(places.find(text, country), wanted)
    ]
    assert len(wrong) <= len(cases) * (1 - _LEAST_RIGHT), "\n".join(wrong)


@pytest.mark.parametrize(("one", "other"), combinations(_LISTS, 2))
def test_no_input_stands_in_two_lists(one: str, other: str) -> None:
    """Else the second would prove less than it seems."""
    first, second = ({(country, text) for country, text, _ in _cases(name)} for name in (one, other))
    assert not first & second


@pytest.mark.parametrize("wanted", ["Nantes", ["Nantes"], None])
def test_a_wrong_answer_counts_as_wrong(wanted: str | list[str] | None) -> None:
    assert not _right(places.find("Lyon"), wanted)


def _cases(name: str) -> list[tuple[str | None, str, Any]]:
    """Country of the conversation, text, what is wanted."""
    listed = read_yaml(Path(__file__).parent / "data" / f"{name}.yml").value
    return [
        (None if country == "none" else country, str(text), wanted)
        for country, inputs in listed["find"].items()
        for text, wanted in inputs.items()
    ]


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
    lies_in = {place.admin, place.country, place.territory}
    return place.name in name.split("|") and (not where or bool(lies_in & set(where.split("|"))))
