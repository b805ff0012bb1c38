"""What a platform calls a person, made safe: a keyed hash to find them again, a cipher to answer them."""

from __future__ import annotations

from django.conf import settings

from bot.privacy.ciphers import Cipher
from bot.privacy.ids import keyed_hash

_DIGITS = 14  # hexadecimal: less than 2 ** 56, so that the sum fits the database's 8 bytes


class Unreadable(Exception):
    """An address in cipher that today's key does not open."""


def user_hash(platform: str, user: str) -> str:
    """What stands for a platform's user id in the database."""
    return keyed_hash(f"{platform}\0{user}", _key(), "channel user")


def event_hash(platform: str, event: str) -> str:
    """What stands for a platform's id of an event or of a message: some hold a telephone number."""
    return keyed_hash(f"{platform}\0{event}", _key(), "channel event")


def event_number(platform: str, number: int | None) -> int | None:
    """What stands for a platform's number of an event: moved by a distance that the key gives, so that order and gaps
    stay, and nobody finds the platform's own record of the event by it. `number` is below 2 ** 62 in size."""
    if number is None:
        return None
    return number + int(keyed_hash(platform, _key(), "channel event number")[:_DIGITS], 16)


def seal(address: str) -> str:
    """An address in cipher."""
    return _cipher().seal(address)


def unseal(cipher: str) -> str:
    """The address again; `Unreadable` when the key has changed."""
    address = _cipher().unseal(cipher)
    if address is None:
        raise Unreadable
    return address


def _cipher() -> Cipher:
    return Cipher([_key()], "channel cipher")


def _key() -> str:
    return str(settings.CHANNEL_KEY or settings.SECRET_KEY)
