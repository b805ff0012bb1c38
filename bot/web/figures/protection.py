"""What may be shown of a month's exact counts, so that no group of fewer than five people can be found out.

Every count is rounded down to a multiple of five: 0 stands for nobody as well as for one to four. Beside each table
stands the rounded number of all its people; together they would narrow down the rounded parts of a table that
sorts everybody, most of all when nearly everything was cut off. Such a table is shown only as long as three quarters
at most of what could be cut off is missing; else it is kept back whole.

What then is shown could come from counts in which any one category has any number from what is shown to four more:
so nobody can tell which. (`tests/web/test_figures_protection.py` builds these counts.)

Longer periods, and the whole network, only add up what is shown of months: they tell nothing that the months do not.
"""

from __future__ import annotations

from collections.abc import Mapping

from bot.web.figures.kinds import ALL, KINDS, Kind

STEP = 5
"""The smallest group of people that is shown."""
KEPT_BACK: Mapping[str, int] = {"": 0}
"""What is shown of a table that is kept back."""

Counts = Mapping[str, Mapping[str, int]]
"""kind → category → number of people; what is missing is 0."""


def protect(counts: Counts) -> dict[str, dict[str, int]]:
    """What may be shown of the exact counts of one Cité in one month: only what is not 0, or `KEPT_BACK`."""
    shown = {name: _rounded(kind, counts.get(name, {})) for name, kind in KINDS.items()}
    for name, kind in KINDS.items():
        if kind.whole and not _enough(kind, shown):
            shown[name] = dict(KEPT_BACK)
    return {name: cells for name, cells in shown.items() if cells}


def _rounded(kind: Kind, counts: Mapping[str, int]) -> dict[str, int]:
    rounded = {category: counts.get(category, 0) // STEP * STEP for category in kind.categories}
    return {category: count for category, count in rounded.items() if count}


def _enough(kind: Kind, shown: Counts) -> bool:
    everybody = shown[kind.of or kind.name].get(ALL, 0)
    missing = everybody - sum(shown[kind.name].values())
    return missing <= 3 * (len(kind.categories) - 1)
