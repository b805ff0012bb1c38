"""What comes in from a platform, once and in order: each event becomes something said in a conversation.

The platform's ids are hashed before they are looked for, the address is put in cipher, the words are redacted; then
only is anything stored, all in one transaction.
"""

from __future__ import annotations

import logging
import re
from datetime import datetime, timedelta
from datetime import timezone as zones

from django.conf import settings
from django.db import IntegrityError, transaction
from django.utils import timezone

from bot.web.channels import addresses, commands, late, order, outbox, whereabouts
from bot.web.channels.door_pages import write_page
from bot.web.channels.models import Contact, Received
from bot.web.channels.platform import Incoming, Kind, Platform
from bot.web.conversations import service, writing
from bot.web.conversations.errors import Refused
from bot.web.conversations.models import Author, Conversation, Progress
from bot.web.limits import rates
from bot.web.words import DEFAULT, LANGUAGES

log = logging.getLogger(__name__)
_NUMBER = re.compile(r"\W*(\d{1,2})\W*")


def take(platform: Platform, event: Incoming) -> bool:
    """Carry out one event; False (and nothing changes) when it has come before."""
    if event.kind == Kind.TAKEN:  # twice says no more than once, and most are known already
        return outbox.arrived(platform.name, event.text, event.message)
    missed = False
    with transaction.atomic():
        received = _first_time(platform, event)
        if received is None:
            return False
        if event.kind == Kind.OTHER:
            log.info("%s: an event of the type %s is passed over", platform.name, event.text[:40])
        elif event.kind == Kind.BLOCKED:
            _blocked(platform, event)
        elif event.kind == Kind.UNDELIVERED:
            missed = not outbox.bounced(platform.name, event.message, event.text)
        elif event.kind != Kind.GROUP:
            _said(platform, event, received)
    if missed:  # it may have been noted as sent while this was written: `outbox.sent` looks for what is written now
        outbox.bounced(platform.name, event.message, event.text)
    return True


def tidy() -> None:
    """Forget the events that no platform repeats any longer."""
    Received.objects.filter(at__lt=timezone.now() - timedelta(days=settings.EVENTS_KEPT)).delete()


def _first_time(platform: Platform, event: Incoming) -> Received | None:
    """A row for this event, or None when there is one already: the database decides."""
    known = addresses.event_hash(platform.name, event.id)
    number = addresses.event_number(platform.name, event.order)
    try:
        with transaction.atomic():
            return Received.objects.create(platform=platform.name, event_hash=known, order=number)
    except IntegrityError:
        return None


def _blocked(platform: Platform, event: Incoming) -> None:
    contact = _known(platform, event)
    if contact is not None:
        outbox.forget(contact.pk)


def _said(platform: Platform, event: Incoming, received: Received) -> None:
    contact = _locked(platform, event) or _begin_once(platform, event)
    number = _by_number(contact, event)
    numbered = contact.numbered if number else {}  # a list holds until something else is said
    Contact.objects.filter(pk=contact.pk).update(last_heard=max(contact.last_heard, _at(event)), numbered=numbered)
    late.resume(contact)
    try:
        rates.hit("conversation", contact.conversation_id)
        seq = _chosen(contact, event, number) if number else _carry_out(contact, event)
    except Refused as refused:
        _tell(contact, refused)
        return
    if seq is not None:
        order.keep(contact, received, seq, platform.gapless)


def _known(platform: Platform, event: Incoming) -> Contact | None:
    known = addresses.user_hash(platform.name, event.user)
    return Contact.objects.filter(platform=platform.name, user_hash=known).first()


def _locked(platform: Platform, event: Incoming) -> Contact | None:
    """The contact, its conversation locked first, as all do who write to both; None when it was just erased."""
    contact = _known(platform, event)
    held = contact and Conversation.objects.select_for_update().filter(pk=contact.conversation_id).first()
    return contact if held else None


def _begin_once(platform: Platform, event: Incoming) -> Contact:
    """A conversation begun for somebody new, or the one that another event of theirs has begun at this moment."""
    try:
        with transaction.atomic():
            return _begin(platform, event)
    except IntegrityError:
        found = _locked(platform, event)
        if found is None:
            raise
        return found


def _begin(platform: Platform, event: Incoming) -> Contact:
    """A conversation that begins with the house's word on what the platform knows."""
    language = event.language if event.language in LANGUAGES else DEFAULT
    started = service.create_conversation(commands.cite_of(event), language, platform.name, greet=False)
    contact = Contact.objects.create(
        platform=platform.name,
        user_hash=addresses.user_hash(platform.name, event.user),
        conversation_id=started.id,
        address=addresses.seal(event.address),
        last_heard=_at(event),
    )
    conversation = writing.lock(started.id)
    writing.house(conversation, "channels.notice", platform=platform.shown, url=write_page())
    return contact


def _at(event: Incoming) -> datetime:
    """When it happened: what reaches us late was written earlier."""
    now = timezone.now()
    return now if event.at is None else datetime.fromtimestamp(min(max(event.at, 0.0), now.timestamp()), zones.utc)


def _carry_out(contact: Contact, event: Incoming) -> int | None:
    """What the event asks for; the seq of what was said, if anything was. Raises `Refused`."""
    if event.kind == Kind.TEXT:
        return _typed(contact, event)
    if event.kind == Kind.CHOICE:
        return _chosen(contact, event, event.text)
    if event.kind == Kind.LOCATION:
        return _shared(contact, event)
    if event.kind == Kind.COMMAND:
        commands.run(contact, event)
    else:
        commands.say(contact, "channels.only_text")
    return None


def _typed(contact: Contact, event: Incoming) -> int | None:
    if commands.is_erasure(event.text, contact.conversation.language):
        commands.ask_to_erase(contact)
        return None
    if event.edits:
        _withdraw(contact, event.edits)
    key = commands.typed_choice(contact, event.text)
    if key is not None:
        return _chosen(contact, event, key)
    posted = service.post_message(contact.conversation_id, _client_id(contact, event), text=event.text)
    return posted.seq if posted.new else None


def _chosen(contact: Contact, event: Incoming, key: str) -> int | None:
    if commands.choose(contact, key):
        return None
    return service.post_message(contact.conversation_id, _client_id(contact, event), choice=key).seq


def _by_number(contact: Contact, event: Incoming) -> str | None:
    """The key of the choice whose number was typed, of the choices that were numbered last."""
    found = _NUMBER.fullmatch(event.text) if event.kind == Kind.TEXT else None
    keys = contact.numbered.get("keys", [])
    return keys[int(found[1]) - 1] if found and 0 < int(found[1]) <= len(keys) else None


def _shared(contact: Contact, event: Incoming) -> int | None:
    """Say for the person the town in which they are; neither they nor we keep where exactly."""
    key = whereabouts.offer(contact, event.lat, event.lon)
    if key is None:
        commands.say(contact, "channels.no_town")
        return None
    return _chosen(contact, event, key)


def _withdraw(contact: Contact, message: str) -> None:
    """Drop what was typed before it was edited, unless it is being answered: the new text is then a message more."""
    old = addresses.event_hash(contact.platform, message)
    typed = contact.conversation.messages.filter(author=Author.PERSON, client_id=old, progress=Progress.PENDING)
    typed.update(progress=Progress.FAILED)


def _client_id(contact: Contact, event: Incoming) -> str:
    return addresses.event_hash(contact.platform, event.id if event.edits else event.message or event.id)


def _tell(contact: Contact, refused: Refused) -> None:
    """Say why something was not taken; once a minute to who writes too fast."""
    if refused.code == "too_many":
        try:
            rates.hit("told", contact.conversation_id)
        except Refused:
            return
    commands.say(contact, f"door.{refused.code}", **refused.values)
