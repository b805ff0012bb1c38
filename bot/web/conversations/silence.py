"""Silence in a live exchange, of the person or of the advisor: a sign first, then it ends or goes back to the queue.

Those that are due are found without a lock, however many are live; each is then looked at again under its own.
"""

from __future__ import annotations

from collections.abc import Callable

from django.conf import settings
from django.db import transaction
from django.db.models import F, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce, Greatest
from django.utils import timezone

from bot.web.conversations import waiting_words, writing
from bot.web.conversations.models import Author, Handoff, HandoffState, Message, Outcome
from bot.web.conversations.transitions import HOUSE, ago, finish, noted, requeue, still
from bot.web.conversations.ways import RELOADED

HERE = "door:here"
"""The payload of "I am still here", which needs no more than to be said."""

_UNHURRIED = 6
"""How many times longer the person may be silent where they see nothing new and cannot be seen to type."""


def look() -> int:
    """Do all that is due; how much was done."""
    return _each(of_person, _silent_people()) + _each(of_advisor, _silent_advisors())


@transaction.atomic
def of_person(handoff_id: int) -> bool:
    """Remind who has not answered the advisor for long; close when they stay silent. False when nothing is due."""
    handoff = _still_due(handoff_id, _silent_people)
    if handoff is None:
        return False
    if handoff.told_last:
        finish(handoff, HandoffState.CLOSED, HOUSE, "door.closed_silent", Outcome.LEFT)
        return True
    slow = _UNHURRIED if handoff.conversation.channel in RELOADED else 1
    minutes = settings.HANDOFF_SILENCE * slow
    choices = [("door.still_here", HERE), ("door.resume", waiting_words.RESUME)]
    writing.house(handoff.conversation, "door.reminder", choices=choices, minutes=minutes)
    handoff.reminded = timezone.now()
    return noted(handoff, "reminded")


@transaction.atomic
def of_advisor(handoff_id: int) -> bool:
    """Give a sign to the advisor whose answer is awaited for long, then let anybody take it; False when not due."""
    handoff = _still_due(handoff_id, _silent_advisors)
    if handoff is None:
        return False
    if handoff.told_last:
        _look_for_another(handoff)
        return True
    handoff.nudged = timezone.now()
    writing.tell(handoff.conversation)
    return noted(handoff, "nudged")


def _look_for_another(handoff: Handoff) -> None:
    """It waits for whoever can, of any Cité; its person is told. What they have written meanwhile goes with it."""
    silent = handoff.claimed_by
    name, number = (silent.first_name, silent.pk) if silent else ("", 0)
    requeue(handoff, HOUSE, f"silent:{number}", widened=True)
    waiting_words.say_requeued(handoff.conversation, handoff, "door.seeking_other", name, without=number)


def _still_due(handoff_id: int, due: Callable[[], QuerySet[Handoff]]) -> Handoff | None:
    """The exchange, locked, if it is due under the lock too."""
    held = still(handoff_id, HandoffState.LIVE)
    found = due().select_related("claimed_by").filter(pk=handoff_id).first() if held else None
    if found and held:
        found.conversation = held.conversation
    return found


def _silent_people() -> QuerySet[Handoff]:
    """Where the advisor had the last word, and that was long ago."""
    found = _live().filter(last_author=Author.ADVISOR).annotate(since=F("last_at"))
    limits = settings.HANDOFF_REMIND, settings.HANDOFF_SILENCE
    return _due(found, "reminded", "conversation__person_typing", *limits, slow=_UNHURRIED)


def _silent_advisors() -> QuerySet[Handoff]:
    """Where the person waits for an answer since their first word after the advisor's last, or since it was taken."""
    found = _live().filter(Q(last_author=None) | Q(last_author=Author.PERSON))
    found = found.annotate(since=Greatest("held", Coalesce("unanswered_at", "held")))
    limits = settings.HANDOFF_NUDGE, settings.HANDOFF_REQUEUE
    return _due(found, "nudged", "conversation__advisor_typing", *limits)


def _live() -> QuerySet[Handoff]:
    """`last_author`, `last_at`: whose word was the last and when; null while neither has said anything.

    `unanswered_at`: when the person said what the advisor has not answered, the first of it; null when all is.
    Words of whoever had the request before do not count: the person waits for the first word of who has it now.
    """
    said = Message.objects.filter(conversation=OuterRef("conversation"), seq__gt=OuterRef("from_seq"))
    answers = Q(author=Author.ADVISOR, created__gte=OuterRef("held"))
    last = said.filter(Q(author=Author.PERSON) | answers).order_by("-seq")
    answer = said.filter(answers).order_by("-seq").values("seq")[:1]
    unanswered = said.filter(author=Author.PERSON, seq__gt=OuterRef("answered_seq")).order_by("seq")
    found = Handoff.objects.filter(state=HandoffState.LIVE)
    found = found.annotate(answered_seq=Coalesce(Subquery(answer), "from_seq"))
    return found.annotate(
        last_author=Subquery(last.values("author")[:1]),
        last_at=Subquery(last.values("created")[:1]),
        unanswered_at=Subquery(unanswered.values("created")[:1]),
    )


def _due(
    found: QuerySet[Handoff], told: str, typing: str, first: float, more: float, slow: float = 1
) -> QuerySet[Handoff]:
    """Those whose one has been silent since `since` for `first` minutes, or was `told` so and is for `more` minutes.

    Both are `slow` times as long where the person sees nothing new. Typing counts as a word.
    `told_last`: whether it is the second of the two.
    """
    was_told = Q(**{f"{told}__gte": F("since")})
    not_told = Q(**{f"{told}__isnull": True}) | Q(**{f"{told}__lt": F("since")})
    found = found.annotate(
        told_last=was_told & Q(**{f"{told}__isnull": False}),
        heard=Greatest("since", Coalesce(typing, "since")),
        heard_last=Greatest(told, Coalesce(typing, told)),
    )
    return found.filter((not_told & _past("heard", first, slow)) | (was_told & _past("heard_last", more, slow)))


def _past(moment: str, minutes: float, slow: float) -> Q:
    soon, late = (Q(**{f"{moment}__lte": ago(minutes * times)}) for times in (1, slow))
    return late | (soon & ~Q(conversation__channel__in=RELOADED))


def _each(act: Callable[[int], bool], found: QuerySet[Handoff]) -> int:
    return sum(act(number) for number in list(found.values_list("pk", flat=True)))
