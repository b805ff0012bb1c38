"""Signing in through the house's own directory (OpenID Connect, code flow with PKCE), where it has one.

Off unless OIDC_ISSUER is set. It opens accounts that there are by invitation and makes none; the second factor of the
desk is asked for all the same. Addresses come from the issuer's `/.well-known/openid-configuration`
(https://openid.net/specs/openid-connect-discovery-1_0.html).
"""

from __future__ import annotations

import logging
import time
from typing import Any

import jwt
import requests
from django.conf import settings
from django.contrib.auth import get_user_model
from django.contrib.auth.backends import ModelBackend
from django.core.exceptions import SuspiciousOperation
from django.http import Http404, HttpRequest, HttpResponse
from mozilla_django_oidc.auth import OIDCAuthenticationBackend
from mozilla_django_oidc.views import OIDCAuthenticationCallbackView, OIDCAuthenticationRequestView

from bot.web.accounts.gate import public
from bot.web.audit.log import record
from bot.web.audit.models import Action

log = logging.getLogger(__name__)
_FRESH = 3600  # seconds that what the issuer tells of itself is kept
_ENDPOINTS = {
    "OIDC_OP_AUTHORIZATION_ENDPOINT": "authorization_endpoint",
    "OIDC_OP_TOKEN_ENDPOINT": "token_endpoint",
    "OIDC_OP_USER_ENDPOINT": "userinfo_endpoint",
    "OIDC_OP_JWKS_ENDPOINT": "jwks_uri",
}
_FAULTS = (requests.RequestException, jwt.PyJWTError, SuspiciousOperation, ValueError, KeyError, TypeError)
_kept: dict[str, tuple[float, dict[str, Any]]] = {}


def discovered() -> dict[str, Any]:
    """What the issuer tells of itself; `requests.RequestException` or `ValueError` when it does not."""
    issuer = settings.OIDC_ISSUER
    at, found = _kept.get(issuer, (0.0, {}))
    if found and time.monotonic() - at < _FRESH:
        return found
    address = f"{issuer.rstrip('/')}/.well-known/openid-configuration"
    response = requests.get(address, timeout=settings.OIDC_TIMEOUT, allow_redirects=False)
    response.raise_for_status()
    found = response.json()
    if found.get("issuer") != issuer:
        raise ValueError("the issuer calls itself otherwise than OIDC_ISSUER")
    _kept[issuer] = (time.monotonic(), found)
    return found


def setting(name: str, *default: Any) -> Any:
    """A setting of mozilla-django-oidc: the issuer's own word for its addresses, else Django's settings."""
    if name in _ENDPOINTS:
        return discovered()[_ENDPOINTS[name]]
    return getattr(settings, name, *default)


class Directory(OIDCAuthenticationBackend):
    """Finds the account of whoever the issuer has recognised."""

    get_settings = staticmethod(setting)

    def __init__(self) -> None:
        """Ask the issuer nothing yet: signing in with a password goes on while it is down."""
        self.UserModel = get_user_model()

    def __getattr__(self, name: str) -> Any:
        """The settings that the library keeps as attributes, read when they are needed."""
        if name.startswith("OIDC_"):
            return setting(name, None)
        raise AttributeError(name)

    def get_user(self, user_id: Any) -> Any:
        """The account of a session, unless it was disabled since."""
        return ModelBackend.get_user(self, user_id)

    def authenticate(self, request: HttpRequest, nonce: str, code_verifier: str | None = None) -> Any:
        """The account, or None. Only the callback calls this: a name and a password have other arguments."""
        return super().authenticate(request, nonce=nonce, code_verifier=code_verifier)

    def verify_token(self, token: str, **kwargs: Any) -> dict[str, Any]:
        """What an id token tells, once it is sure that the issuer signed it, for this door, and not long ago."""
        told: dict[str, Any] = super().verify_token(token, **kwargs)
        audience = told.get("aud")
        meant = audience if isinstance(audience, list) else [audience]
        if told.get("iss") != settings.OIDC_ISSUER or settings.OIDC_RP_CLIENT_ID not in meant or "exp" not in told:
            raise SuspiciousOperation("an id token that is not for this door")
        self._subject = told.get("sub")
        return told

    def verify_claims(self, claims: dict[str, Any]) -> bool:
        """Whether the claims are of the same person, and the address was checked by the issuer."""
        same = bool(claims.get("sub")) and claims["sub"] == getattr(self, "_subject", None)
        checked = settings.OIDC_CLAIM != "email" or claims.get("email_verified") is True
        return same and checked and isinstance(claims.get(settings.OIDC_CLAIM), str)

    def filter_users_by_claims(self, claims: dict[str, Any]) -> Any:
        """The accounts of that e-mail address; with another claim, of that username."""
        told = claims[settings.OIDC_CLAIM].strip()
        field = "email__iexact" if settings.OIDC_CLAIM == "email" else "username__iexact"
        return self.UserModel.objects.filter(**{field: told}) if told else self.UserModel.objects.none()


class _Begin(OIDCAuthenticationRequestView):
    get_settings = staticmethod(setting)


class _Callback(OIDCAuthenticationCallbackView):
    get_settings = staticmethod(setting)

    def login_failure(self) -> HttpResponse:
        """Back to the sign-in page, and a line in the audit log."""
        record(None, Action.LOGIN_REFUSED, getattr(self, "user", None))
        return super().login_failure()


@public
def begin(request: HttpRequest) -> HttpResponse:
    """GET /desk/oidc/begin?next=: to the issuer."""
    return _tried(request, _Begin)


@public
def callback(request: HttpRequest) -> HttpResponse:
    """GET /desk/oidc/callback?code=&state=: back from the issuer."""
    return _tried(request, _Callback)


def _tried(request: HttpRequest, view: Any) -> HttpResponse:
    """What the view answers; 404 while there is no directory, the sign-in page when it fails."""
    if not settings.OIDC_ISSUER:
        raise Http404
    try:
        return view.as_view()(request)
    except _FAULTS as error:
        log.warning("signing in through the directory failed (%s)", type(error).__name__)
        return _Callback(request=request).login_failure()
