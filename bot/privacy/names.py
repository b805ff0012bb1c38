"""Names that people give as names: "je m'appelle …", "mi chiamo …", "mon fils s'appelle …", "Mme …", "Nom : …".

A name that is only mentioned is not looked for: too many are those of streets, schools, trades.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence

from bot.privacy import name_words
from bot.privacy.spans import Span
from bot.privacy.tokens import Word, cut
from bot.privacy.vocabulary import known, listed, phrases, words_of

_GAP = re.compile(r"[ :,'’\"«»“”=-]{0,4}")
_FORM = re.compile(r"\.{0,2} ?[:=] ?")
_TITLE_GAP = re.compile(r"\.? {1,2}|\.")
_MOST_FILLERS = 3
_SECOND = re.compile(r" ?(?:,|\.|;|!|\n|$)| (?:et|and|y|e|j|i)\b")


def find(text: str) -> Iterator[Span]:
    """All names introduced in `text`."""
    words = cut(text)
    at = 0
    while at < len(words):
        first, end = _named(text, words, at)
        if end:
            yield Span(words[first].start, words[end - 1].end, "name")
        at = max(at + 1, end)


def _named(text: str, words: Sequence[Word], at: int) -> tuple[int, int]:
    """The words, from the first to the one after the last, of the name that is introduced at `at`; else (0, 0)."""
    for way in (_titled, _of_form, _introduced, _of_person, _nicknamed, _presented, _mentioned):
        found = way(text, words, at)
        if found[1]:
            return found
    return 0, 0


def _titled(text: str, words: Sequence[Word], at: int) -> tuple[int, int]:
    """ "Mme Rousseau", "señora Benítez"."""
    size = phrases("names", "titles").length(words, at)
    asks_capital = not size
    if asks_capital and words[at].written not in listed("names", "written_titles"):
        return 0, 0
    first = at + max(size, 1)
    if first == len(words) or not _TITLE_GAP.fullmatch(text, words[first - 1].end, words[first].start):
        return 0, 0
    if words[first].folded in known("names", "roles") or asks_capital and not words[first].capital:
        return 0, 0
    if text[words[first - 1].end : words[first].start] == "." and len(words[first].written) == 1:
        return 0, 0  # "D.P.R. 445/2000"
    if words[first].folded in ("la", "le") and not words[first].capital:
        return 0, 0  # "Madame la Directrice"
    if _is_anybody(words, at) and words[first].folded in known("names", "particles"):
        return 0, 0  # "una señora de Dakar"
    doubtful = words[at].folded in known("names", "doubtful_titles")
    return _name(text, words, first, _known_or_capital if doubtful else name_words.may_be_introduced)


def _is_anybody(words: Sequence[Word], at: int) -> bool:
    """Whether an article before the word at `at` tells that it is of no one in particular."""
    return at > 0 and words[at - 1].folded in known("names", "indefinite")


def _of_form(text: str, words: Sequence[Word], at: int) -> tuple[int, int]:
    """ "Nom : Dupont", and "prénom julie" where no colon is."""
    size = phrases("names", "labels").length(words, at)
    after = at + size
    if not size or after == len(words):
        return 0, 0
    if _FORM.fullmatch(text, words[after - 1].end, words[after].start):
        return _name(text, words, after, name_words.may_be_introduced)
    if text[words[after - 1].end : words[after].start] != " ":
        return 0, 0
    return _name(text, words, after, _likely if words[at].capital else _known_or_rare)


def _introduced(text: str, words: Sequence[Word], at: int) -> tuple[int, int]:
    size = phrases("names", "introductions").length(words, at)
    return _after(text, words, at + size, name_words.may_be_introduced) if size else (0, 0)


def _presented(text: str, words: Sequence[Word], at: int) -> tuple[int, int]:
    size = phrases("names", "presentations").length(words, at)
    if not size or at and phrases("names", "nouns").length(words, at - 1):
        return 0, 0
    first, end = _after(text, words, at + size, _likely)
    if not end or name_words.is_given(words[first]) or end - first > 1 or _SECOND.match(text, words[end - 1].end):
        return first, end
    return 0, 0


def _nicknamed(text: str, words: Sequence[Word], at: int) -> tuple[int, int]:
    for section, is_name in ("nicknames", _known_or_capital), ("calls", _known_or_rare):
        size = phrases("names", section).length(words, at)
        if size:
            return _after(text, words, at + size, is_name)
    return 0, 0


def _mentioned(text: str, words: Sequence[Word], at: int) -> tuple[int, int]:
    size = phrases("names", "mentions").length(words, at)
    return _after(text, words, at + size, _known_and_no_place) if size else (0, 0)


def _of_person(text: str, words: Sequence[Word], at: int) -> tuple[int, int]:
    """ "mon fils Enzo", "ma fille s'appelle inès"."""
    if words[at].folded not in known("names", "people"):
        return 0, 0
    size = phrases("names", "called").length(words, at + 1) if at + 1 < len(words) else 0
    after = at + 1 + size
    if size > 1:
        return _after(text, words, after, name_words.may_be_introduced)
    if after < len(words) and words[after].folded in known("names", "copulas"):
        return _after(text, words, after + 1, name_words.is_given)
    owned = any(word.folded in known("names", "possessives") for word in words[max(0, at - 2) : at])
    return _after(text, words, after, _known_or_rare) if owned else (0, 0)


def _after(text: str, words: Sequence[Word], at: int, is_name: Callable[[Word], bool]) -> tuple[int, int]:
    """The name at `at`, or behind a few small words such as "est" and "c'est"."""
    for first in range(at, min(len(words), at + _MOST_FILLERS + 1)):
        if not _GAP.fullmatch(text, words[first - 1].end, words[first].start):
            break
        if words[first].folded not in known("names", "fillers"):
            return _name(text, words, first, is_name)
    return 0, 0


def _name(text: str, words: Sequence[Word], at: int, is_name: Callable[[Word], bool]) -> tuple[int, int]:
    prefix = name_words.particle(text, words, at)
    if not words[at].capital and (is_name is not name_words.may_be_introduced or words[at].folded in ("e", "y")):
        prefix = 0  # "soy de Andorra", "il mio nome è Anna"
    if prefix and is_name(words[at + prefix]):
        return at, name_words.end(text, words, at + prefix)
    return (at, name_words.end(text, words, at)) if is_name(words[at]) else (0, 0)


def _likely(word: Word) -> bool:
    """A given name, or a word that is plainly none of the language, and not of where somebody is from."""
    if name_words.is_given(word):
        return True
    return name_words.is_plainly(word) and not word.folded.endswith(listed("names", "endings"))


def _known_and_no_place(word: Word) -> bool:
    return name_words.is_given(word) and word.folded not in words_of("places")


def _known_or_capital(word: Word) -> bool:
    return name_words.is_given(word) or word.capital and word.folded not in known("names", "never")


def _known_or_rare(word: Word) -> bool:
    return name_words.is_given(word) or name_words.is_plainly(word)
