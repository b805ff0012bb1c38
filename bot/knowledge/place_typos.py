"""The name that was probably meant by one that is misspelt."""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Callable
from functools import lru_cache

from rapidfuzz import process
from rapidfuzz.distance import DamerauLevenshtein

from bot.knowledge.gazetteer import gazetteer

_SHORTEST = 5
_TWO_MISTAKES_FROM = 8  # letters
_FEWEST_PEOPLE = 300
_MISTAKE = 2.0  # one mistake weighs as much as a hundred times fewer inhabitants
_FIRST_LETTER = 1.0  # people rarely miss the first letter
_LEAST_WITH_ANOTHER_FIRST = 2.0  # "Narnia" is not Sarnia
_ABROAD = -0.5  # of `nearness`: below, a place is in another country than the person's…
_FEWEST_ABROAD = 20_000  # …and must be a town that people of other countries speak of
_NEAR = 0.7
_SHORT = 6  # letters: in less, a mistake can touch both the beginning and the end: "nmaur"
_SAINTS = {"saint": "st", "sainte": "ste"}
_SHORT_NAME_PEOPLE = 20_000  # of a town that is also called by a part of its name: "Cherbourg"

Buckets = dict[str, list[str]]
Nearness = Callable[[str], float]


def closest(
    name: str, fewest_people: int = _FEWEST_PEOPLE, most: int = 2, nearness: Nearness = lambda _: 0.0
) -> list[str]:
    """Keys at one mistake (up to `most` from eight letters on) from a key, the likeliest first; often none.

    A mistake is a letter missing, added or changed, or two swapped (Damerau-Levenshtein);
    large towns are likelier, and those that are near: `nearness` is 0 for a key in the person's country, else below.
    """
    if len(name) < _SHORTEST:
        return []
    most = most if len(name) >= _TWO_MISTAKES_FROM else 1
    scored: dict[str, float] = {}
    for other, distance, _ in process.extract(
        name, _alike(name), scorer=DamerauLevenshtein.distance, score_cutoff=most, limit=None
    ):
        people = gazetteer().population(other)
        if people >= fewest_people:
            near = nearness(other)
            score = math.log10(people) + near - _MISTAKE * distance - _FIRST_LETTER * (other[0] != name[0])
            alike = other[0] == name[0] or score >= _LEAST_WITH_ANOTHER_FIRST
            if alike and (near >= _ABROAD or people >= _FEWEST_ABROAD):
                scored[other] = score
    best = max(scored.values(), default=0.0)
    return sorted(
        (other for other, score in scored.items() if score > best - _NEAR), key=lambda one: -scored[one]
    )


def saint(word: str) -> str | None:
    """The short form of "saint" or "sainte", where a word is one of them with a mistake ("siant")."""
    close = (short for right, short in _SAINTS.items() if DamerauLevenshtein.distance(word, right) == 1)
    return None if word in _SAINTS else next(close, None)


def _alike(name: str) -> list[str]:
    """Names of about the same length that begin or end alike: a mistake can be at one end only."""
    buckets = _buckets()
    near: list[str] = []
    for length in range(len(name) - 2, len(name) + 3):
        near += buckets.get(f"{name[:2]}<{length}", [])
        near += buckets.get(f">{name[-3:]}{length}", [])
    if len(name) < _SHORT:
        near += buckets.get(f"{name[0]}-{name[-1]}{len(name)}", [])
    return near


@lru_cache(maxsize=1)
def _buckets() -> Buckets:
    buckets: Buckets = defaultdict(list)
    for name in gazetteer().named(_SHORT_NAME_PEOPLE):
        if len(name) >= _SHORTEST - 1 and name.replace(" ", "").isalpha():
            buckets[f"{name[:2]}<{len(name)}"].append(name)
            buckets[f">{name[-3:]}{len(name)}"].append(name)
            if len(name) < _SHORT:
                buckets[f"{name[0]}-{name[-1]}{len(name)}"].append(name)
    return dict(buckets)
