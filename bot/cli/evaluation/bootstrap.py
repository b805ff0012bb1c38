"""How sure a score is: 95 % intervals by drawing the messages again (the percentile bootstrap).

Where every draw gives the same, as when all messages are right, it would tell of no doubt at all: the bound is then
Wilson's ("Probable inference, the law of succession, and statistical inference", 1927).
"""

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
_SQUARED = 1.96**2  # of the normal law's deviation beyond which lie 5 in 100


@dataclass(frozen=True)
class Interval:
    """A score, and the bounds between which it lies 95 times in 100 when the messages are drawn again."""

    value: float
    low: float
    high: float


def value_of(found: Interval | None) -> float | None:
    """Return the score without its bounds."""
    return found.value if found else None


def share(values: Sequence[bool]) -> Interval:
    """Return the share of `values` that are true, one a message; raises ValueError when there is none."""
    if not values:
        raise ValueError("no messages, hence no share of them")
    return _drawn((np.asarray(values, dtype=np.float32),), _mean)


def difference(theirs: Sequence[bool], ours: Sequence[bool]) -> Interval:
    """Return the share of `theirs` that are true less that of `ours`, the two on the same messages: from -1 to 1."""
    paired = np.asarray(theirs, dtype=np.float32) - np.asarray(ours, dtype=np.float32)
    return _drawn((paired,), _mean, lowest=-1.0)


def f1(counts: Sequence[tuple[int, int, int, int]]) -> Interval | None:
    """Return the F1 of an entity from each message's counts of (marked, found, told, true).

    Messages without any tell nothing of it and are not drawn; of none at all there is no F1.
    """
    some = [one for one in counts if any(one)]
    return _drawn(np.asarray(some, dtype=np.float32).T, _f1) if some else None


def _mean(values: NDArray[Any], axis: int = -1) -> NDArray[Any]:
    return np.asarray(values.mean(axis=axis))


def _f1(
    marked: NDArray[Any], found: NDArray[Any], told: NDArray[Any], true: NDArray[Any], axis: int = -1
) -> NDArray[Any]:
    recall = found.sum(axis) / np.maximum(1, marked.sum(axis))
    precision = true.sum(axis) / np.maximum(1, told.sum(axis))
    return np.asarray(2 * recall * precision / np.maximum(1e-9, recall + precision))


def _drawn(samples: Any, statistic: Any, lowest: float = 0.0) -> Interval:
    value, messages = float(statistic(*samples)), len(samples[0])
    low, high = _bounds(samples, statistic) if messages > 1 else (value, value)
    if low == high:
        doubt = _SQUARED / (messages + _SQUARED)
        low, high = max(lowest, value - doubt), min(1.0, value + doubt)
    return Interval(value, low, high)


def _bounds(samples: Any, statistic: Any) -> tuple[float, float]:
    found = bootstrap(
        tuple(samples), statistic, paired=len(samples) > 1, vectorized=True, method="percentile",
        n_resamples=_DRAWS, batch=_BATCH, random_state=_SEED,
    ).confidence_interval  # fmt: skip
    return float(found.low), float(found.high)
