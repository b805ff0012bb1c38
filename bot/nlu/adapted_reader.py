"""Reads a message by e5 as adapted to our examples: a linear reading of its vector, learnt with the adaptation."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from bot.knowledge.adaptation import Adaptation


@dataclass(frozen=True)
class AdaptedReader:
    """`matrix` of shape (384, intents), `bias` (intents), and which intents it was taught (intents)."""

    matrix: NDArray[np.float32]
    bias: NDArray[np.float32]
    taught: NDArray[np.bool_]

    @classmethod
    def of(cls, adaptation: Adaptation, names: Sequence[str]) -> AdaptedReader:
        """Put what `adaptation` knows into columns in the order of `names`; it knows nothing of intents made later."""
        columns = {name: column for column, name in enumerate(adaptation.names)}
        matrix, bias = np.zeros((len(adaptation.matrix), len(names)), np.float32), np.zeros(len(names), np.float32)
        taught = np.array([name in columns for name in names])
        for column, name in enumerate(names):
            if name in columns:
                matrix[:, column], bias[column] = adaptation.matrix[:, columns[name]], adaptation.bias[columns[name]]
        return cls(matrix, bias, taught)

    def scores(self, vectors: NDArray[np.float32]) -> NDArray[np.float32]:
        """Return log-probabilities of shape (messages, intents); an intent it does not know is as likely as any."""
        found = vectors @ self.matrix + self.bias
        found -= np.logaddexp.reduce(found, axis=1, keepdims=True, where=self.taught, initial=-np.inf)
        found[:, ~self.taught] = -np.log(len(self.taught))
        return np.asarray(found, dtype=np.float32)
