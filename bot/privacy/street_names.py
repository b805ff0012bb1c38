"""Streets' words ("rue", "via", "Lane"), and where the name that goes with one begins or ends."""

from __future__ import annotations

import re
from collections.abc import Sequence

from bot.privacy.tokens import Word
from bot.privacy.vocabulary import known, phrases, words_of

_GAP = re.compile(r"[./]? {0,2}|['’]| ?- ?")
_LONGEST = 8  # words of a name
_LONGEST_BEFORE = 4  # words of a name before "Street"


def street_word(text: str, words: Sequence[Word], at: int) -> int:
    """How many words at `at` are a street's word that goes before its name; 0 where they are none."""
    size = max(phrases("streets", section).length(words, at) for section in ("before", "doubtful"))
    if size == 1 and (_is_cut_short(words[at]) and not _is_shortened(text, words, at) or _is_body(words, at)):
        return 0
    return size


def is_doubtful(words: Sequence[Word], at: int) -> bool:
    """Whether the street's word at `at` has other meanings ("cours", "via")."""
    return phrases("streets", "before").length(words, at) < phrases("streets", "doubtful").length(words, at)


def name_end(text: str, words: Sequence[Word], street: int, at: int, numbered: bool) -> int:
    """The index after the name that begins at `at`, after the street's word; `at` where nothing there is one.

    `numbered`: a number stands before the word, which in "2 cours Anglais" says little.
    """
    doubt = _doubt(words, street, numbered)
    end, n = at, at
    while n < len(words) and n - at < _LONGEST and _GAP.fullmatch(text, words[n - 1].end, words[n].start):
        word = words[n]
        if _begins_another(words, n):
            break
        if n > at and word.folded in known("streets", "numbering"):
            break  # "calle Los Aromos Nro. 456"
        if dated := _dated(words, n):
            n = end = n + dated
            continue
        small = word.folded in known("streets", "joining") and not (end == at and word.folded == "en")
        if not small and not (_is_first(word, doubt, n > at) if end == at else _goes_on(words, n)):
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
    while (
        first > 0
        and street - first < _LONGEST_BEFORE
        and _GAP.fullmatch(text, words[first - 1].end, words[first].start)
    ):
        before = words[first - 1]
        if not _comes_before(before, word):
            break
        first -= 1
    return first if first < street else None


def _begins_another(words: Sequence[Word], n: int) -> bool:
    """Whether the word at `n` is another street's: "Pasteur avenue Foch", but not "rue du Faubourg Saint-Martin"."""
    is_street = len(words[n].written) > 2 and words[n].folded in known("streets", "before")
    return is_street and words[n - 1].folded not in known("streets", "of")


def _is_cut_short(word: Word) -> bool:
    return len(word.written) == 1 or word.folded in known("streets", "dotted")


def _is_body(words: Sequence[Word], at: int) -> bool:
    """Whether the word at `at` names a Cité of the network and no street: "13001 cité des métiers", "1 Cité Liège"."""
    if words[at].folded not in known("streets", "numbered"):
        return False
    if phrases("streets", "trades").length(words, at + 1):
        return True
    n = at + 1
    while n < len(words) and words[n].folded in known("streets", "joining"):
        n += 1
    return n < len(words) and words[n].folded in words_of("places")


def _is_shortened(text: str, words: Sequence[Word], at: int) -> bool:
    """Whether a letter or a few are short for a street's word: "r. Hugo", "C/ Mayor", "all. Pasteur"."""
    if text[words[at].end : words[at].end + 1] in ("/", "."):
        return True
    numbered = at > 0 and words[at - 1].written.isdigit() and words[at].folded == "r"
    return numbered and at + 1 < len(words) and words[at + 1].folded in known("streets", "joining")


def _dated(words: Sequence[Word], n: int) -> int:
    """How many words at `n` are a day that streets are called after: "8 mai 1945", "25 de abril"."""
    months = known("streets", "months")
    if not words[n].written.isdigit() or len(words[n].written) > 2:
        return 0
    at = n + 2 if n + 1 < len(words) and words[n + 1].folded in ("de", "di") else n + 1
    if at >= len(words) or words[at].folded not in months:
        return 0
    return at + 1 - n + (at + 1 < len(words) and words[at + 1].written in known("streets", "years"))


def _doubt(words: Sequence[Word], street: int, numbered: bool) -> str:
    """How sure it is that a name follows: "number" (a plain street's word after one), "none", "some", "much"."""
    if not is_doubtful(words, street):
        return "number" if numbered else "none"
    alone = numbered and words[street - 1].written == "1"  # "1 place": the only number after which it may be a seat
    return "much" if words[street].folded in known("streets", "very_doubtful") or alone else "some"


def _is_first(word: Word, doubt: str, after_small: bool) -> bool:
    """Whether a word can be the first of a street's name that says something."""
    if word.has_digit or word.folded in known("names", "never") and not word.capital and doubt != "number":
        return False
    if doubt in ("none", "number") or word.folded not in words_of("common"):
        return True
    return word.capital or after_small and doubt == "some"


def _comes_before(word: Word, after: Word) -> bool:
    """Whether a word can be part of the name that goes on with `after`: "King's" of "Court", "baker" of "street"."""
    if word.folded == "s":
        return True
    if word.written[0].isdigit() or word.folded in known("names", "never") and not word.capital:
        return False
    return word.capital or not after.capital


def _goes_on(words: Sequence[Word], n: int) -> bool:
    """Whether a name that has begun goes on with the word at `n`."""
    word, before = words[n], words[n - 1]
    if word.has_digit:
        return False
    if not word.capital and word.folded in known("names", "never"):
        return False
    if before.folded in known("streets", "joining") or before.folded in known("streets", "leading"):
        return True
    if before.folded in words_of("given_names") and word.folded not in words_of("common"):
        return True
    return word.capital and word.folded not in words_of("places") and word.folded not in known("names", "never")
