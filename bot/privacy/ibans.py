"""Bank accounts in the international form."""

from __future__ import annotations

import re
from collections.abc import Iterator

from stdnum import iban

from bot.privacy.spans import Span

_BEGINNING = re.compile(r"(?<![A-Za-z0-9])[A-Za-z]{2}[ .\n-]{0,3}\d{2}(?=[ .\n-]{0,3}[A-Za-z0-9])")
_GAP = re.compile(r"[ .\n-]{0,3}")  # as copied from a bank's paper: wide, dotted, over two lines
# Characters by country (ISO 13616 registry): an account of the right length is one even if a digit is mistyped.
_LENGTHS = {
    "FR": 27, "MC": 27, "BE": 16, "CH": 21, "IT": 27, "SM": 27, "ES": 24, "AD": 24, "PT": 25, "LU": 20, "MU": 30,
    "DE": 22, "GB": 22, "NL": 18, "IE": 22, "PL": 28, "RO": 24, "TN": 24,
}  # fmt: skip
_MOSTLY = 0.7  # digits: what follows is no sentence
_LONGEST = 34  # characters of an account, without separators (ISO 13616)
_SHORTEST = 15


def find(text: str) -> Iterator[Span]:
    """All accounts of `text`: the country and its length must agree, or the check digits."""
    for match in _BEGINNING.finditer(text):
        end = _end(text, match.start())
        if end:
            yield Span(match.start(), end, "iban")


def _end(text: str, start: int) -> int | None:
    """Where the account that begins at `start` ends, or None when there is no valid one."""
    account = ""
    at = start
    while len(account) < _LONGEST and text[at : at + 1].isascii() and text[at : at + 1].isalnum():
        account += text[at]
        at += 1
        if not text[at : at + 1].isalnum() and _is_one(account):
            return at
        gap = _GAP.match(text, at)
        at = gap.end() if gap else at
    return None


def _is_one(account: str) -> bool:
    if len(account) < _SHORTEST:
        return False
    return _looks_like_one(account) or iban.is_valid(account, check_country=False)


def _looks_like_one(account: str) -> bool:
    digits = sum(map(str.isdigit, account))
    return len(account) == _LENGTHS.get(account[:2].upper()) and digits > len(account) * _MOSTLY
