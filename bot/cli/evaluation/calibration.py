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
    """Sort the messages by confidence, cut them into 15 bins of as many messages each, and compare."""
    confidence = np.array([one.confidence for one in judged])
    right = np.array([one.right for one in judged], dtype=float)
    order = np.argsort(confidence, kind="stable")
    parts = [part for part in np.array_split(order, _BINS) if len(part)]
    bins = [Bin(len(part), float(confidence[part].mean()), float(right[part].mean())) for part in parts]
    error = sum(one.messages * abs(one.confidence - one.right) for one in bins) / max(1, len(judged))
    return Calibration(error, bins)
