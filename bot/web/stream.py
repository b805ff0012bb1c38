"""A conversation as a stream of server-sent events."""

from __future__ import annotations

import time
from collections.abc import AsyncIterator
from dataclasses import dataclass

from django.conf import settings
from django.db import DatabaseError
from django.utils import timezone

from bot.web.answers import event, message_body, state_body
from bot.web.conversations import service
from bot.web.conversations.errors import Refused
from bot.web.conversations.models import Conversation, Message
from bot.web.database import in_database
from bot.web.limits import room
from bot.web.notifier import notifier, wait

_START = "retry: 2000\n\n"
_HEARTBEAT = ": still here\n\n"
_GONE = event("gone", {})


@dataclass(frozen=True)
class News:
    """What is new after a seq, and who speaks."""

    messages: list[Message]
    state: service.State


async def events(conversation_id: str, after: int, sender: str) -> AsyncIterator[str]:
    """All that comes after `after`, as it comes, for one reader at `sender` (see `limits.address`).

    It ends when the conversation is erased, its token ends, the server stops, STREAM_LIFE has passed or there is no
    more room. Between notices of this process the database is looked at every STREAM_POLL seconds, for what another
    process stored.
    """
    try:
        with room.hold(conversation_id, sender):
            async for part in _events(conversation_id, after):
                yield part
    except Refused:
        return  # others were faster; the widget comes back by itself


async def _events(conversation_id: str, after: int) -> AsyncIterator[str]:
    yield _START
    told: service.State | None = None
    beaten = begun = time.monotonic()
    with notifier.listening(conversation_id) as changed:
        while not notifier.closing and time.monotonic() - begun < settings.STREAM_LIFE:
            try:
                news = await in_database(read, conversation_id, after)
            except DatabaseError:
                return  # the widget comes back by itself
            if news is None:
                yield _GONE
                return
            for message in news.messages:
                after = message.seq
                yield event("message", message_body(message), message.seq)
            if news.state != told:
                told = news.state
                yield event("state", state_body(told))
            if time.monotonic() - beaten >= settings.STREAM_HEARTBEAT:
                beaten = time.monotonic()
                yield _HEARTBEAT
            await wait(changed, settings.STREAM_POLL)


def read(conversation_id: str, after: int) -> News | None:
    """What is new after a seq; None when the conversation is erased (even between two looks) or its token has ended."""
    if not Conversation.objects.filter(pk=conversation_id, expires__gt=timezone.now()).exists():
        return None
    try:
        return News(service.messages_after(conversation_id, after), service.state(conversation_id))
    except Refused:
        return None
