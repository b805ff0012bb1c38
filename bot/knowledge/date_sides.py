"""Whether a day is named to look to one side of it: "avant le 15", "from Monday on", "by Friday"."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from bot.knowledge.date_lexer import Item
from bot.knowledge.date_pieces import Piece
from bot.knowledge.date_tokens import Token, tokens
from bot.knowledge.date_words import LANGUAGES, Lexicon, lexicon

_SMALL = frozenset("AFXEKQibs")
"""Codes of the words with which a piece may begin that are no part of its name."""
_FURTHEST = 40  # characters looked back at


def side(text: str, row: Sequence[Item], piece: Piece, words: Lexicon) -> str | None:
    """Return "before", "after", "from" or "until" (the day itself included), or None: the days alone are meant.

    `row` are the items of `text`. An hour has its own sides, and a range both ends of which are said has none.
    """
    if piece.hours or piece.instant or piece.closed:
        return None
    name = next((item for item in row[piece.first : piece.last] if item.code not in _SMALL), row[piece.last])
    told = _told(text, name.start, words)
    ends = name.code == "e" and name.value == "end"
    return "until" if told and told[0] == "before" and ends else told and told[0]  # "avant fin mars"


def beginning(text: str, start: int, language: str) -> int:
    """Return the character where the words that tell a side of the day at `start` begin; `start` without any."""
    told = _told(text, start, lexicon(language)) if language in LANGUAGES else None
    return told[1] if told else start


def _told(text: str, end: int, words: Lexicon) -> tuple[str, int] | None:
    """The side that the words before `end` tell, and where they begin; articles and "day" are passed over.

    The longest phrase counts.
    """
    before = _before(text, end)
    longest = max(map(len, words.sides), default=0)
    for stop in range(len(before), 0, -1):
        for start in range(max(0, stop - longest), stop):
            if found := words.sides.get(tuple(token.folded for token in before[start:stop])):
                return found, before[start].start
        if not _is_passed_over(before[stop - 1].folded, words):
            return None
    return None


def _before(text: str, end: int) -> list[Token]:
    begin = max(0, end - _FURTHEST)
    found = [replace(token, start=begin + token.start, end=begin + token.end) for token in tokens(text[begin:end])]
    return found[1:] if begin else found  # the first may be cut


def _is_passed_over(word: str, words: Lexicon) -> bool:
    known = words.phrases.get((word,))
    return word in words.day_names or known is not None and known.code == "A"
