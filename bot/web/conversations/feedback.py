"""Whether an answer of the assistant was useful, and why not: kept beside the message, and gone with it."""

from __future__ import annotations

from django.db import transaction

from bot.web.conversations import writing
from bot.web.conversations.errors import Refused
from bot.web.conversations.models import Author, Conversation, Feedback, Message, Reason


def give(conversation_id: str, seq: int, useful: object, reason: object = None) -> Feedback:
    """Keep what the person thinks of the bot's message `seq`; it replaces what they thought before.

    `useful` is a bool; `reason`, one of `Reason`, is for what was not useful, and may come later. `Refused` for
    anything else, and where there is no such message of the bot before the person's eyes.
    """
    if not isinstance(useful, bool) or not _fits(useful, reason):
        raise Refused("bad_request")
    with transaction.atomic():
        message = _shown(conversation_id, seq)
        values = {"useful": useful, "reason": reason or ""}
        return Feedback.objects.update_or_create(message=message, defaults=values)[0]


def _fits(useful: bool, reason: object) -> bool:
    return reason is None or (not useful and isinstance(reason, str) and reason in Reason.values)


def _shown(conversation_id: str, seq: int) -> Message:
    try:
        conversation = writing.lock(conversation_id)
    except Conversation.DoesNotExist:
        raise Refused("not_found") from None
    message = conversation.messages.filter(seq=seq, seq__gt=conversation.first_seq, author=Author.BOT).first()
    if message is None:
        raise Refused("no_message")
    return message
