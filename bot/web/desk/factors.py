"""The secret of a second factor: encrypted where it is kept, so that the database alone gives no codes.

`FACTOR_KEY` is what it is encrypted with; several keys, separated by commas, while one is changed: the first encrypts.
"""

from __future__ import annotations

import secrets

from django.conf import settings
from django.db import models
from django_otp.models import Device
from django_otp.oath import TOTP
from django_otp.plugins.otp_totp.models import TOTPDevice

from bot.privacy.ciphers import Cipher

_BYTES = 20  # of a secret, as RFC 4226 recommends


def cipher() -> Cipher:
    """What seals and opens the secrets."""
    keys = (key.strip() for key in settings.FACTOR_KEY.split(","))
    return Cipher(filter(None, keys), "second factors")


def new_secret() -> str:
    """A secret that nobody knows yet, sealed."""
    return cipher().seal(secrets.token_hex(_BYTES))


class CodeApp(Device):
    """An app that shows codes of six digits (TOTP, RFC 6238), one each half minute, from a secret that both know."""

    sealed = models.TextField(default=new_secret)
    """The secret in hexadecimal digits, encrypted."""
    drift = models.SmallIntegerField(default=0)
    """By how many half minutes the clock of the app is known to be ahead."""
    last_t = models.BigIntegerField(default=-1)
    """The half minute of the last code that was taken: no code is good twice."""

    class Meta:
        """Kept with the accounts, whose it is."""

        app_label = "desk"

    @property
    def bin_key(self) -> bytes | None:
        """The secret; None when no key opens it any more."""
        found = cipher().unseal(self.sealed)
        return bytes.fromhex(found) if found else None

    def verify_token(self, token: str) -> bool:
        """Whether it is the code of now, of the half minute before or of the one after, and not used yet.

        The secret of one that is right is sealed anew, with the first of the keys.
        """
        key = self.bin_key
        if key is None or not (token.isascii() and token.isdigit()):
            return False
        clock = TOTP(key, drift=self.drift)
        if not clock.verify(int(token), tolerance=1, min_t=self.last_t + 1):
            return False
        self.last_t, self.drift = clock.t(), clock.drift
        self.sealed = cipher().seal(key.hex())
        self.save(update_fields=["last_t", "drift", "sealed"])
        return True

    @property
    def config_url(self) -> str:
        """The address that apps read from the picture, with the secret in it. `ValueError` when no key opens it."""
        key = self.bin_key
        if key is None:
            raise ValueError("the secret cannot be opened")
        return str(TOTPDevice(user=self.user, key=key.hex()).config_url)
