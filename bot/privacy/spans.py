"""Pieces of a text that hold personal data."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass


@dataclass(frozen=True)
class Span:
    """Characters `start` to `end` (not included) and what they are: phone, email, iban, card, national-number."""

    start: int
    end: int
    kind: str

    def overlaps(self, other: Span) -> bool:
        """Whether the two share a character."""
        return self.start < other.end and other.start < self.end


def digits_as_ascii(text: str) -> str:
    """The text, of the same length, with all digits as 0-9, all spaces as " " and all dashes as "-"."""
    return "".join(map(_plain, text))


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
