"""Rasa intent classifier: three readers of a message, whose probabilities are multiplied."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray
from rasa.engine.graph import ExecutionContext, GraphComponent
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.nlu.classifiers.classifier import IntentClassifier
from rasa.nlu.featurizers.featurizer import Featurizer
from rasa.shared.nlu.constants import (
    ENTITIES,
    INTENT,
    INTENT_NAME_KEY,
    INTENT_RANKING_KEY,
    PREDICTED_CONFIDENCE_KEY,
    TEXT,
)
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData

from bot.knowledge.concerns import load_concerns
from bot.nlu import two_requests
from bot.nlu.arrays import Arrays, from_words, prefixed, to_words, under
from bot.nlu.meaning import MeaningReader
from bot.nlu.neighbours import Neighbours
from bot.nlu.ranking import put_first
from bot.nlu.wording_reader import WordingReader

ALSO = "also_asked"
"""The entity that bears the second intent of a message."""
_FILE = "readers.npz"
_INFORM = "inform"


@dataclass(frozen=True)
class Readers:
    """The three readers and the names of the intents, in alphabetical order."""

    names: tuple[str, ...]
    meaning: MeaningReader
    neighbours: Neighbours
    wording: WordingReader

    @classmethod
    def fit(cls, texts: Sequence[str], vectors: NDArray[np.float32], labels: Sequence[str]) -> Readers:
        """Learn from examples: their texts, their vectors of shape (examples, features), their intents."""
        return cls(
            tuple(sorted(set(labels))),
            MeaningReader.fit(vectors, labels),
            Neighbours.fit(vectors, labels),
            WordingReader.fit(texts, labels),
        )

    def probabilities(
        self, texts: Sequence[str], vectors: NDArray[np.float32], weights: tuple[float, float, float], sharpness: float
    ) -> NDArray[np.float32]:
        """Return an array of shape (messages, intents): the readers' weighted geometric mean, made sharper."""
        parts = [self.meaning.scores(vectors), self.neighbours.scores(vectors), self.wording.scores(texts)]
        scores = sharpness * np.tensordot(weights, parts, axes=1)
        odds = np.exp(scores - scores.max(axis=1, keepdims=True))
        return np.asarray(odds / odds.sum(axis=1, keepdims=True), dtype=np.float32)

    def requests(self, text: str, whole: NDArray[np.float32]) -> tuple[str, str] | None:
        """Return the two intents that `text` asks, in their order; None when it asks but one.

        `whole` is how likely each intent is for all of `text`. Its halves are read by their wording: to make their
        vectors would take as long again as all the rest.
        """
        informs = self.names.index(_INFORM) if _INFORM in self.names else None
        found = two_requests.requests(text, whole, lambda parts: np.exp(self.wording.scores(parts)), informs)
        return (self.names[found[0]], self.names[found[1]]) if found else None

    def arrays(self) -> Arrays:
        """Return what a model keeps."""
        return {
            "names": from_words(self.names),
            **prefixed("meaning", self.meaning.arrays()),
            **prefixed("neighbours", self.neighbours.arrays()),
            **prefixed("wording", self.wording.arrays()),
        }

    @classmethod
    def of(cls, arrays: Arrays) -> Readers:
        """Make them again from what a model kept."""
        return cls(
            tuple(to_words(arrays["names"])),
            MeaningReader.of(under("meaning", arrays)),
            Neighbours.of(under("neighbours", arrays)),
            WordingReader.of(under("wording", arrays)),
        )


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.INTENT_CLASSIFIER, is_trainable=True)
class ThreeReaders(IntentClassifier, GraphComponent):
    """Ranks every intent by meaning, nearest examples and wording together.

    Each is wrong on other messages: on hard French, 82 %, 84 % and 88 % are right alone, 92 % together. A message that
    asks two things ("c'est gratuit et vous ouvrez quand ?") gets the first as its intent and the other as an entity
    `also_asked`, when each is a concern or one of `asked_together`, and not both concerns. The model keeps arrays only,
    no pickle.
    """

    @classmethod
    def required_components(cls) -> list[type]:
        """Return what must come before: something that makes features."""
        return [Featurizer]

    @staticmethod
    def get_default_config() -> dict[str, Any]:
        """Return the settings: the weight of each reader; `sharpness`, which makes confidence match accuracy; and
        `asked_together`, the intents that may share a message with another one.
        """
        return {"meaning": 0.3, "neighbours": 0.3, "wording": 0.4, "sharpness": 1.8, "asked_together": []}

    def __init__(
        self,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        readers: Readers | None = None,
    ) -> None:
        """Take the settings and, when loaded from a model, the readers."""
        settings = {**self.get_default_config(), **config}
        self._weights = (settings["meaning"], settings["neighbours"], settings["wording"])
        self._sharpness = float(settings["sharpness"])
        self._together = frozenset(settings["asked_together"])
        self._model_storage = model_storage
        self._resource = resource
        self._readers = readers

    @classmethod
    def create(
        cls,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
    ) -> ThreeReaders:
        """Make an untrained component."""
        return cls(config, model_storage, resource)

    @classmethod
    def load(
        cls,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
        **kwargs: Any,
    ) -> ThreeReaders:
        """Read a trained component from the model."""
        with model_storage.read_from(resource) as folder, np.load(folder / _FILE) as archive:
            return cls(config, model_storage, resource, Readers.of(dict(archive)))

    def train(self, training_data: TrainingData) -> Resource:
        """Learn from all examples that have an intent."""
        examples = [example for example in training_data.intent_examples if example.get(TEXT)]
        labels = [str(example.get(INTENT)) for example in examples]
        self._readers = Readers.fit(_texts(examples), _matrix(examples), labels)
        with self._model_storage.write_to(self._resource) as folder:
            np.savez_compressed(folder / _FILE, **self._readers.arrays())
        return self._resource

    def process(self, messages: list[Message]) -> list[Message]:
        """Set the intent and the ranking of each of `messages`, and the second request where there is one."""
        for message in messages:
            if message.get(TEXT) and self._readers:
                self._read(message, self._readers)
        return messages

    def _read(self, message: Message, readers: Readers) -> None:
        likely = readers.probabilities(_texts([message]), _matrix([message]), self._weights, self._sharpness)[0]
        ranking = [
            {INTENT_NAME_KEY: readers.names[index], PREDICTED_CONFIDENCE_KEY: float(likely[index])}
            for index in np.argsort(-likely)
        ]
        message.set(INTENT, ranking[0], add_to_output=True)
        message.set(INTENT_RANKING_KEY, ranking, add_to_output=True)
        asked = readers.requests(message.get(TEXT), likely) if self._together else None
        if asked:
            self._settle(message, *asked)

    def _settle(self, message: Message, first: str, second: str) -> None:
        """Rank what is asked first; where one half only informs ("vivo en Quito y busco trabajo"), the other is it."""
        asked = [intent for intent in (first, second) if intent != _INFORM]
        if not self._together.union(load_concerns()).issuperset(asked):
            return
        if len(asked) == 1:
            put_first(message, asked[0])
        elif not self._together.isdisjoint(asked):
            put_first(message, first)
            message.set(ENTITIES, [*message.get(ENTITIES, []), _also(message, second)], add_to_output=True)


def _also(message: Message, intent: str) -> dict[str, Any]:
    end = len(message.get(TEXT))
    return {"entity": ALSO, "start": 0, "end": end, "value": intent, "extractor": ThreeReaders.__name__}


def _texts(messages: list[Message]) -> list[str]:
    return [str(message.get(TEXT)) for message in messages]


def _matrix(messages: list[Message]) -> NDArray[np.float32]:
    """One row a message, of shape (len(messages), features): its dense sentence features."""
    rows = [message.get_dense_features(TEXT)[1] for message in messages]
    return np.concatenate([features.features for features in rows if features is not None]).astype(np.float32)
