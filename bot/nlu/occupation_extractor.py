"""Rasa component that finds occupations and sectors in a message."""

from __future__ import annotations

from typing import Any

from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.shared.nlu.constants import ENTITIES, TEXT
from rasa.shared.nlu.training_data.message import Message

from bot.knowledge import occupations
from bot.nlu.entity_language import language_of
from bot.nlu.untrained import Untrained


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.ENTITY_EXTRACTOR, is_trainable=False)
class OccupationExtractor(Untrained):
    """Adds an entity `occupation` for each occupation or sector; stands after `MessageLanguage` in the
    pipeline.

    Its value is the occupation's id in `data/occupations`; `text` is what was typed.
    """

    def process(self, messages: list[Message]) -> list[Message]:
        """Add the occupations to each of `messages`."""
        for message in messages:
            if message.get(TEXT):
                message.set(
                    ENTITIES, [*message.get(ENTITIES, []), *_occupations(message)], add_to_output=True
                )
        return messages


def _occupations(message: Message) -> list[dict[str, Any]]:
    return [
        {
            "entity": "occupation",
            "start": span.start,
            "end": span.end,
            "value": span.id,
            "text": span.text,
            "extractor": OccupationExtractor.__name__,
        }
        for span in occupations.find(message.get(TEXT), language_of(message))
    ]
