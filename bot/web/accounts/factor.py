"""The second factor: a code of an app (`bot.web.desk.factors`), or one of the codes kept on paper."""

from __future__ import annotations

import secrets
from base64 import b32encode
from typing import Any

import segno
from django.conf import settings
from django.db import transaction
from django.http import HttpRequest
from django.utils.safestring import SafeString, mark_safe
from django_otp import login, verify_token
from django_otp.plugins.otp_static.models import StaticDevice

from bot.privacy.ids import keyed_hash
from bot.web.accounts import lockout
from bot.web.accounts.making import home
from bot.web.audit.log import record
from bot.web.audit.models import Action
from bot.web.desk.factors import CodeApp
from bot.web.desk.scope import scope_of

CODES = 8
_PUT_OFF = "factor_put_off"
_STORED = 16  # characters of the hash of a paper code: what django-otp has room for


def has(account: Any) -> bool:
    """Whether the account has set up a second factor."""
    return CodeApp.objects.filter(user=account.pk, confirmed=True).exists()


def required(account: Any) -> bool:
    """Whether the account must have one: it looks after other people's."""
    return scope_of(account).looks_after_people


def put_off(request: HttpRequest) -> bool:
    """Let a session go on without the one that is required, where that is allowed: on a desk of this machine alone."""
    request.session[_PUT_OFF] = settings.FACTOR_MAY_WAIT
    return settings.FACTOR_MAY_WAIT


def is_put_off(request: HttpRequest) -> bool:
    """Whether the session goes on without."""
    return bool(settings.FACTOR_MAY_WAIT and request.session.get(_PUT_OFF))


@transaction.atomic
def offered(account: Any) -> CodeApp:
    """The secret that the account may put into its app; it counts once a code was confirmed."""
    begun = CodeApp.objects.select_for_update().filter(user=account.pk, confirmed=False)
    found = begun.first()
    if found and found.bin_key is None:  # it was sealed with a key that is no longer there
        begun.delete()
        found = None
    return found or CodeApp.objects.create(user_id=account.pk, name="app", confirmed=False)


def confirm(request: HttpRequest, token: str) -> list[str] | None:
    """Set the second factor up once the app shows the right code; the paper codes, or None when it is wrong."""
    account, device = request.user, offered(request.user)
    lockout.count(factor=str(account.pk))
    if not verify_token(account, device.persistent_id, _digits(token)):
        return None
    lockout.succeeded(factor=str(account.pk))
    with transaction.atomic():
        CodeApp.objects.filter(user=account.pk, confirmed=True).delete()
        CodeApp.objects.filter(pk=device.pk).update(confirmed=True)
        record(account, Action.FACTOR_ON, account, home(account))
        codes = new_codes(account)
    device.confirmed = True
    login(request, device)
    return codes


def check(request: HttpRequest, token: str) -> bool:
    """Whether a code is right; the session is then verified. `lockout.Locked` after too many wrong ones."""
    account = request.user
    lockout.count(factor=str(account.pk))
    for device in CodeApp.objects.filter(user=account.pk, confirmed=True):
        if verify_token(account, device.persistent_id, _digits(token)):
            return _verified(request, device)
    for paper in StaticDevice.objects.filter(user=account.pk, confirmed=True):
        if verify_token(account, paper.persistent_id, _stored(token)):
            return _verified(request, paper)
    record(None, Action.LOGIN_REFUSED, account, home(account))
    return False


@transaction.atomic
def new_codes(account: Any) -> list[str]:
    """New codes to keep on paper, each good for once; shown now and never again. Those before are void."""
    StaticDevice.objects.filter(user=account.pk).delete()
    paper = StaticDevice.objects.create(user_id=account.pk, name="paper", confirmed=True)
    codes = [_code() for _ in range(CODES)]
    for code in codes:
        paper.token_set.create(token=_stored(code))
    record(account, Action.FACTOR_CODES, account, home(account))
    return codes


def codes_left(account: Any) -> int:
    """How many paper codes are unused."""
    return sum(paper.token_set.count() for paper in StaticDevice.objects.filter(user=account.pk))


@transaction.atomic
def turn_off(account: Any) -> None:
    """Do without, where the role allows it."""
    CodeApp.objects.filter(user=account.pk).delete()
    StaticDevice.objects.filter(user=account.pk).delete()
    record(account, Action.FACTOR_OFF, account, home(account))


def secret(device: CodeApp) -> str:
    """The secret in letters and digits, in groups of four, for who cannot take a picture."""
    letters = b32encode(device.bin_key or b"").decode().rstrip("=")
    return " ".join(letters[at : at + 4] for at in range(0, len(letters), 4))


def picture(device: CodeApp) -> SafeString:
    """The QR code of the secret as an SVG element, without style or script, black on white."""
    drawn = segno.make(device.config_url, error="m")
    return mark_safe(drawn.svg_inline(scale=5, light="#fff", svgclass="qr", lineclass=None))


def _verified(request: HttpRequest, device: Any) -> bool:
    lockout.succeeded(factor=str(request.user.pk))
    login(request, device)
    return True


def _digits(token: str) -> str:
    """The code without the spaces that apps show in it."""
    found = "".join(token.split())
    return found if found.isascii() and found.isdigit() and len(found) == 6 else ""


def _code() -> str:
    letters = b32encode(secrets.token_bytes(5)).decode().lower()
    return f"{letters[:4]}-{letters[4:]}"


def _stored(code: str) -> str:
    """What is kept of a paper code."""
    plain = "".join(letter for letter in code.lower() if letter.isalnum())
    return keyed_hash(plain, settings.SECRET_KEY, "paper code")[:_STORED]
