"""How somebody wishes to be reached, as they typed it into the form: checked, in one way of writing."""

from __future__ import annotations

from dataclasses import dataclass

import phonenumbers
from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from phonenumbers import NumberParseException, PhoneNumberFormat

from bot.knowledge.cites import load_cites
from bot.web.conversations.errors import Refused

_LONGEST = 120  # characters of each field
_USUAL = "FR"  # where a number without a country is from, when no Cité tells


@dataclass(frozen=True)
class Contact:
    """A name to ask for, a phone number (international, with spaces) or an e-mail address, and the best moment, in the
    person's own words."""

    name: str
    contact: str
    moment: str = ""


def checked(name: object, contact: object, moment: object, cite: str) -> Contact:
    """The contact, or `Refused`: "no_name", "bad_contact", "bad_request" (no text, or too long).

    A number without a country code is one of the country of `cite` (an id, or "").
    """
    named, written, when = _text(name), _text(contact), _text(moment)
    if not named:
        raise Refused("no_name")
    return Contact(named, _phone(written, cite) or _email(written), when)


def _text(value: object) -> str:
    if value is None:
        return ""
    if not isinstance(value, str) or len(value) > _LONGEST:
        raise Refused("bad_request")
    return " ".join("".join(char if char.isprintable() else " " for char in value).split())


def _phone(written: str, cite: str) -> str | None:
    for region in _regions(cite):
        try:
            number = phonenumbers.parse(written, region)
        except NumberParseException:
            continue
        if phonenumbers.is_valid_number(number):
            return phonenumbers.format_number(number, PhoneNumberFormat.INTERNATIONAL)
    return None


def _regions(cite: str) -> tuple[str, ...]:
    """The land of the Cité before its country: a number of La Réunion is read as one."""
    found = load_cites().get(cite)
    return (found.territory, found.country) if found else (_USUAL,)


def _email(written: str) -> str:
    try:
        validate_email(written)
    except ValidationError:
        raise Refused("bad_contact") from None
    return written
