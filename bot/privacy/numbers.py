"""Numbers that lead to a person: phones, cards, national numbers; and those that do not.

A text is cut into groups of digits; neighbouring groups are tried together, the most first. So the work
is bounded whatever the text.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from bot.privacy import cards, national, phones
from bot.privacy.spans import Span

_GROUP = re.compile(r"\d+")
_GAP = re.compile(r" ?[-./()_]{0,2} ?")
_FRENCH_PAIRS = re.compile(r"(?<!\d)0 ?[1-9](?:[ .,;:*·_/-]{1,3}\d\d){4}(?!\d)")
_SHORTEST, _LONGEST = 7, 19  # digits: a phone of Mauritius, a card
_MOST_GROUPS = 11

# What stays: dates, hours, sums, and the numbers of firms.
_YEAR = r"(?:19|20)\d{2}"
_PLAIN = re.compile(
    rf"""
    (?<!\d) (?:
        \d{{1,2}} ([/.-]|\ ) \d{{1,2}} \1 {_YEAR}
      | {_YEAR} ([/.-]) \d{{1,2}} \2 \d{{1,2}}
      | {_YEAR} \s?[-/]\s? {_YEAR}
      | \d{{1,2}} \s?[h:]\s? \d{{2}}
    ) (?!\d)
  | uai\b \W{{0,3}} \d{{7}}
  | (?:siren|siret|rcs|ape|naf|tva)\b [^\d\n]{{0,12}} \d[\d ]{{3,18}}
  | (?<![\d+]) \d{{1,3}} (?:[ .,']\d{{3}}){{1,4}} (?:[.,]\d{{1,2}})?
      \s? (?:€|\$|£|k?eur\b|k?euros?\b|chf\b|francs?\b|fr\b|cad\b|clp\b|mur\b|dollars?\b|pesos?\b|roupies?\b|rupees?\b
            |habitants?\b|personnes?\b|people\b|personas?\b|persone\b|pessoas?\b|brut|net\b)
    """,
    re.VERBOSE | re.IGNORECASE,
)


@dataclass(frozen=True)
class Group:
    """Digits written together, at `start` to `end`."""

    start: int
    end: int
    digits: str


def find(text: str) -> Iterator[Span]:
    """All phones, cards and national numbers made of digits in `text`."""
    for match in _FRENCH_PAIRS.finditer(text):
        yield Span(match.start(), match.end(), "phone")
    for run in _runs(text):
        yield from _in_run(text, run)


def _runs(text: str) -> Iterator[list[Group]]:
    """Groups that only separators part; what is plainly something else ends a run."""
    plain = [match.span() for match in _PLAIN.finditer(text)]
    run: list[Group] = []
    for match in _GROUP.finditer(text):
        group = Group(match.start(), match.end(), match.group())
        kept = any(start <= group.start < end for start, end in plain)
        if run and (kept or not _GAP.fullmatch(text, run[-1].end, group.start)):
            yield run
            run = []
        if not kept:
            run.append(group)
    if run:
        yield run


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
        kind = _kind(text[start:end], digits, [group.digits for group in groups], text[max(0, start - 40) : start])
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
