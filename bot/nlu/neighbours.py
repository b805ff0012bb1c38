"""Reads a message by the examples nearest to it: what was said in nearly these words means what it meant there."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from sklearn.decomposition import PCA

from bot.nlu.arrays import Arrays

_DIMENSION = 256  # of 896: measured to lose nothing, and the model stays small
_SAMPLE = 3  # one example in so many is enough to find the directions
_SHARPNESS = 30.0  # how fast an example's say falls with its distance (of cosines)
_FLOOR = 0.005  # no example near is no proof against an intent
_STEPS = 127  # a figure of a row is kept in one byte: measured to lose nothing
_NOT_ZERO = np.float32(1e-9)


@dataclass(frozen=True)
class Neighbours:
    """The examples: unit `rows` (examples, 256) after `centre` (features) and `axes` (256, features); their `intents`.

    `intents` holds column numbers; `count` is how many columns there are.
    """

    centre: NDArray[np.float32]
    axes: NDArray[np.float32]
    rows: NDArray[np.float32]
    intents: NDArray[np.int16]
    count: int

    @classmethod
    def fit(cls, vectors: NDArray[np.float32], labels: Sequence[str]) -> Neighbours:
        """Keep `vectors`, one row an example; the intents' columns are in alphabetical order."""
        names = sorted(set(labels))
        size = min(_DIMENSION, *vectors[::_SAMPLE].shape)
        directions = PCA(size, random_state=0).fit(vectors[::_SAMPLE])
        centre, axes = directions.mean_.astype(np.float32), directions.components_.astype(np.float32)
        numbers = np.searchsorted(names, labels).astype(np.int16)
        return cls(centre, axes, _projected(vectors, centre, axes), numbers, len(names))

    def scores(self, vectors: NDArray[np.float32]) -> NDArray[np.float32]:
        """Return log-probabilities of shape (messages, intents)."""
        cosines = _projected(vectors, self.centre, self.axes) @ self.rows.T
        say = np.exp(_SHARPNESS * (cosines - cosines.max(axis=1, keepdims=True)))
        sums = np.stack([np.bincount(self.intents, row, self.count) for row in say])
        return np.asarray(np.log(sums / sums.sum(axis=1, keepdims=True) + _FLOOR), dtype=np.float32)

    def arrays(self) -> Arrays:
        """Return what a model keeps: of each row its steps, each the 127th part of the row's greatest figure."""
        steps = np.abs(self.rows).max(axis=1) / _STEPS + _NOT_ZERO
        return {
            "centre": self.centre,
            "axes": self.axes.astype(np.float16),
            "rows": np.round(self.rows / steps[:, None]).astype(np.int8),
            "steps": steps,
            "intents": self.intents,
            "count": np.array(self.count),
        }

    @classmethod
    def of(cls, arrays: Arrays) -> Neighbours:
        """Make it again from what a model kept."""
        axes = arrays["axes"].astype(np.float32)
        rows = arrays["rows"] * arrays["steps"][:, None]
        return cls(arrays["centre"], axes, rows, arrays["intents"], int(arrays["count"]))


def _projected(
    vectors: NDArray[np.float32], centre: NDArray[np.float32], axes: NDArray[np.float32]
) -> NDArray[np.float32]:
    found = (vectors - centre) @ axes.T
    return np.asarray(found / (np.linalg.norm(found, axis=1, keepdims=True) + _NOT_ZERO), dtype=np.float32)
