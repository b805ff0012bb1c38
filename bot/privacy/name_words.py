"""What a name looks like: which words can be one, and where it ends."""

from __future__ import annotations

import re
from collections.abc import Sequence

from bot.privacy.tokens import Word
from bot.privacy.vocabulary import known, words_of

_LONGEST = 6  # words
_LONGEST_ACRONYM = 5  # letters
_MOST_LOWER = 3  # words of a name typed without capitals
_JOINED = re.compile(r" {0,2}-? ?|['’]| ['’]")
_AFTER_INITIAL = re.compile(r"\. ?")


def is_given(word: Word) -> bool:
    """Whether a word is known as a given name; one that is a common word too must have its capital."""
    if word.folded not in words_of("given_names") or word.folded in known("names", "never"):
        return False
    return word.capital or word.folded not in words_of("common")


def is_plainly(word: Word) -> bool:
    """Whether a word with a capital is no word of the language, no place and no people: it can hardly be but a name."""
    if not word.capital or len(word.written) == 1 or _is_acronym(word):
        return False
    return not (_is_other(word) or word.folded in words_of("places") or word.folded in words_of("peoples"))


def may_be_introduced(word: Word) -> bool:
    """Whether a word can be a name after "je m'appelle"."""
    if word.has_digit or word.folded in known("names", "never"):
        return False
    return word.capital or word.folded in words_of("given_names") or not _is_other(word)


def end(text: str, words: Sequence[Word], at: int) -> int:
    """The index after the last word of the name whose first word, at `at`, is known to be one."""
    last, lower = at, 0 if words[at].capital else 1
    while last + 1 < len(words) and last + 1 - at < _LONGEST and joined(text, words[last], words[last + 1]):
        step = _step(text, words, last + 1)
        lower += sum(not word.capital for word in words[last + 1 : last + 1 + step])
        if not step or lower > _MOST_LOWER:
            break
        last += step
    return last + 1


def joined(text: str, one: Word, other: Word) -> bool:
    """Whether two words stand together as those of a name do."""
    between = text[one.end : other.start]
    if _JOINED.fullmatch(between):
        return True
    return len(one.written) == 1 and one.capital and _AFTER_INITIAL.fullmatch(between) is not None


def particle(text: str, words: Sequence[Word], at: int) -> int:
    """How many words at `at` are such as "de", "van der", with a name after them that is no town; else 0."""
    n = at
    while n < len(words) - 1 and n - at < 3 and words[n].folded in known("names", "particles"):
        if not joined(text, words[n], words[n + 1]):
            return 0
        n += 1
    return n - at if n > at and _continues(words[n]) and not _is_acronym(words[n]) else 0


def _step(text: str, words: Sequence[Word], at: int) -> int:
    """How many words from `at` on belong to a name that has begun."""
    prefix = particle(text, words, at)
    if prefix:
        return prefix + 1
    return 1 if _continues(words[at]) or is_initial(text, words[at]) else 0


def is_initial(text: str, word: Word) -> bool:
    """Whether a word is a capital with a dot after it."""
    return word.capital and len(word.written) == 1 and text[word.end : word.end + 1] == "."


def _continues(word: Word) -> bool:
    if word.has_digit or word.folded in known("names", "never") or word.folded in words_of("places"):
        return False
    return word.capital or word.folded in words_of("given_names") or not _is_other(word)


def _is_acronym(word: Word) -> bool:
    return word.capital and 1 < len(word.written) <= _LONGEST_ACRONYM and word.written.isupper()


def _is_other(word: Word) -> bool:
    return word.folded in words_of("common") or word.folded in known("names", "never")
