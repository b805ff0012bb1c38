"""Which advisors have the desk open, as far as anybody can tell."""

from __future__ import annotations

from collections.abc import Collection
from datetime import timedelta

from django.conf import settings
from django.utils import timezone

from bot.web.conversations.models import Presence

_RENEWED = 10  # seconds between two writings of the same


def here(
    advisor_id: int, available: bool = True, cites: Collection[str] = (), languages: Collection[str] = ()
) -> None:
    """The desk of this account looks at its queue. `available`: whether it takes requests now.

    `cites` and `languages`: those that it answers for and in; none given is all of them.
    """
    now = timezone.now()
    told = {"available": available, "cites": sorted(cites), "languages": sorted(languages)}
    known = Presence.objects.filter(pk=advisor_id, seen__gte=now - timedelta(seconds=_RENEWED)).first()
    if known is None or any(getattr(known, name) != value for name, value in told.items()):
        Presence.objects.update_or_create(pk=advisor_id, defaults={**told, "seen": now})


def gone(advisor_id: int) -> None:
    """This account has left the desk."""
    Presence.objects.filter(pk=advisor_id).delete()


def somebody(cite: str, language: str, without: int = 0) -> bool:
    """Whether an advisor who is available has had the desk open within PRESENCE seconds, for that Cité and language.

    An empty `cite` is any; the account `without` does not count.
    """
    since = timezone.now() - timedelta(seconds=settings.PRESENCE)
    present = Presence.objects.filter(available=True, seen__gte=since, account__is_active=True).exclude(pk=without)
    return any(_among(cite, each.cites) and _among(language, each.languages) for each in present)


def _among(wanted: str, listed: list[str]) -> bool:
    return not wanted or not listed or wanted in listed
