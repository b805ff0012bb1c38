"""What an account may look back at and speak for: the rules of the desk, as the pages of review ask for them."""

from __future__ import annotations

from typing import Any

from django.db.models import Q

from bot.knowledge.cites import load_cites
from bot.web.desk import access
from bot.web.desk.scope import scope_of

handoffs = access.handoffs_for
may = access.may


def cites(account: Any) -> list[str]:
    """The ids of the Cités for which an account may announce something, those that have closed left out."""
    known = load_cites()
    return [each for each in known if not known[each].gone and may(account, "notices", each)]


def readable_cites(account: Any) -> list[str]:
    """The ids of the Cités of an account, closed ones too: what was said of them may still be read."""
    scope = scope_of(account)
    return [each for each in load_cites() if scope.belongs(each)]


def of_its_cites(account: Any, *fields: str) -> Q:
    """A condition: one of the fields is a Cité of the account's; an administrator sees also those without any."""
    scope = scope_of(account)
    if scope.everywhere:
        return Q()
    found = Q(pk__in=())
    for field in fields:
        found |= Q(**{f"{field}__in": scope.cites})
    return found
