"""Values as the outside writes them, brought into the form of a Cité's file; and when two of them say the same."""

from __future__ import annotations

import math
import re
from collections.abc import Iterable, Mapping
from typing import Any

import phonenumbers

from bot.knowledge.geo import distance_km
from bot.knowledge.opening import HoursError, check_expression, normalised
from bot.knowledge.text import fold

FIELDS = ("coordinates", "address", "accessibility_page", "phone", "email", "website", "hours")
"""The keys of a Cité's file that can be fed from outside, in the order of the file."""

SAME_KM = 0.1
"""Two points closer than this are one door: addresses are geocoded to the building, not to the centimetre."""

_EMAIL = re.compile(r"[^@\s,;]+@[^@\s,;]+\.[^@\s,;]+")
_ADDRESS_LENGTH = 200
_URL = re.compile(r"https?://[^\s/]+\.[^\s]+", re.IGNORECASE)
_BARE_URL = re.compile(r"[\w-]+(\.[\w-]+)+(/\S*)?")


class RefusedError(ValueError):
    """A value that cannot stand in a Cité's file; `str()` says why."""


def phone(text: str, region: str) -> str:
    """A number as dialled from abroad, "+33 1 99 00 00 00". `region`: ISO 3166-1 code, or overseas territory's."""
    try:
        number = phonenumbers.parse(text, region)
    except phonenumbers.NumberParseException:
        raise RefusedError("not a phone number") from None
    if not phonenumbers.is_valid_number(number):
        raise RefusedError("not a phone number that can be dialled from abroad")
    written = phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.INTERNATIONAL)
    return re.sub(r"[^+0-9]+", " ", written.split(" ext")[0]).strip()


def email(text: str) -> str:
    """An e-mail address, without "mailto:"."""
    address = re.sub(r"(?i)^mailto:", "", text.strip()).split("?")[0]
    if not _EMAIL.fullmatch(address):
        raise RefusedError("not an e-mail address")
    return address


def website(text: str) -> str:
    """A whole address; one written without https:// gets it."""
    address = f"https://{text}" if _BARE_URL.fullmatch(text) else text
    if not _URL.fullmatch(address):
        raise RefusedError("not the address of a page")
    return address


def hours(text: str) -> str:
    """Hours in the OpenStreetMap syntax, as the assistant can evaluate them."""
    expression = " ".join(text.split())
    try:
        check_expression(expression)
    except HoursError as error:
        raise RefusedError(f"the hours are not understood: {error}") from None
    return expression


def address(complement: str | None, street: str | None, postcode: str | None, town: str | None) -> str:
    """One line: "Bâtiment B, 1 place de la Gare, 99000 Testville". A town without a street is no address."""
    if not street or not (postcode or town):
        raise RefusedError("there is no street or no town")
    place = " ".join(part for part in (postcode, town) if part)
    said = fold(place) in fold(street)
    return short(", ".join(part for part in (complement, street, "" if said else place) if part))


def short(address: str) -> str:
    """An address that is already on one line, refused when it is a page of text."""
    if len(address) > _ADDRESS_LENGTH:
        raise RefusedError("too long for an address")
    return address


def coordinates(lat: Any, lon: Any) -> dict[str, float]:
    """A point in degrees: {"lat", "lon"}, from numbers or their text."""
    try:
        point = {"lat": round(float(lat), 6), "lon": round(float(lon), 6)}
    except (TypeError, ValueError):
        raise RefusedError("not degrees") from None
    if not all(map(math.isfinite, point.values())) or abs(point["lat"]) > 90 or abs(point["lon"]) > 180:
        raise RefusedError("no point of the Earth")
    if point == {"lat": 0.0, "lon": 0.0}:
        raise RefusedError("zero degrees stand for a place that is not known")
    return point


def same(field: str, ours: Any, theirs: Any) -> bool:
    """Whether two values of a key say the same; an address of ours may say more than theirs."""
    if field == "coordinates":
        return apart_km(ours, theirs) <= SAME_KM
    if field == "address":
        return f" {fold(theirs)} " in f" {fold(ours)} " or set(fold(theirs).split()) == set(fold(ours).split())
    return _plain(field, ours) == _plain(field, theirs)


def apart_km(ours: Mapping[str, float], theirs: Mapping[str, float]) -> float:
    """Kilometres between two points {"lat", "lon"}."""
    return distance_km(ours["lat"], ours["lon"], theirs["lat"], theirs["lon"])


def _plain(field: str, value: str) -> str:
    if field == "phone":
        return "".join(filter(str.isdigit, value))
    if field in ("website", "accessibility_page"):
        return re.sub(r"^https?://(www\.)?", "", value, flags=re.IGNORECASE).rstrip("/").lower()
    if field == "hours":
        return normalised(value)
    return value.lower()


def only(values: Iterable[str | None]) -> str | None:
    """The one value there is; None where there is none. Several different ones are refused: which is meant?"""
    found = list(dict.fromkeys(value for value in values if value))
    if len(found) > 1:
        raise RefusedError(f"there are several: {', '.join(found)}")
    return found[0] if found else None
