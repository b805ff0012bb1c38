"""What comes too late for a platform, which takes answers for some time only: it waits until the person writes again.

Database functions. An advisor whose answer waits is told so in the conversation, once; the person never sees that.
"""

from __future__ import annotations

from typing import Any

from django.db import transaction
from django.utils import timezone

from bot.web.channels import addresses, registry
from bot.web.channels.hooks import due_now
from bot.web.channels.models import Contact, Parcel, Step
from bot.web.channels.platform import Platform
from bot.web.conversations import writing
from bot.web.conversations.models import Author, Conversation
from bot.web.words import language_of, word


def knock(platform: Platform, contact: Contact, parcel: Parcel) -> dict[str, Any] | None:
    """What is sent in place of an advisor's late answer; None when the person has been asked already, or cannot be."""
    if not parcel.by_advisor or contact.told_late:
        return None
    return platform.knock(contact.conversation.language)


@transaction.atomic
def hold(contact: Contact, parcel: Parcel, reason: str, sent_id: str | None = None) -> None:
    """Keep a parcel until the person writes; `sent_id` is that of the word which asked them to, if one was sent."""
    conversation = Conversation.objects.select_for_update().filter(pk=contact.conversation_id).first()
    if conversation is None:
        return
    heard = Contact.objects.filter(pk=contact.pk, last_heard__gt=contact.last_heard).exists()
    if heard:  # they have written in the meantime
        Parcel.objects.filter(pk=parcel.pk).update(step=Step.WAITING, created=timezone.now())
        return
    known = addresses.event_hash(contact.platform, sent_id) if sent_id else ""
    kept = {"step": Step.HELD, "reason": reason[:80], "sent_hash": known}
    if Parcel.objects.filter(pk=parcel.pk).update(**kept) and parcel.by_advisor:
        _tell(conversation, contact, "channels.too_late" if sent_id is None else "channels.knocked")


def resume(contact: Contact) -> None:
    """The person has written: what waited for that goes first, and has a whole day to be taken."""
    if contact.told_late:
        Contact.objects.filter(pk=contact.pk).update(told_late=False)
    if contact.parcels.filter(step=Step.HELD).update(step=Step.WAITING, sent_hash="", created=timezone.now()):
        due_now(contact.conversation_id)


def _tell(conversation: Conversation, contact: Contact, key: str) -> None:
    """Tell who reads the conversation at the desk, once for each silence."""
    if not Contact.objects.filter(pk=contact.pk, told_late=False).update(told_late=True):
        return
    language = conversation.language
    text = word(key, language, platform=registry.PLATFORMS[contact.platform].shown)
    spoken = language_of(key, language)
    writing.add(conversation, Author.HOUSE, text=text, language=spoken, payload={"desk_only": True})
