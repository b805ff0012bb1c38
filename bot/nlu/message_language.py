"""Rasa component that adds the language of a message as an entity."""

from __future__ import annotations

from typing import Any

import numpy as np
from rasa.engine.graph import ExecutionContext, GraphComponent
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.shared.nlu.constants import (
    ENTITIES,
    ENTITY_ATTRIBUTE_END,
    ENTITY_ATTRIBUTE_START,
    ENTITY_ATTRIBUTE_TYPE,
    ENTITY_ATTRIBUTE_VALUE,
    EXTRACTOR,
    METADATA,
    METADATA_INTENT,
    TEXT,
)
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData

from bot.knowledge import language
from bot.nlu.language_reader import LanguageReader

_FILE = "language.npz"
_FEWEST = 3  # languages: below, there is nothing to tell apart


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.ENTITY_EXTRACTOR, is_trainable=True)
class MessageLanguage(GraphComponent):
    """Adds an entity `language` over the whole message, its value a two-letter code.

    It learns from the training examples whose intent says its language (`metadata: {language: fr}`); those that ask for
    another language, often in that one, do not. The conversation's language, when the channel gives it as `language` in
    the metadata, is the prior. Places found before are left out: a town's name says nothing of the language spoken.
    """

    def __init__(self, model_storage: ModelStorage, resource: Resource, reader: LanguageReader | None = None) -> None:
        """Take, when loaded from a model, what was learnt."""
        self._model_storage = model_storage
        self._resource = resource
        self._reader = reader

    @classmethod
    def create(
        cls,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
    ) -> MessageLanguage:
        """Make the component; it has no settings."""
        return cls(model_storage, resource)

    @classmethod
    def load(
        cls,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
        **kwargs: Any,
    ) -> MessageLanguage:
        """Read a trained component from the model."""
        with model_storage.read_from(resource) as folder:
            if not (folder / _FILE).exists():
                return cls(model_storage, resource)
            with np.load(folder / _FILE) as archive:
                return cls(model_storage, resource, LanguageReader.of(dict(archive)))

    def train(self, training_data: TrainingData) -> Resource:
        """Learn from the examples whose language is told."""
        examples = [each for each in training_data.intent_examples if each.get(TEXT) and _told(each)]
        languages = [str(_told(each)) for each in examples]
        with self._model_storage.write_to(self._resource) as folder:
            if len(set(languages)) >= _FEWEST:
                self._reader = LanguageReader.fit([each.get(TEXT) for each in examples], languages)
                np.savez_compressed(folder / _FILE, **self._reader.arrays())
        return self._resource

    def process(self, messages: list[Message]) -> list[Message]:
        """Add the entity to each of `messages` that has a text."""
        for message in messages:
            text = message.get(TEXT)
            if text:
                message.set(ENTITIES, [*message.get(ENTITIES, []), self._entity(message, text)], add_to_output=True)
        return messages

    def _entity(self, message: Message, text: str) -> dict[str, Any]:
        current = (message.get(METADATA) or {}).get("language")
        said = _without_places(message, text)
        heard = self._reader.probabilities(said) if self._reader else None
        return {
            ENTITY_ATTRIBUTE_TYPE: "language",
            ENTITY_ATTRIBUTE_START: 0,
            ENTITY_ATTRIBUTE_END: len(text),
            ENTITY_ATTRIBUTE_VALUE: language.detect(said, current, heard),
            EXTRACTOR: MessageLanguage.__name__,
        }


def _told(example: Message) -> str | None:
    """Return the language that the intent of an example says it is in."""
    return ((example.get(METADATA) or {}).get(METADATA_INTENT) or {}).get("language")


def _without_places(message: Message, text: str) -> str:
    for entity in message.get(ENTITIES, []):
        if entity[ENTITY_ATTRIBUTE_TYPE] == "place":
            start, end = entity[ENTITY_ATTRIBUTE_START], entity[ENTITY_ATTRIBUTE_END]
            text = text[:start] + " " * (end - start) + text[end:]
    return text
