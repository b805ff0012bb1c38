"""A text as a row of items, each with the code of what it means in a language (see `date_words`).

Beside the codes of words there are: D a date in figures, d one that may be a fraction or a clock time,
T a clock time, N a number, O an ordinal, Y a year, "~" a dash before figures, "," and "." themselves, ";" any other
mark, "-" any other word.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date
from functools import lru_cache
from typing import Any

from rapidfuzz.distance import OSA
from rapidfuzz.process import extractOne

from bot.knowledge.date_tokens import Token, tokens
from bot.knowledge.date_words import OTHER, Lexicon, Word, lexicon

_YEARS = range(1950, 2100)
_GREATEST = 999
_COUNTED = frozenset("uUh")
_SHORTEST_MISSPELT = 6  # letters


@dataclass(frozen=True)
class Item:
    """One word or phrase: its code and value, and where it stands, in characters."""

    code: str
    value: Any
    start: int
    end: int
    shared: bool
    folded: str


def items(text: str, language: str, mend: bool = True) -> list[Item]:
    """Return the items of `text` read in `language`; `mend` also reads misspelt weekdays and months."""
    words = lexicon(language)
    row = list(_read(tokens(text), words, language if mend else None))
    return [_as_number(row, place, words) if item.code == "j" else item for place, item in enumerate(row)]


def _as_number(row: list[Item], place: int, words: Lexicon) -> Item:
    """The item of a short month, or the number it is too: "depuis sept ans", "às dez"; "le 3 sept" is a month."""
    item = row[place]
    counts = any(words.phrases.get((after.folded,), OTHER).code in _COUNTED for after in row[place + 1 : place + 2])
    if item.folded in words.numbers and (counts or (place and row[place - 1].code == "K")):
        return replace(item, code="N", value=words.numbers[item.folded])
    return item


def has_anchor(text: str, language: str) -> bool:
    """Tell, quickly, whether `text` may hold a word of a date in `language`."""
    return not lexicon(language).anchors.isdisjoint(token.folded for token in tokens(text))


def _read(row: list[Token], words: Lexicon, mend_in: str | None) -> Iterator[Item]:
    place = 0
    while place < len(row):
        length, word = _longest(row, place, words)
        token = row[place]
        if not length:
            length, word = 1, _single(token, mend_in)
        yield Item(word.code, word.value, token.start, row[place + length - 1].end, word.shared, token.folded)
        place += length


def _longest(row: list[Token], place: int, words: Lexicon) -> tuple[int, Word]:
    for length in range(words.longest.get(row[place].folded, 0), 0, -1):
        found = words.phrases.get(tuple(token.folded for token in row[place : place + length]))
        if found and place + length <= len(row):
            return length, found
    return 0, OTHER


def _single(token: Token, mend_in: str | None) -> Word:
    if token.kind == "word":
        return (
            _misspelt(token.folded, mend_in) if mend_in and len(token.folded) >= _SHORTEST_MISSPELT else OTHER
        )
    if token.kind == "mark":
        return Word(token.folded if token.folded in {",", "."} else ";", None, True)
    if token.kind == "number":
        return _number(token.folded)
    if token.kind == "dash":
        return Word("~", None, True)
    return _figures(token)


def _number(digits: str) -> Word:
    if not digits.isdigit() or len(digits) > 4:
        return OTHER
    value = int(digits)
    if len(digits) == 4:
        return Word("Y", value) if value in _YEARS else OTHER
    return Word("N", value) if value <= _GREATEST else OTHER


def _figures(token: Token) -> Word:
    numbers = [int(digits) for digits in re.findall(r"\d+", token.folded)]
    if token.kind == "ordinal":
        return Word("O", numbers[0])
    if token.kind == "clock":
        return _clock(token.folded, numbers)
    if token.kind == "half":
        return Word("d", (numbers[0], numbers[1])) if "h" not in token.folded else OTHER
    day = _full_date(token.kind, numbers)
    return Word("D", day) if day else OTHER


def _clock(written: str, numbers: list[int]) -> Word:
    hour, minute = numbers[0], numbers[1] if len(numbers) > 1 else 0
    marked = "am" if re.search(r"a\.?m", written) else "pm" if re.search(r"p\.?m", written) else None
    if marked and 1 <= hour <= 12:
        hour = hour % 12 + (12 if marked == "pm" else 0)
    elif marked:
        return OTHER
    return Word("T", (hour * 60 + minute, marked is not None)) if hour <= 23 and minute <= 59 else OTHER


def _full_date(kind: str, numbers: list[int]) -> date | None:
    year, month, day = numbers if kind == "iso" else reversed(numbers)
    if month > 12 >= day:
        month, day = day, month
    try:
        found = date(year if year > 99 else 2000 + year, month, day)
    except ValueError:
        return None
    return found if found.year in _YEARS else None


@lru_cache(maxsize=4096)
def _misspelt(word: str, language: str) -> Word:
    words = lexicon(language)
    candidates = [name for name in words.spellings if name[0] == word[0]]
    best = extractOne(word, candidates, scorer=OSA.distance, score_cutoff=1)
    return words.phrases[(best[0],)] if best else OTHER
