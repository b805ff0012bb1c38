"""Rasa component that finds dates and moments in a message and makes them ranges of local time."""

from __future__ import annotations

from typing import Any

from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.shared.nlu.constants import ENTITIES, TEXT
from rasa.shared.nlu.training_data.message import Message

from bot.knowledge import dates
from bot.nlu.context import Context
from bot.nlu.entity_language import language_of
from bot.nlu.untrained import Untrained


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.ENTITY_EXTRACTOR, is_trainable=False)
class DateExtractor(Untrained):
    """Adds an entity `date` for each date; stands after `MessageLanguage` in the pipeline.

    Its value is {"from", "to", "kind"}: local times in ISO 8601, half-open, `to` None for an instant.
    """

    def process(self, messages: list[Message]) -> list[Message]:
        """Add the dates to each of `messages`."""
        for message in messages:
            if message.get(TEXT):
                message.set(ENTITIES, [*message.get(ENTITIES, []), *_dates(message)], add_to_output=True)
        return messages


def _dates(message: Message) -> list[dict[str, Any]]:
    context = Context.of(message)
    spans = dates.find(
        message.get(TEXT), context.now, language_of(message), expected=context.expecting == "date"
    )
    return [
        {
            "entity": "date",
            "start": span.start,
            "end": span.end,
            "value": span.as_dict(),
            "text": span.text,
            "extractor": DateExtractor.__name__,
        }
        for span in spans
    ]
