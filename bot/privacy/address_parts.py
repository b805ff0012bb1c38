"""What goes with a house's number: flat, staircase, floor."""

from __future__ import annotations

import re
from functools import lru_cache

from bot.privacy.tokens import fold
from bot.privacy.vocabulary import either

_LONGEST_BEFORE = 30  # characters of "Flat 3B, "
_LONGEST_AFTER = 60  # characters of ", bât. C, 3e étage, porte 12"


def start(text: str, at: int) -> int:
    """Where an address that begins at `at` really begins: with "Flat 3," before it."""
    match = _before().search(fold(text[max(0, at - _LONGEST_BEFORE) : at]))
    return at - len(match.group()) if match else at


def end(text: str, at: int) -> int:
    """Where an address whose number or name ends at `at` really ends: with "3º B" or "bât. C" after it."""
    match = _after().match(fold(text[at : at + _LONGEST_AFTER]))
    return at + match.end() if match else at


@lru_cache(maxsize=1)
def _before() -> re.Pattern[str]:
    part = rf"(?:{either('streets', 'parts')})\.? ?(?:[a-z]|\d{{1,4}}[a-z]?)"
    return re.compile(rf"(?:\b{part}[ ,]{{1,3}}){{1,2}}$")


@lru_cache(maxsize=1)
def _after() -> re.Pattern[str]:
    part = rf"(?:{either('streets', 'parts')})\.? ?(?:\d{{1,4}}[a-z]?|[a-z]|{either('streets', 'floors')}|der)\b"
    ordinal = r"\d{1,2}(?:\.?[ºª°]|e|er|ere|eme|th|st|nd|rd)?\.?"
    floor = rf"{ordinal} ?(?:(?:{either('streets', 'floors')}|[a-d])\b|\d[ªº])|\d{{1,2}}\.?[ºª°]"
    return re.compile(rf"(?:[ ,-]{{1,3}}(?:{part}|{floor}|(?:{either('streets', 'alone')})\b)){{1,4}}")
