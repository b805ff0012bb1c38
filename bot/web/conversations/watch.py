"""What becomes of handoffs by time alone: who waits long is told so, who has gone is not waited for.

Each change is one transaction that looks again under the lock: whichever process does it, it is done once.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import datetime, timedelta

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from bot.web.conversations import chores, waiting_words, writing
from bot.web.conversations.models import Author, Handoff, HandoffState, Message, Outcome
from bot.web.conversations.transitions import HOUSE, WrongState, audit, finish, locked

_CHORE = "watch"
HERE = "door:here"
"""The payload of "I am still here", which needs no more than to be said."""


def claim() -> bool:
    """Whether it is time to look, and this process is the one to do it."""
    return chores.claim(_CHORE, settings.WATCH_POLL)


def look() -> int:
    """Do all that is due; how much was done."""
    waiting = Handoff.objects.filter(state=HandoffState.WAITING)
    live = Handoff.objects.filter(state=HandoffState.LIVE)
    return (
        _each(widen, waiting.filter(widened=None, queued__lte=_ago(settings.HANDOFF_WIDEN)))
        + _each(tell_unanswered, waiting.filter(told_unanswered=None, widened__lte=_ago(settings.HANDOFF_TELL)))
        + _each(end_silence, live)
    )


@transaction.atomic
def widen(handoff_id: int) -> bool:
    """Let any Cité's advisors take what waits for long; False when that is not so (any longer)."""
    handoff = _still(handoff_id, HandoffState.WAITING)
    if handoff is None or handoff.widened or handoff.queued > _ago(settings.HANDOFF_WIDEN):
        return False
    handoff.widened = timezone.now()
    return _noted(handoff, "widened")


@transaction.atomic
def tell_unanswered(handoff_id: int) -> bool:
    """Tell who still waits that nobody answers, and what else there is; once. False when that is not so (any longer)."""
    handoff = _still(handoff_id, HandoffState.WAITING)
    if handoff is None or handoff.told_unanswered:
        return False
    if handoff.widened is None or handoff.widened > _ago(settings.HANDOFF_TELL):
        return False
    handoff.told_unanswered = timezone.now()
    waiting_words.say_unanswered(handoff.conversation, handoff)
    return _noted(handoff, "told")


@transaction.atomic
def end_silence(handoff_id: int) -> bool:
    """Remind who has not answered the advisor for long; close when they stay silent. False when nothing is due."""
    handoff = _still(handoff_id, HandoffState.LIVE)
    last = _last_words(handoff) if handoff else None
    if handoff is None or last is None or last.author == Author.PERSON:
        return False
    if handoff.reminded is None or handoff.reminded < last.created:
        return _remind(handoff, last)
    if max(handoff.reminded, handoff.conversation.person_typing or handoff.reminded) > _ago(settings.HANDOFF_SILENCE):
        return False
    finish(handoff, HandoffState.CLOSED, HOUSE, "door.closed_silent", Outcome.LEFT)
    return True


def _remind(handoff: Handoff, last: Message) -> bool:
    seen = max(last.created, handoff.conversation.person_typing or last.created)
    if seen > _ago(settings.HANDOFF_REMIND):
        return False
    choices = [("door.still_here", HERE), ("door.resume", waiting_words.RESUME)]
    writing.house(handoff.conversation, "door.reminder", choices=choices, minutes=settings.HANDOFF_SILENCE)
    handoff.reminded = timezone.now()
    return _noted(handoff, "reminded")


def _last_words(handoff: Handoff) -> Message | None:
    """The last thing that one of the two said since an advisor took it; None while neither has."""
    said = handoff.conversation.messages.filter(author__in=(Author.PERSON, Author.ADVISOR), seq__gt=handoff.from_seq)
    return said.order_by("-seq").first()


def _still(handoff_id: int, state: str) -> Handoff | None:
    try:
        return locked(handoff_id, state)
    except WrongState:
        return None


def _noted(handoff: Handoff, detail: str) -> bool:
    handoff.save()
    audit(handoff, handoff.state, HOUSE, detail)
    return True


def _each(act: Callable[[int], bool], found: Iterable[Handoff]) -> int:
    return sum(act(handoff.pk) for handoff in found)


def _ago(minutes: float) -> datetime:
    return timezone.now() - timedelta(minutes=minutes)
