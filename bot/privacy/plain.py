"""Numbers that are nobody's: dates, hours, sums, and the numbers of firms and of offers of work."""

from __future__ import annotations

import re
from functools import lru_cache

from bot.privacy.tokens import fold
from bot.privacy.vocabulary import either

_YEAR = r"(?:19|20)\d{2}"
_MONTH = r"(?:0?[1-9]|1[0-2])"
_MONTH_OF_YEAR = rf"{_MONTH}[/.-]{_YEAR}"
_SHORT_DAY = rf"(?:0?[1-9]|[12]\d|3[01])[/.]{_MONTH}[/.]\d\d"
_HOUR = r"(?:[01]?\d|2[0-4])\.[0-5][05]"
# "01/09/23-30/06/24", "9.00-12.30"; not "06.30-12.30 45".
_FROM_TO = rf"(?:{_SHORT_DAY}[ ]?-[ ]?{_SHORT_DAY}|{_HOUR}[ ]?-[ ]?{_HOUR}(?![.]|[ ]\d\d(?![.\d])))"
_PAIRED = re.compile(rf"(?<!\d){_FROM_TO}(?!\d)")
_THOUSANDS = r"[1-9]\d{0,2}[ .]\d{3}"
_UNITS = (
    r"€|\$|£|k?eur\b|k?euros?\b|chf\b|francs?\b|fr\b|cad\b|clp\b|mur\b|dollars?\b|pesos?\b|roupies?\b|rupees?\b"
    r"|habitants?\b|personnes?\b|people\b|personas?\b|persone\b|pessoas?\b|brut|net\b"
)


def spans(text: str) -> list[tuple[int, int]]:
    """Where such numbers stand in `text`, with the words that tell what they are."""
    return [match.span() for match in _form().finditer(fold(text))]


def paired(text: str) -> list[tuple[int, int]]:
    """Where days or hours stand of which the pairs of digits look like a French phone's."""
    return [match.span() for match in _PAIRED.finditer(text)]


@lru_cache(maxsize=1)
def _form() -> re.Pattern[str]:
    firms, offers = either("numbers", "firms"), either("numbers", "offers")
    return re.compile(
        rf"""
        (?<!\d) (?:
            \d{{1,2}} ([/.-]|\ ) \d{{1,2}} \1 {_YEAR}
          | {_YEAR} ([/.-]) \d{{1,2}} \2 \d{{1,2}}
          | {_YEAR} \s?[-/]\s? {_YEAR}
          | {_MONTH_OF_YEAR} \s?[-/]\s? {_MONTH_OF_YEAR}
          | {_MONTH_OF_YEAR} (?![/.-]\d)
          | {_FROM_TO}
          | \d{{1,2}} \s?[h:]\s? \d{{2}}
        ) (?!\d)
      | uai\b \W{{0,3}} \d{{7}}
      | \b(?:siren|siret|rcs|ape|naf|tva)\b [^\d\n]{{0,12}} (?!0[1-9]\d{{8}}(?!\d)) \d[\d ]{{3,18}}
      | \b(?:{firms})\b [^\w,;\n+]{{0,3}} \d(?:[ .-]?\d){{6,13}} (?!\d)
      | \bche-? \d{{3}}\.?\d{{3}}\.?\d{{3}} (?!\d)
      | \b(?:{offers})\b [^\w,;\n+]{{0,3}} (?:(?:n|no|nr|num|numero|ref|reference)\b\W{{1,3}})? [1-9]\d{{5,7}} (?!\d)
      | (?<![\d+]) {_THOUSANDS} [ ]?-[ ]? {_THOUSANDS} (?![ .]?\d)
      | (?<![\d+]) \d{{1,3}} (?:[ .,']\d{{3}}){{1,4}} (?:[.,]\d{{1,2}})? \s? (?:{_UNITS})
        """,
        re.VERBOSE,
    )
