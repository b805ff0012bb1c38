"""Which advisors have the desk open, as far as anybody can tell."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import timedelta

from django.conf import settings
from django.utils import timezone

from bot.web.conversations.models import Presence
from bot.web.desk.spoken import answers_in, spoken_by_anybody

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


@dataclass(frozen=True)
class Present:
    """Who was at the desk and available when it was looked up, and `spoken_by_anybody` then."""

    lines: tuple[Presence, ...]
    by_anybody: frozenset[str]

    def somebody(self, cite: str, language: str) -> bool:
        """Whether one of them answers for that Cité, and in that language or in one that nobody has declared.

        An empty `cite` or `language` is any.
        """
        return any(_answers_for(each, cite) and self._speaks_in(each, language) for each in self.lines)

    def _speaks_in(self, line: Presence, language: str) -> bool:
        return not language or not line.languages or answers_in(line.languages, language, self.by_anybody)


def present(without: int = 0) -> Present:
    """Those who have had the desk open within PRESENCE seconds; the account `without` does not count."""
    since = timezone.now() - timedelta(seconds=settings.PRESENCE)
    lines = Presence.objects.filter(available=True, seen__gte=since, account__is_active=True).exclude(pk=without)
    return Present(tuple(lines), spoken_by_anybody())


def somebody(cite: str, language: str, without: int = 0) -> bool:
    """The same of one Cité and language."""
    return present(without).somebody(cite, language)


def _answers_for(line: Presence, cite: str) -> bool:
    return not cite or not line.cites or cite in line.cites
