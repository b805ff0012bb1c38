"""Texts that must be kept and that nobody should read who has the database alone: encrypted with Fernet.

Fernet: AES-128-CBC with HMAC-SHA256, https://github.com/fernet/spec.
"""

from __future__ import annotations

from base64 import urlsafe_b64encode
from collections.abc import Iterable

from cryptography.fernet import Fernet, InvalidToken, MultiFernet

from bot.privacy.ids import keyed_hash


class Cipher:
    """Encrypts for one purpose; what is encrypted for another one is not opened."""

    def __init__(self, keys: Iterable[str], purpose: str) -> None:
        """`keys`: secrets of any length, one at least. The first encrypts, all open: so a key is changed."""
        self._fernet = MultiFernet([Fernet(_derived(key, purpose)) for key in keys])

    def seal(self, text: str) -> str:
        """The text encrypted; never twice the same."""
        return self._fernet.encrypt(text.encode()).decode()

    def unseal(self, sealed: str) -> str | None:
        """The text again; None when none of the keys opens it, or when it was tampered with."""
        try:
            return self._fernet.decrypt(sealed.encode()).decode()
        except InvalidToken:
            return None


def _derived(key: str, purpose: str) -> bytes:
    """A key of its own for each purpose: 32 bytes, as Fernet writes them."""
    return urlsafe_b64encode(bytes.fromhex(keyed_hash("Fernet", key, purpose)))
