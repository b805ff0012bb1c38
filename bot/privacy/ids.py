"""Ids that say nothing about anybody."""

from __future__ import annotations

import hmac
import secrets
from hashlib import sha256


def random_id() -> str:
    """A new unguessable id: 128 random bits as 22 characters of A-Z a-z 0-9 - _."""
    return secrets.token_urlsafe(16)


def random_token() -> str:
    """A new unguessable secret: 256 random bits as 43 characters."""
    return secrets.token_urlsafe(32)


def keyed_hash(value: str, key: str, purpose: str) -> str:
    """HMAC-SHA256 of `value` as 64 hexadecimal characters.

    `purpose` keeps the hashes of two uses apart, so that they can't be compared with one another.
    """
    return hmac.new(key.encode(), f"{purpose}\0{value}".encode(), sha256).hexdigest()


def same(one: str, other: str) -> bool:
    """Whether two secrets are equal, in a time that does not depend on where they differ."""
    return hmac.compare_digest(one.encode(), other.encode())
