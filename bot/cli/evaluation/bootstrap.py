"""How sure a score is: 95 % intervals by drawing the messages again (the percentile bootstrap)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy.stats import bootstrap

_DRAWS = 1000
_BATCH = 50  # draws held in memory at once
_SEED = 0  # the same figures at each run


@dataclass(frozen=True)
class Interval:
    """A score, and the bounds between which it lies 95 times in 100 when the messages are drawn again."""

    value: float
    low: float
    high: float


def mean(values: Sequence[float] | Sequence[bool]) -> Interval:
    """Return the mean of `values`, one a message; of none, nothing is known: 0, between 0 and 1."""
    numbers = np.asarray(values, dtype=np.float32)
    if not len(numbers):
        return Interval(0.0, 0.0, 1.0)
    return _drawn((numbers,), lambda some, axis=-1: some.mean(axis=axis))


def f1(counts: Sequence[tuple[int, int, int, int]]) -> Interval:
    """Return the F1 of an entity from each message's counts of (marked, found, told, true)."""
    return _drawn(np.asarray(counts, dtype=np.float32).reshape(-1, 4).T, _f1)


def _f1(
    marked: NDArray[Any], found: NDArray[Any], told: NDArray[Any], true: NDArray[Any], axis: int = -1
) -> NDArray[Any]:
    recall = found.sum(axis) / np.maximum(1, marked.sum(axis))
    precision = true.sum(axis) / np.maximum(1, told.sum(axis))
    return np.asarray(2 * recall * precision / np.maximum(1e-9, recall + precision))


def _drawn(samples: Any, statistic: Any) -> Interval:
    value = float(statistic(*samples))
    if len(samples[0]) < 2:
        return Interval(value, 0.0, 1.0)
    bounds = bootstrap(
        tuple(samples), statistic, paired=len(samples) > 1, vectorized=True, method="percentile",
        n_resamples=_DRAWS, batch=_BATCH, random_state=_SEED,
    ).confidence_interval  # fmt: skip
    return Interval(value, float(bounds.low), float(bounds.high))
