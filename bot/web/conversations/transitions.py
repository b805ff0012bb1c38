"""What every change of a handoff is made of: the lock, the check, the change, the audit line.

Used by `states`, `callbacks`, `watch` and `silence` only; each of their functions runs in one transaction.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from django.contrib.auth.models import AbstractUser
from django.utils import timezone

from bot.web.conversations import writing
from bot.web.conversations.models import Conversation, Handoff, HandoffState, Outcome, Speaker, Transition

HOUSE = "house"
PERSON = "person"


class WrongState(Exception):
    """The handoff is no longer in a state that allows this; nothing was changed."""


def locked(handoff_id: int, *states: str) -> Handoff:
    """The handoff in one of `states`, its conversation locked first so that all transitions queue behind one lock.

    Raises `WrongState` when it is in another or is no more.
    """
    found = Handoff.objects.filter(pk=handoff_id).values_list("conversation_id", flat=True).first()
    if found is None:
        raise WrongState
    try:
        conversation = writing.lock(found)
        handoff = Handoff.objects.select_related("claimed_by").get(pk=handoff_id, state__in=states)
    except (Conversation.DoesNotExist, Handoff.DoesNotExist):
        raise WrongState from None
    handoff.conversation = conversation
    return handoff


def still(handoff_id: int, state: str) -> Handoff | None:
    """The same, or None where it is no longer in that state."""
    try:
        return locked(handoff_id, state)
    except WrongState:
        return None


def must_own(handoff: Handoff, advisor: AbstractUser) -> None:
    """`WrongState` unless it is this advisor's."""
    if handoff.claimed_by_id != advisor.pk:
        raise WrongState


def moves(handoff: Handoff, state: str, actor: str, detail: str = "") -> None:
    """Change the state, save all of the handoff, and leave an audit line."""
    before, handoff.state = handoff.state, state
    handoff.save()
    audit(handoff, before, actor, detail)


def audit(handoff: Handoff, before: str, actor: str, detail: str = "") -> None:
    """Leave a line on a change that is made."""
    Transition.objects.create(handoff=handoff, before=before, after=handoff.state, actor=actor, detail=detail)


def noted(handoff: Handoff, detail: str) -> bool:
    """Save what time alone has changed, but for the state, and leave an audit line; True."""
    handoff.save()
    audit(handoff, handoff.state, HOUSE, detail)
    return True


def requeue(handoff: Handoff, actor: str, detail: str, widened: bool = False) -> None:
    """Let a live handoff wait anew from now on. `widened`: any Cité's advisors may take it."""
    handoff.claimed_by = handoff.held = handoff.nudged = None
    handoff.queued = timezone.now()
    handoff.widened = handoff.queued if widened else None
    handoff.told_unanswered = handoff.reminded = None
    moves(handoff, HandoffState.WAITING, actor, detail)
    speaks(handoff.conversation, Speaker.WAITING)


def speaks(conversation: Conversation, speaker: str) -> None:
    """Let somebody else speak; nobody types any longer."""
    conversation.speaker = speaker
    conversation.person_typing = conversation.advisor_typing = None
    conversation.save(update_fields=["speaker", "person_typing", "advisor_typing"])
    writing.tell(conversation)


def finish(handoff: Handoff, state: str, actor: str, sentence: str | None, outcome: str = "", **values: Any) -> None:
    """End an exchange, with the house's word about it; what is said later is not the advisor's to read."""
    speaks(handoff.conversation, Speaker.BOT)
    if sentence:
        writing.house(handoff.conversation, sentence, **values)
    handoff.ended = timezone.now()
    handoff.to_seq = handoff.conversation.last_seq
    handoff.outcome = outcome
    moves(handoff, state, actor)


def as_outcome(outcome: str) -> str:
    """The outcome, which may be left empty; `ValueError` when it is not one of `Outcome`."""
    return Outcome(outcome).value if outcome else ""


def ago(minutes: float) -> datetime:
    """The instant that many minutes before now."""
    return timezone.now() - timedelta(minutes=minutes)


def actor_of(advisor: AbstractUser) -> str:
    """How the audit names an advisor."""
    return f"advisor:{advisor.pk}"
