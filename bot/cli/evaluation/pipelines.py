"""Other pipelines beside ours: trained on the same examples, asked about the same messages."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import time
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

from bot.cli import train
from bot.cli.evaluation import bootstrap, calibration, cost, development
from bot.cli.evaluation.bootstrap import Interval
from bot.cli.evaluation.cost import Cost
from bot.cli.evaluation.judged import Judged
from bot.cli.labelled import Labelled
from bot.knowledge.paths import DATA, ROOT

OURS = "config.yml"


@dataclass(frozen=True)
class Compared:
    """What a pipeline reaches over all languages, and what it costs.

    `difference` is its first choice less ours, message by message: when its bounds are on either side of 0, the two
    cannot be told apart. It is None for ours.
    """

    pipeline: str
    first: Interval
    three: Interval
    difference: Interval | None
    error: float
    cost: Cost

    @classmethod
    def of(cls, pipeline: str, judged: Sequence[Judged], ours: Sequence[Judged] | None, spent: Cost) -> Compared:
        """Compare what a pipeline makes of the messages with `ours` of the same ones, in the same order."""
        right = [one.right for one in judged]
        return cls(
            pipeline,
            bootstrap.share(right),
            bootstrap.share([one.among_three for one in judged]),
            bootstrap.difference(right, [one.right for one in ours]) if ours else None,
            calibration.measure(judged).error,
            spent,
        )


def compare(
    configs: Iterable[Path], labelled: Sequence[Labelled], ours: Sequence[Judged], our_cost: Cost,
    data: Path = DATA / "nlu",
) -> list[Compared]:  # fmt: skip
    """Train and score the pipeline of each Rasa config file beside ours, which comes first.

    Raises SystemExit when Rasa refuses one: what it has to say is then on the terminal.
    """
    found = [Compared.of(OURS, ours, None, our_cost)]
    for config in configs:
        with TemporaryDirectory() as folder:
            model, seconds = trained(config, data, Path(folder))
            theirs = development.judged(labelled, model)
            spent = cost.measure(model, [one.text for one in labelled], seconds)
        found.append(Compared.of(config.name, theirs, ours, spent))
    return found


def trained(config: Path, data: Path, folder: Path) -> tuple[Path, float]:
    """Train a model for understanding only into `folder`; returns its file and how many seconds it took."""
    print(f"Training {config.name}.", file=sys.stderr, flush=True)
    command = [sys.executable, "-m", "rasa", "train", "nlu", "--config", str(copied(config, folder))]
    command += ["--nlu", str(data), "--out", str(folder), "--fixed-model-name", "compared"]
    started = time.monotonic()
    done = subprocess.run(command, cwd=ROOT, env={**os.environ, **train.quiet_environment()}, stdout=sys.stderr)
    if done.returncode != 0:
        raise SystemExit(f"{config}: Rasa could not train this pipeline, see above.")
    return folder / "compared.tar.gz", time.monotonic() - started


def copied(config: Path, folder: Path) -> Path:
    """Return a copy in `folder`, for Rasa to train: it rewrites the file that it is given, and loses its comments."""
    return Path(shutil.copyfile(config, folder / "config.yml"))
