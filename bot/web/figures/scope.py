"""Whose figures an account may see. Every page and file of this app asks here."""

from __future__ import annotations

from typing import Any

from bot.knowledge.cites import load_cites
from bot.web.figures.kinds import NETWORK, NO_CITE
from bot.web.figures.report import cites_counted


def cites_for(account: Any) -> list[str]:
    """The Cités (ids) that an account may see, the whole network first: an account of today answers for all of them."""
    return [NETWORK, *sorted({*load_cites(), *cites_counted()} - {NO_CITE}), NO_CITE]
