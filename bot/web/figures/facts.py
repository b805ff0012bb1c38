"""What is counted of one conversation in one month: categories, no word and no id."""

from __future__ import annotations

from datetime import date, datetime, time
from zoneinfo import ZoneInfo

from bot.knowledge.intents import is_unsure
from bot.web.conversations.models import Author, Conversation, Feedback, Handoff, HandoffState, Message
from bot.web.conversations.transcript import clock_of
from bot.web.conversations.ways import app_of
from bot.web.figures.kinds import ALL, HANDLING_LIMITS, KINDS, NO_CITE, NOT_TAKEN, OTHER, WAITING_LIMITS, class_of
from bot.web.figures.periods import following

Facts = dict[str, str]
"""kind → category; a kind of which there is nothing to say is missing."""


def cite_of(conversation: Conversation) -> str:
    """The Cité for which it counts: that of the page where it began, else the last one talked about."""
    return conversation.page_cite or conversation.cite or NO_CITE


def months_of(conversation: Conversation) -> list[date]:
    """The months (their first days, by the Cité's clock) in which the person wrote something."""
    clock = clock_of(None, cite_of(conversation))
    return sorted({at.astimezone(clock).date().replace(day=1) for at in _written(conversation)})


def facts(conversation: Conversation, month: date) -> Facts | None:
    """What there is to count of a conversation in a month; None when the person wrote nothing then."""
    clock = clock_of(None, cite_of(conversation))
    begin, end = span(month, clock)
    written = [at for at in _written(conversation) if begin <= at < end]
    if not written:
        return None
    said = conversation.messages.filter(created__gte=begin, created__lt=end)
    handoff = conversation.handoffs.filter(opened__gte=begin, opened__lt=end).order_by("opened", "pk").last()
    found = _about(conversation, written[0].astimezone(clock)) | _judged([*said.filter(author=Author.BOT)])
    return found | (_handed_over(handoff) if handoff else {})


def span(month: date, clock: ZoneInfo) -> tuple[datetime, datetime]:
    """The instants at which a month begins and the next one does, by a clock."""
    begin, end = (datetime.combine(day, time(), clock) for day in (month, following(month)))
    return begin, end


def _written(conversation: Conversation) -> list[datetime]:
    said = conversation.messages.filter(author=Author.PERSON).order_by("seq")
    return list(said.values_list("created", flat=True))


def _about(conversation: Conversation, began: datetime) -> Facts:
    found = {
        "conversations": ALL,
        "language": _known("language", conversation.language),
        "channel": _known("channel", app_of(conversation.channel)),
        "weekday": str(began.isoweekday()),
        "hour": str(began.hour),
    }
    return found | ({"concern": conversation.concern} if conversation.concern in KINDS["concern"].categories else {})


def _judged(answers: list[Message]) -> Facts:
    """Whether the bot was unsure once, and what the person thought of its answers: one of no use outweighs others."""
    found = {"unsure": ALL} if any(map(_unsure, answers)) else {}
    judged = Feedback.objects.filter(message__in=answers).order_by("message__seq")
    useless = [each.reason for each in judged if not each.useful]
    if useless:
        reasons = [reason for reason in useless if reason in KINDS["reason"].categories]
        return found | {"rating": "not_useful"} | ({"reason": reasons[-1]} if reasons else {})
    return found | ({"rating": "useful"} if judged else {})


def _unsure(answer: Message) -> bool:
    return is_unsure(answer.payload.get("intent"), answer.payload.get("confidence"))


def _handed_over(handoff: Handoff) -> Facts:
    return {
        "handoff": ALL,
        "outcome": _outcome(handoff),
        "waiting": _time(handoff.opened, handoff.claimed, WAITING_LIMITS),
        "handling": _time(handoff.claimed, handoff.ended, HANDLING_LIMITS),
    }


def _outcome(handoff: Handoff) -> str:
    """The code that the advisor gave, else how it ended."""
    if handoff.ended is None:
        return "open"
    if handoff.outcome:
        return _known("outcome", handoff.outcome)
    if handoff.state == HandoffState.GIVEN_BACK:
        return "given_back"
    last = handoff.transitions.order_by("pk").last()
    return {"person": "left", "house": "lapsed"}.get(last.actor if last else "", "closed")


def _time(begun: datetime | None, ended: datetime | None, limits: tuple[int, ...]) -> str:
    if begun is None or ended is None:
        return NOT_TAKEN
    return class_of((ended - begun).total_seconds() / 60, limits)


def _known(kind: str, category: str) -> str:
    return category if category in KINDS[kind].categories else OTHER
