"""Bank accounts in the international form."""

from __future__ import annotations

import re
from collections.abc import Iterator

from stdnum import iban

from bot.privacy.spans import Span

_BEGINNING = re.compile(r"(?<![A-Za-z0-9])[A-Za-z]{2} ?\d{2}(?=[ -]?[A-Za-z0-9])")
_LONGEST = 34  # characters of an account, without separators (ISO 13616)
_SHORTEST = 15


def find(text: str) -> Iterator[Span]:
    """All valid accounts of `text`: the check digits, the country and its length must agree."""
    for match in _BEGINNING.finditer(text):
        end = _end(text, match.start())
        if end:
            yield Span(match.start(), end, "iban")


def _end(text: str, start: int) -> int | None:
    """Where the account that begins at `start` ends, or None when there is no valid one."""
    account = ""
    for at in range(start, min(len(text), start + 2 * _LONGEST)):
        char = text[at]
        if char in " -":
            continue
        if not (char.isascii() and char.isalnum()) or len(account) == _LONGEST:
            return None
        account += char
        if (
            len(account) >= _SHORTEST
            and not text[at + 1 : at + 2].isalnum()
            and iban.is_valid(account, check_country=False)
        ):
            return at + 1
    return None
