"""The form under which names of places are filed and looked up, whatever the accents or hyphens."""

from __future__ import annotations

import re
from collections.abc import Iterable

from bot.knowledge.text import fold

_SUR = re.compile(r"\bs/\s*", re.IGNORECASE)
_CEDEX = re.compile(r"\bcedex(?: \d{1,2})?\b")
_SHORT = {
    "saint": "st",
    "sainte": "ste",
    "saints": "sts",
    "saintes": "stes",
    "lez": "les",
    "ss": "sous",
    "sankt": "st",
    "mt": "mont",
    "chateaux": "chateau",
    "bourgs": "bourg",
}
_FIGURES = dict(zip("23456789", ["deux", "trois", "quatre", "cinq", "six", "sept", "huit", "neuf"], strict=True))
_KEPT_WHOLE = frozenset({"saintes"})


def key(text: str) -> str:
    """Return the key of a name: "Saint-Étienne" → "st etienne", "Vitry s/Seine" → "vitry sur seine"."""
    return join(_CEDEX.sub("", fold(_SUR.sub("sur ", text))).split())


def join(words: Iterable[str]) -> str:
    """Return the key of words already folded to lower case ASCII; a figure before a word reads as one: "3 Rivières"."""
    words = tuple(words)
    if len(words) == 1 and words[0] in _KEPT_WHOLE:
        return words[0]
    return " ".join(_word(word, after) for word, after in zip(words, (*words[1:], ""), strict=False))


def _word(word: str, after: str) -> str:
    return _FIGURES[word] if word in _FIGURES and after.isalpha() else _SHORT.get(word, word)
