"""What a model costs: time a message, memory, size, time to train."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from bot.cli import train
from bot.knowledge.paths import ROOT

_SAMPLE = 200  # messages
_MB = 1_000_000


@dataclass(frozen=True)
class Cost:
    """Milliseconds a message on one core (half take less than `p50`, 95 in 100 less than `p95`), MB, seconds.

    `training` is None when nobody noted how long it took.
    """

    p50: float
    p95: float
    model: float
    memory: float
    training: float | None


def measure(model: Path, texts: Sequence[str], training: float | None) -> Cost:
    """Measure a model on some of `texts`, evenly taken, in a process of its own (`probe`)."""
    sample = list(texts[:: max(1, len(texts) // _SAMPLE)])
    done = subprocess.run(
        [sys.executable, "-m", "bot.cli.evaluation.probe", str(model)],
        input=json.dumps(sample),
        stdout=subprocess.PIPE,
        text=True,
        check=True,
        cwd=ROOT,
        env={**os.environ, **train.quiet_environment()},
    )
    found = json.loads(done.stdout.splitlines()[-1])
    p50, p95 = 1000 * np.percentile(found["seconds"], [50, 95])
    return Cost(float(p50), float(p95), model.stat().st_size / _MB, found["memory"] / _MB, training)
