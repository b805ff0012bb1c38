"""Whose figures an account may see. Every page and file of this app asks here."""

from __future__ import annotations

from typing import Any

from bot.knowledge.cites import load_cites
from bot.web.desk.scope import scope_of
from bot.web.figures.kinds import NETWORK, NO_CITE
from bot.web.figures.report import cites_counted


def cites_for(account: Any) -> list[str]:
    """The Cités (ids) of which an account may see the figures: its own; an administrator all, the network first.

    The rule is that of `may(account, "figures", cite)` in `bot.web.desk.access`, for many at once.
    """
    scope = scope_of(account)
    known = sorted({*load_cites(), *cites_counted(), *scope.cites} - {NO_CITE})
    if scope.everywhere:
        return [NETWORK, *known, NO_CITE]
    return [cite for cite in known if scope.belongs(cite)]
