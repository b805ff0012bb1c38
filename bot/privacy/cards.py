"""Payment cards."""

from __future__ import annotations

import re

from stdnum import luhn

# Visa, Mastercard, American Express, Discover, JCB, Maestro by their first digits and lengths (ISO/IEC 7812).
# Fourteen digits are left out: in France those are a firm's SIRET, which passes the same check.
_KNOWN = re.compile(
    r"4\d{12}|4\d{15}|4\d{18}|5[1-5]\d{14}|2[2-7]\d{14}|3[47]\d{13}|6(?:011|5\d\d)\d{12}|35\d{14}|(?:5[06-8]|6\d)\d{14}"
)


def is_one(digits: str) -> bool:
    """Whether a row of digits is a valid card number."""
    return _KNOWN.fullmatch(digits) is not None and luhn.is_valid(digits)
