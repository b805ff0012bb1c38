"""Rasa's natural language generator over the house's catalogues."""

from __future__ import annotations

from typing import Any

from rasa.core.nlg.generator import NaturalLanguageGenerator
from rasa.shared.core.domain import Domain
from rasa.shared.core.trackers import DialogueStateTracker
from rasa.utils.endpoints import EndpointConfig

from bot.knowledge.catalogue import Catalogue
from bot.knowledge.language import DEFAULT


class CatalogueResponses(NaturalLanguageGenerator):
    """Words a response in the conversation's language.

    A response `utter_x` is the catalogue's "utterances.utter_x", filled with the values that the action gave. Its
    buttons are the action's `choices`: each has a `payload` and either a `key` of the catalogue ("choices.<key>") or
    a `title` ready to show.
    """

    def __init__(self, endpoint_config: EndpointConfig | None = None, domain: Domain | None = None) -> None:
        """Read the catalogues; the arguments are Rasa's, and not needed."""
        self.catalogue = Catalogue.load()

    async def generate(
        self, utter_action: str, tracker: DialogueStateTracker, output_channel: str, **kwargs: Any
    ) -> dict[str, Any] | None:
        """Return {"text", "buttons", "language"}, or None when no catalogue words the response."""
        key = f"utterances.{utter_action}"
        if not self.catalogue.has(key):
            return None
        # The action tells its language: the slot is changed only after the action has spoken.
        language = kwargs.pop("spoken", None) or tracker.get_slot("language") or DEFAULT
        choices = kwargs.pop("choices", None) or []
        return {
            "text": self.catalogue.text(key, language, **kwargs),
            "language": self.catalogue.language_of(key, language),
            "buttons": [self._button(choice, language) for choice in choices],
        }

    def _button(self, choice: dict[str, Any], language: str) -> dict[str, str]:
        title = choice.get("title") or self.catalogue.text(f"choices.{choice['key']}", language)
        return {"title": title, "payload": choice["payload"]}
