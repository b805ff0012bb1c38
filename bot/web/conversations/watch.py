"""What becomes of handoffs by time alone: who waits long is told so, who has gone is not waited for.

Each change is one transaction that looks again under the lock: whichever process does it, it is done once.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from bot.web.conversations import chores, silence, waiting_words
from bot.web.conversations.models import Handoff, HandoffState
from bot.web.conversations.transitions import ago, noted, still

_CHORE = "watch"


def claim() -> bool:
    """Whether it is time to look, and this process is the one to do it."""
    return chores.claim(_CHORE, settings.WATCH_POLL)


def look() -> int:
    """Do all that is due; how much was done."""
    waiting = Handoff.objects.filter(state=HandoffState.WAITING)
    return (
        _each(widen, waiting.filter(widened=None, queued__lte=ago(settings.HANDOFF_WIDEN)))
        + _each(tell_unanswered, waiting.filter(told_unanswered=None, widened__lte=ago(settings.HANDOFF_TELL)))
        + silence.look()
    )


@transaction.atomic
def widen(handoff_id: int) -> bool:
    """Let any Cité's advisors take what waits for long; False when that is not so (any longer)."""
    handoff = still(handoff_id, HandoffState.WAITING)
    if handoff is None or handoff.widened or handoff.queued > ago(settings.HANDOFF_WIDEN):
        return False
    handoff.widened = timezone.now()
    return noted(handoff, "widened")


@transaction.atomic
def tell_unanswered(handoff_id: int) -> bool:
    """Tell who still waits that nobody answers, and what else there is; once. False when that is not so."""
    handoff = still(handoff_id, HandoffState.WAITING)
    if handoff is None or handoff.told_unanswered:
        return False
    if handoff.widened is None or handoff.widened > ago(settings.HANDOFF_TELL):
        return False
    handoff.told_unanswered = timezone.now()
    waiting_words.say_unanswered(handoff.conversation, handoff)
    return noted(handoff, "told")


def _each(act: Callable[[int], bool], found: Iterable[Handoff]) -> int:
    return sum(act(handoff.pk) for handoff in found)
