"""National numbers of persons, by their own check digits (python-stdnum)."""

from __future__ import annotations

import re
from collections.abc import Iterator

from stdnum.be import nn
from stdnum.ca import sin
from stdnum.ch import ssn
from stdnum.cl import rut
from stdnum.es import dni, nie
from stdnum.it import codicefiscale
from stdnum.mu import nid
from stdnum.pt import nif

from bot.privacy.spans import Span

_KIND = "national-number"
_LETTERED = re.compile(
    r"""
    (?<![A-Za-z0-9]) (?:
        [XYZ] [ -]? \d{7} [ -]? [A-Z]                                          # Spain, foreigners
      | \d{2} [.]? \d{3} [.]? \d{3} [ -]? [A-Z]                                # Spain; Chile where it ends with -K
      | [A-Z]{3} [ ]? [A-Z]{3} [ ]? \w{2} [ ]? [A-Z] \w{2} [ ]? [A-Z] \w{3} [ ]? [A-Z]            # Italy
      | [A-Z] \d{12} [0-9A-Z]                                                 # Mauritius
      | [12378] [ ]? \d{2} [ ]? \d{2} [ ]? 2[AB] [ ]? \d{3} [ ]? \d{3} (?: [ ]? \d{2} )?   # France, born in Corsica
    ) (?![A-Za-z0-9])
    """,
    re.VERBOSE | re.IGNORECASE | re.ASCII,
)
_CHECKS = (dni.is_valid, nie.is_valid, rut.is_valid, codicefiscale.is_valid, nid.is_valid)
# Italy's has a form that nothing else has: a wrong check letter does not matter.
_ITALIAN = re.compile(r"[A-Z]{6}\d{2}[A-EHLMPRST]\d{2}[A-Z]\d{3}[A-Z]", re.IGNORECASE)
_FEWEST_DIGITS = 5  # Italy's may have letters in place of digits, and sentences then pass its check
_CORSICAN = re.compile(r"\d{5}2[AB]\d{6,8}", re.IGNORECASE)
# France: sex, year, month (20 and over where unknown), department, commune, order; then a key that many leave out,
# or get wrong: it is not asked for.
_FRENCH = re.compile(r"[12378]\d{2}(?:0[1-9]|1[0-2]|[2-5]\d)\d{8}(?:\d{2})?")


def find(text: str) -> Iterator[Span]:
    """All national numbers with letters in them."""
    for match in _LETTERED.finditer(text):
        plain = re.sub(r"[ .-]", "", match.group())
        if sum(map(str.isdigit, plain)) < _FEWEST_DIGITS:
            continue
        if _CORSICAN.fullmatch(plain) or _ITALIAN.fullmatch(plain) or any(is_valid(plain) for is_valid in _CHECKS):
            yield Span(match.start(), match.end(), _KIND)


def is_one(written: str, digits: str) -> bool:
    """Whether a row of digits is a national number; `written` is as typed, with its separators."""
    size = len(digits)
    if size in (8, 9) and _is_rut(written):
        return True
    if size == 9:
        return _is_nif(written, digits)
    if size == 11:
        return nn.is_valid(digits)
    if size == 13 and ssn.is_valid(digits):
        return True
    return size in (13, 15) and _FRENCH.fullmatch(digits) is not None


def _is_rut(written: str) -> bool:
    """Chile's, which is always typed with a dash before its check digit."""
    return re.search(r"-\d$", written) is not None and rut.is_valid(written)


def _is_nif(written: str, digits: str) -> bool:
    """Nine digits: Portugal's (those of persons begin with 1, 2, 3), or Canada's in its own grouping."""
    if digits[0] in "123" and nif.is_valid(digits):
        return True
    return re.fullmatch(r"\d{3}[ -]\d{3}[ -]\d{3}", written) is not None and sin.is_valid(digits)
