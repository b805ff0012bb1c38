"""Rasa component: somebody who suffers is heard first, whatever else the message says."""

from __future__ import annotations

from typing import Any

from rasa.engine.graph import ExecutionContext, GraphComponent
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.nlu.classifiers.classifier import IntentClassifier
from rasa.shared.nlu.constants import INTENT_NAME_KEY, INTENT_RANKING_KEY, PREDICTED_CONFIDENCE_KEY, TEXT
from rasa.shared.nlu.training_data.message import Message

from bot.knowledge import distress
from bot.nlu.ranking import put_first

_DISTRESS = "express_distress"


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.INTENT_CLASSIFIER, is_trainable=False)
class DistressFirst(IntentClassifier, GraphComponent):
    """Ranks `express_distress` first as soon as its probability reaches `threshold`, or its very words are there.

    A number to call that was not needed costs a line; one that was not given may cost much more. So the two kinds of
    error are not weighed alike.
    """

    @staticmethod
    def get_default_config() -> dict[str, Any]:
        """Return the settings: `threshold`, a probability."""
        return {"threshold": 0.2}

    def __init__(self, config: dict[str, Any]) -> None:
        """Take the settings."""
        self._threshold = float({**self.get_default_config(), **config}["threshold"])

    @classmethod
    def create(
        cls,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
    ) -> DistressFirst:
        """Make the component."""
        return cls(config)

    def process(self, messages: list[Message]) -> list[Message]:
        """Rank again where it applies."""
        for message in messages:
            if message.get(TEXT) and message.get(INTENT_RANKING_KEY) and self._is_heard(message):
                put_first(message, _DISTRESS)
        return messages

    def _is_heard(self, message: Message) -> bool:
        likely = any(
            entry[INTENT_NAME_KEY] == _DISTRESS and entry[PREDICTED_CONFIDENCE_KEY] >= self._threshold
            for entry in message.get(INTENT_RANKING_KEY)
        )
        return likely or distress.is_said(str(message.get(TEXT)))
