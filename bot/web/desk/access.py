"""What of a conversation an advisor may read."""

from __future__ import annotations

from typing import Any

from django.db.models import QuerySet

from bot.web.conversations.erasure import erased_lately
from bot.web.conversations.models import Author, ErasedHandoff, Handoff, HandoffState, Message


def handoffs_for(account: Any) -> QuerySet[Handoff]:
    """The requests that an account may see, whatever their state, oldest first."""
    return Handoff.objects.select_related("conversation", "claimed_by").order_by("opened", "pk")


def waiting(account: Any) -> QuerySet[Handoff]:
    """Those that wait for somebody, the longest waiting first."""
    return handoffs_for(account).filter(state=HandoffState.WAITING)


def live(account: Any) -> QuerySet[Handoff]:
    """Those that an advisor is answering, oldest first."""
    return handoffs_for(account).filter(state=HandoffState.LIVE)


def erased(account: Any) -> list[ErasedHandoff]:
    """The requests that people erased lately."""
    return list(erased_lately())


def find(account: Any, handoff_id: int) -> Handoff | None:
    """A request by its number; None when there is none, or none that the account may see."""
    return handoffs_for(account).filter(pk=handoff_id).first()


def may(account: Any, action: str, object: Any) -> bool:
    """Whether an account may do something with a request."""
    return bool(account.is_active)


def transcript(handoff: Handoff, after: int = 0) -> list[Message]:
    """What the advisor may read, as the person saw it, after the message numbered `after`.

    With consent from the start, else from the handoff on; never beyond the handoff's end.
    """
    shown = Message.objects.filter(conversation_id=handoff.conversation_id, seq__gt=max(after, handoff.from_seq))
    if handoff.to_seq is not None:
        shown = shown.filter(seq__lte=handoff.to_seq)
    return list(shown.exclude(author=Author.SIGNAL).order_by("seq"))
