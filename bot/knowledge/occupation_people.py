"""Whether the name of a trade stands for somebody of it: "la secrétaire m'a dit", "voir un psychologue".

The words are under `possessives` and `met` in `data/occupations/context.yml`.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from bot.knowledge.occupation_names import Word, context

_AFTER, _BEFORE = 6, 4  # words looked at
_CLAUSE_END = re.compile(r"[.,;:!?\n]")


def is_somebody(text: str, row: Sequence[Word], start: int, end: int, id: str) -> bool:
    """Tell whether words `start` to `end`, which name the trade `id`, are somebody of the asker's life."""
    before = row[start - 1][0] if start else ""
    met = context().met
    if before in context().possessives:
        return True
    if before in met.the and _acts(_clause(text, row, end)):
        return True
    return id in met.consulted and before in met.the | met.one and _is_seen(row, start)


def _clause(text: str, row: Sequence[Word], end: int) -> list[str]:
    """Return the words after, as far as the clause goes."""
    found: list[str] = []
    for place in range(end, min(end + _AFTER, len(row))):
        if _CLAUSE_END.search(text, row[place - 1][2], row[place][1]):
            break
        found.append(row[place][0])
    return found


def _acts(after: Sequence[str]) -> bool:
    met = context().met
    return not met.says.isdisjoint(after) or not (met.me.isdisjoint(after) or met.does.isdisjoint(after))


def _is_seen(row: Sequence[Word], start: int) -> bool:
    """Whether the nearest word before that tells is one of seeing somebody, not one of being or working."""
    around = context()
    for word, *_ in reversed(row[max(0, start - _BEFORE) : start]):
        if word in around.met.seeing or word in around.cues:
            return word in around.met.seeing
    return False
