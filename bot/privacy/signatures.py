"""Names with which people begin or end what they write: "Cordialement, Jeanne Petit", "Jeanne Petit, 34 ans"."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from bot.privacy import name_words
from bot.privacy.spans import Span
from bot.privacy.tokens import Word, cut
from bot.privacy.vocabulary import phrases, words_of

_LONGEST = 5  # words
_PARTED = re.compile(r"\s*[,.!;:\n-]\s*")
_LINE_END = re.compile(r"[ .!,)-]*(?:\n|$)")
_LINE_START = re.compile(r"(?:^|\n)[ \t\"«-]*$")
_AGE = re.compile(r" ?, ?(?:\d{1,2}\b|\[)")
_COMMA = re.compile(r" ?(?:[,;:\n]|$)")


def find(text: str) -> Iterator[Span]:
    """The names that close or open a letter, or a line of it."""
    words = cut(text)
    for at in range(len(words)):
        found = _closing(text, words, at) or _opening(text, words, at) or _last_line(text, words, at)
        if found:
            yield Span(words[found[0]].start, words[found[1] - 1].end, "name")


def _closing(text: str, words: Sequence[Word], at: int) -> tuple[int, int] | None:
    size = phrases("names", "closings").length(words, at)
    first = at + size
    if not size or first == len(words):
        return None
    parted = _PARTED.fullmatch(text, words[first - 1].end, words[first].start) is not None
    if not (
        name_words.is_given(words[first])
        or parted
        and name_words.is_plainly(words[first])
        or name_words.is_initial(text, words[first])
    ):
        return None
    end = name_words.end(text, words, first)
    return (first, end) if end - first <= _LONGEST and _LINE_END.match(text, words[end - 1].end) else None


def _last_line(text: str, words: Sequence[Word], at: int) -> tuple[int, int] | None:
    """A given name that is alone on the last of several lines."""
    if not name_words.is_given(words[at]) or words[at].folded in words_of("places"):
        return None
    if "\n" not in text[words[at - 1].end if at else 0 : words[at].start]:
        return None
    end = name_words.end(text, words, at)
    return (at, end) if end == len(words) else None


def _opening(text: str, words: Sequence[Word], at: int) -> tuple[int, int] | None:
    """A given name at the beginning, perhaps after a greeting: with a surname, an age, or "here" after it."""
    if not _opens(text, words, at) or not name_words.is_given(words[at]):
        return None
    end = name_words.end(text, words, at)
    after = words[end - 1].end
    if phrases("names", "present").length(words, end) if end < len(words) else 0:
        return at, end
    if (
        _AGE.match(text, after)
        or end - at > 1
        and words[at].capital
        and words[at + 1].capital
        and _COMMA.match(text, after)
    ):
        return at, end
    return None


def _opens(text: str, words: Sequence[Word], at: int) -> bool:
    if _LINE_START.search(text[max(0, words[at].start - 8) : words[at].start]):
        return True
    return any(phrases("names", "greetings").length(words, at - n) == n for n in (1, 2) if at >= n)
