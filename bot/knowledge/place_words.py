"""Which words are ordinary ones, and which announce a place; read from `data/places/*.yml`."""

from __future__ import annotations

import gzip
from collections.abc import Sequence
from dataclasses import dataclass
from enum import IntEnum
from functools import lru_cache

from bot.knowledge.paths import DATA
from bot.knowledge.place_tokens import Token
from bot.knowledge.text import fold
from bot.knowledge.yamlfile import read_yaml

ARTICLES = frozenset(
    {"le", "la", "les", "l", "el", "los", "las", "il", "i", "gli", "o", "a", "os", "as", "the"}
)
_LONGEST_CUE = 5


class Cue(IntEnum):
    """How much the words before a name announce a place."""

    NONE = 0
    OF = 1  # "de", "di", "von": a place or anything else
    AT = 2  # "à", "in", "en"
    SURE = 3  # "j'habite à", "près de", "vivo en"


@dataclass(frozen=True)
class PlaceWords:
    """The word lists, all folded.

    `common`: ordinary words that are also names; `homonyms`: those that people often do mean as the town;
    `never`: words that are no place here; `fillers`: words around a name in an answer ("c'est … svp");
    `ordinary`: words that are no misspelt name; `not_after`: words after which comes a brand's or a school's name
    ("chez"), unless a tagger says otherwise; `never_after`: a person's or a street's ("je m'appelle");
    `units`: words after a number that is no code.
    """

    common: frozenset[str]
    homonyms: frozenset[str]
    never: frozenset[str]
    fillers: frozenset[str]
    cues: dict[str, Cue]
    not_after: frozenset[str]
    never_after: frozenset[str]
    ordinary: frozenset[str]
    units: frozenset[str]

    def is_common(self, name: str) -> bool:
        """Whether a key is an ordinary word, alone or with its article ("la ville")."""
        article, _, word = name.partition(" ")
        return name in self.common or article in ARTICLES and (word in self.common or word in self.ordinary)

    def is_ordinary(self, word: str) -> bool:
        """Whether a word is an ordinary one, or says that a place comes."""
        return any(
            word in words for words in (self.ordinary, self.common, self.never, self.fillers, self.cues)
        )

    def cue(self, before: Sequence[Token]) -> Cue:
        """The strongest cue made by the last words before a name."""
        words = [token.word for token in before[-_LONGEST_CUE:]]
        return max(
            (self.cues.get(" ".join(words[start:]), Cue.NONE) for start in range(len(words))),
            default=Cue.NONE,
        )

    def announces_another_name(self, before: Sequence[Token]) -> bool:
        """Whether the words before a name say that it may be a brand's or a school's ("chez")."""
        return _end_with(before, self.not_after)

    def announces_no_place(self, before: Sequence[Token]) -> bool:
        """Whether the words before a name say that it is a person's or a street's ("je m'appelle", "rue de")."""
        return _end_with(before, self.never_after)


@lru_cache(maxsize=1)
def place_words() -> PlaceWords:
    """The lists; read at the first call. Raises DataError."""
    words = read_yaml(DATA / "places" / "common_words.yml").value
    cues = read_yaml(DATA / "places" / "cues.yml").value
    return PlaceWords(
        common=_folded(words["common"]),
        homonyms=_folded(words["homonyms"]),
        never=_folded(words["never"]),
        fillers=_folded(cues["fillers"]),
        not_after=_folded(cues["not_after"]),
        never_after=_folded(cues["never_after"]),
        units=_folded(cues["units"]),
        cues={
            fold(text): Cue[strength.upper()]
            for strength in ("of", "at", "sure")
            for text in _split(cues[strength])
        },
        ordinary=frozenset(
            gzip.decompress((DATA / "places" / "ordinary_words.txt.gz").read_bytes()).decode().split("\n")
        ),
    )


def _end_with(before: Sequence[Token], phrases: frozenset[str]) -> bool:
    """Whether the last words, of which there may be any number, are one of the phrases."""
    words = [token.word for token in before[-_LONGEST_CUE:]]
    return any(" ".join(words[start:]) in phrases for start in range(len(words)))


def _folded(listed: str | dict[str, str]) -> frozenset[str]:
    return frozenset(fold(text) for text in _split(listed))


def _split(listed: str | dict[str, str]) -> list[str]:
    """Words or phrases parted by commas, in one text or in one a language."""
    texts = listed.values() if isinstance(listed, dict) else [listed]
    return [part.strip() for text in texts for part in text.split(",") if part.strip()]
