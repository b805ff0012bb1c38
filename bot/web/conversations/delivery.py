"""What comes of one turn: replies stored and the message settled, in one transaction."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from bot.web.conversations import gentle, house_commands, lease, preview, service, states, writing
from bot.web.conversations.models import Author, Conversation, Message, Progress, Speaker
from bot.web.conversations.rasa import Reply, Turn
from bot.web.words import is_language, language_of, word

_LONGEST_WAIT = 30  # seconds between two tries
_SLOTS = {"concern": 80, "place": 200, "cite": 80}  # what a turn may change, with its longest length


@transaction.atomic
def settle(conversation_id: str, owner: str, seq: int, turn: Turn) -> bool:
    """Store a turn's replies; False (and nothing stored) when another process has taken over meanwhile."""
    conversation = lease.locked(conversation_id, owner)
    if conversation is None or conversation.speaker != Speaker.BOT:
        return False
    if not _mark(conversation, seq, Progress.ANSWERED):
        return False
    _update(conversation, turn.about)
    for reply in turn.replies:
        _store(conversation, reply, turn.about)
    gentle.say_no_more(conversation, seq)
    _plan(conversation)
    for reply in turn.replies:
        if _act(conversation, reply.custom):
            break
    return True


@transaction.atomic
def put_off(conversation_id: str, owner: str, seq: int, reachable: bool) -> None:
    """A try failed: tell the person once, plan the next try, or give up when it has lasted too long."""
    conversation = lease.locked(conversation_id, owner)
    if conversation is None:
        return
    message = conversation.messages.filter(seq=seq, progress=Progress.SENT).first()
    if message is None:
        return
    if _too_long_ago(message, reachable):
        _give_up(conversation, message)
        return
    message.attempts += 1
    message.progress = Progress.PENDING
    message.save(update_fields=["attempts", "progress"])
    _tell_once(conversation)
    conversation.due = timezone.now() + timedelta(seconds=pause(message.attempts))
    conversation.save(update_fields=["due"])


def pause(attempts: int) -> int:
    """Seconds before the next try after `attempts` failed ones: 1, 2, 4 … 30."""
    return min(2 ** min(attempts - 1, 10), _LONGEST_WAIT)


def _too_long_ago(message: Message, reachable: bool) -> bool:
    limit = settings.GIVE_UP_FAILING if reachable else settings.GIVE_UP_UNREACHABLE
    return timezone.now() - message.created > timedelta(seconds=limit)


def _give_up(conversation: Conversation, message: Message) -> None:
    _mark(conversation, message.seq, Progress.FAILED)
    conversation.told_delayed = False
    conversation.save(update_fields=["told_delayed"])
    offered = {
        "door.advisor_sharing": house_commands.ADVISOR_SHARING,
        "door.advisor_private": house_commands.ADVISOR_PRIVATE,
    }
    language = conversation.language
    told = preview.in_words(conversation, house_commands.summary(conversation), private=True)
    writing.add(
        conversation,
        Author.HOUSE,
        choices=[(word(key, language), payload) for key, payload in offered.items()],
        text=f"{word('door.given_up', language)}\n{told}",
        language=language_of("door.given_up", language),
    )
    _plan(conversation)


def _tell_once(conversation: Conversation) -> None:
    if conversation.told_delayed:
        return
    conversation.told_delayed = True
    conversation.save(update_fields=["told_delayed"])
    writing.house(conversation, "door.delayed")


def _mark(conversation: Conversation, seq: int, progress: str) -> bool:
    changed = conversation.messages.filter(seq=seq, progress=Progress.SENT).update(progress=progress)
    return bool(changed)


def _plan(conversation: Conversation) -> None:
    """The next message is due at once, if there is one."""
    conversation.due = _next_due(conversation)
    conversation.save(update_fields=["due"])


def _next_due(conversation: Conversation) -> datetime | None:
    waiting = conversation.messages.filter(progress__in=(Progress.PENDING, Progress.SENT)).exists()
    return timezone.now() if waiting else None


def _update(conversation: Conversation, about: dict[str, Any]) -> None:
    for name, longest in _SLOTS.items():
        value = about.get(name)
        if isinstance(value, str) and value:
            setattr(conversation, name, value[:longest])
    if is_language(about.get("language")):
        conversation.language = about["language"]
    conversation.told_delayed = False
    conversation.save(update_fields=[*_SLOTS, "language", "told_delayed"])


def _store(conversation: Conversation, reply: Reply, about: dict[str, Any]) -> None:
    """Store one reply; one that only carries the house's own parts has nothing to show.

    Before the question of consent, the person sees what an advisor would read.
    """
    if isinstance(reply.custom.get("preview"), dict):
        preview.say(conversation, house_commands.agreed(conversation, reply.custom["preview"]))
    if not (reply.text or reply.cards or reply.choices):
        return
    payload: dict[str, Any] = {key: about[key] for key in ("intent", "confidence") if about.get(key) is not None}
    if "preview" in reply.custom:
        payload["consent"] = True
    if reply.cards:
        payload["cards"] = list(reply.cards)
    language = reply.language if is_language(reply.language) else conversation.language
    writing.add(conversation, Author.BOT, choices=reply.choices, text=reply.text, payload=payload, language=language)


def _act(conversation: Conversation, custom: dict[str, Any]) -> bool:
    """Carry out the house's own parts of a reply; True when the conversation is gone."""
    if custom.get("erase"):
        service.erase(conversation.pk)
        return True
    if is_language(custom.get("language")):
        conversation.language = custom["language"]
        conversation.save(update_fields=["language"])
    handoff = custom.get("handoff")
    if isinstance(handoff, dict):
        told = house_commands.agreed(conversation, dict(handoff.get("summary") or {}))
        states.open_handoff(conversation.pk, bool(handoff.get("consent")), told, "bot")
    return False
