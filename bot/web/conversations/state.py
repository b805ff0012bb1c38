"""Who speaks in a conversation now, and what goes with it: the one answer that widgets, pages and streams show."""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import Q
from django.utils import timezone

from bot.web.conversations import signs
from bot.web.conversations.errors import Refused
from bot.web.conversations.models import OPEN_STATES, Conversation, Handoff, HandoffState, Speaker
from bot.web.conversations.ways import FORMS


@dataclass(frozen=True)
class State:
    """Who speaks ("bot", "waiting" or "advisor"), the advisor's first name, the place in the queue of who waits
    (from 1, among those that the same advisors may take), whether an answer is being made, and the conversation's
    language; whether the advisor types and up to which message they have read (0: none); whether a callback can be
    asked for now."""

    speaker: str
    advisor: str | None
    position: int | None
    typing: bool
    language: str
    advisor_typing: bool = False
    advisor_read_seq: int = 0
    callback: bool = False


def state(conversation_id: str) -> State:
    """Who speaks now; `Refused` when the conversation does not exist."""
    conversation = Conversation.objects.filter(pk=conversation_id).first()
    if conversation is None:
        raise Refused("not_found")
    live = conversation.speaker == Speaker.ADVISOR
    return State(
        speaker=conversation.speaker,
        advisor=_advisor_name(conversation) if live else None,
        position=_position(conversation),
        typing=_typing(conversation),
        language=conversation.language,
        advisor_typing=live and signs.holds(conversation.advisor_typing),
        advisor_read_seq=conversation.advisor_read_seq if live else 0,
        callback=conversation.speaker == Speaker.WAITING and conversation.channel in FORMS,
    )


def _typing(conversation: Conversation) -> bool:
    """Whether an answer is being made; each new try of a late one is no news."""
    if conversation.speaker != Speaker.BOT or conversation.due is None or conversation.told_delayed:
        return False
    return conversation.lease_until is not None and conversation.lease_until > timezone.now()


def _advisor_name(conversation: Conversation) -> str | None:
    handoff = Handoff.objects.filter(conversation=conversation, state__in=OPEN_STATES).select_related("claimed_by")
    found = handoff.first()
    return found.claimed_by.first_name if found and found.claimed_by else None


def _position(conversation: Conversation) -> int | None:
    if conversation.speaker != Speaker.WAITING:
        return None
    waiting = Handoff.objects.filter(state=HandoffState.WAITING)
    mine = waiting.filter(conversation=conversation).first()
    if mine is None:
        return None
    before = Q(opened__lt=mine.opened) | Q(opened=mine.opened, pk__lt=mine.pk)
    return waiting.filter(_same_queue(mine), before).count() + 1


def _same_queue(mine: Handoff) -> Q:
    """Those that the advisors of the same Cité may take: their own, and what anybody may take in that language."""
    own = Q(cite=mine.cite) & ~Q(cite="")
    anywhere = Q(cite="") | Q(widened__isnull=False)
    return own | (anywhere & Q(language=mine.language))
