"""The pipeline's intent classifier alone, learnt from some examples and asked about others, without Rasa around it."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import yaml
from numpy.typing import NDArray

from bot.cli.evaluation.examples import Examples
from bot.cli.evaluation.judged import KEPT, Judged
from bot.nlu.intent_classifier import FourReaders, Readers
from bot.nlu.sentence_encoder import SentenceEncoder

_BLOCK = 500  # messages asked about at once: the neighbours' cosines take 100 kB each


@dataclass(frozen=True)
class Settings:
    """What `config.yml` sets: the features' scale, the readers' weights (meaning, neighbours, wording), sharpness.

    `adapted`: the weight of the reader that training does not make, e5 as adapted.
    """

    scale: float
    weights: tuple[float, float, float]
    sharpness: float
    adapted: float

    @classmethod
    def of(cls, config: Path) -> Settings:
        """Read them from a Rasa config file; what it leaves out is the components' default."""
        pipeline = yaml.safe_load(config.read_text("utf-8"))["pipeline"]
        settings = {one["name"].rsplit(".", 1)[-1]: one for one in pipeline}
        features = {**SentenceEncoder.get_default_config(), **settings.get("SentenceEncoder", {})}
        readers: dict[str, Any] = {**FourReaders.get_default_config(), **settings.get("FourReaders", {})}
        weights = (readers["meaning"], readers["neighbours"], readers["wording"])
        return cls(float(features["scale"]), weights, float(readers["sharpness"]), float(readers["adapted"]))


@dataclass(frozen=True)
class Likelihoods:
    """How likely each message means each intent: `rows` (messages, intents), the columns in the order of `names`."""

    names: tuple[str, ...]
    rows: NDArray[np.float32]

    def judged(self, asked: Examples) -> list[Judged]:
        """Return the likeliest intents of each of `asked`, whose rows these are, beside its own."""
        best = np.argsort(-self.rows, axis=1)[:, :KEPT]
        return [
            Judged(text, language, (intent,), tuple(self.names[column] for column in columns), float(row[columns[0]]))
            for text, language, intent, columns, row in zip(
                asked.texts, asked.languages, asked.intents, best, self.rows
            )
        ]


def ask(known: Examples, asked: Examples, settings: Settings) -> Likelihoods:
    """Learn from `known` and tell how likely each of `asked` means each intent learnt.

    Three of the readers do: what e5 as adapted says is left out, since it has learnt from what is asked.
    """
    centre = known.e5.mean(axis=0)
    readers = Readers.fit(known.texts, known.features(centre, settings.scale), known.intents)
    rows = range(len(asked.texts))
    blocks = [asked.some(rows[start : start + _BLOCK]) for start in rows[::_BLOCK]]
    found = [
        readers.probabilities(
            block.texts, block.features(centre, settings.scale), settings.weights, settings.sharpness
        )
        for block in blocks
    ]  # fmt: skip
    return Likelihoods(readers.names, np.concatenate(found))
