"""Rasa component that finds places in a message and resolves them."""

from __future__ import annotations

from functools import cache
from typing import Any

from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.shared.nlu.constants import ENTITIES, TEXT
from rasa.shared.nlu.training_data.message import Message

from bot.knowledge import language, places
from bot.nlu.context import Context
from bot.nlu.entity_language import language_of
from bot.nlu.spacy_place_names import place_names
from bot.nlu.untrained import Untrained


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.ENTITY_EXTRACTOR, is_trainable=False)
class PlaceExtractor(Untrained):
    """Adds an entity `place` for each place named.

    Its value is {"name", "country", "territory", "lat", "lon", …} when the place is sure, or {"candidates": […]}
    when the person must be asked which one is meant. In French, spaCy is asked where a name may be a common word.
    """

    def process(self, messages: list[Message]) -> list[Message]:
        """Add the places to each of `messages`."""
        for message in messages:
            if message.get(TEXT):
                message.set(ENTITIES, [*message.get(ENTITIES, []), *_places(message)], add_to_output=True)
        return messages


def _places(message: Message) -> list[dict[str, Any]]:
    text, context = message.get(TEXT), Context.of(message)

    @cache
    def names() -> list[tuple[int, int]]:
        return place_names(text) if language.detect(text, language_of(message)) == "fr" else []

    spans = places.spans(text, context.country, expected=context.expecting == "place", names=names)
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
