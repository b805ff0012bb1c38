"""What the conversations tell the channels: something was said, or a person has erased everything."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db.models import DateTimeField, Value
from django.db.models.functions import Coalesce
from django.db.models.signals import post_save
from django.utils import timezone

from bot.web.channels import notes, registry
from bot.web.channels.models import Contact
from bot.web.conversations.erasure import erased
from bot.web.conversations.models import Author, Conversation, Message
from bot.web.notifier import notifier

OUTBOX = "outbox"
"""The notifier's topic of who sends."""


def connect() -> None:
    """Listen; twice does no harm."""
    post_save.connect(_on_message, sender=Message, dispatch_uid="channels")
    erased.connect(_on_erased, dispatch_uid="channels")


def due_now(conversation_id: str) -> None:
    """There is something to send in a conversation; what is put off stays so.

    The row is written in any case: its lock makes who sends, and finds nothing more to send, wait for this commit.
    """
    now: Value[datetime] = Value(timezone.now(), output_field=DateTimeField())
    if Contact.objects.filter(conversation_id=conversation_id).update(due=Coalesce("due", now)):
        notifier.after_commit(OUTBOX)


def _on_message(instance: Message, created: bool, **_: Any) -> None:
    if not created or instance.conversation.channel not in registry.NAMES:
        return
    if instance.payload.get("desk_only"):
        return
    if instance.author in (Author.BOT, Author.HOUSE, Author.ADVISOR) or instance.payload.get("masked"):
        due_now(instance.conversation_id)


def _on_erased(conversation: Conversation, **_: Any) -> None:
    contact = Contact.objects.filter(conversation=conversation).first()
    if contact is not None:
        notes.say_erased(contact, conversation.language)
        notifier.after_commit(OUTBOX)
