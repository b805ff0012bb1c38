"""Whether confidence means something: of what is said with 80 % confidence, 80 % should be right."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from bot.cli.evaluation.judged import Judged

_BINS = 15


@dataclass(frozen=True)
class Bin:
    """Messages understood with nearly the same confidence: how many, its mean, and the share that is right."""

    messages: int
    confidence: float
    right: float


@dataclass(frozen=True)
class Calibration:
    """The expected calibration error (the mean gap between confidence and share right) and the bins it comes from."""

    error: float
    bins: list[Bin]


def measure(judged: Sequence[Judged]) -> Calibration:
    """Sort the messages by confidence, cut them into 15 bins of as many messages each, and compare.

    Equal confidences stay in one bin, so that the order of the messages says nothing: there may then be fewer bins.
    """
    confidence = np.array([one.confidence for one in judged])
    right = np.array([one.right for one in judged], dtype=float)
    numbers = np.searchsorted(np.sort(confidence), confidence) * _BINS // max(1, len(judged))
    parts = [numbers == number for number in np.unique(numbers)]
    bins = [Bin(int(part.sum()), float(confidence[part].mean()), float(right[part].mean())) for part in parts]
    error = sum(one.messages * abs(one.confidence - one.right) for one in bins) / max(1, len(judged))
    return Calibration(error, bins)
