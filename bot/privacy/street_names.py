"""Streets' words ("rue", "via", "Lane"), and where the name that goes with one begins or ends."""

from __future__ import annotations

import re
from collections.abc import Sequence

from bot.privacy.tokens import Word
from bot.privacy.vocabulary import known, phrases, words_of

_GAP = re.compile(r"\.? {0,2}|['’]| ?- ?|\. ?")
_LONGEST = 8  # words of a name
_LONGEST_BEFORE = 4  # words of a name before "Street"


def street_word(words: Sequence[Word], at: int) -> int:
    """How many words at `at` are a street's word that goes before its name; 0 where they are none."""
    return phrases("streets", "before").length(words, at) or phrases("streets", "doubtful").length(words, at)


def is_doubtful(words: Sequence[Word], at: int) -> bool:
    """Whether the street's word at `at` has other meanings ("cours", "via")."""
    return phrases("streets", "before").length(words, at) == 0


def name_end(text: str, words: Sequence[Word], street: int, at: int) -> int:
    """The index after the name that begins at `at`, after the street's word; `at` where nothing there is one."""
    doubtful = is_doubtful(words, street)
    end, n = at, at
    while n < len(words) and n - at < _LONGEST and _GAP.fullmatch(text, words[n - 1].end, words[n].start):
        word = words[n]
        small = word.folded in known("streets", "joining")
        if not small and not (_is_first(word, words, at, n, doubtful) if end == at else _goes_on(words, n)):
            break
        n += 1
        if not small:
            end = n
    return end


def name_start(text: str, words: Sequence[Word], street: int) -> int | None:
    """The index where the name begins that stands before "Street" at `street`; None where there is none."""
    word = words[street]
    asks_capital = word.folded in known("streets", "after_doubtful")
    if not asks_capital and word.folded not in known("streets", "after") or asks_capital and not word.capital:
        return None
    first = street
    while first > 0 and street - first < _LONGEST_BEFORE and _GAP.fullmatch(text, words[first - 1].end, words[first].start):
        before = words[first - 1]
        if before.written[0].isdigit() or not before.capital and (word.capital or before.folded in known("names", "never")):
            break
        first -= 1
    return first if first < street else None


def _is_first(word: Word, words: Sequence[Word], at: int, n: int, doubtful: bool) -> bool:
    """Whether a word can be the first of a street's name that says something."""
    if word.has_digit:
        return False
    if not doubtful:
        return n > at or word.folded not in known("names", "never")
    common = word.folded in words_of("common") or word.folded in known("names", "never")
    return not common or word.capital and words[at - 1].folded not in ("cours", "corso", "via", "mail")


def _goes_on(words: Sequence[Word], n: int) -> bool:
    """Whether a name that has begun goes on with the word at `n`."""
    word, before = words[n], words[n - 1]
    if word.has_digit:
        return False
    if before.folded in known("streets", "joining") or before.folded in known("streets", "leading"):
        return True
    if before.folded in words_of("given_names") and word.folded not in words_of("common"):
        return True
    return word.capital and word.folded not in words_of("places") and word.folded not in known("names", "never")
