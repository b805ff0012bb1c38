"""An adaptation learnt from most examples, and what it brings to the understanding of the others."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray
from tabulate import tabulate

from bot.cli.adapting.learning import BATCH, Thoughts, learn
from bot.cli.adapting.network import Network
from bot.cli.evaluation import classifier, experiments
from bot.cli.evaluation.classifier import Settings
from bot.cli.evaluation.examples import Examples
from bot.knowledge.adaptation import Adaptation
from bot.knowledge.e5 import E5
from bot.knowledge.e5_file import E5File
from bot.knowledge.encoder import E5_LAYERS, ready
from bot.nlu.adapted_reader import AdaptedReader

_FOLDS = 5
_FRENCH = "fr"
_LEAST = 1e-9  # so that a likelihood of nothing has a logarithm


def adapted(known: Examples, settings: Settings, first: int, rank: int, passes: float) -> tuple[Adaptation, str]:
    """Learn from four fifths of `known`; return the adaptation, and a table of how the other fifth is understood."""
    learnt, asked = next(iter(experiments.splits(known, _FOLDS)))
    names = tuple(sorted(set(known.intents)))
    file, teaching = E5File(), known.some(learnt)
    network = Network(file, first, E5_LAYERS, rank, names)
    thoughts = Thoughts.of(teaching.texts, E5(file, layers=first), "Examples")
    learn(network, thoughts, np.searchsorted(names, teaching.intents).astype(np.int32), passes)
    adaptation = network.adaptation()
    return adaptation, _told(teaching, known.some(asked), settings, adaptation)


def _told(teaching: Examples, asked: Examples, settings: Settings, adaptation: Adaptation) -> str:
    without = classifier.ask(teaching, asked, settings)
    alone = AdaptedReader.of(adaptation, without.names).scores(_vectors(asked.texts, adaptation))
    together = np.log(without.rows + _LEAST) + settings.sharpness * settings.adapted * alone
    rows = [
        (name, *_shares(found, without.names, asked))
        for name, found in (("without", without.rows), ("alone", alone), ("with", together))
    ]
    return tabulate(rows, ("adaptation", "first right", "in three", "first right in French"), floatfmt=".3f")


def _vectors(texts: Sequence[str], adaptation: Adaptation) -> NDArray[np.float32]:
    encoder = E5(layers=E5_LAYERS, adaptation=adaptation)
    parts = [texts[start : start + BATCH] for start in range(0, len(texts), BATCH)]
    return np.concatenate([encoder.both([ready(text) for text in part])[1] for part in parts])


def _shares(rows: NDArray[np.float32], names: tuple[str, ...], asked: Examples) -> tuple[float, float, float]:
    """First choice right, among the first three, first choice right in French."""
    wanted = np.searchsorted(names, asked.intents)
    better = (rows > rows[np.arange(len(rows)), wanted][:, None]).sum(axis=1)
    french = np.array(asked.languages) == _FRENCH
    return float((better == 0).mean()), float((better < 3).mean()), float((better[french] == 0).mean())
