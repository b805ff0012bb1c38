"""Which examples may be labelled wrongly, stand twice, or are one sentence with other words in it.

Confident learning, after Northcutt, Jiang and Chuang, "Confident Learning: Estimating Uncertainty in Dataset Labels"
(2021): each example is read by a model that has not learnt it; it is suspect when another intent is read in it with
more confidence than that intent's own examples are on average.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from bot.knowledge.text import fold

Matrix = NDArray[np.float32]

_KEPT = 4  # words that a template must have beside its gap
_GAP = 3  # words that may differ
_ROWS = 2000


@dataclass(frozen=True)
class Suspect:
    """The example number `index`, the intent more `likely` than its own, and the confidence in each."""

    index: int
    likely: str
    confidence: float
    own: float


def suspects(probabilities: Matrix, names: Sequence[str], labels: Sequence[str]) -> list[Suspect]:
    """Return the examples whose label is in doubt, the most doubtful first.

    `names` are the intents of the columns, in alphabetical order; `labels` the intent given to each row.
    """
    given = np.searchsorted(names, labels)
    rows = np.arange(len(given))
    own = probabilities[rows, given]
    thresholds = [own[given == column].mean() for column in range(len(names))]
    over = np.where(probabilities >= thresholds, probabilities, 0.0)
    likely = over.argmax(axis=1)
    doubtful = np.flatnonzero((likely != given) & (over.max(axis=1) > 0))
    found = [Suspect(int(row), names[likely[row]], float(over[row, likely[row]]), float(own[row])) for row in doubtful]
    return sorted(found, key=lambda suspect: suspect.own - suspect.confidence)


def near_pairs(vectors: Matrix, cosine: float) -> list[tuple[int, int]]:
    """Return the pairs of rows, numbers in ascending order, whose cosine is at least `cosine`."""
    unit = vectors / (np.linalg.norm(vectors, axis=1, keepdims=True) + 1e-9)
    pairs: list[tuple[int, int]] = []
    for start in range(0, len(unit), _ROWS):
        first, second = np.nonzero(unit[start : start + _ROWS] @ unit[start:].T >= cosine)
        pairs += [(int(one) + start, int(other) + start) for one, other in zip(first, second) if one < other]
    return pairs


def same_text(texts: Sequence[str]) -> list[list[int]]:
    """Return the groups of numbers of the texts that are the same but for capitals, accents and marks."""
    return _groups((_plain(text), index) for index, text in enumerate(texts))


def templates(texts: Sequence[str], at_least: int = 3) -> list[list[int]]:
    """Return the groups of texts that are one sentence with one to three other words in it, largest first."""
    filled = ((gapped, index) for index, text in enumerate(texts) for gapped in _gapped(fold(text).split()))
    found = sorted((group for group in _groups(filled) if len(group) >= at_least), key=len, reverse=True)
    seen: set[int] = set()
    kept = []
    for group in found:
        if not seen.intersection(group):
            kept.append(group)
            seen.update(group)
    return kept


def _plain(text: str) -> str:
    return fold(text) or text  # "?" and "👍" have no letters


def _gapped(words: list[str]) -> set[tuple[str, ...]]:
    return {
        (*words[:start], "…", *words[start + length :])
        for length in range(1, _GAP + 1)
        for start in range(len(words) - length + 1)
        if len(words) - length >= _KEPT
    }


def _groups(keyed: Any) -> list[list[int]]:
    found: dict[Any, list[int]] = defaultdict(list)
    for key, index in keyed:
        found[key].append(index)
    return [group for group in found.values() if len(group) > 1]
