"""Words of trades without their gender and number, so that "coiffeuses" and "coiffeur" meet.

Not a linguist's stemmer: it only has to bring together the forms of one trade and keep different trades
apart.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import lru_cache

LANGUAGES = ("fr", "en", "es", "it", "pt", "nl", "de", "ca")
_SHORTEST = 4  # letters: shorter words are left as they are
_DOUBLED = re.compile(r"([nltsm])\1$")


def _french(word: str) -> str:
    word = word.rstrip("sx")
    if word.endswith("au") and len(word) > 5:
        word = word[:-1] + "l"  # sociaux
    word = word.rstrip("e")
    for ending, masculine in (
        ("trice", "teur"),
        ("tric", "teur"),
        ("dric", "deur"),
        ("eus", "eur"),
        ("iv", "if"),
    ):
        if word.endswith(ending):
            word = word[: -len(ending)] + masculine
    return _DOUBLED.sub(r"\1", word)


def _english(word: str) -> str:
    word = re.sub(r"(wo)?men$|woman$", "man", word)
    word = re.sub(r"ies$", "y", word)
    return word[:-1] if word.endswith("s") and not word.endswith("ss") else word


def _iberian(word: str) -> str:
    word = re.sub(r"o(es|ns)$", "ao", word.removesuffix("s") if not word.endswith(("oes", "ns")) else word)
    return word.rstrip("aeo") if len(word.rstrip("aeo")) >= _SHORTEST else word


def _italian(word: str) -> str:
    word = re.sub(r"trici?e?$", "tor", word)
    word = re.sub(r"[aeio]$", "", word)
    return re.sub(r"([cg])h$", r"\1", word)


def _dutch(word: str) -> str:
    return re.sub(r"(en|s)$", "", word)


def _german(word: str) -> str:
    return re.sub(r"(innen|in|en|e|n)$", "", word)


_STEMMERS: dict[str, Callable[[str], str]] = {
    "fr": _french,
    "en": _english,
    "es": _iberian,
    "pt": _iberian,
    "ca": _iberian,
    "it": _italian,
    "nl": _dutch,
    "de": _german,
}


@lru_cache(maxsize=20000)
def stem(word: str, language: str) -> str:
    """Return the stem of a folded word (lower case, no accents) in one of `LANGUAGES`."""
    return _STEMMERS[language](word) if len(word) >= _SHORTEST else word
