"""Names for an advisor's eyes: of concerns, languages, Cités."""

from __future__ import annotations

from typing import Any

from bot.knowledge.cites import load_cites
from bot.web.conversations.models import Handoff
from bot.web.words import LANGUAGES, catalogue, word


def concern(name: str | None, language: str) -> str | None:
    """The words for a concern; its plain name when the catalogue has none."""
    key = f"concerns.{name}.label"
    return word(key, language).capitalize() if name and catalogue().has(key) else name


def language_name(code: str | None, language: str) -> str | None:
    """How a language calls itself; its code when the widget does not speak it."""
    return word(f"widget.name_{code}", language) if code in LANGUAGES else code


def cite(name: str | None, language: str) -> str | None:
    """The name of a Cité; its id when the directory does not know it."""
    found = load_cites().get(name or "")
    return found.name(language) if found else name


def summary(handoff: Handoff, language: str) -> list[tuple[str, str]]:
    """The bot's summary as pairs (label, value), whether or not each is known."""
    told: dict[str, Any] = handoff.summary
    values = {
        "request": told.get("request"),
        "concern": concern(told.get("concern"), language),
        "place": told.get("place"),
        "language": language_name(told.get("language"), language),
        "cite": cite(told.get("cite"), language),
    }
    return [(word(f"desk.{key}", language), value or word("desk.unknown", language)) for key, value in values.items()]
