""" "Was this useful?" on the page without JavaScript: under the last line of each answer, but not of the greeting."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from bot.web import digits
from bot.web.conversations.errors import Refused
from bot.web.conversations.models import Author, Feedback, Message, Reason

# The words of each reason; the widget has the same.
_WORDS: dict[str, str] = {
    Reason.MISUNDERSTOOD: "widget.reason_misunderstood",
    Reason.WRONG_FACT: "widget.reason_wrong",
    Reason.STALE: "widget.reason_stale",
    Reason.INCOMPLETE: "widget.reason_incomplete",
    Reason.TONE: "widget.reason_tone",
    Reason.OTHER: "widget.reason_other",
}


@dataclass(frozen=True)
class Judgement:
    """What a button says: of the message `seq`, whether it was useful, and a reason."""

    seq: int
    useful: bool
    reason: str | None = None


@dataclass(frozen=True)
class Asked:
    """The question under a message: what was answered to it, and pairs (reason, key of its words)."""

    seq: int
    useful: bool | None
    reason: str
    reasons: tuple[tuple[str, str], ...]


def read(value: str) -> Judgement:
    """A button's value: "12 yes", "12 no" or "12 no stale"; `Refused` for anything else."""
    parts = value.split()
    seq = digits.whole(parts[0]) if 2 <= len(parts) <= 3 else None
    if seq is None or parts[1] not in ("yes", "no"):
        raise Refused("bad_request")
    return Judgement(seq, parts[1] == "yes", parts[2] if len(parts) == 3 else None)


def questions(messages: Sequence[Message]) -> dict[int, Asked]:
    """The questions, by the number of the message under which they stand."""
    return {message.seq: _asked(message) for message in _ends(messages)}


def _ends(messages: Sequence[Message]) -> Iterator[Message]:
    """The last line of each answer, and every line that was judged; the assistant's first line is a greeting."""
    greeting = next((message for message in messages if message.author == Author.BOT), None)
    for message, after in zip(messages, [*messages[1:], None]):
        goes_on = after is not None and after.author == Author.BOT
        if message.author == Author.BOT and message is not greeting and (not goes_on or _given(message)):
            yield message


def _asked(message: Message) -> Asked:
    given = _given(message)
    return Asked(message.seq, given.useful if given else None, given.reason if given else "", tuple(_WORDS.items()))


def _given(message: Message) -> Feedback | None:
    return getattr(message, "feedback", None)
