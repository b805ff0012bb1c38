"""Pieces of a text that hold personal data."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass

KINDS = ("address", "card", "email", "iban", "link", "name", "national-number", "phone")
"""What is masked; each has its words in the door's catalogues."""
_MASK = re.compile(rf"\[(?:{'|'.join(KINDS)})\]")
BLOT = "\ufffc"
"""Stands for a mask, or for what stays whatever is in it: no letter, no digit, no space, and nobody types it."""
_LETTER_O = re.compile(r"(?<![^\W_])[oO](?=\d[ ./-]?\d\d)")


@dataclass(frozen=True)
class Span:
    """Characters `start` to `end` (not included) and what they are: one of `KINDS`."""

    start: int
    end: int
    kind: str

    def overlaps(self, other: Span) -> bool:
        """Whether the two share a character."""
        return self.start < other.end and other.start < self.end


def visible(text: str) -> tuple[str, list[int]]:
    """The text without characters that nobody sees (zero-width spaces, soft hyphens), and the place of each other.

    Copied from a page, such characters stand within numbers and words, which are looked for as they are read.
    """
    places = [at for at, char in enumerate(text) if char.isascii() or unicodedata.category(char) != "Cf"]
    return "".join(text[at] for at in places), places


def even(text: str) -> str:
    """The text, of the same length, with all digits as 0-9, all spaces as " " and all dashes as "-".

    Masks that stand in it already are blotted out, so that they are neither masked nor taken for words; an "O" typed
    for the zero that begins a number is a zero.
    """
    blotted = _MASK.sub(lambda match: BLOT * len(match.group()), text)
    return _LETTER_O.sub("0", "".join(map(_plain, blotted)))


def _plain(char: str) -> str:
    if char.isascii():
        return " " if char == "\t" else char
    if char.isdecimal():
        return str(unicodedata.decimal(char))
    category = unicodedata.category(char)
    if category == "Zs":
        return " "
    if category == "Pd" or char == "−":
        return "-"
    return {"＠": "@", "．": ".", "＋": "+"}.get(char, char)
