"""A long poll: what comes after a message, for browsers that a proxy keeps from streams."""

from __future__ import annotations

import asyncio
import hashlib
import json
import time

from django.conf import settings

from bot.web.answers import state_body
from bot.web.conversations import service
from bot.web.database import in_database
from bot.web.notifier import notifier, wait
from bot.web.stream import News, read


async def wait_for_news(conversation_id: str, after: int, known: str | None, seconds: int) -> News | None:
    """What there is after `after`, as soon as there is something or the state is no longer that of tag `known`.

    Without `known`, a change of the state as it was at the beginning counts. After `seconds` (LONGEST_WAIT at most)
    it is answered that nothing is new. None when the conversation is erased or its token has ended.
    """
    end = time.monotonic() + min(seconds, settings.LONGEST_WAIT)
    with notifier.listening(conversation_id) as changed:
        while True:
            news = await in_database(read, conversation_id, after)
            if news is None or news.messages:
                return news
            known = known or tag(news.state)
            left = end - time.monotonic()
            if tag(news.state) != known or left <= 0 or notifier.closing:
                return news
            await _pause(changed, left)


async def _pause(changed: asyncio.Event, left: float) -> None:
    await wait(changed, min(left, settings.STREAM_POLL))


def tag(state: service.State) -> str:
    """A short name of a state: the same for the same, another for another."""
    return hashlib.sha256(json.dumps(state_body(state), sort_keys=True).encode()).hexdigest()[:12]
