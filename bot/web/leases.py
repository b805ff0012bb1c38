"""Leases on rows that have `lease_owner` and `lease_until`: one process works on a row at a time.

A lease ends by itself after LEASE seconds: a process that dies holds nothing for good.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.db.models import Q, QuerySet
from django.utils import timezone


def free() -> Q:
    """The condition on rows: nobody holds them."""
    return Q(lease_until=None) | Q(lease_until__lt=timezone.now())


def end() -> datetime:
    """Until when a lease holds that is taken or renewed now."""
    return timezone.now() + timedelta(seconds=settings.LEASE)


def take(row: QuerySet[Any], owner: str) -> bool:
    """Take the lease of one row, in one statement; False when another process holds it, or there is no such row."""
    return bool(row.filter(free()).update(lease_owner=owner, lease_until=end()))


def release(row: QuerySet[Any], owner: str) -> None:
    """Give the lease of one row back, if it is still ours."""
    row.filter(lease_owner=owner).update(lease_owner="", lease_until=None)


def locked(row: QuerySet[Any], owner: str) -> Any:
    """The row, locked, if `owner` still holds its lease, else None; call it inside a transaction."""
    return row.select_for_update().filter(lease_owner=owner).first()
