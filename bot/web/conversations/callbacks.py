"""A call back, when nobody is there: asked for in a form outside the conversation, done by an advisor of the Cité.

    waiting → callback → done (an advisor), or closed (the person, or time)

How to reach the person is kept encrypted, beside the handoff, and nowhere else; it goes with the end.
"""

from __future__ import annotations

from datetime import datetime, timedelta

from django.conf import settings
from django.contrib.auth.models import AbstractUser
from django.db import transaction
from django.utils import timezone

from bot.privacy.ciphers import Cipher
from bot.web.conversations import writing
from bot.web.conversations.contacts import Contact, checked
from bot.web.conversations.errors import Refused
from bot.web.conversations.models import Callback, Conversation, Handoff, HandoffState, Speaker
from bot.web.conversations.transitions import (
    HOUSE,
    PERSON,
    WrongState,
    actor_of,
    as_outcome,
    audit,
    locked,
    moves,
    speaks,
)
from bot.web.conversations.ways import FORMS
from bot.web.database import empty_log

CANCEL = "door:callback:cancel"
"""The payload of "do not call me back", handled by the door itself."""


def request(conversation_id: str, name: object, contact: object, moment: object = None) -> datetime:
    """Somebody who waits asks to be called back instead; until when that is kept at most.

    Sent again, it replaces what was asked. `Refused`: "no_callback" when nobody waits here, and as `checked`.
    """
    with transaction.atomic():
        conversation = _conversation(conversation_id)
        handoff = _asking(conversation)
        told = checked(name, contact, moment, handoff.cite)
        kept = _keep(handoff, told)
        if handoff.state == HandoffState.WAITING:
            _cancel_earlier(conversation)
            _begin(handoff)
        else:
            audit(handoff, handoff.state, PERSON, "replaced")
    return kept.asked + timedelta(days=settings.CALLBACK_DAYS)


@transaction.atomic
def cancel(conversation_id: str) -> bool:
    """The person no longer wishes it; whether there was one."""
    conversation = writing.lock(conversation_id)
    cancelled = _cancel_earlier(conversation)
    if cancelled:
        writing.house(conversation, "door.callback_cancelled")
    return cancelled


@transaction.atomic
def open_callback(handoff_id: int, advisor: AbstractUser, instead_of: int | None = None) -> Contact | None:
    """How to reach the person, for the one advisor who takes it: it is theirs from then on, and noted in the audit.

    Whether it is of a Cité of theirs, the desk has looked. None when it can no longer be read, since the keys were
    changed. `WrongState` when it is no longer to be done, or is another one's than `instead_of`: the account from
    which it is taken over. Of several who take it over from the same one, the first has it.
    """
    handoff = locked(handoff_id, HandoffState.CALLBACK)
    held_by = handoff.claimed_by_id
    if held_by not in (None, advisor.pk, instead_of):
        raise WrongState
    handoff.claimed_by = advisor
    handoff.claimed = handoff.claimed or timezone.now()
    detail = "opened" if held_by in (None, advisor.pk) else f"taken_over:{held_by}"
    moves(handoff, HandoffState.CALLBACK, actor_of(advisor), detail)
    return _read(handoff)


@transaction.atomic
def finish_callback(handoff_id: int, advisor: AbstractUser, outcome: str = "") -> Handoff:
    """The advisor who opened it is done: how to reach the person is erased.

    `outcome` is one of `Outcome`, else `ValueError`; `WrongState` when it is not theirs or not open.
    """
    outcome = as_outcome(outcome)
    handoff = locked(handoff_id, HandoffState.CALLBACK)
    if handoff.claimed_by_id != advisor.pk:
        raise WrongState
    _end(handoff, HandoffState.DONE, actor_of(advisor), outcome)
    return handoff


def lapse_old() -> int:
    """End the callbacks that nobody has done within CALLBACK_DAYS; how many."""
    before = timezone.now() - timedelta(days=settings.CALLBACK_DAYS)
    old = Callback.objects.filter(asked__lt=before).values_list("handoff_id", flat=True)
    return sum(_lapse(handoff_id, before) for handoff_id in list(old))


@transaction.atomic
def _lapse(handoff_id: int, before: datetime) -> bool:
    try:
        handoff = locked(handoff_id, HandoffState.CALLBACK)
    except WrongState:
        return False
    if not Callback.objects.filter(handoff=handoff, asked__lt=before).exists():
        return False  # it was asked for again
    _end(handoff, HandoffState.CLOSED, HOUSE)
    return True


def _conversation(conversation_id: str) -> Conversation:
    try:
        return writing.lock(conversation_id)
    except Conversation.DoesNotExist:
        raise Refused("not_found") from None


def _asking(conversation: Conversation) -> Handoff:
    """The handoff that waits here, else the callback that is asked for already."""
    found = Handoff.objects.filter(conversation=conversation, conversation__channel__in=FORMS)
    for state in (HandoffState.WAITING, HandoffState.CALLBACK):
        handoff = found.filter(state=state).order_by("-pk").first()
        if handoff:
            handoff.conversation = conversation
            return handoff
    raise Refused("no_callback")


def _keep(handoff: Handoff, told: Contact) -> Callback:
    sealed = {name: _cipher().seal(getattr(told, name)) for name in ("name", "contact", "moment")}
    kept, _ = Callback.objects.update_or_create(handoff=handoff, defaults={**sealed, "asked": timezone.now()})
    return kept


def _begin(handoff: Handoff) -> None:
    """Nobody waits in the conversation any longer: the bot speaks again."""
    conversation = handoff.conversation
    speaks(conversation, Speaker.BOT)
    choices = [("door.callback_cancel", CANCEL)]
    writing.house(conversation, "door.callback_asked", choices=choices, days=settings.CALLBACK_DAYS)
    handoff.to_seq = conversation.last_seq
    moves(handoff, HandoffState.CALLBACK, PERSON)


def _cancel_earlier(conversation: Conversation) -> bool:
    earlier = list(Handoff.objects.filter(conversation=conversation, state=HandoffState.CALLBACK))
    for handoff in earlier:
        _end(handoff, HandoffState.CLOSED, PERSON)
    return bool(earlier)


def _end(handoff: Handoff, state: str, actor: str, outcome: str = "") -> None:
    Callback.objects.filter(handoff=handoff).delete()
    transaction.on_commit(empty_log, robust=True)
    handoff.ended = timezone.now()
    handoff.outcome = outcome
    moves(handoff, state, actor)


def _read(handoff: Handoff) -> Contact | None:
    kept = Callback.objects.get(handoff=handoff)
    parts = [_cipher().unseal(getattr(kept, name)) for name in ("name", "contact", "moment")]
    name, contact, moment = parts
    return None if name is None or contact is None or moment is None else Contact(name, contact, moment)


def _cipher() -> Cipher:
    keys = (key.strip() for key in settings.CALLBACK_KEY.split(","))
    return Cipher(filter(None, keys), "callback contacts")
