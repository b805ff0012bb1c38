"""What is to be sent: in order for each contact, under a lease, until it is sent or given up. Database functions."""

from __future__ import annotations

import random
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.conf import settings
from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone

from bot.privacy.ids import random_id
from bot.web import leases
from bot.web.channels import addresses, rendering
from bot.web.channels.hooks import due_now
from bot.web.channels.models import Contact, Parcel, Received, Step
from bot.web.channels.platform import Kind, Platform, bounce_id
from bot.web.conversations import writing
from bot.web.conversations.models import Author, Conversation, Message

_LONGEST_WAIT = 300.0  # seconds between two tries
_OPEN = (Step.WAITING, Step.SENDING)


@dataclass(frozen=True)
class DeadLetter:
    """A message that never arrived, as the desk may show it: whose, which one, why, since when, in how many tries.

    `can_retry`: whether there is something to send again; what a platform took and lost is in the conversation only.
    `by_advisor`: whether a human wrote it. Nothing of its words, nor of the address.
    """

    id: int
    conversation: str
    platform: str
    seq: int
    reason: str
    at: datetime | None
    attempts: int
    can_retry: bool
    by_advisor: bool


def due(platform: str, limit: int) -> list[int]:
    """Contacts that have something to send now and that nobody sends to, longest due first."""
    waiting = Contact.objects.filter(leases.free(), platform=platform, due__lte=timezone.now())
    return list(waiting.order_by("due").values_list("pk", flat=True)[:limit])


def take(contact_id: int, owner: str) -> bool:
    """Take the lease, in one statement; False when another process holds it."""
    return leases.take(Contact.objects.filter(pk=contact_id), owner)


def release(contact_id: int, owner: str) -> None:
    """Give the lease back, if it is still ours."""
    leases.release(Contact.objects.filter(pk=contact_id), owner)


@transaction.atomic
def next_parcel(contact_id: int, owner: str, platform: Platform) -> tuple[Contact, Parcel] | None:
    """The first parcel that is to be sent, marked as being sent; None when there is nothing to do now.

    One that was being sent when its sender died is sent again: better twice than never.
    """
    _lock_conversation(contact_id)
    contact = _locked(contact_id, owner)
    if contact is None or contact.due is None or contact.due > timezone.now():
        return None
    parcel = _first(contact) or (_render(contact, platform) and _first(contact))
    if not parcel:
        Contact.objects.filter(pk=contact_id).update(due=None)
        return None
    parcel.step = Step.SENDING
    parcel.attempts += 1
    parcel.save(update_fields=["step", "attempts"])
    Contact.objects.filter(pk=contact_id).update(lease_until=leases.end())
    return contact, parcel


def sent(parcel: Parcel, platform: str, sent_id: str) -> None:
    """It was taken: the platform's id is kept as a hash, the words are not kept twice.

    That it did not arrive may have been told before its id was known here; the reason is then lost.
    """
    known = addresses.event_hash(platform, sent_id) if sent_id else ""
    _settle(parcel, Step.SENT, sent_hash=known, reason="", body={})
    told = addresses.event_hash(platform, bounce_id(sent_id))
    if sent_id and Received.objects.filter(platform=platform, event_hash=told).exists():
        bounced(platform, sent_id, Kind.UNDELIVERED.value)


@transaction.atomic
def arrived(platform: str, key: str, sent_id: str) -> bool:
    """A platform tells that it took a message, by the key it was sent with: its answer to us may have been lost.

    Returns whether that was still to be known.
    """
    of_key = Parcel.objects.filter(key=key, contact__platform=platform, step__in=_OPEN)
    found = of_key.first()
    if found is None:
        return False
    _lock_conversation(found.contact_id)  # who sends to them now has sent it, or has not begun
    parcel = of_key.first()
    if parcel is not None:
        sent(parcel, platform, sent_id)
    return parcel is not None


def dead(parcel: Parcel, reason: str) -> None:
    """It will never arrive; what comes after it goes on."""
    _settle(parcel, Step.DEAD, reason=reason[:80])


def bounced(platform: str, sent_id: str, reason: str) -> bool:
    """The platform says later that it could not deliver (of what is held: the word that asked for a sign of life).

    Returns whether that was a message of ours.
    """
    known = addresses.event_hash(platform, sent_id)
    found = Parcel.objects.filter(contact__platform=platform, sent_hash=known, step__in=(Step.SENT, Step.HELD))
    return bool(found.update(step=Step.DEAD, reason=reason[:80], settled=timezone.now()))


@transaction.atomic
def put_off(contact_id: int, owner: str, parcel: Parcel, reason: str, after: float | None = None) -> None:
    """A try failed: plan the next one, or give up when it has lasted too long."""
    if _locked(contact_id, owner) is None:
        return
    sending = Parcel.objects.filter(pk=parcel.pk, step=Step.SENDING)
    if not sending.exists():
        return  # meanwhile the platform has told that it took it
    if timezone.now() - parcel.created > timedelta(seconds=settings.GIVE_UP_SENDING):
        dead(parcel, reason)
        return
    if not sending.update(step=Step.WAITING, reason=reason[:80]):
        return
    wait = pause(parcel.attempts) if after is None else after * random.uniform(1.0, 1.1)
    Contact.objects.filter(pk=contact_id).update(due=timezone.now() + timedelta(seconds=wait))


def pause(attempts: int) -> float:
    """Seconds before the next try after `attempts` failed ones: about 1, 2, 4 … 300, never twice the same."""
    return min(2.0 ** min(attempts - 1, 20), _LONGEST_WAIT) * random.uniform(0.75, 1.25)


@transaction.atomic
def forget(contact_id: int) -> None:
    """The person cannot be reached any more: their address goes, and the conversation says so to who reads it."""
    found = Contact.objects.filter(pk=contact_id).values_list("conversation_id", flat=True).first()
    conversation = Conversation.objects.select_for_update().filter(pk=found).first() if found else None
    if conversation is None:
        return
    Contact.objects.filter(pk=contact_id).delete()
    writing.house(conversation, "channels.gone")


def lost() -> QuerySet[Parcel]:
    """The parcels that never arrived, the latest first, those set aside left out."""
    return Parcel.objects.filter(step=Step.DEAD).select_related("contact__conversation").order_by("-settled", "-pk")


def dead_letters(found: Iterable[Parcel] | None = None) -> list[DeadLetter]:
    """What may be shown of messages that never arrived: of these (see `lost`), or of all."""
    return [
        DeadLetter(
            each.pk, each.contact.conversation_id, each.contact.platform, each.seq, each.reason, each.settled,
            each.attempts, bool(each.body), each.by_advisor,
        )  # fmt: skip
        for each in (lost() if found is None else found)
    ]


@transaction.atomic
def try_again(parcel_id: int) -> bool:
    """Send a dead letter once more, after what was sent meanwhile; False when there is none that can be."""
    parcel = lost().filter(pk=parcel_id).first()
    if parcel is None or not parcel.body:
        return False
    anew = {"step": Step.WAITING, "attempts": 0, "created": timezone.now(), "settled": None}
    if not Parcel.objects.filter(pk=parcel_id, step=Step.DEAD).update(**anew):
        return False  # somebody else was faster
    due_now(parcel.contact.conversation_id)
    return True


def set_aside(parcel_id: int) -> bool:
    """Tell no more of a dead letter, nor keep its words twice; False when there is none."""
    return bool(Parcel.objects.filter(pk=parcel_id, step=Step.DEAD).update(step=Step.ASIDE, body={}))


def count_lost(platform: str) -> int:
    """How many parcels never arrived, those set aside left out."""
    return Parcel.objects.filter(contact__platform=platform, step=Step.DEAD).count()


def waiting(platform: str) -> int:
    """How many parcels are still to be sent."""
    return Parcel.objects.filter(contact__platform=platform, step__in=(*_OPEN, Step.HELD)).count()


def _render(contact: Contact, platform: Platform) -> bool:
    """Make parcels of the next message that has something to show; whether there was one."""
    new = Message.objects.filter(conversation_id=contact.conversation_id, seq__gt=contact.rendered_seq)
    for message in new.exclude(author=Author.SIGNAL).order_by("seq"):
        made = _parcels(contact, platform, message)
        contact.rendered_seq = message.seq
        contact.save(update_fields=["rendered_seq", "numbered"])
        if made:
            return True
    return False


def _parcels(contact: Contact, platform: Platform, message: Message) -> int:
    turn = _turn(contact, message)
    before = contact.numbered.get("keys", []) if contact.numbered.get("turn") == turn else []
    shown = rendering.shown(message, platform.capabilities, len(before) + 1)
    if shown.numbered:
        contact.numbered = {"turn": turn, "keys": [*before, *shown.numbered]}
    elif message.author == Author.ADVISOR:
        contact.numbered = {}  # who answers a human by a number means the number
    bodies = map(platform.render, shown.parts)
    human = message.author == Author.ADVISOR
    made = [
        Parcel(contact=contact, seq=message.seq, part=part, key=random_id(), body=body, by_advisor=human)
        for part, body in enumerate(bodies)
    ]
    return len(Parcel.objects.bulk_create(made))


def _turn(contact: Contact, message: Message) -> int:
    """The seq of what the person said last before a message: lists that answer the same are numbered on."""
    said = Message.objects.filter(conversation_id=contact.conversation_id, author=Author.PERSON, seq__lt=message.seq)
    return said.order_by("-seq").values_list("seq", flat=True).first() or 0


def _first(contact: Contact) -> Parcel | None:
    return contact.parcels.filter(step__in=_OPEN).order_by("seq", "part").first()


def _settle(parcel: Parcel, step: str, **values: object) -> None:
    Parcel.objects.filter(pk=parcel.pk).update(step=step, settled=timezone.now(), **values)


def _lock_conversation(contact_id: int) -> None:
    """Before its contact, as all do who write to both: who erases it would else wait for us, and we for them."""
    found = Contact.objects.filter(pk=contact_id).values_list("conversation_id", flat=True).first()
    Conversation.objects.select_for_update().filter(pk=found).first()


def _locked(contact_id: int, owner: str) -> Contact | None:
    return leases.locked(Contact.objects.filter(pk=contact_id), owner)
