"""Who may speak.

With `callbacks`, `watch` and `silence`, all that changes a conversation's speaker or a handoff's state.

    bot → waiting → live → given_back or closed
                  → callback → done            (nobody is there; the bot speaks again: `callbacks`)

Every function runs in one transaction, locks the conversation, and leaves an audit line.
"""

from __future__ import annotations

import hashlib
from datetime import datetime
from typing import Any

from django.contrib.auth.models import AbstractUser
from django.db import transaction
from django.utils import timezone

from bot.web.conversations import waiting_words, writing
from bot.web.conversations.models import (
    OPEN_STATES,
    Author,
    Conversation,
    Handoff,
    HandoffState,
    Progress,
    Speaker,
)
from bot.web.conversations.transitions import (
    HOUSE,
    PERSON,
    WrongState,
    actor_of,
    as_outcome,
    audit,
    finish,
    locked,
    moves,
    must_own,
    requeue,
    speaks,
)

__all__ = [
    "WrongState",
    "advisor_says",
    "claim",
    "close",
    "give_back",
    "lapse",
    "leave",
    "open_handoff",
    "transfer",
]
_FROM_THE_DESK = "desk:"  # no id that a person's client chooses has a colon
_ALWAYS_TOLD = ("concern", "request", "language", "cite")
"""What the advisor is told without consent too: the request and the concern, and where it is to go."""


@transaction.atomic
def open_handoff(
    conversation_id: str, consent: bool, summary: dict[str, Any], actor: str, since: int | None = None
) -> Handoff:
    """Let the person wait for an advisor; where one is open already, return it unchanged.

    Messages that Rasa has not answered yet are kept for the advisor. Without consent the advisor reads what comes
    after the seq `since`; None: those messages and what follows. The person is told what may be promised now.
    """
    conversation = writing.lock(conversation_id)
    existing = Handoff.objects.filter(conversation=conversation, state__in=OPEN_STATES).first()
    if existing:
        return existing
    unanswered = _keep_unanswered(conversation)
    asked_at = unanswered if since is None else since
    handoff = Handoff.objects.create(
        conversation=conversation,
        consent=consent,
        summary=summary if consent else {key: summary[key] for key in _ALWAYS_TOLD if key in summary},
        from_seq=conversation.first_seq if consent else asked_at,
        cite=conversation.page_cite or str(summary.get("cite") or conversation.cite),
        language=conversation.language,
        concern=str(summary.get("concern") or "")[:80],
        channel=conversation.channel,
    )
    audit(handoff, "", actor)
    speaks(conversation, Speaker.WAITING)
    if waiting_words.say_opened(conversation, handoff):
        handoff.told_unanswered = handoff.opened  # there is nothing more to tell later
        handoff.save(update_fields=["told_unanswered"])
    return handoff


@transaction.atomic
def claim(handoff_id: int, advisor: AbstractUser) -> Handoff:
    """Give a waiting handoff to `advisor`; `WrongState` when another one was faster."""
    handoff = locked(handoff_id, HandoffState.WAITING)
    handoff.claimed_by = advisor
    handoff.held = timezone.now()
    handoff.claimed = handoff.claimed or handoff.held
    moves(handoff, HandoffState.LIVE, actor_of(advisor))
    speaks(handoff.conversation, Speaker.ADVISOR)
    leave_it = [("door.resume", waiting_words.RESUME)]
    writing.house(handoff.conversation, "door.joined", choices=leave_it, advisor=advisor.first_name)
    return handoff


@transaction.atomic
def transfer(handoff_id: int, advisor: AbstractUser, to: AbstractUser | None, held_by: int | None = None) -> Handoff:
    """Pass a live handoff on to another account, or put it back into the queue (None).

    It is of `advisor`, or of the account `held_by`. Whether that one's may be passed on, and whether `to` answers for
    this Cité, is for the caller to know. `WrongState` when it is not live, of neither, or `to` has it already or is an
    account that is closed.
    """
    handoff = locked(handoff_id, HandoffState.LIVE)
    holder = handoff.claimed_by
    if holder is None or holder.pk != (held_by or advisor.pk):
        raise WrongState
    own = holder.pk == advisor.pk
    if to is None:
        _back_to_queue(handoff, advisor, "door.requeued" if own else "door.seeking_other", holder.first_name)
    elif to.pk == holder.pk or not to.is_active:
        raise WrongState
    else:
        _pass_on(handoff, advisor, to, "door.transferred" if own else "door.reassigned", holder.first_name)
    return handoff


@transaction.atomic
def give_back(handoff_id: int, advisor: AbstractUser, outcome: str = "") -> Handoff:
    """End the advisor's part: the bot speaks again. `outcome` is one of `Outcome`, else `ValueError`."""
    return _end(handoff_id, advisor, HandoffState.GIVEN_BACK, "door.given_back", outcome)


@transaction.atomic
def close(handoff_id: int, advisor: AbstractUser, outcome: str = "") -> Handoff:
    """End the handoff for good; should the person write again, the bot answers. `outcome` as for `give_back`."""
    return _end(handoff_id, advisor, HandoffState.CLOSED, "door.closed", outcome)


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
    finish(handoff, HandoffState.CLOSED, PERSON, sentence)
    return True


@transaction.atomic
def lapse(conversation_id: str, silent_since: datetime) -> bool:
    """End a handoff in which nobody has said anything since `silent_since`; False when somebody just has."""
    conversation = writing.lock(conversation_id)
    handoff = Handoff.objects.filter(conversation=conversation, state__in=OPEN_STATES).first()
    if handoff is None or conversation.last_seen >= silent_since:
        return False
    handoff.conversation = conversation
    finish(handoff, HandoffState.CLOSED, HOUSE, sentence=None)
    return True


@transaction.atomic
def advisor_says(handoff_id: int, advisor: AbstractUser, text: str, form_id: str | None = None) -> int:
    """Store an advisor's answer and return its seq; `WrongState` unless the handoff is live and theirs.

    The same words under the same `form_id`, of a form sent anew since its reply was lost, change nothing and give the
    same seq; other words are another answer.
    """
    handoff = locked(handoff_id, HandoffState.LIVE)
    must_own(handoff, advisor)
    client_id = _id_of(form_id, text) if form_id else None
    sent = handoff.conversation.messages.filter(client_id=client_id).first() if client_id else None
    if sent is None:
        kept = {"text": text, "name": advisor.first_name, "client_id": client_id}
        sent = writing.add(handoff.conversation, Author.ADVISOR, **kept)
        handoff.nudged = None
        handoff.save(update_fields=["nudged"])
    return sent.seq


def _id_of(form_id: str, text: str) -> str:
    return _FROM_THE_DESK + hashlib.sha256(f"{form_id}\0{text}".encode()).hexdigest()[:32]


def _pass_on(handoff: Handoff, advisor: AbstractUser, to: AbstractUser, sentence: str, holder: str) -> None:
    """There is no moment in which nobody has it; its person is told who answers in the place of whom."""
    handoff.claimed_by, handoff.held = to, timezone.now()
    handoff.nudged = handoff.reminded = None
    moves(handoff, HandoffState.LIVE, actor_of(advisor), f"transfer:{to.pk}")
    speaks(handoff.conversation, Speaker.ADVISOR)
    leave_it = [("door.resume", waiting_words.RESUME)]
    writing.house(handoff.conversation, sentence, choices=leave_it, advisor=holder, other=to.first_name)


def _back_to_queue(handoff: Handoff, advisor: AbstractUser, sentence: str, holder: str) -> None:
    """It waits anew from now on, and its person is told."""
    requeue(handoff, actor_of(advisor), "transfer")
    waiting_words.say_requeued(handoff.conversation, handoff, sentence, holder)


def _end(handoff_id: int, advisor: AbstractUser, state: str, sentence: str, outcome: str) -> Handoff:
    outcome = as_outcome(outcome)
    handoff = locked(handoff_id, HandoffState.LIVE)
    must_own(handoff, advisor)
    finish(handoff, state, actor_of(advisor), sentence, outcome, advisor=advisor.first_name)
    return handoff


def _keep_unanswered(conversation: Conversation) -> int:
    """Leave what is still pending to the advisor; the seq after which all is for the advisor's eyes."""
    waiting = conversation.messages.filter(progress__in=(Progress.PENDING, Progress.SENT))
    first = waiting.filter(author=Author.PERSON).order_by("seq").first()
    waiting.update(progress=Progress.KEPT)
    conversation.due = None
    conversation.save(update_fields=["due"])
    return first.seq - 1 if first else conversation.last_seq
