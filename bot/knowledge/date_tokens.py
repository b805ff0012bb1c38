"""A text cut into the words, numbers, dates in figures and clock times that a date may be made of."""

from __future__ import annotations

import re
from dataclasses import dataclass

from anyascii import anyascii

# Figures must stand alone: what touches other figures is a phone number, a price, a version.
_TOKEN = re.compile(
    r"""
      (?P<iso>(?<![\d/.:-])\d{4}-\d{1,2}-\d{1,2}(?![\d/]|[.:-]\d))
    | (?P<full>(?<![\d/.:-])\d{1,2}(?P<sep>[/.-])\d{1,2}(?P=sep)(?:\d{4}|\d{2})(?![\d/]|[.:-]\d))
    | (?P<half>(?<![\d/.:-])(?:\d{1,2}h?/\d{1,2}|\d{1,2}\.\d{1,2})(?![\d/]|[.:-]\d|\s?[€%$]|\s?[ap]\.?m(?![^\W_])))
    | (?P<clock>(?<![\d/.:,])(?:\d{1,2}(?:[:.]\d{2})?\s?(?:am|pm|a\.m\.?|p\.m\.?)(?![^\W_])
                |\d{1,2}\s?[h:]\s?[0-5]\d(?!\d|[^\W_]|:\d)|\d{1,2}h(?![^\W_])))
    | (?P<ordinal>(?<![\d/.:,])\d{1,2}(?:er|r|st|nd|rd|th|º|°|ª|ste|de|e|ème|eme)(?![^\W_]))
    | (?P<number>\d+)
    | (?P<dash>(?<=\w)\s?[-–—‐‑]\s?(?=\d))
    | (?P<word>[^\W\d_]+)
    | (?P<mark>[^\w\s'’`´‘\-‐‑·_])
    """,
    re.VERBOSE | re.IGNORECASE,
)


@dataclass(frozen=True)
class Token:
    """A piece of text: `kind` is iso, full, half, clock, ordinal, number, dash, word or mark; `start`/`end` in
    characters."""

    kind: str
    folded: str
    start: int
    end: int


def tokens(text: str) -> list[Token]:
    """Return the tokens of `text`; apostrophes, spaces and hyphens are left out, but for a dash before figures."""
    return [
        Token(
            str(match.lastgroup if match.lastgroup != "sep" else "full"),
            anyascii(match.group()).lower(),
            *match.span(),
        )
        for match in _TOKEN.finditer(text)
    ]
