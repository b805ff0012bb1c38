"""A request at the desk, made without a widget: for tests of what advisors see."""

from __future__ import annotations

from typing import Any

from bot.web.conversations import states, writing
from bot.web.conversations.models import Author, Conversation, Handoff

from .helpers import begin, conversation, say

WEEK = {
    "kind": "week",
    "caption": "Les horaires",
    "columns": ["Jour", "Horaires"],
    "rows": [{"day": "lundi 30 novembre", "hours": ["9 h 30 – 17 h 30"], "today": False}],
}
CITE = {"kind": "cite", "id": "demo", "name": "Cité de démonstration", "city": "Testville", "hours": "Ouvert"}


def request(cite: str = "demo", language: str = "fr", consent: bool = True, **summary: Any) -> Handoff:
    """Somebody who has talked with the bot and waits for an advisor."""
    talk = begin(cite=cite, language=language)
    say(talk, "je voudrais changer de métier, mon numéro est le 06 39 98 12 34")
    conversation(talk).messages.update(progress="answered")
    Conversation.objects.filter(pk=talk).update(due=None)
    answer(talk, "Voici ce que je sais.", cards=[CITE, WEEK], intent="change_job", confidence=0.91)
    told = {"concern": "change_job", "place": "Marseille", "language": language, "cite": cite}
    asked = {"request": "je voudrais parler à quelqu'un", **summary}
    return states.open_handoff(talk, consent, {**told, **asked}, "bot")


def answer(talk: str, text: str, **payload: Any) -> None:
    """The bot says something, with two choices."""
    writing.add(
        conversation(talk), Author.BOT, choices=[("L'agenda", "/ask_events"), ("Les horaires", "/ask_opening_hours")],
        text=text, payload=payload, language="fr",
    )  # fmt: skip
