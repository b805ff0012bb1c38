"""Numbers that lead to a person: phones, cards, national numbers; and those that do not.

A text is cut into groups of digits; neighbouring groups are tried together, the most first. So the work
is bounded whatever the text.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

from bot.privacy import cards, national, phones, plain
from bot.privacy.spans import Span

_GROUP = re.compile(r"\d+")
_GAP = re.compile(r" ?[-./()_]{0,2} ?")
_LINE_END = re.compile(r" ?[-./]? ?\n ?")
_POSTCODE = 5  # digits
_NO_LIST = 11  # digits over two lines that pass a check are one number
_FRENCH_PAIRS = re.compile(r"(?<!\d)0 ?[1-9](?:[ .,;:*·_/\n-]{1,3}\d\d){4}(?!\d)")
_SHORTEST, _LONGEST = 7, 19  # digits: a phone of Mauritius, a card
_MOST_GROUPS = 11
_LOOK_BACK = 40  # characters, to see whether a word announces a number


@dataclass(frozen=True)
class Group:
    """Digits written together, at `start` to `end`."""

    start: int
    end: int
    digits: str


def find(text: str) -> Iterator[Span]:
    """All phones, cards and national numbers made of digits in `text`."""
    stays = plain.paired(text)
    for match in _FRENCH_PAIRS.finditer(text):
        of_days = any(start <= match.start() < end for start, end in stays)
        if match.group().count("\n") <= 1 and not of_days:  # more are a list
            yield Span(match.start(), match.end(), "phone")
    runs = list(_runs(text))
    for run in runs:
        yield from _in_run(text, run)
    for run, following in pairwise(runs):
        yield from _over_two_lines(text, run, following)


def _runs(text: str) -> Iterator[list[Group]]:
    """Groups that only separators part; what is plainly something else ends a run."""
    stays = plain.spans(text)
    run: list[Group] = []
    for match in _GROUP.finditer(text):
        group = Group(match.start(), match.end(), match.group())
        kept = any(start <= group.start < end for start, end in stays)
        if run and (kept or not _GAP.fullmatch(text, run[-1].end, group.start)):
            yield run
            run = []
        if not kept:
            run.append(group)
    if run:
        yield run


def _over_two_lines(text: str, run: list[Group], following: list[Group]) -> Iterator[Span]:
    """Numbers that a line's end breaks; what is whole on its line has been found already."""
    last, first = run[-1], following[0]
    if not _LINE_END.fullmatch(text, last.end, first.start):
        return
    if len(last.digits) == len(first.digits) == _POSTCODE:
        return
    yield from (span for span in _in_run(text, run + following) if not _is_list(text, span))


def _is_list(text: str, span: Span) -> bool:
    """Whether digits over two lines are more likely several numbers, one a line."""
    written = text[span.start : span.end]
    if written.startswith(("0", "+", "(")) or sum(map(str.isdigit, written)) >= _NO_LIST:
        return False
    return not phones.is_announced(_before(text, span.start))


def _before(text: str, start: int) -> str:
    return text[max(0, start - _LOOK_BACK) : start]


def _in_run(text: str, run: list[Group]) -> Iterator[Span]:
    first = 0
    while first < len(run):
        last, span = _longest(text, run, first)
        if span:
            yield span
        first = last + 1


def _longest(text: str, run: list[Group], first: int) -> tuple[int, Span | None]:
    """The most groups from `first` on that make one number, with the index of its last group."""
    windows = _windows(run, first)
    # A French number is whole with its tenth digit, whatever follows ("06… 69100 Villeurbanne").
    exact = [window for window in windows if phones.is_french(window[1])]
    for last, digits in exact + windows[::-1]:
        groups = run[first : last + 1]
        start, end = _start(text, groups[0].start), groups[-1].end
        kind = _kind(text[start:end], digits, [group.digits for group in groups], _before(text, start))
        if kind:
            return last, Span(start, end, kind)
    return first, None


def _windows(run: list[Group], first: int) -> list[tuple[int, str]]:
    """Rows of digits that could be a number: the index of the last group, and all digits from `first` on."""
    windows: list[tuple[int, str]] = []
    digits = ""
    for last in range(first, min(len(run), first + _MOST_GROUPS)):
        digits += run[last].digits
        if len(digits) > _LONGEST:
            break
        if len(digits) >= _SHORTEST:
            windows.append((last, digits))
    return windows


def _start(text: str, start: int) -> int:
    """Where the number begins, with its plus sign or bracket."""
    match = re.search(r"(?:\+ ?\(?|\(\+?)$", text[max(0, start - 3) : start])
    return start - len(match.group()) if match else start


def _kind(written: str, digits: str, groups: list[str], before: str) -> str | None:
    if phones.is_french(digits):
        return "phone"
    if national.is_one(written, digits):
        return "national-number"
    if cards.is_one(digits):
        return "card"
    return "phone" if phones.is_one(written, groups, before) else None
