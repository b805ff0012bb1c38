"""Words of a text with where they stand, and the sequences of them that may be a name."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from bot.knowledge.place_keys import join
from bot.knowledge.text import fold

_WORD = re.compile(r"[^\W_]+")
_INSIDE_A_NAME = re.compile(r"[\s\-‐-―'’ʼ`.]*(?:/\s*)?")
LONGEST_NAME = 8


@dataclass(frozen=True)
class Token:
    """One word: its span in the text, as written, and folded to lower case ASCII."""

    start: int
    end: int
    raw: str
    word: str
    joined: bool  # nothing but blanks, hyphens and apostrophes stands between it and the word before


def tokens(text: str) -> list[Token]:
    """The words of `text`; "s/" before a word reads "sur"."""
    found: list[Token] = []
    end = 0
    for match in _WORD.finditer(text):
        word = fold(match.group())
        if word == "s" and text[match.end() : match.end() + 1] == "/":
            word = "sur"
        elif word == "s" and found and found[-1].raw == "s" and text[match.start() - 1] == "/":
            found[-1] = replace(found[-1], word="sous", end=match.end())  # "s/s"
            end = match.end()
            continue
        if word:
            found.append(
                Token(
                    match.start(),
                    match.end(),
                    match.group(),
                    word.replace(" ", ""),
                    bool(found) and _INSIDE_A_NAME.fullmatch(text, end, match.start()) is not None,
                )
            )
            end = match.end()
    return found


def sequences(words: list[Token], start: int) -> Iterator[tuple[int, str]]:
    """Pairs (end, key) of the sequences of words that begin at `start`, longest first."""
    last = start + 1
    while last < len(words) and last - start < LONGEST_NAME and words[last].joined:
        last += 1
    for end in range(last, start, -1):
        yield end, join(word.word for word in words[start:end])
