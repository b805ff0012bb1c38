"""Rasa intent classifier: four readers of a message, whose probabilities are multiplied."""

from __future__ import annotations

from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
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
from rasa.shared.nlu.constants import INTENT, INTENT_NAME_KEY, INTENT_RANKING_KEY, PREDICTED_CONFIDENCE_KEY, TEXT
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData

from bot.knowledge import encoder
from bot.nlu import two_requests
from bot.nlu.adapted_reader import AdaptedReader
from bot.nlu.arrays import Arrays, from_words, prefixed, to_words, under
from bot.nlu.meaning import MeaningReader
from bot.nlu.neighbours import Neighbours
from bot.nlu.sentence_encoder import ADAPTED
from bot.nlu.wording_reader import WordingReader

REQUESTS = "requests"
"""Where a message keeps the two intents that it asks, in their order; None when it asks but one."""
INFORM = "inform"
_FILE = "readers.npz"


@dataclass(frozen=True)
class Readers:
    """The three readers that a training makes, and the names of the intents, in alphabetical order."""

    names: tuple[str, ...]
    meaning: MeaningReader
    neighbours: Neighbours
    wording: WordingReader

    @classmethod
    def fit(cls, texts: Sequence[str], vectors: NDArray[np.float32], labels: Sequence[str]) -> Readers:
        """Learn from examples: their texts, their vectors of shape (examples, features), their intents."""
        with ThreadPoolExecutor() as pool:  # two cores: what is long in each is outside Python
            meaning = pool.submit(MeaningReader.fit, vectors, labels)
            wording = pool.submit(WordingReader.fit, texts, labels)
            neighbours = Neighbours.fit(vectors, labels)
            return cls(tuple(sorted(set(labels))), meaning.result(), neighbours, wording.result())

    def probabilities(
        self,
        texts: Sequence[str],
        vectors: NDArray[np.float32],
        weights: tuple[float, float, float],
        sharpness: float,
        more: NDArray[np.float32] | float = 0.0,
    ) -> NDArray[np.float32]:
        """Return an array of shape (messages, intents): the readers' weighted geometric mean, made sharper.

        `more`: weighted log-probabilities of a reader beside them, of the same shape.
        """
        parts = [self.meaning.scores(vectors), self.neighbours.scores(vectors), self.wording.scores(texts)]
        scores = sharpness * (np.tensordot(weights, parts, axes=1) + more)
        odds = np.exp(scores - scores.max(axis=1, keepdims=True))
        return np.asarray(odds / odds.sum(axis=1, keepdims=True), dtype=np.float32)

    def requests(self, text: str, whole: NDArray[np.float32]) -> tuple[str, str] | None:
        """Return the two intents that `text` asks, in their order; None when it asks but one.

        `whole` is how likely each intent is for all of `text`. Its halves are read by their wording: to make their
        vectors would take as long again as all the rest.
        """
        informs = self.names.index(INFORM) if INFORM in self.names else None
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
class FourReaders(IntentClassifier, GraphComponent):
    """Ranks every intent by meaning, nearest examples, wording, and e5 as adapted (where it is), together.

    Where a message holds two requests, it notes both in it under `REQUESTS`, for `BothRequests`. The model keeps arrays
    only, no pickle.
    """

    @classmethod
    def required_components(cls) -> list[type]:
        """Return what must come before: something that makes features."""
        return [Featurizer]

    @staticmethod
    def get_default_config() -> dict[str, Any]:
        """Return the settings: the weight of each reader, and `sharpness`, which makes confidence match accuracy."""
        return {"meaning": 0.3, "neighbours": 0.3, "wording": 0.4, "adapted": 0.44, "sharpness": 1.35}

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
        self._adapted_weight = float(settings["adapted"])
        self._sharpness = float(settings["sharpness"])
        self._model_storage = model_storage
        self._resource = resource
        self._readers = readers
        known = encoder.adaptation()
        self._adapted = AdaptedReader.of(known, readers.names) if known and readers else None

    @classmethod
    def create(
        cls,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
    ) -> FourReaders:
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
    ) -> FourReaders:
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
        """Set the intent and the ranking of each of `messages`, and note where two things are asked."""
        for message in messages:
            if message.get(TEXT) and self._readers:
                self._read(message, self._readers)
        return messages

    def _read(self, message: Message, readers: Readers) -> None:
        likely = readers.probabilities(
            _texts([message]), _matrix([message]), self._weights, self._sharpness, self._adapted_scores(message)
        )[0]
        ranking = [
            {INTENT_NAME_KEY: readers.names[index], PREDICTED_CONFIDENCE_KEY: float(likely[index])}
            for index in np.argsort(-likely)
        ]
        message.set(INTENT, ranking[0], add_to_output=True)
        message.set(INTENT_RANKING_KEY, ranking, add_to_output=True)
        message.set(REQUESTS, readers.requests(message.get(TEXT), likely))

    def _adapted_scores(self, message: Message) -> NDArray[np.float32] | float:
        vector = message.get(ADAPTED)
        if self._adapted is None or vector is None:
            return 0.0
        return self._adapted_weight * self._adapted.scores(vector[None])


def _texts(messages: list[Message]) -> list[str]:
    return [str(message.get(TEXT)) for message in messages]


def _matrix(messages: list[Message]) -> NDArray[np.float32]:
    """One row a message, of shape (len(messages), features): its dense sentence features."""
    rows = [message.get_dense_features(TEXT)[1] for message in messages]
    return np.concatenate([features.features for features in rows if features is not None]).astype(np.float32)
