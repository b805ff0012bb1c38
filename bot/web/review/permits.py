"""What an account may look back at and speak for: the one module that asks the desk's rules on accounts."""

from __future__ import annotations

import importlib.util
from typing import Any

from django.db.models import Q, QuerySet

from bot.knowledge.cites import load_cites
from bot.web.conversations.models import Handoff
from bot.web.desk import access

HAS_ROLES = importlib.util.find_spec("bot.web.desk.scope") is not None


def handoffs(account: Any) -> QuerySet[Handoff]:
    """The requests that an account may see."""
    if HAS_ROLES:
        return access.handoffs_for(account)
    return Handoff.objects.select_related("conversation", "claimed_by")


def may(account: Any, action: str, object: Any) -> bool:
    """Whether an account may do something (view, export, erase, review) with a request, or announce for a Cité."""
    return access.may(account, action, object) if HAS_ROLES else True


def cites(account: Any) -> list[str]:
    """The ids of the Cités for which an account may speak, those that have closed left out."""
    return [each.id for each in load_cites().values() if not each.gone and may(account, "notices", each.id)]


def of_its_cites(account: Any, *fields: str) -> Q:
    """A condition: one of the fields holds the id of a Cité of the account's; an administrator sees those of none too."""
    if not HAS_ROLES:
        return Q()
    from bot.web.desk.scope import scope_of

    scope = scope_of(account)
    found = Q(pk__in=())
    for field in fields:
        found |= Q(**{f"{field}__in": scope.cites})
    return Q() if scope.everywhere else found


def readable_cites(account: Any) -> list[str]:
    """The ids of the Cités of an account, closed ones too: what was said of them may still be read."""
    return [each for each in load_cites() if may(account, "notices", each)]
