"""Messages in the order in which they were written, where a platform numbers its events but delivers them mixed up."""

from __future__ import annotations

from datetime import timedelta

from django.conf import settings
from django.utils import timezone

from bot.web.channels.models import Contact, Received
from bot.web.conversations.models import Conversation, Message, Progress

_CONTENT = ("text", "command", "payload", "client_id")


def keep(contact: Contact, received: Received, seq: int, gapless: bool) -> None:
    """Note which message came of an event, and put it before later ones that are not yet on their way to Rasa.

    Where events are numbered one by one (`gapless`), a missing one is waited for.
    """
    received.contact, received.seq = contact, seq
    received.save(update_fields=["contact", "seq"])
    if received.order is None:
        return
    later = Received.objects.filter(contact=contact, order__gt=received.order, seq__isnull=False)
    waiting = contact.conversation.messages.filter(progress=Progress.PENDING)
    moved = list(waiting.filter(seq__in=[*later.values_list("seq", flat=True), seq]).order_by("seq"))
    if len(moved) > 1:
        _sort(contact, moved)
    elif gapless and _gap_before(received):
        _wait_for_it(contact)


def _sort(contact: Contact, messages: list[Message]) -> None:
    """Give the contents to the rows in the order of their events."""
    events = {each.seq: each for each in Received.objects.filter(contact=contact, seq__in=[m.seq for m in messages])}
    events_in_order = sorted(events.values(), key=lambda each: (each.order or 0, each.pk))
    contents = {message.seq: [getattr(message, name) for name in _CONTENT] for message in messages}
    for message in messages:  # an id stands once only in a conversation
        message.client_id = None
        message.save(update_fields=["client_id"])
    for message, event in zip(messages, events_in_order):
        for name, value in zip(_CONTENT, contents[event.seq]):
            setattr(message, name, value)
        message.save(update_fields=list(_CONTENT))
        event.seq = message.seq
        event.save(update_fields=["seq"])


def _gap_before(received: Received) -> bool:
    """Whether the event before this one has not come, though others before it have."""
    others = Received.objects.filter(platform=received.platform).exclude(pk=received.pk)
    number = received.order or 0
    return others.filter(order__lt=number).exists() and not others.filter(order=number - 1).exists()


def _wait_for_it(contact: Contact) -> None:
    """Let what is missing come first, for a moment."""
    due = timezone.now() + timedelta(seconds=settings.GAP_PATIENCE)
    Conversation.objects.filter(pk=contact.conversation_id, due__lt=due, lease_until=None).update(due=due)
