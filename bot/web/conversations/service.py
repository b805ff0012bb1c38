"""What can be done with a conversation. Plain functions on the database: no HTTP, usable from a command line.

All are synchronous and raise `Refused` for what a person may not do.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from bot.knowledge.cites import load_cites
from bot.privacy import ids
from bot.privacy.redaction import Redacted, RedactionFailed, redact
from bot.web.characters import printable
from bot.web.conversations import erasure, house_commands, states, writing
from bot.web.conversations.errors import Refused
from bot.web.conversations.models import Author, Conversation, Message, Offer, Progress, Speaker
from bot.web.conversations.state import State as State
from bot.web.conversations.state import state as state
from bot.web.notifier import DISPATCHER, notifier
from bot.web.words import DEFAULT, is_language

GREETING = "/greet"
"""Said to Rasa for the person when a conversation begins, so that the bot greets first."""
RESTART = "/restart"
"""Said to Rasa for the person who starts anew."""
_LONGEST_ID = 64
_LEADING = re.compile(r"^[\s/\u200d]+")
"""What begins a message without being said: what begins with a slash is a command to Rasa, which drops the blanks."""


@dataclass(frozen=True)
class Started:
    """A new conversation: its id, the only copy of its token, its language, when the token ends."""

    id: str
    token: str
    language: str
    expires: datetime


@dataclass(frozen=True)
class Posted:
    """A stored message: its seq, and whether this call stored it (False: the same id came before)."""

    seq: int
    new: bool


def create_conversation(
    cite: str | None = None, language: str | None = None, channel: str = "widget", greet: bool = True
) -> Started:
    """Begin a conversation; with `greet` the bot is asked for its first words.

    `cite`: the id of the page's Cité. One that does not exist, as of a page that mistypes it, is none.
    """
    known = cite if cite in load_cites() else ""  # else requests would wait for the advisors of a Cité that has none
    token = ids.random_token()
    expires = timezone.now() + timedelta(seconds=settings.TOKEN_LIFE)
    with transaction.atomic():
        conversation = Conversation.objects.create(
            id=ids.random_id(),
            token_hash=_hashed(token),
            expires=expires,
            channel=channel,
            language=language if is_language(language) else DEFAULT,
            cite=known,
            page_cite=known,
        )
        if greet:
            _signal(conversation, GREETING)
    return Started(conversation.pk, token, conversation.language, expires)


def greet(conversation_id: str) -> None:
    """Ask the bot for its first words."""
    with transaction.atomic():
        _signal(_locked(conversation_id), GREETING)


def authorise(conversation_id: str, token: str) -> None:
    """`Refused` unless `token` is this conversation's and still valid; the comparison takes constant time."""
    found = Conversation.objects.filter(pk=conversation_id).values_list("token_hash", "expires").first()
    kept, expires = found or ("0" * 64, None)
    if not ids.same(kept, _hashed(token)) or found is None:
        raise Refused("unauthorised")
    if expires is None or expires <= timezone.now():
        raise Refused("expired")


def post_message(conversation_id: str, client_id: str, text: str | None = None, choice: str | None = None) -> Posted:
    """Store what the person typed (`text`, redacted first) or chose (`choice`, a key offered here before).

    The same `client_id` again changes nothing and gives the same seq. Where the bot speaks, the message
    is then due for Rasa; else it is kept for the advisor.
    """
    if not isinstance(client_id, str) or not 0 < len(client_id) <= _LONGEST_ID:
        raise Refused("bad_request")
    if (text is None) == (choice is None):
        raise Refused("bad_request")
    redacted = _clean(text) if text is not None else None
    with transaction.atomic():
        conversation = _locked(conversation_id)
        seen = conversation.messages.filter(client_id=client_id).first()
        if seen:
            return Posted(seen.seq, new=False)
        if redacted is not None:
            return Posted(_typed(conversation, client_id, redacted).seq, new=True)
        return Posted(_chosen(conversation, client_id, choice).seq, new=True)


def messages_after(conversation_id: str, seq: int = 0) -> list[Message]:
    """What the person sees of the conversation after `seq`, since they last started anew."""
    shown = Message.objects.filter(conversation_id=conversation_id, seq__gt=seq).select_related("feedback")
    first = Conversation.objects.filter(pk=conversation_id).values_list("first_seq", flat=True).first()
    return list(shown.filter(seq__gt=first or 0).exclude(author=Author.SIGNAL).order_by("seq"))


def awaits_answer(conversation_id: str) -> bool:
    """Whether something the person said is still to be answered by the bot."""
    return Conversation.objects.filter(pk=conversation_id, speaker=Speaker.BOT, due__isnull=False).exists()


def set_language(conversation_id: str, language: object) -> str:
    """Switch the conversation's language (two letters) and return it."""
    if not is_language(language):
        raise Refused("bad_request")
    with transaction.atomic():
        conversation = _locked(conversation_id)
        conversation.language = str(language)
        conversation.save(update_fields=["language"])
    return conversation.language


def restart(conversation_id: str) -> int:
    """Start anew in the same conversation; returns the seq of the last message left behind.

    A handoff that is open ends; the bot forgets what it was told and greets again.
    """
    with transaction.atomic():
        _locked(conversation_id)
        states.leave(conversation_id, sentence=None)
        conversation = _locked(conversation_id)
        _drop_unanswered(conversation)
        conversation.first_seq = conversation.last_seq
        conversation.concern = conversation.place = ""
        conversation.save(update_fields=["first_seq", "concern", "place"])
        _signal(conversation, RESTART)
        return conversation.first_seq


def erase(conversation_id: str) -> None:
    """Remove everything of the conversation here, and have Rasa forget it too. Twice does no harm."""
    erasure.erase(conversation_id)


def _locked(conversation_id: str) -> Conversation:
    try:
        return writing.lock(conversation_id)
    except Conversation.DoesNotExist:
        raise Refused("not_found") from None


def _clean(text: object) -> Redacted:
    """The text without control characters, leading slashes (those are commands to Rasa) and personal data."""
    if not isinstance(text, str):
        raise Refused("bad_request")
    if len(text) > settings.MESSAGE_LIMIT:
        raise Refused("too_long", limit=settings.MESSAGE_LIMIT)
    try:
        redacted = redact(printable(text))
    except RedactionFailed:
        raise Refused("not_stored") from None
    cleaned = _LEADING.sub("", redacted.text).rstrip()
    if not cleaned:
        raise Refused("empty")
    return Redacted(cleaned, redacted.kinds)


def _typed(conversation: Conversation, client_id: str, redacted: Redacted) -> Message:
    payload = {"masked": list(redacted.kinds)} if redacted.kinds else {}
    return _said(conversation, client_id=client_id, text=redacted.text, payload=payload)


def _chosen(conversation: Conversation, client_id: str, key: object) -> Message:
    offer = Offer.objects.filter(conversation=conversation, key=key).first() if isinstance(key, str) else None
    if offer is None:
        raise Refused("unknown_choice")
    if house_commands.is_one(offer.payload):
        message = writing.add(conversation, Author.PERSON, client_id=client_id, text=offer.title)
        house_commands.run(conversation, offer.payload)
        return message
    return _said(conversation, client_id=client_id, text=offer.title, command=offer.payload)


def _said(conversation: Conversation, **values: Any) -> Message:
    """Store what the person said: due for Rasa where the bot speaks, else kept for the advisor."""
    if conversation.speaker != Speaker.BOT:
        return writing.add(conversation, Author.PERSON, progress=Progress.KEPT, **values)
    message = writing.add(conversation, Author.PERSON, progress=Progress.PENDING, **values)
    _due(conversation)
    return message


def _signal(conversation: Conversation, command: str) -> None:
    writing.add(conversation, Author.SIGNAL, command=command, progress=Progress.PENDING)
    _due(conversation)


def _due(conversation: Conversation) -> None:
    """A message waits behind those before it: what is already due, or put off, stays so."""
    if conversation.due is None:
        conversation.due = timezone.now()
        conversation.save(update_fields=["due"])
    notifier.after_commit(DISPATCHER)


def _drop_unanswered(conversation: Conversation) -> None:
    waiting = conversation.messages.filter(progress__in=(Progress.PENDING, Progress.SENT))
    waiting.update(progress=Progress.FAILED)
    conversation.due = None
    conversation.save(update_fields=["due"])


def _hashed(token: str) -> str:
    return ids.keyed_hash(token, settings.SECRET_KEY, "conversation token")
