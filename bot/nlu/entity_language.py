"""The language of a message as the pipeline knows it."""

from __future__ import annotations

from rasa.shared.nlu.constants import ENTITIES
from rasa.shared.nlu.training_data.message import Message


def language_of(message: Message) -> str | None:
    """Return the language found by `MessageLanguage`, else the one of the metadata, else None."""
    for entity in message.get(ENTITIES, []):
        if entity["entity"] == "language":
            return str(entity["value"])
    language = (message.get("metadata") or {}).get("language")
    return str(language) if language else None
