"""Which alerts are to be sent: somebody waits or is to be called back, and nobody looks. Functions on the database."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

from django.conf import settings
from django.db.models import F, Q
from django.utils import timezone

from bot.web.conversations import presence
from bot.web.conversations.models import Handoff, HandoffState
from bot.web.desk import access, exchange
from bot.web.desk_notes.models import Alert, Way
from bot.web.desk_notes.sending import recipients

_LEASE = timedelta(seconds=60)
_LONGEST_PAUSE = 900  # seconds between two tries


def plan() -> int:
    """Note whom nobody looks after, once each time they wait for each way that is set up; how many were new.

    Who asks to be called back has waited before, if only for the time of filling in a form: it is the same wait.
    """
    before = timezone.now() - timedelta(seconds=settings.ALERT_AFTER)
    waiting = Handoff.objects.filter(_untaken(), queued__lte=before).select_related("conversation")
    present = presence.present()
    told = set(Alert.objects.filter(handoff__in=waiting).values_list("handoff_id", "way", "queued"))
    new = [
        Alert(handoff=handoff, way=way, queued=handoff.queued)
        for handoff in waiting
        for way in _ways(handoff)
        if (handoff.pk, way, handoff.queued) not in told and not exchange.is_looked_at(handoff, present)
    ]
    Alert.objects.bulk_create(new, ignore_conflicts=True)
    return len(new)


def due() -> list[Alert]:
    """Those to be sent now; one whose request waits no more, or that has failed for too long, is not."""
    waiting = Alert.objects.filter(_untaken("handoff__"), queued=F("handoff__queued"))
    found = waiting.filter(sent=None, due__lte=timezone.now(), attempts__lt=settings.ALERT_TRIES)
    return list(found.select_related("handoff__conversation").order_by("due"))


def take(alert: Alert) -> bool:
    """Whether it falls to this process to send it: one statement decides between several."""
    now = timezone.now()
    free = Alert.objects.filter(pk=alert.pk, sent=None, due__lte=now, attempts=alert.attempts)
    return bool(free.update(due=now + _LEASE, attempts=F("attempts") + 1))


def sent(alert: Alert) -> None:
    """It has gone."""
    Alert.objects.filter(pk=alert.pk).update(sent=timezone.now())


def failed(alert: Alert) -> int:
    """It has not: the next try is in so many seconds."""
    pause = min(settings.ALERT_PAUSE * 2 ** min(alert.attempts, 10), _LONGEST_PAUSE)
    Alert.objects.filter(pk=alert.pk).update(due=timezone.now() + timedelta(seconds=pause))
    return pause


def _untaken(of: str = "") -> Q:
    """The condition that nobody has taken a request (which stands at `of`): it waits, or nobody calls back."""
    waits = Q(**{f"{of}state": HandoffState.WAITING})
    return waits | Q(**{f"{of}state": HandoffState.CALLBACK, f"{of}claimed_by": None})


def _ways(handoff: Handoff) -> Iterator[str]:
    if recipients(access.cite_of(handoff)):
        yield Way.EMAIL
    if settings.ALERT_WEBHOOK:
        yield Way.WEBHOOK
