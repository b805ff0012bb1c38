"""Until when a conversation is kept."""

from __future__ import annotations

from datetime import datetime, timedelta

from bot.web.conversations.models import OPEN_STATES, Conversation, HandoffState
from bot.web.conversations.retention import days_kept


def kept_until(conversation: Conversation) -> datetime | None:
    """The moment from which it may go if nothing more is said; None while a request of it is open."""
    ends = list(conversation.handoffs.values_list("state", "ended"))
    if any(state in (*OPEN_STATES, HandoffState.CALLBACK) for state, _ in ends):
        return None
    last = max([conversation.last_seen, *(ended for _, ended in ends if ended)])
    return last + timedelta(days=days_kept(conversation.page_cite))
