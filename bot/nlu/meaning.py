"""Reads a message by its meaning: a logistic regression on the sentence vectors."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from sklearn.linear_model import LogisticRegression

from bot.nlu.arrays import Arrays

_PENALTY = 0.3  # inverse, as scikit-learn's C
_ITERATIONS = 30  # going on to the end takes four times as long and understands no more


@dataclass(frozen=True)
class MeaningReader:
    """`matrix` of shape (features, intents) and `bias` (intents)."""

    matrix: NDArray[np.float32]
    bias: NDArray[np.float32]

    @classmethod
    def fit(cls, vectors: NDArray[np.float32], labels: Sequence[str]) -> MeaningReader:
        """Learn from `vectors`, one row an example; the intents' columns are in alphabetical order."""
        model = LogisticRegression(C=_PENALTY, max_iter=_ITERATIONS, class_weight="balanced").fit(vectors, labels)
        return cls(model.coef_.T.astype(np.float32), model.intercept_.astype(np.float32))

    def scores(self, vectors: NDArray[np.float32]) -> NDArray[np.float32]:
        """Return log-probabilities of shape (messages, intents), up to a constant a row."""
        found = vectors @ self.matrix + self.bias
        return np.asarray(found - np.logaddexp.reduce(found, axis=1, keepdims=True), dtype=np.float32)

    def arrays(self) -> Arrays:
        """Return what a model keeps."""
        return {"matrix": self.matrix, "bias": self.bias}

    @classmethod
    def of(cls, arrays: Arrays) -> MeaningReader:
        """Make it again from what a model kept."""
        return cls(arrays["matrix"], arrays["bias"])
