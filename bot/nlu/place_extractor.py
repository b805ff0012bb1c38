"""Rasa component that finds places in a message and resolves them."""

from __future__ import annotations

from typing import Any

from rasa.engine.graph import ExecutionContext, GraphComponent
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.shared.nlu.constants import ENTITIES, TEXT
from rasa.shared.nlu.training_data.message import Message

from bot.knowledge import places
from bot.nlu.context import Context


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.ENTITY_EXTRACTOR, is_trainable=False)
class PlaceExtractor(GraphComponent):
    """Adds an entity `place` for each place named.

    Its value is {"name", "country", "territory", "lat", "lon", …} when the place is sure, or {"candidates": […]}
    when the person must be asked which one is meant. spaCy's names of places, when the pipeline has them, confirm
    names that are also common words.
    """

    @classmethod
    def create(
        cls,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
    ) -> PlaceExtractor:
        """Make the component; it has no settings."""
        return cls()

    def process(self, messages: list[Message]) -> list[Message]:
        """Add the places to each of `messages`."""
        for message in messages:
            if message.get(TEXT):
                message.set(ENTITIES, [*_others(message), *_places(message)], add_to_output=True)
        return messages


def _places(message: Message) -> list[dict[str, Any]]:
    context = Context.of(message)
    spans = places.spans(message.get(TEXT), context.country, expected=context.expecting == "place",
                         names=_names_by_spacy(message))
    return [
        {
            "entity": "place",
            "start": span.start,
            "end": span.end,
            "value": span.found.as_dict(),
            "text": span.text,
            "extractor": PlaceExtractor.__name__,
        }
        for span in spans
    ]


def _names_by_spacy(message: Message) -> list[tuple[int, int]]:
    return [(entity["start"], entity["end"]) for entity in message.get(ENTITIES, []) if entity["entity"] == "LOC"]


def _others(message: Message) -> list[dict[str, Any]]:
    return [entity for entity in message.get(ENTITIES, []) if entity["entity"] != "LOC"]
