"""The language to greet in, where a platform tells the country of a telephone and nothing else."""

from __future__ import annotations

import phonenumbers
from babel.core import Locale, UnknownLocaleError


def of_country(country: str) -> str | None:
    """The language that most people speak in a country (ISO 3166-1), None where it is not told."""
    try:
        return Locale.parse(f"und_{country}").language if len(country) == 2 else None
    except (ValueError, UnknownLocaleError):
        return None


def of_number(digits: str) -> str | None:
    """The language of the country of an international telephone number, written without its +."""
    try:
        number = phonenumbers.parse(f"+{digits}")
    except phonenumbers.NumberParseException:
        return None
    return of_country(phonenumbers.region_code_for_number(number) or "")
