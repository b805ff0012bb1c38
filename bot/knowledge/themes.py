"""Which texts are about a theme, by plain words weighed by how rare they are."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from math import log

from bot.knowledge.text import fold

ENOUGH = 0.5
"""Share of the weight of a theme's words that a text must hold to be about it."""


def about(theme: str, texts: Sequence[str]) -> list[float]:
    """How far each text is about a theme, from 0 to 1.

    A word weighs more the fewer texts hold it, so that "workshop" counts little among workshops
    and no list of empty words is needed in any language. A word of up to four letters must stand as it
    is or in the plural ("CV", "jobs"), a longer one may be the beginning of another or begin with it.
    """
    wanted = [word for word in dict.fromkeys(fold(theme).split()) if len(word) > 1]
    held = [_words(text) for text in texts]
    known = frozenset().union(*held) if wanted else frozenset()
    forms = {word: {other for other in known if _is_form(other, word)} for word in wanted}
    holds = [[word for word in wanted if not forms[word].isdisjoint(words)] for words in held]
    counts = {word: sum(word in each for each in holds) for word in wanted}
    weights = {word: _weight(word, count, len(texts)) for word, count in counts.items()}
    total = sum(weights.values())
    if not total:
        return [0.0] * len(texts)
    return [sum(weights[word] for word in each) / total for each in holds]


@lru_cache(maxsize=50_000)
def _words(text: str) -> frozenset[str]:
    return frozenset(fold(text).split())


def _weight(word: str, count: int, among: int) -> float:
    if not count and len(word) <= 3:
        return 0.0
    return log((among + 1) / max(count, 0.5))


def _is_form(other: str, word: str) -> bool:
    stem = word.rstrip("sx") or word
    if len(word) <= 4:
        return other in (word, stem, f"{word}s")
    return other.startswith(stem) or (len(other) > 4 and word.startswith(other))
