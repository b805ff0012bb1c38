"""Conversations of months past, made by the door's own functions, for the tests of figures."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from django.utils import timezone

from bot.web.conversations import feedback, states, writing
from bot.web.conversations.models import Author, Conversation, Handoff, Message
from bot.web.desk.models import Advisor

from .helpers import begin, conversation, say

MAY = "2026-05"
"""The month of which most tests talk."""


def at(day: int, hour: int = 10, minute: int = 0, month: int = 5) -> datetime:
    """An instant in 2026, by the clock of Paris."""
    return timezone.make_aware(datetime(2026, month, day, hour, minute))


def talk(when: datetime, concern: str = "change_job", **begun: Any) -> str:
    """A conversation in which the person wrote one line; its id."""
    found = begin(**{"cite": "marseille", **begun})
    say(found, "je veux changer de métier")
    Message.objects.filter(conversation_id=found).update(created=when, progress="answered")
    Conversation.objects.filter(pk=found).update(concern=concern, due=None)
    return found


def answered(talk: str, when: datetime, useful: bool | None = None, reason: str | None = None, **payload: Any) -> None:
    """The bot answers, and is judged."""
    message = writing.add(conversation(talk), Author.BOT, text="Voici.", payload=payload)
    Message.objects.filter(pk=message.pk).update(created=when)
    if useful is not None:
        feedback.give(talk, message.seq, useful, reason)


def handed_over(talk: str, when: datetime, waiting: float, handling: float) -> Handoff:
    """The person talks to an advisor, who closes it after so many minutes."""
    handoff = opened(talk, when)
    advisor, _ = Advisor.objects.get_or_create(username="sofia", first_name="Sofia")
    states.claim(handoff.pk, advisor)
    states.close(handoff.pk, advisor)
    claimed = when + timedelta(minutes=waiting)
    ended = claimed + timedelta(minutes=handling)
    Handoff.objects.filter(pk=handoff.pk).update(claimed=claimed, ended=ended)
    return handoff


def opened(talk: str, when: datetime) -> Handoff:
    """The person waits for an advisor."""
    handoff = states.open_handoff(talk, True, {}, "person")
    Handoff.objects.filter(pk=handoff.pk).update(opened=when)
    Message.objects.filter(conversation_id=talk, author=Author.HOUSE).update(created=when)
    return handoff
