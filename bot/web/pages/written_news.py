"""What is new on the page without JavaScript since it was last shown: nothing announces it, so reading begins there."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from bot.web import masks
from bot.web.conversations.models import Author, Message


@dataclass(frozen=True)
class News:
    """How many lines are new, the seq of the first, None where there is none; `seen`: the last line of the page."""

    count: int
    first: int | None
    seen: int


def news(messages: Sequence[Message], seen: int | None) -> News:
    """What came after the seq `seen`; where that is not told, nothing is taken for new."""
    last = messages[-1].seq if messages else 0
    fresh = [message.seq for message in messages if seen is not None and message.seq > seen and _tells(message)]
    return News(len(fresh), fresh[0] if fresh else None, last)


def _tells(message: Message) -> bool:
    """The person knows what they wrote themselves, but not that something was masked in it."""
    return message.author != Author.PERSON or masks.notice(message) is not None
