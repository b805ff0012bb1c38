"""Texts that are kept encrypted: how to reach somebody. Who has the database alone reads nothing."""

from __future__ import annotations

import base64

from cryptography.fernet import Fernet, InvalidToken, MultiFernet
from django.conf import settings

from bot.privacy import ids


def seal(text: str) -> str:
    """The text encrypted with the first key of CALLBACK_KEY."""
    return _keys().encrypt(text.encode()).decode()


def unseal(sealed: str) -> str | None:
    """The text again; None when none of the keys opens it (they were changed), or when it was tampered with."""
    try:
        return _keys().decrypt(sealed.encode()).decode()
    except InvalidToken:
        return None


def _keys() -> MultiFernet:
    given = [part.strip() for part in settings.CALLBACK_KEY.split(",") if part.strip()]
    return MultiFernet([Fernet(_derived(key)) for key in given])


def _derived(key: str) -> bytes:
    """A key of its own: 32 bytes, as Fernet writes them."""
    return base64.urlsafe_b64encode(bytes.fromhex(ids.keyed_hash("Fernet", key, "callback contacts")))
