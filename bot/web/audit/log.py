"""Writing the audit log, and removing what is old in it.

`record(request.user, Action.VIEW, handoff)` is all that a view needs.
"""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.conf import settings
from django.db.models import Model
from django.utils import timezone

from bot.web.audit.models import Action, Entry


def record(account: Any, action: str, object: Model | None = None, cite: str | None = None) -> Entry:
    """Write one line: who (an account, or None), what, on which stored object; nothing of what it says.

    `cite` is the id of the Cité whose coordinators may read the line; without it, the object's own. Whoever shows or
    changes something records it first, in the same transaction: what can't be written down is not done.
    """
    return Entry.objects.create(
        account=getattr(account, "pk", None),
        action=Action(action),
        kind=object._meta.model_name if object is not None else "",
        object=str(object.pk) if object is not None else "",
        cite=cite if cite is not None else _cite(object),
    )


def has_recorded(account: Any, action: str, object: Model, within: timedelta) -> bool:
    """Whether there is such a line of the account's, not older than that."""
    of_it = Entry.objects.filter(account=account.pk, action=action, kind=object._meta.model_name, object=str(object.pk))
    return of_it.filter(at__gte=timezone.now() - within).exists()


def forget_old() -> int:
    """Remove the lines that have been kept for `AUDIT_DAYS`; how many."""
    before = timezone.now() - timedelta(days=settings.AUDIT_DAYS)
    return Entry.objects.filter(at__lt=before).delete()[0]


def _cite(object: Any) -> str:
    """The Cité of an object: its own, or that of its conversation."""
    own = getattr(object, "cite", "")
    return own or getattr(getattr(object, "conversation", None), "cite", "") or ""
