"""After some failed tries a name or an address must wait, longer each time.

Tries are counted in the database, for all processes together, under a keyed hash: neither the name tried nor the
address can be read there. A name of nobody is counted as any other, so that nothing tells whether it exists.
"""

from __future__ import annotations

import math
import unicodedata
from datetime import timedelta

from django.conf import settings
from django.db import transaction
from django.db.models import F
from django.utils import timezone

from bot.privacy.ids import keyed_hash
from bot.web.desk.models import Attempts

_FORGOTTEN_AFTER = timedelta(hours=1)
_FIRST_WAIT = 60  # seconds; then twice as long at each further failure
_LONGEST_WAIT = 15 * 60


class Locked(Exception):
    """Too many failed tries; `seconds` to wait."""

    def __init__(self, seconds: int) -> None:
        super().__init__(seconds)
        self.seconds = seconds


@transaction.atomic
def count(**tried: str) -> None:
    """Count one try of each kind (a name of settings.TRIES) before it is made; `Locked` when it may not be made.

    Counting first leaves no gap through which many tries at once could slip; `succeeded` takes it back.
    """
    rows = [(kind, _row(kind, value)) for kind, value in sorted(tried.items())]
    now = timezone.now()
    waits = [(row.locked_until - now).total_seconds() for _, row in rows if row.locked_until and row.locked_until > now]
    if waits:
        raise Locked(math.ceil(max(waits)))
    for kind, row in rows:
        _add(row, settings.TRIES[kind])


def succeeded(**tried: str) -> None:
    """Forget the failed tries of a name; of an address only this one, or its owner could go on guessing others."""
    for kind, value in tried.items():
        found = Attempts.objects.filter(key=_key(kind, value))
        if kind == "address":
            found.filter(failed__gt=0).update(failed=F("failed") - 1, locked_until=None)
        else:
            found.delete()


def forget_old() -> int:
    """Remove what was last tried an hour ago; how many."""
    return Attempts.objects.filter(last__lt=timezone.now() - _FORGOTTEN_AFTER).delete()[0]


def as_one(name: str) -> str:
    """A name as signing in reads it: without what stands around it, its letters in their plain form."""
    return unicodedata.normalize("NFKC", name).strip()


def _key(kind: str, value: str) -> str:
    return keyed_hash(as_one(value).casefold(), settings.SECRET_KEY, f"tries.{kind}")


def _row(kind: str, value: str) -> Attempts:
    """The row, locked until the end of the transaction; what is older than an hour counts no more."""
    key = _key(kind, value)
    Attempts.objects.get_or_create(key=key)
    row = Attempts.objects.select_for_update().get(key=key)
    if row.last < timezone.now() - _FORGOTTEN_AFTER:
        row.failed, row.locked_until = 0, None
    return row


def _add(row: Attempts, allowed: int) -> None:
    row.failed += 1
    row.last = timezone.now()
    over = row.failed - allowed
    if over >= 0:
        row.locked_until = row.last + timedelta(seconds=min(_FIRST_WAIT * 2**over, _LONGEST_WAIT))
    row.save()
