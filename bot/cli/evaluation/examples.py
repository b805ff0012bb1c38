"""The training examples with the vectors of their sentences, as the pipeline's classifier sees them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from rapidfuzz import process
from rapidfuzz.distance import Indel
from scipy.sparse import csr_matrix
from scipy.sparse.csgraph import connected_components

from bot.cli.examples import Example
from bot.cli.labelled import Labelled
from bot.knowledge.text import fold
from bot.nlu import vectors

SAME = 0.97
"""The cosine above which two sentences say the same in nearly the same words."""
_SPELT_ALIKE = 0.9  # share of letters in common, as have "horario" and "horari"


@dataclass(frozen=True)
class Examples:
    """Texts, languages and intents; vectors of USE (examples, 512) and of e5 (examples, 384), each row of length 1."""

    texts: list[str]
    languages: list[str]
    intents: list[str]
    use: NDArray[np.float32]
    e5: NDArray[np.float32]

    def some(self, rows: Sequence[int] | NDArray[np.int64]) -> Examples:
        """Return those of some rows."""
        texts, languages, intents = (
            [column[row] for row in rows] for column in (self.texts, self.languages, self.intents)
        )
        return Examples(texts, languages, intents, self.use[rows], self.e5[rows])

    def features(self, centre: NDArray[np.float32], scale: float) -> NDArray[np.float32]:
        """Return what `SentenceEncoder` makes of them, of shape (examples, 896)."""
        e5 = self.e5 - centre
        e5 /= np.linalg.norm(e5, axis=1, keepdims=True) + 1e-9
        return scale * np.concatenate([self.use, e5], axis=1)

    def directions(self) -> NDArray[np.float32]:
        """Return their features centred on their own mean, each row of length 1: products are cosines."""
        return self.features(self.e5.mean(axis=0), 1 / np.sqrt(2))  # USE and e5 are of length 1 each


def of_training(known: Sequence[Example]) -> Examples:
    """Return training examples in their order; vectors are those kept by training, made now where there are none."""
    return _with_vectors(
        "", [one.text for one in known], [one.language for one in known], [one.intent for one in known]
    )


def of_messages(messages: Sequence[Labelled]) -> Examples:
    """Return labelled messages with their likeliest intent; their vectors are kept apart from those of training."""
    return _with_vectors(
        "_messages",
        [one.text for one in messages],
        [one.language for one in messages],
        [one.intents[0] for one in messages],
    )


def groups(examples: Examples) -> NDArray[np.int64]:
    """Number the groups of near-duplicates, in any language: whoever has a near-duplicate in a group belongs to it.

    Near in meaning, or spelt nearly alike whatever the capitals, accents and marks. Only examples of one intent are
    compared: a near-duplicate under another one gives no answer away.
    """
    directions = examples.directions()
    intents, spelt = np.array(examples.intents), np.array([fold(text) or text for text in examples.texts])
    numbers = np.zeros(len(intents), dtype=np.int64)
    for intent in set(examples.intents):
        rows = np.flatnonzero(intents == intent)
        near = (directions[rows] @ directions[rows].T > SAME) | _spelt_alike(spelt[rows].tolist())
        numbers[rows] = numbers.max() + 1 + connected_components(csr_matrix(near), directed=False)[1]
    return numbers


def _spelt_alike(texts: list[str]) -> NDArray[np.bool_]:
    return process.cdist(
        texts, texts, scorer=Indel.normalized_similarity, score_cutoff=_SPELT_ALIKE, workers=-1
    ) > 0  # fmt: skip


def _with_vectors(suffix: str, texts: list[str], languages: list[str], intents: list[str]) -> Examples:
    use = vectors.of_use(texts, f"use{suffix}")
    e5 = vectors.of_e5(texts, f"e5{suffix}")
    return Examples(texts, languages, intents, use, e5)
