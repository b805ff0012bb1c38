"""What of a conversation an advisor may read."""

from __future__ import annotations

from django.db.models import QuerySet

from bot.web.conversations.models import Author, Handoff, HandoffState, Message


def waiting() -> QuerySet[Handoff]:
    """Those that wait for somebody, the longest waiting first."""
    return _listed(HandoffState.WAITING)


def live() -> QuerySet[Handoff]:
    """Those that an advisor is answering, oldest first."""
    return _listed(HandoffState.LIVE)


def transcript(handoff: Handoff, after: int = 0) -> list[Message]:
    """What the advisor may read, as the person saw it, after the message numbered `after`.

    With consent from the start, else from the handoff on; never beyond the handoff's end.
    """
    shown = Message.objects.filter(conversation_id=handoff.conversation_id, seq__gt=max(after, handoff.from_seq))
    if handoff.to_seq is not None:
        shown = shown.filter(seq__lte=handoff.to_seq)
    return list(shown.exclude(author=Author.SIGNAL).order_by("seq"))


def _listed(state: str) -> QuerySet[Handoff]:
    found = Handoff.objects.filter(state=state).select_related("conversation", "claimed_by")
    return found.order_by("opened", "pk")
