"""Rasa featurizer over the house's sentence encoders."""

from __future__ import annotations

from typing import Any

import numpy as np
from rasa.engine.graph import ExecutionContext, GraphComponent
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.nlu.featurizers.dense_featurizer.dense_featurizer import DenseFeaturizer
from rasa.shared.nlu.constants import FEATURE_TYPE_SENTENCE, FEATURE_TYPE_SEQUENCE, TEXT
from rasa.shared.nlu.training_data.features import Features
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData

from bot.knowledge import encoder
from bot.nlu import vectors

ADAPTED = "adapted"
"""Where a message keeps e5's vector as adapted, of shape (384,); examples have none."""
_CENTRE = "centre.npy"


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.MESSAGE_FEATURIZER, is_trainable=True)
class SentenceEncoder(DenseFeaturizer, GraphComponent):
    """Gives each message one dense vector of 896 values: USE (512) and e5 (384).

    e5's vectors lie in a narrow cone, so they are centred on the mean of the training examples, which is
    kept in the model. `scale` multiplies everything: the logistic regression's penalty is fixed in Rasa, and
    larger features are what relaxes it.
    """

    @staticmethod
    def get_default_config() -> dict[str, Any]:
        """Return the component's settings: `alias`, the name of its features, and `scale`."""
        return {"alias": "sentence_encoder", "scale": 4.0}

    def __init__(
        self,
        config: dict[str, Any],
        name: str,
        model_storage: ModelStorage,
        resource: Resource,
        centre: encoder.Vectors | None = None,
    ) -> None:
        """Take the settings and, when loaded from a model, the mean of its training examples."""
        super().__init__(name, config)
        self._model_storage = model_storage
        self._resource = resource
        self._centre = np.zeros(encoder.E5_DIMENSION, np.float32) if centre is None else centre

    @classmethod
    def create(
        cls,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
    ) -> SentenceEncoder:
        """Make an untrained component."""
        return cls(config, execution_context.node_name, model_storage, resource)

    @classmethod
    def load(
        cls,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
        **kwargs: Any,
    ) -> SentenceEncoder:
        """Read a trained component from the model."""
        with model_storage.read_from(resource) as folder:
            centre = np.load(folder / _CENTRE)
        return cls(config, execution_context.node_name, model_storage, resource, centre)

    def train(self, training_data: TrainingData) -> Resource:
        """Learn the mean of the examples' e5 vectors."""
        texts = [str(example.get(TEXT)) for example in training_data.intent_examples if example.get(TEXT)]
        self._centre = vectors.of_e5(texts).mean(axis=0)
        with self._model_storage.write_to(self._resource) as folder:
            np.save(folder / _CENTRE, self._centre)
        return self._resource

    def process_training_data(self, training_data: TrainingData) -> TrainingData:
        """Add features to the training examples."""
        examples = [example for example in training_data.training_examples if example.get(TEXT)]
        texts = _texts(examples)
        self._add_all(examples, vectors.of_use(texts), vectors.of_e5(texts))
        return training_data

    def process(self, messages: list[Message]) -> list[Message]:
        """Add features to `messages`, and keep e5's vector as adapted beside them."""
        said = [message for message in messages if message.get(TEXT)]
        texts = _texts(said)
        if encoder.adaptation():
            e5, adapted = encoder.adapted_vectors(texts)
            for message, vector in zip(said, adapted):
                message.set(ADAPTED, vector)
        else:
            e5 = encoder.e5_vectors(texts)
        self._add_all(said, encoder.use_vectors(texts), e5)
        return messages

    def _add_all(self, messages: list[Message], use: encoder.Vectors, e5: encoder.Vectors) -> None:
        centred = e5 - self._centre
        centred /= np.linalg.norm(centred, axis=1, keepdims=True) + 1e-9
        for message, vector in zip(messages, float(self._config["scale"]) * np.concatenate([use, centred], axis=1)):
            self._add(message, vector)

    def _add(self, message: Message, vector: encoder.Vectors) -> None:
        row = vector.reshape(1, -1)
        # Rasa's classifiers expect sequence features before sentence features; the sequence is one token long.
        for kind in (FEATURE_TYPE_SEQUENCE, FEATURE_TYPE_SENTENCE):
            message.add_features(Features(row, kind, TEXT, self._config["alias"]))

    @classmethod
    def validate_config(cls, config: dict[str, Any]) -> None:
        """Refuse nothing: Rasa has already checked the names of the settings."""


def _texts(messages: list[Message]) -> list[str]:
    return [str(message.get(TEXT)) for message in messages]
