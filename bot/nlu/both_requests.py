"""Rasa component: a message that asks two things has both answered."""

from __future__ import annotations

from typing import Any

from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.nlu.classifiers.classifier import IntentClassifier
from rasa.shared.nlu.constants import ENTITIES, INTENT, INTENT_NAME_KEY, TEXT
from rasa.shared.nlu.training_data.message import Message

from bot.knowledge.concerns import load_concerns
from bot.nlu.intent_classifier import INFORM, REQUESTS
from bot.nlu.ranking import put_first
from bot.nlu.untrained import Untrained

ALSO = "also_asked"
"""The entity that bears the second intent of a message."""
_DISTRESS = "express_distress"


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.INTENT_CLASSIFIER, is_trainable=False)
class BothRequests(Untrained, IntentClassifier):
    """Ranks first what is asked first, and adds what is asked besides as an entity `also_asked`.

    "C'est gratuit et vous ouvrez quand ?": each of the two is a concern or one of `asked_together`, and not both are
    concerns. Where one half only informs ("vivo en Quito y busco trabajo"), the other is the request. It comes after
    `DistressFirst`: once distress is heard, nothing is put before it.
    """

    @staticmethod
    def get_default_config() -> dict[str, Any]:
        """Return the settings: `asked_together`, the intents that may share a message with another one."""
        return {"asked_together": []}

    def __init__(self, config: dict[str, Any]) -> None:
        """Take the settings."""
        super().__init__(config)
        self._together = frozenset(self.config["asked_together"])

    def process(self, messages: list[Message]) -> list[Message]:
        """Settle each of `messages` in which two things were heard."""
        for message in messages:
            if message.get(REQUESTS) and (message.get(INTENT) or {}).get(INTENT_NAME_KEY) != _DISTRESS:
                self._settle(message, *message.get(REQUESTS))
        return messages

    def _settle(self, message: Message, first: str, second: str) -> None:
        asked = [intent for intent in (first, second) if intent != INFORM]
        if not self._together.union(load_concerns()).issuperset(asked):
            return
        if len(asked) == 1:
            put_first(message, asked[0])
        elif not self._together.isdisjoint(asked):
            put_first(message, first)
            message.set(ENTITIES, [*message.get(ENTITIES, []), _also(message, second)], add_to_output=True)


def _also(message: Message, intent: str) -> dict[str, Any]:
    end = len(message.get(TEXT))
    return {"entity": ALSO, "start": 0, "end": end, "value": intent, "extractor": BothRequests.__name__}
