"""Counting conversations into the tallies of a month: each once, whatever breaks off, whichever process does it."""

from __future__ import annotations

import logging
from datetime import date
from typing import Any

from django.db import transaction
from django.db.models import F
from django.utils import timezone

from bot.web.conversations.models import Chore, Conversation
from bot.web.figures.facts import Facts, cite_of, facts, months_of
from bot.web.figures.models import ClosedMonth, Counted, Tally

log = logging.getLogger(__name__)
_LOCK = "figures"


def count_before_removal(instance: Conversation, **kwargs: Any) -> None:
    """Receive Django's signal that a conversation is about to be deleted, and count it, in the same transaction.

    Nothing that goes wrong here keeps a conversation from being erased.
    """
    try:
        with transaction.atomic():
            for month in months_of(instance):
                count(instance, month)
    except Exception:
        log.exception("a conversation was removed without being counted")


def count(conversation: Conversation, month: date) -> bool:
    """Add a conversation, locked by the caller, to the tallies of a month; whether it was to be added."""
    hold()
    if ClosedMonth.objects.filter(pk=month).exists():
        return False
    found = facts(conversation, month)
    if not found or Counted.objects.filter(conversation=conversation, month=month).exists():
        return False
    Counted.objects.create(conversation=conversation, month=month)
    _add(month, cite_of(conversation), found)
    return True


def hold() -> None:
    """Let no other process count until the transaction ends: locks of conversations come before this one."""
    Chore.objects.get_or_create(name=_LOCK, defaults={"due": timezone.now()})
    Chore.objects.select_for_update().get(name=_LOCK)


def _add(month: date, cite: str, found: Facts) -> None:
    for kind, category in found.items():
        row = {"month": month, "cite": cite, "kind": kind, "category": category}
        if not Tally.objects.filter(**row).update(count=F("count") + 1):
            Tally.objects.create(**row, count=1)
