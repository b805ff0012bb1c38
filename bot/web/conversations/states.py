"""Who may speak: the only code that changes a conversation's speaker or a handoff's state.

Every function runs in one transaction, locks the conversation, and leaves an audit line.
"""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.contrib.auth.models import AbstractUser
from django.db import transaction
from django.utils import timezone

from bot.web.conversations import writing
from bot.web.conversations.models import (
    OPEN_STATES,
    Author,
    Conversation,
    Handoff,
    HandoffState,
    Progress,
    Speaker,
    Transition,
)

RESUME = "door:resume"
"""The payload of "go back to the assistant", handled by the door itself."""


class WrongState(Exception):
    """The handoff is no longer in a state that allows this; nothing was changed."""


@transaction.atomic
def open_handoff(conversation_id: str, consent: bool, summary: dict[str, Any], actor: str) -> Handoff:
    """Let the person wait for an advisor; where one is open already, return it unchanged.

    Messages that Rasa has not answered yet are kept for the advisor.
    """
    conversation = writing.lock(conversation_id)
    existing = Handoff.objects.filter(conversation=conversation, state__in=OPEN_STATES).first()
    if existing:
        return existing
    asked_at = _keep_unanswered(conversation)
    from_seq = conversation.first_seq if consent else asked_at
    handoff = Handoff.objects.create(conversation=conversation, consent=consent, summary=summary, from_seq=from_seq)
    _audit(handoff, "", actor)
    _speaks(conversation, Speaker.WAITING)
    writing.house(conversation, "door.waiting", choices=[("door.resume", RESUME)])
    return handoff


@transaction.atomic
def claim(handoff_id: int, advisor: AbstractUser) -> Handoff:
    """Give a waiting handoff to `advisor`; `WrongState` when another one was faster."""
    handoff = _locked(handoff_id, HandoffState.WAITING)
    handoff.claimed_by = advisor
    handoff.claimed = timezone.now()
    _moves(handoff, HandoffState.LIVE, _actor(advisor))
    _speaks(handoff.conversation, Speaker.ADVISOR)
    writing.house(handoff.conversation, "door.joined", advisor=advisor.first_name)
    return handoff


@transaction.atomic
def give_back(handoff_id: int, advisor: AbstractUser) -> Handoff:
    """End the advisor's part: the bot speaks again."""
    return _end(handoff_id, advisor, HandoffState.GIVEN_BACK, "door.given_back")


@transaction.atomic
def close(handoff_id: int, advisor: AbstractUser) -> Handoff:
    """End the handoff for good; should the person write again, the bot answers."""
    return _end(handoff_id, advisor, HandoffState.CLOSED, "door.closed")


@transaction.atomic
def leave(conversation_id: str, sentence: str | None = "door.resumed") -> bool:
    """The person goes back to the assistant; whether there was a handoff to end.

    `sentence` is the house's word about it, or None for silence.
    """
    conversation = writing.lock(conversation_id)
    handoff = Handoff.objects.filter(conversation=conversation, state__in=OPEN_STATES).first()
    if handoff is None:
        return False
    handoff.conversation = conversation
    _finish(handoff, HandoffState.CLOSED, "person", sentence)
    return True


@transaction.atomic
def lapse(conversation_id: str, silent_since: datetime) -> bool:
    """End a handoff in which nobody has said anything since `silent_since`; False when somebody just has."""
    conversation = writing.lock(conversation_id)
    handoff = Handoff.objects.filter(conversation=conversation, state__in=OPEN_STATES).first()
    if handoff is None or conversation.last_seen >= silent_since:
        return False
    handoff.conversation = conversation
    _finish(handoff, HandoffState.CLOSED, "house", sentence=None)
    return True


@transaction.atomic
def advisor_says(handoff_id: int, advisor: AbstractUser, text: str) -> int:
    """Store an advisor's answer and return its seq; `WrongState` unless the handoff is live and theirs."""
    handoff = _locked(handoff_id, HandoffState.LIVE)
    _must_own(handoff, advisor)
    message = writing.add(handoff.conversation, Author.ADVISOR, text=text, name=advisor.first_name)
    return message.seq


def _end(handoff_id: int, advisor: AbstractUser, state: str, sentence: str) -> Handoff:
    handoff = _locked(handoff_id, HandoffState.LIVE)
    _must_own(handoff, advisor)
    _finish(handoff, state, _actor(advisor), sentence, advisor=advisor.first_name)
    return handoff


def _finish(handoff: Handoff, state: str, actor: str, sentence: str | None, **values: Any) -> None:
    """End a handoff, with the house's word about it; what is said later is not the advisor's to read."""
    _speaks(handoff.conversation, Speaker.BOT)
    if sentence:
        writing.house(handoff.conversation, sentence, **values)
    handoff.ended = timezone.now()
    handoff.to_seq = handoff.conversation.last_seq
    _moves(handoff, state, actor)


def _locked(handoff_id: int, state: str) -> Handoff:
    """The handoff in `state`, its conversation locked first so that all transitions queue behind one lock."""
    found = Handoff.objects.filter(pk=handoff_id).values_list("conversation_id", flat=True).first()
    if found is None:
        raise WrongState
    try:
        conversation = writing.lock(found)
        handoff = Handoff.objects.select_related("claimed_by").get(pk=handoff_id, state=state)
    except (Conversation.DoesNotExist, Handoff.DoesNotExist):
        raise WrongState from None
    handoff.conversation = conversation
    return handoff


def _must_own(handoff: Handoff, advisor: AbstractUser) -> None:
    if handoff.claimed_by_id != advisor.pk:
        raise WrongState


def _moves(handoff: Handoff, state: str, actor: str) -> None:
    before, handoff.state = handoff.state, state
    handoff.save()
    _audit(handoff, before, actor)


def _audit(handoff: Handoff, before: str, actor: str) -> None:
    Transition.objects.create(handoff=handoff, before=before, after=handoff.state, actor=actor)


def _speaks(conversation: Conversation, speaker: str) -> None:
    conversation.speaker = speaker
    conversation.save(update_fields=["speaker"])
    writing.tell(conversation)


def _keep_unanswered(conversation: Conversation) -> int:
    """Leave what is still pending to the advisor; the seq after which all is for the advisor's eyes."""
    waiting = conversation.messages.filter(progress__in=(Progress.PENDING, Progress.SENT))
    first = waiting.filter(author=Author.PERSON).order_by("seq").first()
    waiting.update(progress=Progress.KEPT)
    conversation.due = None
    conversation.save(update_fields=["due"])
    return first.seq - 1 if first else conversation.last_seq


def _actor(advisor: AbstractUser) -> str:
    return f"advisor:{advisor.pk}"
