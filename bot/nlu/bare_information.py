"""Rasa component: a message that is nothing but a place, a date or an occupation only informs."""

from __future__ import annotations

from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.nlu.classifiers.classifier import IntentClassifier
from rasa.shared.nlu.constants import ENTITIES, INTENT_RANKING_KEY, TEXT
from rasa.shared.nlu.training_data.message import Message

from bot.knowledge.text import words
from bot.nlu.ranking import put_first
from bot.nlu.untrained import Untrained

_INFORMATION = {"place", "date", "occupation"}
_SMALL_WORDS = frozenset(
    word
    for line in (
        "a à au aux dans de des du en et je suis j habite le la les l près pour sur vers chez c est",
        "in at near from the i am live on for and",
        "en el la los las de del para cerca soy estoy vivo",
        "a al il lo i gli le di da per vicino sono abito",
        "o os as no na nos nas em perto moro sou",
        "in bij te naar het de ik ben woon im am nach der die das ich bin wohne",
    )
    for word in line.split()
)


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.INTENT_CLASSIFIER, is_trainable=False)
class BareInformation(Untrained, IntentClassifier):
    """Ranks `inform` first when nothing but small words stands around the entities ("à Lyon", "le 12 mars")."""

    def process(self, messages: list[Message]) -> list[Message]:
        """Rank again where it applies."""
        for message in messages:
            if message.get(TEXT) and message.get(INTENT_RANKING_KEY) and is_bare(message):
                put_first(message, "inform")
        return messages


def is_bare(message: Message) -> bool:
    """Tell whether `message` is made of places, dates and occupations alone, without a question mark."""
    text = str(message.get(TEXT))
    found = [entity for entity in message.get(ENTITIES, []) if entity["entity"] in _INFORMATION]
    for entity in found:
        start, end = entity["start"], entity["end"]
        text = text[:start] + " " * (end - start) + text[end:]
    return bool(found) and "?" not in text and set(words(text)) <= _SMALL_WORDS
