"""Who has which request open, and who types: so that two advisors do not answer the same person unawares."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django.conf import settings
from django.utils import timezone

from bot.web.conversations.models import Handoff
from bot.web.desk_notes.models import Look


@dataclass(frozen=True)
class Other:
    """A colleague who has the same request open: the name people see, and whether they are typing."""

    name: str
    typing: bool


def look(handoff: Handoff, advisor: Any, typing: bool = False) -> None:
    """Note that an advisor has a request open; written every few seconds only, however often it is called."""
    now = timezone.now()
    known = Look.objects.filter(handoff=handoff, advisor=advisor)
    row = known.first()
    if row is None:
        Look.objects.get_or_create(handoff=handoff, advisor=advisor, defaults={"typed": now if typing else None})
        return
    step = timedelta(seconds=settings.LOOK_STEP)
    stale_typing = typing and (row.typed is None or now - row.typed > step)
    if stale_typing or now - row.seen > step:
        known.update(seen=now, typed=now if typing else row.typed)


def others(handoff: Handoff, advisor: Any) -> tuple[Other, ...]:
    """The colleagues who have this request open now, by name."""
    return looking([handoff], advisor).get(handoff.pk, ())


def looking(handoffs: Iterable[Handoff], advisor: Any) -> dict[int, tuple[Other, ...]]:
    """The colleagues who have requests open now, by the number of the request."""
    now = timezone.now()
    fresh = timedelta(seconds=settings.LOOK_LASTS)
    found = Look.objects.filter(handoff__in=list(handoffs), seen__gte=now - fresh).exclude(advisor=advisor)
    told: dict[int, tuple[Other, ...]] = {}
    for row in found.select_related("advisor").order_by("advisor__first_name", "advisor_id"):
        typing = row.typed is not None and now - row.typed <= fresh
        told[row.handoff_id] = (*told.get(row.handoff_id, ()), Other(row.advisor.first_name, typing))
    return told
