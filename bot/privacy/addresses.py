"""Postal addresses: a house's number with a street's word and name ("12 rue Pasteur", "via Roma 12", "9 Mill Lane").

A town, a postcode and a street without a number stay.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from bot.privacy import address_parts
from bot.privacy.spans import Span
from bot.privacy.street_names import is_doubtful, name_end, name_start, street_word
from bot.privacy.tokens import Word, cut
from bot.privacy.vocabulary import known, phrases

_NUMBER_GAP = re.compile(r" ?,? ?|,? ?")
_HOUSE = re.compile(r"\d{1,4}(?:bis|ter|quater|[a-z])?|\d{5}", re.IGNORECASE)
_RANGE = re.compile(r" ?[-/] ?")
_MOST_HOUSES = 4  # of "12-14-16 rue Pasteur"
_AFTER = re.compile(
    r"[ ,]{0,3}(?:(?:n|no|nr|nro|num|numero|número|civico|núm)[°º.]{0,2} ?|[n#]?[°º] ?|# ?)?(?P<number>\d{1,4})"
    r"(?:[ -]?(?:bis|ter|quater)\b|/?[A-D]\b|(?-i: [B-D])\b|/\d{1,3}|-\d{1,2}(?!\d))?"
    r"(?!\d|[.,:]\d| \d{3}(?!\d)|\s?(?:h\b|h\d|€|%))",
    re.IGNORECASE,
)
_LOT = re.compile(r"[ ,]{1,3}(?:lote|lot|lt|nave|bloc|bloque|km)\.? ?\d{1,4}\b", re.IGNORECASE)
_YEAR = range(1950, 2050)


def find(text: str) -> Iterator[Span]:
    """All street addresses of `text` that hold a house's number."""
    words = cut(text)
    for at in range(len(words)):
        found = next(filter(None, (way(text, words, at) for way in _WAYS)), None)
        if found:
            start, end = found
            yield Span(address_parts.start(text, start), address_parts.end(text, end), "address")


def _number_first(text: str, words: Sequence[Word], at: int) -> tuple[int, int] | None:
    """ "12 bis rue Pasteur"."""
    size = street_word(text, words, at)
    number = _number_before(text, words, at) if size else None
    if number is None:
        return None
    end = name_end(text, words, at, at + size, numbered=True)
    return (words[number].start, words[end - 1].end) if end > at + size else None


def _number_last(text: str, words: Sequence[Word], at: int) -> tuple[int, int] | None:
    """ "via Roma, 12", "Bahnhofstrasse 1"."""
    if words[at].folded in known("streets", "numbered"):
        return None  # "cité Liège 4000"
    size = street_word(text, words, at)
    end = name_end(text, words, at, at + size, numbered=False) if size else at + 1 if _is_germanic(words[at]) else 0
    if end <= at + size and not (end and not size):
        return None
    after = words[end - 1].end
    match = _AFTER.match(text, after) or _LOT.match(text, after)
    return (words[at].start, match.end()) if match and _is_house(text, words, at, match) else None


def _name_first(text: str, words: Sequence[Word], at: int) -> tuple[int, int] | None:
    """ "9 Mill Lane"."""
    if at + 1 < len(words) and name_start(text, words, at + 1) is not None:
        return None  # "Park Road": the last word is the street's
    first = name_start(text, words, at)
    number = _number_before(text, words, first) if first is not None else None
    if number is None:
        return None
    after = words[at].end
    match = re.compile(rf"\.? (?:{'|'.join(sorted(known('streets', 'directions')))})\b", re.IGNORECASE).match(
        text, after
    )
    return words[number].start, match.end() if match else after


def _name_then_number(text: str, words: Sequence[Word], at: int) -> tuple[int, int] | None:
    """ "Royal Road 12", "Berliner Straße 12"."""
    if not words[at].capital or words[at].folded not in known("streets", "between"):
        return None
    first = name_start(text, words, at)
    match = _AFTER.match(text, words[at].end) if first is not None else None
    if first is None or not match or int(match["number"]) in _YEAR or not _is_house(text, words, at, match):
        return None
    return words[first].start, match.end()


def _whole(text: str, words: Sequence[Word], at: int) -> tuple[int, int] | None:
    """ "5 Grande Rue", "5 Grande Rue de la Guillotière", "Grand-Place 1"."""
    size = phrases("streets", "whole").length(words, at)
    number = _number_before(text, words, at) if size else None
    if number is not None:
        return words[number].start, words[_with_of(text, words, at, at + size) - 1].end
    match = _AFTER.match(text, words[at + size - 1].end) if size and words[at].capital else None
    return (words[at].start, match.end()) if match and _is_house(text, words, at, match) else None


_WAYS = _number_first, _number_last, _name_first, _name_then_number, _whole


def _with_of(text: str, words: Sequence[Word], street: int, at: int) -> int:
    """The index after the name that a street's whole name goes on with: "de la Guillotière"."""
    goes_on = at < len(words) and words[at].folded in known("streets", "of")
    return name_end(text, words, street, at, numbered=True) if goes_on else at


def _is_germanic(word: Word) -> bool:
    ends = tuple(known("streets", "ends"))
    return word.capital and word.folded.endswith(ends) and word.folded not in known("streets", "ends")


def _is_house(text: str, words: Sequence[Word], street: int, match: re.Match[str]) -> bool:
    number = int(match.groupdict().get("number") or 1)
    follows = re.compile(r"\s?\.?([^\W\d_]+)").match(text, match.end())
    if follows and follows.group(1).lower() in known("streets", "units"):
        return False
    return not (number in _YEAR and is_doubtful(words, street)) and not re.match(r"-\d{3}", text[match.end() :])


def _number_before(text: str, words: Sequence[Word], at: int) -> int | None:
    """The index of the house's number that ends right before the word at `at`."""
    n = at - 1
    if n > 1 and words[n].folded in known("streets", "joining"):  # "au 12 de la rue Pasteur"
        n -= 2 if words[n - 1].folded in known("streets", "joining") else 1
        if n < 1 or words[n - 1].folded not in known("streets", "at"):
            return None
    return _first_of_range(text, words, _house(text, words, n)) if n >= 0 and _gap(text, words, n) else None


def _house(text: str, words: Sequence[Word], n: int) -> int | None:
    """The index of the number of which the word at `n` is the end: "12", "12bis", "12 bis"."""
    if n > 0 and words[n].written in known("streets", "bis") and _gap(text, words, n - 1):
        n -= 1
    return n if n >= 0 and _HOUSE.fullmatch(words[n].written) else None


def _first_of_range(text: str, words: Sequence[Word], number: int | None) -> int | None:
    """The index of the first number of "12/14", "12 bis-14"; `number` itself where it is alone."""
    for _ in range(_MOST_HOUSES):
        if not number or not _RANGE.fullmatch(text, words[number - 1].end, words[number].start):
            break
        first = _house(text, words, number - 1)
        if first is None:
            break
        number = first
    return number


def _gap(text: str, words: Sequence[Word], at: int) -> bool:
    return _NUMBER_GAP.fullmatch(text, words[at].end, words[at + 1].start) is not None
