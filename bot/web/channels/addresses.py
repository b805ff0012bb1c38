"""What a platform calls a person, made safe: a keyed hash to find them again, a cipher to answer them."""

from __future__ import annotations

from base64 import urlsafe_b64encode

from cryptography.fernet import Fernet, InvalidToken
from django.conf import settings

from bot.privacy.ids import keyed_hash


class Unreadable(Exception):
    """An address in cipher that today's key does not open."""


def user_hash(platform: str, user: str) -> str:
    """What stands for a platform's user id in the database."""
    return keyed_hash(f"{platform}\0{user}", _key(), "channel user")


def event_hash(platform: str, event: str) -> str:
    """What stands for a platform's id of an event or of a message: some hold a telephone number."""
    return keyed_hash(f"{platform}\0{event}", _key(), "channel event")


def seal(address: str) -> str:
    """An address in cipher (Fernet: AES-128-CBC with HMAC-SHA256)."""
    return _fernet().encrypt(address.encode()).decode()


def unseal(cipher: str) -> str:
    """The address again; `Unreadable` when the key has changed."""
    try:
        return _fernet().decrypt(cipher.encode()).decode()
    except InvalidToken:
        raise Unreadable from None


def _fernet() -> Fernet:
    return Fernet(urlsafe_b64encode(bytes.fromhex(keyed_hash("address", _key(), "channel cipher"))))


def _key() -> str:
    return str(settings.CHANNEL_KEY or settings.SECRET_KEY)
