"""Adding lines to a conversation: numbering, offered choices, and telling who listens."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.utils import timezone

from bot.privacy.ids import random_id
from bot.web.conversations.models import Author, Conversation, Message, Offer
from bot.web.notifier import notifier
from bot.web.words import language_of, word

_TYPES: dict[str, str] = {Author.PERSON: "person_typing", Author.ADVISOR: "advisor_typing"}


def lock(conversation_id: str) -> Conversation:
    """The conversation, locked until the transaction ends; `Conversation.DoesNotExist` when erased."""
    return Conversation.objects.select_for_update().get(pk=conversation_id)


def add(conversation: Conversation, author: str, choices: Iterable[tuple[str, str]] = (), **values: Any) -> Message:
    """Store the next message of a locked conversation; `choices` are pairs (title, payload)."""
    conversation.last_seq += 1
    conversation.last_seen = timezone.now()
    changed = ["last_seq", "last_seen"]
    if author in _TYPES:  # what was typed is said now
        setattr(conversation, _TYPES[author], None)
        changed.append(_TYPES[author])
    conversation.save(update_fields=changed)
    payload = dict(values.pop("payload", {}))
    offered = [_offer(conversation, title, command) for title, command in choices]
    if offered:
        payload["choices"] = [{"key": offer.key, "title": offer.title} for offer in offered]
    values.setdefault("language", conversation.language)
    tell(conversation)
    return Message.objects.create(
        conversation=conversation, seq=conversation.last_seq, author=author, payload=payload, **values
    )


def house(conversation: Conversation, key: str, choices: Iterable[tuple[str, str]] = (), **values: Any) -> Message:
    """Store a sentence of the house in the person's language; `choices` are pairs (catalogue key, payload)."""
    language = conversation.language
    titled = [(word(title, language), payload) for title, payload in choices]
    text = word(key, language, **values)
    return add(conversation, Author.HOUSE, choices=titled, text=text, language=language_of(key, language))


def tell(conversation: Conversation) -> None:
    """Wake the streams of this conversation once the transaction is committed."""
    notifier.after_commit(conversation.pk)


def _offer(conversation: Conversation, title: str, payload: str) -> Offer:
    return Offer.objects.create(conversation=conversation, key=random_id(), title=title, payload=payload)
