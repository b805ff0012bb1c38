"""`python -m bot adapt-encoder`: teach the last layers of e5 to tell our intents apart; a maintainer's command.

It learns from four fifths of the training examples, tells how the last fifth is then understood, with it and without,
and writes `data/encoder/adaptation.npz`, which is used from then on. Training the model does not need it anew: what it
does not know of newer examples, the other readers do.
"""

from __future__ import annotations

import argparse
import os
import warnings
from pathlib import Path

from bot.cli import examples, train
from bot.cli.misuse import Misasked
from bot.knowledge.adaptation import FILE
from bot.knowledge.paths import ROOT


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the options."""
    parser.add_argument("--passes", type=float, default=9.0, help="how often to go through the examples")
    parser.add_argument("--rank", type=int, default=32, help="rank of the changes: more learn more, and weigh more")
    parser.add_argument("--first", type=int, default=3, help="the first layer to change, counted from 0")
    parser.add_argument("--out", type=Path, default=FILE, help="where the adaptation goes")


def run(arguments: argparse.Namespace) -> int:
    """Learn, tell what it brings, write."""
    from bot.knowledge.encoder import E5_LAYERS

    if arguments.passes <= 0 or arguments.rank < 1:
        raise Misasked("--passes and --rank must be more than 0.")
    if not 0 <= arguments.first < E5_LAYERS:
        raise Misasked(f"--first: a layer between 0 and {E5_LAYERS - 1}.")
    quiet = {**train.quiet_environment(), "TF_INTRA_OP_PARALLELISM_THREADS": str(os.cpu_count())}
    os.environ.update(quiet)
    warnings.simplefilter("ignore")
    # Only now: TensorFlow takes seconds to load, and a wrong option should be told at once.
    from bot.cli.adapting import outcome
    from bot.cli.evaluation.classifier import Settings
    from bot.cli.evaluation.examples import of_training

    known = of_training(examples.read())
    adaptation, told = outcome.adapted(
        known, Settings.of(ROOT / "config.yml"), arguments.first, arguments.rank, arguments.passes
    )
    adaptation.write(arguments.out)
    print(told)
    print(f"Written: {arguments.out}")
    return 0
