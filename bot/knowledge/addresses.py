"""Whether a text holds a street address, and which part of it that is.

Words are those of `data/places/streets.yml`. Nothing but the part found is ever looked up elsewhere.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from bot.knowledge.paths import DATA
from bot.knowledge.place_codes import is_postcode
from bot.knowledge.place_tokens import Token, tokens
from bot.knowledge.place_words import place_words
from bot.knowledge.text import fold
from bot.knowledge.yamlfile import read_yaml

_LONGEST_TEXT = 400
_LONGEST = 12  # words of an address
_LONGEST_NAME = 4  # words of a street's name that stand before "Street"
_NUMBER_PARTS = frozenset({"bis", "ter", "quater", "a", "b", "c"})
_ENDS_AT = ".!?;\n:[]()"


@dataclass(frozen=True)
class _Streets:
    before: frozenset[str]
    after: frozenset[str]
    ends: tuple[str, ...]
    stops: frozenset[str]


def address_in(text: str) -> str | None:
    """The address that a text holds, as written: "12 bis rue Pasteur, 69007 Lyon"; None when there is none.

    A street's word and a house number, or a postcode, must stand together: "la rue" is none. It ends at the
    sentence's end, at a mask ("[phone]"), at a word such as "et", and after twelve words.
    """
    text = text[:_LONGEST_TEXT]
    words = tokens(text)
    for at in range(len(words)):
        start = _start(words, at)
        if start is not None and (end := _end(text, words, start, at)) > at + 1:
            return text[words[start].start : words[end - 1].end]
    return None


def _start(words: Sequence[Token], at: int) -> int | None:
    """Where the address of the street word at `at` begins; None when it is no street's, or nothing numbers it."""
    word, streets = words[at].word, _streets()
    if word in streets.before:
        number = _number_before(words, at)
        return number if number is not None else at if _numbered_after(words, at) else None
    if word in streets.after:
        numbers = [n for n in range(max(0, at - _LONGEST_NAME - 1), at) if _is_number(words[n].word)]
        return numbers[0] if numbers and numbers[0] < at - 1 else None
    if word.endswith(streets.ends) and len(word) > max(map(len, streets.ends)):
        return at if at + 1 < len(words) and _is_number(words[at + 1].word) else None
    return None


def _number_before(words: Sequence[Token], at: int) -> int | None:
    for start in (at - 1, at - 2):
        if start >= 0 and _is_number(words[start].word):
            return start if start == at - 1 or words[at - 1].word in _NUMBER_PARTS else None
    return None


def _numbered_after(words: Sequence[Token], at: int) -> bool:
    """Whether a house number (southern Europe) or a postcode follows the street's name."""
    after = [word.word for word in words[at + 2 : at + 2 + _LONGEST_NAME + 2]]
    units = place_words().units
    return any(
        (_is_number(word) or len(word) >= 4 and is_postcode(word)) and units.isdisjoint(after[n + 1 : n + 2])
        for n, word in enumerate(after)
    )


def _is_number(word: str) -> bool:
    """Whether a word is a house number: "12", "12b"."""
    return word[0].isdigit() and len(word) <= 4 and (word.isdigit() or word[:-1].isdigit())


def _end(text: str, words: Sequence[Token], start: int, street: int) -> int:
    end = start + 1
    while end < min(len(words), start + _LONGEST):
        between = text[words[end - 1].end : words[end].start]
        if any(mark in between for mark in _ENDS_AT) or end > street and words[end].word in _streets().stops:
            break
        end += 1
    return end


@lru_cache(maxsize=1)
def _streets() -> _Streets:
    lists = read_yaml(DATA / "places" / "streets.yml").value
    before, after, ends, stops = (
        [fold(part) for part in lists[name].split(",")] for name in ("before", "after", "ends", "stops")
    )
    return _Streets(frozenset(before), frozenset(after), tuple(ends), frozenset(stops))
