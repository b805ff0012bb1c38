"""Small signs between a person and an advisor: who is typing, what was read. They change nothing of what is said."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.conf import settings
from django.contrib.auth.models import AbstractUser
from django.db.models import F
from django.db.models.functions import Least
from django.utils import timezone

from bot.web.conversations.models import Conversation, Handoff, HandoffState, Speaker
from bot.web.notifier import notifier


def person_types(conversation_id: str, typing: bool) -> None:
    """The person types, or no longer does; it counts only while an advisor answers."""
    live = Conversation.objects.filter(pk=conversation_id, speaker=Speaker.ADVISOR)
    _told(conversation_id, live.update(person_typing=_until(typing)))


def advisor_types(handoff_id: int, advisor: AbstractUser, typing: bool) -> None:
    """The same for an advisor; of a handoff that is not live or not theirs, nothing happens."""
    for conversation_id in _live(handoff_id, advisor):
        changed = Conversation.objects.filter(pk=conversation_id).update(advisor_typing=_until(typing))
        _told(conversation_id, changed)


def person_reads(conversation_id: str, seq: int) -> None:
    """The person has read up to `seq`; what was read stays so."""
    unread = Conversation.objects.filter(pk=conversation_id, person_read_seq__lt=Least(seq, F("last_seq")))
    _told(conversation_id, unread.update(person_read_seq=Least(seq, F("last_seq"))))


def advisor_reads(handoff_id: int, advisor: AbstractUser, seq: int) -> None:
    """The advisor has read up to `seq` of a live handoff of theirs."""
    for conversation_id in _live(handoff_id, advisor):
        unread = Conversation.objects.filter(pk=conversation_id, advisor_read_seq__lt=Least(seq, F("last_seq")))
        _told(conversation_id, unread.update(advisor_read_seq=Least(seq, F("last_seq"))))


def holds(until: datetime | None) -> bool:
    """Whether a sign of typing still holds."""
    return until is not None and until > timezone.now()


def _until(typing: bool) -> datetime | None:
    return timezone.now() + timedelta(seconds=settings.TYPING) if typing else None


def _live(handoff_id: int, advisor: AbstractUser) -> list[str]:
    """The id of the conversation, if it is live and theirs."""
    found = Handoff.objects.filter(pk=handoff_id, state=HandoffState.LIVE, claimed_by=advisor.pk)
    return list(found.values_list("conversation_id", flat=True))


def _told(conversation_id: str, changed: int) -> None:
    if changed:
        notifier.after_commit(conversation_id)
