"""Making the figures of months that are over: once, a few days after their end, and never again."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from datetime import date, timedelta
from itertools import takewhile

from django.db import transaction
from django.utils import timezone

from bot.web.conversations.models import Author, Conversation, Message
from bot.web.figures import counting
from bot.web.figures.models import ClosedMonth, Counted, Figure, Tally
from bot.web.figures.periods import following
from bot.web.figures.protection import Counts, protect

GRACE = timedelta(days=3)
"""After the end of a month: it is over by every clock, and what was asked of advisors is most often answered."""
_A_DAY = timedelta(days=1)


def close_months(today: date | None = None) -> list[date]:
    """Make the figures of all months that are over and have none yet; which these are.

    Broken off at any point it goes on at the next call; called by several processes it does everything once.
    """
    last = (today or timezone.localdate()) - GRACE
    over = takewhile(lambda month: following(month) <= last, _open_months())
    return [month for month in over if _close(month)]


def _open_months() -> Iterator[date]:
    """From the first month that is not closed and of which something is known, without an end."""
    closed = ClosedMonth.objects.order_by("month").values_list("month", flat=True).last()
    month = following(closed) if closed else _first_known()
    while month:
        yield month
        month = following(month)


def _first_known() -> date | None:
    tallied = Tally.objects.order_by("month").values_list("month", flat=True).first()
    first = Message.objects.filter(author=Author.PERSON).order_by("created").values_list("created", flat=True).first()
    written = (timezone.localtime(first) - _A_DAY).date().replace(day=1) if first else None
    return min((month for month in (tallied, written) if month), default=None)


def _close(month: date) -> bool:
    for conversation_id in _to_count(month):
        with transaction.atomic():
            conversation = Conversation.objects.select_for_update().filter(pk=conversation_id).first()
            if conversation:
                counting.count(conversation, month)
    return _publish(month)


def _to_count(month: date) -> list[str]:
    """Conversations in which the person may have written in that month, by whatever clock."""
    around = {"created__date__gte": month - _A_DAY, "created__date__lte": following(month) + _A_DAY}
    written = Message.objects.filter(author=Author.PERSON, **around).values("conversation_id")
    done = Counted.objects.filter(month=month).values("conversation_id")
    found = Conversation.objects.filter(pk__in=written).exclude(pk__in=done)
    return list(found.values_list("pk", flat=True))


@transaction.atomic
def _publish(month: date) -> bool:
    """Make the figures of the tallies, which go; False when another process has just done so."""
    counting.hold()
    if not ClosedMonth.objects.get_or_create(month=month)[1]:
        return False
    for cite, counts in _tallies(month).items():
        Figure.objects.bulk_create(
            Figure(month=month, cite=cite, kind=kind, category=category, at_least=at_least)
            for kind, cells in protect(counts).items()
            for category, at_least in cells.items()
        )
    Tally.objects.filter(month__lte=month).delete()
    Counted.objects.filter(month__lte=month).delete()
    return True


def _tallies(month: date) -> dict[str, Counts]:
    found: dict[str, dict[str, dict[str, int]]] = defaultdict(lambda: defaultdict(dict))
    for row in Tally.objects.filter(month=month):
        found[row.cite][row.kind][row.category] = row.count
    return dict(found)
