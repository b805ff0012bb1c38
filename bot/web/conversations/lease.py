"""Which process may carry a conversation's messages to Rasa: a lease that ends by itself.

A process that dies loses nothing (the lease runs out and another one takes over), and two never both
answer (replies are stored only under a lease that still holds).
"""

from __future__ import annotations

from django.db import transaction
from django.utils import timezone

from bot.web import leases
from bot.web.conversations.models import Conversation, Message, Progress, Speaker
from bot.web.notifier import notifier


def due(limit: int) -> list[str]:
    """Ids of conversations that have something to carry now and that nobody carries, longest due first."""
    waiting = Conversation.objects.filter(leases.free(), due__lte=timezone.now(), speaker=Speaker.BOT)
    return list(waiting.order_by("due").values_list("pk", flat=True)[:limit])


def take(conversation_id: str, owner: str) -> bool:
    """Take the lease, in one statement; False when another process holds it."""
    return leases.take(Conversation.objects.filter(pk=conversation_id), owner)


def release(conversation_id: str, owner: str) -> None:
    """Give the lease back, if it is still ours."""
    leases.release(Conversation.objects.filter(pk=conversation_id), owner)
    notifier.notify(conversation_id)


def locked(conversation_id: str, owner: str) -> Conversation | None:
    """The conversation, locked, if `owner` still holds its lease; call it inside a transaction."""
    return leases.locked(Conversation.objects.filter(pk=conversation_id), owner)


@transaction.atomic
def next_message(conversation_id: str, owner: str) -> tuple[Conversation, Message] | None:
    """Mark the first unanswered message as sent and renew the lease; None when there is nothing to do now."""
    conversation = locked(conversation_id, owner)
    if conversation is None or conversation.speaker != Speaker.BOT:
        return None
    if conversation.due is None or conversation.due > timezone.now():
        return None
    waiting = conversation.messages.filter(progress__in=(Progress.PENDING, Progress.SENT))
    message = waiting.order_by("seq").first()
    if message is None:
        Conversation.objects.filter(pk=conversation_id).update(due=None)
        return None
    message.progress = Progress.SENT
    message.save(update_fields=["progress"])
    conversation.lease_until = leases.end()
    conversation.save(update_fields=["lease_until"])
    notifier.after_commit(conversation_id)
    return conversation, message
