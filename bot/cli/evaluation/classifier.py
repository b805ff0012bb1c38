"""The pipeline's intent classifier alone, learnt from some examples and asked about others, without Rasa around it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import yaml

from bot.cli.evaluation.examples import Examples
from bot.cli.evaluation.judged import Judged
from bot.nlu.intent_classifier import Readers, ThreeReaders
from bot.nlu.sentence_encoder import SentenceEncoder

_KEPT = 3  # intents of a ranking
_BLOCK = 500  # messages asked about at once: the neighbours' cosines take 100 kB each


@dataclass(frozen=True)
class Settings:
    """What `config.yml` sets: the features' scale, the readers' weights (meaning, neighbours, wording), sharpness."""

    scale: float
    weights: tuple[float, float, float]
    sharpness: float

    @classmethod
    def of(cls, config: Path) -> Settings:
        """Read them from a Rasa config file; what it leaves out is the components' default."""
        pipeline = yaml.safe_load(config.read_text("utf-8"))["pipeline"]
        settings = {one["name"].rsplit(".", 1)[-1]: one for one in pipeline}
        encoder = {**SentenceEncoder.get_default_config(), **settings.get("SentenceEncoder", {})}
        readers: dict[str, Any] = {**ThreeReaders.get_default_config(), **settings.get("ThreeReaders", {})}
        weights = (readers["meaning"], readers["neighbours"], readers["wording"])
        return cls(float(encoder["scale"]), weights, float(readers["sharpness"]))


def ask(known: Examples, asked: Examples, settings: Settings) -> list[Judged]:
    """Learn from `known` and return what is understood of each of `asked`."""
    centre = known.e5.mean(axis=0)
    readers = Readers.fit(known.texts, known.features(centre, settings.scale), known.intents)
    rows = range(len(asked.texts))
    blocks = [asked.some(rows[start : start + _BLOCK]) for start in rows[::_BLOCK]]
    return [one for block in blocks for one in _judged(readers, block, centre, settings)]


def _judged(readers: Readers, asked: Examples, centre: Any, settings: Settings) -> list[Judged]:
    likely = readers.probabilities(
        asked.texts, asked.features(centre, settings.scale), settings.weights, settings.sharpness
    )
    best = np.argsort(-likely, axis=1)[:, :_KEPT]
    return [
        Judged(text, language, (intent,), _names(readers.names, columns), float(row[columns[0]]))
        for text, language, intent, columns, row in zip(asked.texts, asked.languages, asked.intents, best, likely)
    ]


def _names(names: Sequence[str], columns: Sequence[int]) -> tuple[str, ...]:
    return tuple(names[column] for column in columns)
