"""Rasa component that adds the language of a message as an entity."""

from __future__ import annotations

from typing import Any

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
    TEXT,
)
from rasa.shared.nlu.training_data.message import Message

from bot.knowledge import language


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.ENTITY_EXTRACTOR, is_trainable=False)
class MessageLanguage(GraphComponent):
    """Adds an entity `language` over the whole message, its value a two-letter code.

    The conversation's language, when the channel gives it as `language` in the metadata, is the prior. Places
    found before are left out: a town's name says nothing of the language spoken.
    """

    @classmethod
    def create(
        cls,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
    ) -> MessageLanguage:
        """Make the component; it has no settings."""
        return cls()

    def process(self, messages: list[Message]) -> list[Message]:
        """Add the entity to each of `messages` that has a text."""
        for message in messages:
            text = message.get(TEXT)
            if text:
                message.set(ENTITIES, [*message.get(ENTITIES, []), _entity(message, text)], add_to_output=True)
        return messages


def _entity(message: Message, text: str) -> dict[str, Any]:
    current = (message.get("metadata") or {}).get("language")
    return {
        ENTITY_ATTRIBUTE_TYPE: "language",
        ENTITY_ATTRIBUTE_START: 0,
        ENTITY_ATTRIBUTE_END: len(text),
        ENTITY_ATTRIBUTE_VALUE: language.detect(_without_places(message, text), current),
        EXTRACTOR: MessageLanguage.__name__,
    }


def _without_places(message: Message, text: str) -> str:
    for entity in message.get(ENTITIES, []):
        if entity[ENTITY_ATTRIBUTE_TYPE] == "place":
            start, end = entity[ENTITY_ATTRIBUTE_START], entity[ENTITY_ATTRIBUTE_END]
            text = text[:start] + " " * (end - start) + text[end:]
    return text
