"""What the reviews teach, for a maintainer to accept: messages with the intent that was right, and facts to correct.

Nothing trains itself and no file of the project is touched. Conversations are kept for some weeks only, and their
reviews with them: what is to be learnt has to be exported before.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from django.conf import settings
from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone

from bot.privacy.redaction import RedactionFailed, redact
from bot.web.desk.models import Membership, Role
from bot.web.review import flagged
from bot.web.review.models import Review, ReviewState
from bot.web.review.reviewing import PUBLIC


@dataclass(frozen=True)
class Lesson:
    """A message as it was written, masked, and the intent that was right; `review` is the key of its review."""

    review: int
    text: str
    intent: str
    language: str


@dataclass(frozen=True)
class Correction:
    """A fact to correct: of which Cité, which one, what the bot said, what is right, by which role, on which day."""

    review: int
    cite: str
    field: str
    reason: str
    said: str
    right: str
    role: str
    on: str


def lessons(again: bool = False) -> list[Lesson]:
    """The messages of which somebody said what was meant; with `again`, those exported before too."""
    found = (_lesson(review) for review in _open(again).exclude(intent=""))
    return [each for each in found if each is not None]


def corrections(again: bool = False) -> list[Correction]:
    """The facts of which somebody said what is right; with `again`, those exported before too."""
    reviews = _open(again).exclude(cite="").exclude(field="").exclude(answer="")
    return [_correction(review) for review in reviews.prefetch_related("changes__by")]


@transaction.atomic
def mark(keys: Iterable[int], at: datetime) -> None:
    """Note that these reviews were exported; one that was changed meanwhile is left for the next time."""
    unchanged = Review.objects.filter(pk__in=list(keys)).exclude(changes__at__gt=at)
    Review.objects.filter(pk__in=list(unchanged.values_list("pk", flat=True))).update(exported=timezone.now())


def _open(again: bool) -> QuerySet[Review]:
    found = Review.objects.exclude(state=ReviewState.WONT_FIX).select_related("message__conversation")
    return (found if again else found.filter(exported__isnull=True)).order_by("pk")


def _lesson(review: Review) -> Lesson | None:
    """None where nothing was typed: a choice teaches nothing."""
    question = flagged.question(review.message)
    if question is None or question.command or not question.text.strip():
        return None
    text = _masked(" ".join(question.text.split()))
    language = question.language or review.message.conversation.language
    return Lesson(review.pk, text, review.intent, language) if text else None


def _correction(review: Review) -> Correction:
    last = list(review.changes.all())[-1]
    keep = review.field in PUBLIC
    said, right = (each if keep else _masked(each) for each in (review.message.text, review.answer))
    day = last.at.astimezone(ZoneInfo(settings.TIME_ZONE)).date().isoformat()
    role = _role(last.by, review.cite)
    return Correction(review.pk, review.cite, review.field, review.reason, said, right, role, day)


def _masked(text: str) -> str:
    """Searched once more: what redaction has learnt since counts. Empty where it fails."""
    try:
        return redact(text).text
    except RedactionFailed:
        return ""


def _role(account: Any, cite: str) -> str:
    """What somebody is at a Cité, or anywhere; never who."""
    roles = dict(Membership.objects.filter(account=account).order_by("cite").values_list("cite", "role"))
    return str(roles.get("") or roles.get(cite) or next(iter(roles.values()), Role.ADVISOR))


