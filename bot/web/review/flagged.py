"""Answers of the bot that somebody should look at: it was unsure, twice in a row, or the person found it of no use."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.db.models import Exists, F, OuterRef, Q, QuerySet, Subquery
from django.db.models.fields.json import KT

from bot.knowledge.intents import FALLBACK, UNSURE_BELOW, is_unsure
from bot.web.conversations.models import Author, Feedback, Message

_UNSURE = Q(payload__intent=FALLBACK) | Q(payload__confidence__lt=UNSURE_BELOW)
_FLAGS = {
    "unsure": _UNSURE & Q(is_first=True),
    "twice": Q(payload__intent=FALLBACK, intent_before=FALLBACK, is_first=True),
    "negative": Q(feedback__useful=False),
}
FLAGS = tuple(_FLAGS)


def answers() -> QuerySet[Message]:
    """The bot's answers to something, without what a person left behind by starting anew.

    Each has `asked_seq`, the seq of the question; `is_first`, whether it is the first answer to it; `intent_before`,
    how the question before that one was understood. All three look no further back than the start anew.
    """
    since = Message.objects.filter(conversation=OuterRef("conversation"), seq__gt=OuterRef("conversation__first_seq"))
    asked = since.filter(seq__lt=OuterRef("seq"), author=Author.PERSON).order_by("-seq").values("seq")[:1]
    found = Message.objects.filter(author=Author.BOT, seq__gt=F("conversation__first_seq"))
    found = found.annotate(asked_seq=Subquery(asked)).filter(asked_seq__isnull=False)
    bots = since.filter(author=Author.BOT)
    said_before = bots.filter(seq__lt=OuterRef("asked_seq")).order_by("-seq").annotate(intent=KT("payload__intent"))
    found = found.annotate(
        is_first=~Exists(bots.filter(seq__gt=OuterRef("asked_seq"), seq__lt=OuterRef("seq"))),
        intent_before=Subquery(said_before.values("intent")[:1]),
    )
    return found.select_related("conversation", "feedback")


def flagged(flag: str = "") -> QuerySet[Message]:
    """The answers with one of `FLAGS`, or with any of them."""
    wanted = Q()
    for name in [flag] if flag else FLAGS:
        wanted |= _FLAGS[name]
    return answers().filter(wanted)


def flags(answer: Any) -> list[str]:
    """Those of `FLAGS` that an answer of `answers` has."""
    confidence, intent = answer.payload.get("confidence"), answer.payload.get("intent")
    feedback: Feedback | None = getattr(answer, "feedback", None)
    found = {
        "unsure": answer.is_first and is_unsure(intent, confidence),
        "twice": answer.is_first and intent == FALLBACK and answer.intent_before == FALLBACK,
        "negative": feedback is not None and not feedback.useful,
    }
    return [name for name, holds in found.items() if holds]


def unsure() -> Q:
    """The condition on messages: the bot was not sure of what it answers to."""
    return _UNSURE


def question(answer: Message) -> Message | None:
    """What the person had said before an answer, or None where that was left behind by starting anew."""
    said = Message.objects.filter(conversation_id=answer.conversation_id, author=Author.PERSON)
    before = said.filter(seq__gt=answer.conversation.first_seq, seq__lt=answer.seq)
    return before.order_by("-seq").first()


def questions(found: Iterable[Any]) -> dict[int, Message]:
    """The same of each of some of `answers`, by their primary keys, in one query."""
    asked = {answer.pk: (answer.conversation_id, answer.asked_seq) for answer in found}
    wanted = Q(pk__in=())
    for conversation, seq in asked.values():
        wanted |= Q(conversation=conversation, seq=seq)
    said = {(message.conversation_id, message.seq): message for message in Message.objects.filter(wanted)}
    return {answer: said[place] for answer, place in asked.items() if place in said}
