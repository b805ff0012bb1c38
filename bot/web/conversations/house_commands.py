"""Choices that the door itself carries out, without Rasa: they work when Rasa is down."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from bot.web.conversations import callbacks, states, waiting_words, writing
from bot.web.conversations.models import Author, Conversation, Speaker

ADVISOR_SHARING = "door:advisor:share"
ADVISOR_PRIVATE = "door:advisor:private"
_PREFIX = "door:"


def is_one(payload: str) -> bool:
    """Whether a payload is the door's own."""
    return payload.startswith(_PREFIX)


def run(conversation: Conversation, payload: str) -> None:
    """Carry out one of the door's own payloads in a locked conversation; an old choice does nothing."""
    if payload == waiting_words.RESUME:
        states.leave(conversation.pk)
    elif payload == waiting_words.WAIT and conversation.speaker == Speaker.WAITING:
        writing.house(conversation, "door.still_waiting", choices=[("door.resume", waiting_words.RESUME)])
    elif payload == callbacks.CANCEL:
        callbacks.cancel(conversation.pk)
    elif payload in (ADVISOR_SHARING, ADVISOR_PRIVATE):
        consent = payload == ADVISOR_SHARING
        told = summary(conversation) if consent else _impersonal(conversation)
        # Whatever came before this very choice is not shared, answered or not.
        states.open_handoff(conversation.pk, consent, told, "person", since=conversation.last_seq)


def summary(conversation: Conversation) -> dict[str, str | None]:
    """What the door knows of the conversation: concern, place, language, cite, and the last words typed."""
    typed = conversation.messages.filter(author=Author.PERSON, command="").exclude(progress="")
    last = typed.order_by("-seq").first()
    return {
        "concern": conversation.concern or None,
        "place": conversation.place or None,
        "language": conversation.language,
        "cite": conversation.cite or None,
        "request": last.text if last else None,
    }


def agreed(conversation: Conversation, given: Mapping[str, Any]) -> dict[str, Any]:
    """The summary as Rasa gives it, completed by what the door knows; nothing that the door does not know of."""
    known = summary(conversation)
    return {**known, **{key: value for key, value in given.items() if value and key in known}}


def _impersonal(conversation: Conversation) -> dict[str, str | None]:
    """What an advisor needs to answer at all; nothing of what was said, which was not to be shared."""
    return {key: value for key, value in summary(conversation).items() if key in ("language", "cite")}
