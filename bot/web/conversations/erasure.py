"""Conversations removed from every store: here at once, from Rasa's as soon as it answers."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import timedelta

from django.conf import settings
from django.db import transaction
from django.db.models import QuerySet
from django.dispatch import Signal
from django.utils import timezone

from bot.web.conversations.models import OPEN_STATES, Conversation, ErasedHandoff, Erasure, Handoff, HandoffState
from bot.web.database import empty_log
from bot.web.notifier import DISPATCHER, notifier

_AT_ONCE = 20  # for one look of the dispatcher

erased = Signal()
"""Sent with a `conversation` that its person erases, before it goes, in the transaction that removes it."""


@transaction.atomic
def erase(conversation_id: str) -> bool:
    """Remove all that is kept of a conversation, as its person asks; whether there was one.

    Who had its request open at the desk is told that it was erased, and nothing else.
    """
    found = Conversation.objects.select_for_update().filter(pk=conversation_id).first()
    if found is not None:
        current = Handoff.objects.filter(conversation=found, state__in=(*OPEN_STATES, HandoffState.CALLBACK))
        numbers = current.values_list("pk", flat=True)
        ErasedHandoff.objects.bulk_create([ErasedHandoff(number=number) for number in numbers])
        erased.send(Conversation, conversation=found)
        busy = found.due is not None or found.lease_until is not None
        remove([found.pk], settles=settings.ERASURE_SETTLES if busy else 0)
    notifier.after_commit(conversation_id, DISPATCHER)
    return found is not None


def remove(conversation_ids: Iterable[str], settles: int = 0) -> None:
    """Delete conversations, in a transaction of the caller's, and leave their ids for Rasa to forget.

    `settles`: seconds during which a turn may still be running there, and Rasa is told twice.
    """
    ids = list(conversation_ids)
    until = timezone.now() + timedelta(seconds=settles)
    Conversation.objects.filter(pk__in=ids).delete()
    Erasure.objects.bulk_create([Erasure(conversation_id=each, until=until) for each in ids], ignore_conflicts=True)
    transaction.on_commit(empty_log, robust=True)


def due() -> list[Erasure]:
    """What Rasa is to forget now, the longest due first."""
    return list(Erasure.objects.filter(due__lte=timezone.now()).order_by("due")[:_AT_ONCE])


def count() -> int:
    """How many conversations Rasa has still to forget, now or later."""
    return Erasure.objects.count()


def forgotten(erasure: Erasure) -> None:
    """Rasa has forgotten: done, or once more when no turn can write any longer."""
    if erasure.until <= timezone.now():
        erasure.delete()
    else:
        Erasure.objects.filter(pk=erasure.pk).update(due=erasure.until)
    empty_log()


def put_off(erasure: Erasure, pause: int) -> None:
    """Rasa did not answer: try again in `pause` seconds."""
    erasure.attempts += 1
    erasure.due = timezone.now() + timedelta(seconds=pause)
    erasure.save(update_fields=["attempts", "due"])


def erased_lately() -> QuerySet[ErasedHandoff]:
    """The requests that people erased in the last hours, the last first."""
    since = timezone.now() - timedelta(hours=settings.ERASED_SHOWN_HOURS)
    return ErasedHandoff.objects.filter(at__gte=since).order_by("-at")
