"""What one process does for all of them, now and then."""

from __future__ import annotations

from datetime import timedelta

from django.utils import timezone

from bot.web.conversations.models import Chore


def claim(name: str, every: float) -> bool:
    """Whether a chore is due and this process is the one to do it; it is due again in `every` seconds.

    One statement decides between several.
    """
    now = timezone.now()
    Chore.objects.get_or_create(name=name, defaults={"due": now})
    taken = Chore.objects.filter(name=name, due__lte=now)
    return bool(taken.update(due=now + timedelta(seconds=every)))
