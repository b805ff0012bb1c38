"""Handoffs and advisors, for the tests of what becomes of them."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from bot.web.conversations import states
from bot.web.conversations.models import Conversation, Handoff, Message, Transition
from bot.web.desk.models import Advisor

from .helpers import begin, conversation, say


def advisor(first_name: str, **more: Any) -> Advisor:
    """An account of that first name."""
    return Advisor.objects.create_user(first_name.lower(), first_name=first_name, **more)


def waiting(cite: str = "demo", consent: bool = True, **more: Any) -> Handoff:
    """A handoff that waits, after one exchange."""
    talk = begin(**{"cite": cite, **more})
    say(talk, "avant")
    Conversation.objects.filter(pk=talk).update(due=None)
    conversation(talk).messages.update(progress="answered")
    summary = {"concern": "change_job", "place": "Marseille", "language": "fr", "cite": cite, "request": "avant"}
    return states.open_handoff(talk, consent, summary, "bot")


def live(by: Advisor, **more: Any) -> Handoff:
    """A handoff that an advisor has taken."""
    return states.claim(waiting(**more).pk, by)


def audit(handoff: Handoff) -> list[tuple[str, str, str, str]]:
    """Its audit: before, after, actor, detail."""
    rows = Transition.objects.filter(handoff=handoff).order_by("pk")
    return list(rows.values_list("before", "after", "actor", "detail"))


def fresh(handoff: Handoff) -> Handoff:
    """The row as it is now."""
    return Handoff.objects.get(pk=handoff.pk)


def pass_minutes(minutes: float) -> None:
    """Everything of all handoffs is that much longer ago."""
    for model, names in _TIMES.items():
        for row in model.objects.all():
            for name in names:
                at = getattr(row, name)
                setattr(row, name, at and at - timedelta(minutes=minutes))
            row.save(update_fields=names)


_TIMES: dict[Any, list[str]] = {
    Handoff: ["opened", "queued", "claimed", "widened", "told_unanswered", "reminded", "held", "nudged"],
    Message: ["created"],
    Conversation: ["last_seen", "person_typing", "advisor_typing"],
}
