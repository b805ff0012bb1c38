"""A text cut into words, each with its place; and letters without their accents."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from functools import lru_cache

# "O'Connor" and "D'Amico" are one word; "d'Angers" is two.
_WORD = re.compile(r"(?:\b[OD]['’](?=[A-ZÀ-Ý]))?[^\W_]+")
_SHOUTED = 0.7
_FEW_LETTERS = 12


@dataclass(frozen=True)
class Word:
    """Letters and digits from `start` to `end`; `capital` tells something only where not all is in capitals."""

    start: int
    end: int
    written: str
    folded: str
    capital: bool

    @property
    def has_digit(self) -> bool:
        """Whether a digit is among its characters."""
        return any(char.isdigit() for char in self.written)


def cut(text: str) -> list[Word]:
    """The words of `text`, in order."""
    shouted = _is_shouted(text)
    return [_word(match, shouted) for match in _WORD.finditer(text)]


def fold(text: str) -> str:
    """The text in lower case and without accents, of the same length."""
    return "".join(map(_folded, text))


def _word(match: re.Match[str], shouted: bool) -> Word:
    written = match.group()
    return Word(match.start(), match.end(), written, fold(written), written[0].isupper() and not shouted)


def _is_shouted(text: str) -> bool:
    letters = [char for char in text if char.isalpha()]
    return len(letters) >= _FEW_LETTERS and sum(map(str.isupper, letters)) > _SHOUTED * len(letters)


@lru_cache(maxsize=4096)
def _folded(char: str) -> str:
    lower = unicodedata.normalize("NFD", char.lower())[0]
    return lower if lower.isalnum() or not char.isalnum() else char
