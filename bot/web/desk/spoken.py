"""Who may answer in a language: those who declare it, and everybody where nobody does.

People write in more languages than accounts can name (Catalan, Dutch): for those, every advisor is as good as another.
"""

from __future__ import annotations

from collections.abc import Collection

from django.db.models import Q

from bot.web.desk.models import Advisor, languages_of


def spoken_by_anybody() -> frozenset[str]:
    """The languages in which somebody answers: of the open accounts that have a role, in one query."""
    members = Advisor.objects.filter(is_active=True, memberships__isnull=False)
    found = members.values_list("spoken", "language").distinct()
    return frozenset(code for spoken, language in found for code in languages_of(spoken, language))


def answers_in(languages: Collection[str], language: str, by_anybody: Collection[str]) -> bool:
    """Whether who answers in `languages` may answer what is in `language`, given `spoken_by_anybody`."""
    return language in languages or language not in by_anybody


def are_answered_in(languages: Collection[str], by_anybody: Collection[str]) -> Q:
    """The same as a condition on requests: they are in a language that may be answered."""
    return Q(language__in=languages) | ~Q(language__in=by_anybody)
