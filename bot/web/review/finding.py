"""Past requests and flagged answers, as an account may see them and as it asks for them."""

from __future__ import annotations

from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet

from bot.web.conversations.models import Author, Handoff, HandoffState, Message
from bot.web.review import flagged, permits
from bot.web.review.asked import Asked

PAST = (HandoffState.GIVEN_BACK, HandoffState.CLOSED, HandoffState.DONE)
"""The states of a request that is over."""
_CITES = ("conversation__cite", "conversation__page_cite")


def handoffs(account: Any, asked: Asked) -> QuerySet[Handoff]:
    """The requests that are over, the last first.

    A text is looked for only in what the account may read of each: what the person agreed to share.
    """
    found = permits.handoffs(account).filter(_between("opened", asked), state__in=PAST)
    for name in ("cite", "language", "concern", "outcome"):
        if asked[name]:
            found = found.filter(**{name: asked[name]})
    if asked["rating"]:
        found = found.filter(_readable(feedback__useful=asked["rating"] == "useful"))
    if asked["unsure"]:
        found = found.filter(_readable(flagged.unsure(), author=Author.BOT))
    if asked["text"]:
        found = found.filter(_readable(_holds("text", asked["text"])) | _holds("summary__request", asked["text"]))
    return found.order_by("-opened", "-pk")


def answers(account: Any, asked: Asked) -> QuerySet[Message]:
    """The flagged answers of the account's Cités, the last first.

    Of a conversation that nobody was handed over, only the question and the answer may be read: a text is looked for
    in these two.
    """
    flag = asked["flag"] if asked["flag"] in flagged.FLAGS else ""
    found = flagged.flagged(flag).filter(permits.of_its_cites(account, *_CITES), _between("created", asked))
    if asked["cite"]:
        found = found.filter(Q(conversation__cite=asked["cite"]) | Q(conversation__page_cite=asked["cite"]))
    for name in ("language", "concern"):
        if asked[name]:
            found = found.filter(**{f"conversation__{name}": asked[name]})
    if asked["state"]:
        found = found.filter(Q(review__isnull=True) if asked["state"] == "none" else Q(review__state=asked["state"]))
    if asked["text"]:
        questions = Message.objects.filter(conversation=OuterRef("conversation"), seq=OuterRef("asked_seq"))
        found = found.filter(_holds("text", asked["text"]) | Exists(questions.filter(_holds("text", asked["text"]))))
    return found.select_related("review").order_by("-created", "-pk")


def answer(account: Any, message_id: int) -> Message | None:
    """An answer that the account may review: flagged in one of its Cités, or in what it may read of a past request."""
    found = flagged.answers().filter(pk=message_id).select_related("review")
    mine = flagged.flagged().filter(permits.of_its_cites(account, *_CITES), pk=message_id)
    return found.filter(Q(Exists(mine.filter(pk=OuterRef("pk")))) | Q(pk__in=_read(account, message_id))).first()


def request_of(account: Any, message: Message) -> Handoff | None:
    """A past or present request in whose part of the conversation a message stands, that the account may review."""
    own = permits.handoffs(account).filter(conversation=message.conversation_id, from_seq__lt=message.seq)
    readable = own.filter(Q(to_seq__isnull=True) | Q(to_seq__gte=message.seq))
    return next((each for each in readable if permits.may(account, "review", each)), None)


def _read(account: Any, message_id: int) -> list[int]:
    message = Message.objects.filter(pk=message_id).first()
    return [message_id] if message and request_of(account, message) else []


def _between(field: str, asked: Asked) -> Q:
    wanted = Q()
    if asked.since:
        wanted &= Q(**{f"{field}__gte": asked.since})
    if asked.until:
        wanted &= Q(**{f"{field}__lt": asked.until})
    return wanted


def _readable(*conditions: Q, **more: Any) -> Q:
    """The condition on requests: in what may be read of one, there is such a message."""
    within = Message.objects.filter(conversation=OuterRef("conversation"), seq__gt=OuterRef("from_seq"))
    within = within.filter(seq__lte=OuterRef("to_seq")).exclude(author=Author.SIGNAL)
    return Q(Exists(within.filter(*conditions, **more)))


def _holds(field: str, text: str) -> Q:
    """Without regard to case; SQLite knows that of plain letters alone, so a few spellings are tried."""
    wanted = Q()
    for spelling in {text, text.lower(), text.upper(), text.capitalize()}:
        wanted |= Q(**{f"{field}__icontains": spelling})
    return wanted
