"""Rasa intent classifier: a logistic regression on the sentence vectors."""

from __future__ import annotations

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
from sklearn.linear_model import LogisticRegression

_WEIGHTS = "weights.npz"


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.INTENT_CLASSIFIER, is_trainable=True)
class SentenceClassifier(IntentClassifier, GraphComponent):
    """Multinomial logistic regression on dense sentence features, every intent ranked.

    Rasa's own works on sparse matrices and takes ten times as long on the same vectors; it has no setting for the
    penalty either. The model keeps a matrix and a bias: no pickle.
    """

    @classmethod
    def required_components(cls) -> list[type]:
        """Return what must come before: something that makes features."""
        return [Featurizer]

    @staticmethod
    def get_default_config() -> dict[str, Any]:
        """Return the settings: `C`, the inverse of the penalty, and `max_iter`."""
        return {"C": 1.0, "max_iter": 300}

    def __init__(
        self,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        weights: dict[str, NDArray[Any]] | None = None,
    ) -> None:
        """Take the settings and, when loaded from a model, the weights."""
        self._config = {**self.get_default_config(), **config}
        self._model_storage = model_storage
        self._resource = resource
        self._weights = weights or {}

    @classmethod
    def create(
        cls,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
    ) -> SentenceClassifier:
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
    ) -> SentenceClassifier:
        """Read a trained component from the model."""
        with model_storage.read_from(resource) as folder, np.load(folder / _WEIGHTS) as archive:
            return cls(config, model_storage, resource, dict(archive))

    def train(self, training_data: TrainingData) -> Resource:
        """Fit on all examples that have an intent."""
        examples = [example for example in training_data.intent_examples if example.get(TEXT)]
        model = LogisticRegression(C=self._config["C"], max_iter=self._config["max_iter"], class_weight="balanced")
        model.fit(_matrix(examples), [example.get(INTENT) for example in examples])
        self._weights = {
            "classes": np.asarray(model.classes_, dtype=str),
            "matrix": model.coef_.T.astype(np.float32),
            "bias": model.intercept_.astype(np.float32),
        }
        with self._model_storage.write_to(self._resource) as folder:
            np.savez_compressed(folder / _WEIGHTS, **self._weights)
        return self._resource

    def process(self, messages: list[Message]) -> list[Message]:
        """Set the intent and the ranking of each of `messages`."""
        for message in messages:
            if message.get(TEXT) and self._weights:
                ranking = self._ranking(message)
                message.set(INTENT, ranking[0], add_to_output=True)
                message.set(INTENT_RANKING_KEY, ranking, add_to_output=True)
        return messages

    def _ranking(self, message: Message) -> list[dict[str, Any]]:
        scores = (_matrix([message]) @ self._weights["matrix"] + self._weights["bias"])[0]
        odds = np.exp(scores - scores.max())
        likely = odds / odds.sum()
        return [
            {INTENT_NAME_KEY: str(self._weights["classes"][index]), PREDICTED_CONFIDENCE_KEY: float(likely[index])}
            for index in np.argsort(-likely)
        ]


def _matrix(messages: list[Message]) -> NDArray[np.float32]:
    """One row a message, of shape (len(messages), features): its dense sentence features."""
    rows = [message.get_dense_features(TEXT)[1] for message in messages]
    return np.concatenate([features.features for features in rows if features is not None]).astype(np.float32)
