"""What may be promised to who asks for a human now: never more than is known."""

from __future__ import annotations

import math
from dataclasses import dataclass
from datetime import datetime, timedelta
from statistics import median
from typing import Literal

from django.utils import timezone

from bot.knowledge import hours
from bot.knowledge.cites import load_cites
from bot.web.conversations import presence
from bot.web.conversations.models import Handoff

_LOOKED_BACK = timedelta(days=30)
_FEWEST = 5  # handoffs, for a waiting time to mean anything
_LONGEST = 60  # minutes; a longer wait is not told: it varies too much


@dataclass(frozen=True)
class Promise:
    """What is known of an answer by a human.

    `kind`: "here" (somebody has the desk open), "expected" (within the advisors' hours, but nobody is seen), "closed"
    (outside of them; `opens` is the next sure opening within a year, in the Cité's zone, if any), "unknown" (no
    hours on file, or too old). `minutes`: the usual wait, where enough is known of it.
    """

    kind: Literal["here", "expected", "closed", "unknown"]
    minutes: int | None = None
    opens: datetime | None = None


def promise(cite: str, language: str, at: datetime | None = None, without: int = 0, widened: bool = False) -> Promise:
    """What may be promised at an instant (default: now) to who writes to a Cité (an id, or "") in a language.

    `without`: an account that is not counted on, though its desk may be open. `widened`: advisors of every Cité are.
    """
    at = at or timezone.now()
    if presence.somebody("" if widened else cite, language, without):
        return Promise("here", usual_wait(cite, at))
    found = load_cites().get(cite)
    state = hours.state(found, at, "advisors", today=at.date()) if found else None
    if state is None or not state.known or state.stale:
        return Promise("unknown")
    return Promise("expected", usual_wait(cite, at)) if state.open else Promise("closed", opens=state.next_opening)


def usual_wait(cite: str, at: datetime) -> int | None:
    """The median of a Cité's waits of the last 30 days in minutes, rounded up.

    None when they are fewer than five, or when it is more than an hour.
    """
    taken = Handoff.objects.filter(cite=cite, opened__gte=at - _LOOKED_BACK, claimed__isnull=False)
    waits = [(claimed - opened).total_seconds() for opened, claimed in taken.values_list("opened", "claimed")]
    if len(waits) < _FEWEST:
        return None
    minutes = max(1, math.ceil(median(waits) / 60))
    return minutes if minutes <= _LONGEST else None
