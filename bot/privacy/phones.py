"""Phone numbers of the countries of the network, as typed there, and of any country after its code."""

from __future__ import annotations

import re

import phonenumbers

# What a number typed without its country code looks like, by country: a cheap look before the library's.
_NATIONAL = {
    "FR": re.compile(r"0[1-9]\d{8}"),
    "BE": re.compile(r"0\d{8,9}"),
    "CH": re.compile(r"0\d{9}"),
    "IT": re.compile(r"3\d{8,9}|0\d{5,10}"),
    "ES": re.compile(r"[6-9]\d{8}"),
    "PT": re.compile(r"[29]\d{8}"),
    "CA": re.compile(r"1?[2-9]\d{2}[2-9]\d{6}"),
    "MU": re.compile(r"[2-9]\d{6}|5\d{7}"),
    "CL": re.compile(r"[2-9]\d{8}"),
    "LU": re.compile(r"6[269]\d{7}"),
}
_FRENCH = _NATIONAL["FR"]
# Ten or eleven digits with a trunk zero, in groups: somebody's, of whatever country (Britain's are of eleven).
_TRUNK = re.compile(r"0[1-9]\d{8,9}")
_THOUSANDS = re.compile(r"\d{1,3}(?:[ .]\d{3}){1,3}")
_WORD = re.compile(
    r"t[ée]l|number|phone|mobile|portable|natel|gsm|whats|sms|appel|joindre|rappel|num[ée]ro|call|ring|reach|llam|m[oó]vil|fono"
    r"|chiam|cellulare|n[ui]mero|nummer|handy|truqueu|ligar|ligue|telem|contact|\+",
    re.IGNORECASE,
)
# Free and shared-cost lines of Portugal and Spain: of services, never of persons.
_SERVICE = re.compile(r"(?:70[78]|80[0-9]|90[0-2])\d{6}")
# Codes of the network's countries and territories, and of those that most people come from: typed without the plus.
_CODES = re.compile(
    r"(?:33|32|41|39|34|35[12]|56|230|262|590|594|596|508|687|689|44|212|213|216|221|22[34]|237|24[23]|40|55)[1-9]\d{6,10}"
)
_FRENCH_ABROAD = re.compile(r"33[1-9]\d{8}")
_SHORTEST, _LONGEST = 7, 15  # digits (ITU-T E.164)


def is_french(digits: str) -> bool:
    """Whether ten digits have the form of a French number; that it is in use is not asked."""
    return _FRENCH.fullmatch(digits) is not None


def is_announced(before: str) -> bool:
    """Whether the text that leads to a number has a word of telephones in it."""
    return _WORD.search(before) is not None


def is_one(written: str, groups: list[str], before: str) -> bool:
    """Whether what is `written` (its `groups` of digits) is a phone; `before` is the text that leads to it."""
    digits = "".join(groups)
    if not _SHORTEST <= len(digits) <= _LONGEST:
        return False
    if written.startswith(("+", "(+")) or digits.startswith("00"):
        return _possible("+" + digits.removeprefix("00"))
    if _SERVICE.fullmatch(digits):
        return False
    if _TRUNK.fullmatch(digits):
        return True
    if _FRENCH_ABROAD.fullmatch(digits) or _CODES.fullmatch(digits) and len(digits) > 9 and _valid_abroad("+" + digits):
        return True
    likely = [region for region, form in _NATIONAL.items() if form.fullmatch(digits)]
    if not likely or not _typed_as_a_phone(written, groups, before):
        return False
    return any(_valid(digits, region) for region in likely)


def _possible(digits: str) -> bool:
    """Of a length that its country's numbers have, after an international code; in use or not."""
    try:
        return phonenumbers.is_possible_number(phonenumbers.parse(digits))
    except phonenumbers.NumberParseException:
        return False


def _typed_as_a_phone(written: str, groups: list[str], before: str) -> bool:
    """Whether digits without a country code look like a phone and not like a sum, postcodes or years."""
    digits = "".join(groups)
    if digits.startswith("0"):
        return True
    announced = is_announced(before)
    if len(digits) <= 8:  # Mauritius: so short a number must be announced by a word
        return announced and not _THOUSANDS.fullmatch(written)
    return announced or len(groups) == 1 or not any(len(group) == 5 for group in groups)


def _valid_abroad(digits: str) -> bool:
    try:
        return phonenumbers.is_valid_number(phonenumbers.parse(digits))
    except phonenumbers.NumberParseException:
        return False


def _valid(digits: str, region: str) -> bool:
    """Valid in `region`."""
    try:
        return phonenumbers.is_valid_number_for_region(phonenumbers.parse(digits, region), region)
    except phonenumbers.NumberParseException:
        return False
