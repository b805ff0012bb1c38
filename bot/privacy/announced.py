"""Numbers that a word before them tells to be personal: whatever their form, and also where their check is wrong."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from bot.privacy import plain
from bot.privacy.spans import Span
from bot.privacy.tokens import fold
from bot.privacy.vocabulary import either

# Groups of digits, with no more than three letters before, between or after them.
_DOCUMENT = (
    r"[a-z]{0,3} ?\d(?:[\dx]|[ ./-]{1,2}(?=\d)|(?<=\d)[a-z]{1,2}(?![a-z])|(?<=\d) ?[a-z]{2}(?=\d)){3,24}(?![a-z])"
)
_PHONE = r"[+(]{0,2}\d(?:[ ./()_,-]{0,3}\d){6,14}(?![\d])"
_CARD = r"(?:\d{4}[ -]?){3}\d{4}(?!\d)|\d(?:[ -]?\d){12,18}(?!\d)"
# As above, but longer and wider apart; a few letters stand right before digits ("3M02").
_ACCOUNT = r"(?:[a-z]{2})?\d(?:[ .-]{0,3}(?:[a-z]{1,3}(?=\d)|\d)){9,33}(?![a-z\d])"
_FEWEST = 5  # digits of a document's number
_FEWEST_AFTER_DOUBTFUL = 7  # after what means other things too: "sin 20000 euros", "I run 10000 metres"
_FEWEST_OF_ACCOUNT = 11
_ABROAD = re.compile(r"\d{1,3}(?:[ .,]\d{3}){1,3}")
_DATE = re.compile(r"\d{1,2}([/. -])\d{1,2}\1(?:19|20)?\d{2}|(?:19|20)\d{2} ?[-/] ?(?:19|20)\d{2}")


def documents(text: str) -> Iterator[Span]:
    """Numbers of identity papers and of social security."""
    for section, fewest in ("documents", _FEWEST), ("doubtful_documents", _FEWEST_AFTER_DOUBTFUL):
        for start, end, written in _found(text, section, _DOCUMENT):
            if sum(map(str.isdigit, written)) >= fewest and not _DATE.match(written):
                yield Span(start, end, "national-number")


def accounts(text: str) -> Iterator[Span]:
    """Bank accounts in the form of their country, or with a fault in the international one."""
    for start, end, written in _found(text, "accounts", _ACCOUNT):
        if sum(map(str.isdigit, written)) >= _FEWEST_OF_ACCOUNT and not _DATE.match(written):
            yield Span(start, end, "iban")


def cards(text: str) -> Iterator[Span]:
    """Payment cards."""
    yield from (Span(start, end, "card") for start, end, _ in _found(text, "cards", _CARD))


def phones(text: str) -> Iterator[Span]:
    """Phones: seven digits at least that are no date and no sum."""
    for start, end, written in _found(text, "phones", _PHONE):
        if not (_ABROAD.fullmatch(written) or _DATE.match(written)):
            yield Span(start, end, "phone")


def _found(text: str, section: str, form: str) -> Iterator[tuple[int, int, str]]:
    stays = plain.spans(text)
    for match in _after(section, form).finditer(fold(text)):
        if not any(start <= match.start(1) < end for start, end in stays):
            yield match.start(1), match.end(1), match.group(1)


@cache
def _after(section: str, form: str) -> re.Pattern[str]:
    """The form after a word of the section and at most four small words."""
    labels, between = either("numbers", section), either("numbers", "between")
    return re.compile(rf"\b(?:{labels})\b[^\w\n+(]{{0,4}}(?:(?:{between})\b[^\w\n+(]{{1,4}}){{0,4}}({form})")
