"""Rasa component: somebody who suffers is heard first, whatever else the message says."""

from __future__ import annotations

from typing import Any

from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.nlu.classifiers.classifier import IntentClassifier
from rasa.shared.nlu.constants import INTENT_NAME_KEY, INTENT_RANKING_KEY, PREDICTED_CONFIDENCE_KEY, TEXT
from rasa.shared.nlu.training_data.message import Message

from bot.knowledge import distress
from bot.nlu.ranking import put_first
from bot.nlu.untrained import Untrained

_DISTRESS = "express_distress"


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.INTENT_CLASSIFIER, is_trainable=False)
class DistressFirst(Untrained, IntentClassifier):
    """Ranks `express_distress` first as soon as its probability reaches `threshold`, or its very words are there.

    A number to call that was not needed costs a line; one that was not given may cost much more. So the two kinds of
    error are not weighed alike.
    """

    @staticmethod
    def get_default_config() -> dict[str, Any]:
        """Return the settings: `threshold`, a probability."""
        return {"threshold": 0.2}

    def process(self, messages: list[Message]) -> list[Message]:
        """Rank again where it applies."""
        for message in messages:
            if message.get(TEXT) and message.get(INTENT_RANKING_KEY) and self._is_heard(message):
                put_first(message, _DISTRESS)
        return messages

    def _is_heard(self, message: Message) -> bool:
        likely = any(
            entry[INTENT_NAME_KEY] == _DISTRESS and entry[PREDICTED_CONFIDENCE_KEY] >= self.config["threshold"]
            for entry in message.get(INTENT_RANKING_KEY)
        )
        return likely or distress.is_said(str(message.get(TEXT)))
