"""Which texts are about a theme, by plain words weighed by how rare they are."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from functools import lru_cache
from math import log

from bot.knowledge.text import fold

_ENOUGH = 0.5  # share of the weight of a theme's words that a text must hold to be about it


def matching(theme: str, texts: Sequence[str]) -> set[int]:
    """The places, in `texts`, of those that are about a theme.

    A word weighs more the fewer texts hold it, so that "workshop" counts little among workshops
    and no list of empty words is needed in any language. A word of up to four letters must stand as it
    is or in the plural ("CV", "jobs"), a longer one may be the beginning of another or begin with it.
    """
    return {place for place, score in _scores(theme, tuple(texts)).items() if score >= _ENOUGH}


def _scores(theme: str, texts: tuple[str, ...]) -> dict[int, float]:
    """The score of each text that has one, by its place."""
    wanted = [word for word in dict.fromkeys(fold(theme).split()) if len(word) > 1]
    index = _index(texts)
    holding = {word: index.holding(word) for word in wanted}
    weights = {word: _weight(word, len(places), len(texts)) for word, places in holding.items()}
    total = sum(weights.values())
    scores: dict[int, float] = {}
    for word, places in holding.items() if total else ():
        for place in places:
            scores[place] = scores.get(place, 0.0) + weights[word] / total
    return scores


class _Index:
    """Which texts hold a word: made once for an agenda, however often it is asked."""

    def __init__(self, texts: Sequence[str]) -> None:
        self._places: dict[str, list[int]] = {}
        for place, text in enumerate(texts):
            for word in _words(text):
                self._places.setdefault(word, []).append(place)
        self._sorted = sorted(self._places)

    def holding(self, word: str) -> set[int]:
        """The places of the texts that hold a form of `word`."""
        return {place for form in self._forms(word) for place in self._places[form]}

    def _forms(self, word: str) -> set[str]:
        stem = word.rstrip("sx") or word
        if len(word) <= 4:
            return {form for form in (word, stem, f"{word}s") if form in self._places}
        first = bisect_left(self._sorted, stem)
        last = bisect_left(self._sorted, f"{stem}\U0010ffff")
        shorter = {word[:length] for length in range(5, len(word) + 1)}
        return {*self._sorted[first:last], *(form for form in shorter if form in self._places)}


@lru_cache(maxsize=8)
def _index(texts: tuple[str, ...]) -> _Index:
    return _Index(texts)


@lru_cache(maxsize=50_000)
def _words(text: str) -> frozenset[str]:
    return frozenset(fold(text).split())


def _weight(word: str, count: int, among: int) -> float:
    if not count and len(word) <= 3:
        return 0.0
    return log((among + 1) / max(count, 0.5))
