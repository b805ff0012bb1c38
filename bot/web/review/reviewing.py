"""Keeping a review and its history."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.db import transaction

from bot.knowledge.cites import load_cites
from bot.knowledge.intents import intents
from bot.privacy.redaction import RedactionFailed, redact
from bot.web.audit.log import record
from bot.web.audit.models import Action
from bot.web.conversations.models import Message
from bot.web.review.models import Cause, Change, Review, ReviewState

FIELDS = ("state", "reason", "intent", "cite", "field", "answer", "note")
FACTS = (
    "hours", "advisor_hours", "closures", "address", "access", "accessibility", "phone", "email", "website",
    "appointment", "services", "languages", "agenda", "status", "other",
)  # fmt: skip
"""What may be wrong of a Cité, as its file names it."""
PUBLIC = frozenset({"address", "phone", "email", "website"})
"""Facts that look like somebody's own data and are those of a Cité: what is right of them is not masked."""
LONGEST = 1000  # characters of an answer or a note


class Wrong(ValueError):
    """What was typed cannot be kept. `faults`: field → key of the catalogue, without "review.", in the form's order."""

    def __init__(self, faults: Mapping[str, str]) -> None:
        super().__init__(faults)
        self.faults = {name: faults[name] for name in FIELDS if name in faults}


class Overtaken(Exception):
    """Somebody else has changed the review since it was shown; nothing was changed."""


def read(given: Mapping[str, str]) -> dict[str, str]:
    """The fields of a review as they were typed, free texts redacted; `Wrong` when one cannot be."""
    typed = {name: given.get(name, "").strip() for name in FIELDS}
    known = {
        "state": ReviewState.values,
        "reason": ["", *Cause.values],
        "intent": ["", *intents()],
        "cite": ["", *load_cites()],
        "field": ["", *FACTS],
    }
    faults = {name: "unknown" for name, values in known.items() if typed[name] not in values}
    faults |= {name: "too_long" for name in ("answer", "note") if len(typed[name]) > LONGEST}
    if typed["field"] and not typed["cite"]:
        faults["cite"] = "which_cite"
    if faults:
        raise Wrong(faults)
    free = ("note",) if typed["field"] in PUBLIC else ("answer", "note")
    return {**typed, **{name: _masked(name, typed[name]) for name in free}}


@transaction.atomic
def keep(account: Any, answer: Message, typed: Mapping[str, str], seen: int) -> Review:
    """Keep a review and one line of its history.

    `seen`: how many changes there were when it was shown; `Overtaken` when there are more by now. What is changed
    will be exported anew.
    """
    Message.objects.select_for_update().get(pk=answer.pk)
    review = Review.objects.filter(message=answer).first() or Review(message=answer)
    if review.pk and review.changes.count() != seen:
        raise Overtaken
    before = {name: getattr(review, name) if review.pk else "" for name in FIELDS}
    what = {name: [before[name], typed[name]] for name in FIELDS if before[name] != typed[name]}
    if not what:
        return review
    for name, value in typed.items():
        setattr(review, name, value)
    if set(what) - {"note"}:
        review.exported = None
    review.save()
    Change.objects.create(review=review, by=account, what=what)
    record(account, Action.REVIEW, answer, cite=answer.conversation.cite or answer.conversation.page_cite)
    return review


def _masked(name: str, text: str) -> str:
    try:
        return redact(text).text
    except RedactionFailed:
        raise Wrong({name: "unprotected"}) from None
