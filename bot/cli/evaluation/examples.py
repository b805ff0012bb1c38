"""The training examples with the vectors of their sentences, as the pipeline's classifier sees them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from rasa.shared.nlu.constants import INTENT, TEXT
from rasa.shared.nlu.training_data.loading import load_data
from scipy.sparse import csr_matrix
from scipy.sparse.csgraph import connected_components

from bot.cli.labelled import Labelled
from bot.nlu import vectors

_SAME = 0.97  # cosine above which two sentences say the same in nearly the same words


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


def of_training(folder: Path) -> Examples:
    """Read `folder`/<language>/*.yml; the vectors are those kept by training, made now where there are none."""
    loaded = {path.name: load_data(str(path)).intent_examples for path in sorted(folder.iterdir())}
    rows = [(one.get(TEXT), name, one.get(INTENT)) for name, found in loaded.items() for one in found if one.get(TEXT)]
    texts, languages, intents = (list(column) for column in zip(*rows))
    return _with_vectors("", texts, languages, intents)


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

    Only examples of one intent are compared: a near-duplicate under another one gives no answer away.
    """
    features = examples.features(examples.e5.mean(axis=0), 1.0)
    features /= np.linalg.norm(features, axis=1, keepdims=True) + 1e-9
    numbers = np.zeros(len(features), dtype=np.int64)
    for intent in set(examples.intents):
        rows = np.flatnonzero(np.array(examples.intents) == intent)
        near = csr_matrix(features[rows] @ features[rows].T > _SAME)
        numbers[rows] = numbers.max() + 1 + connected_components(near, directed=False)[1]
    return numbers


def _with_vectors(suffix: str, texts: list[str], languages: list[str], intents: list[str]) -> Examples:
    use = vectors.of_use(texts, f"use{suffix}")
    e5 = vectors.of_e5(texts, f"e5{suffix}")
    return Examples(texts, languages, intents, use, e5)
