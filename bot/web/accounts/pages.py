"""What the pages of accounts share: their context, refusals, and forms whose errors stand at their field."""

from __future__ import annotations

from typing import Any

from babel.dates import format_timedelta
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.cache import add_never_cache_headers

from bot.knowledge.concerns import load_concerns
from bot.web.accounts.lockout import Locked
from bot.web.audit.log import record
from bot.web.audit.models import Action
from bot.web.desk.dead_ends import not_found
from bot.web.desk.frame import frame
from bot.web.desk.models import Advisor
from bot.web.words import LANGUAGES, word

_TOLD = ("session_over", "factor_needed", "saved", "signed_out", "oidc_failed", "factor_off", "last_administrator")
NOTICES = tuple(f"account.{name}" for name in _TOLD)
NAME_LIMIT = 80  # characters, as many as a message keeps of its author


def show(request: HttpRequest, template: str, status: int = 200, **values: Any) -> HttpResponse:
    """A page of accounts, kept by no browser. `errors` are words by field; `notice` is the key of a sentence."""
    context = {**frame(request, *NOTICES), "errors": {}, **values}
    response = render(request, f"accounts/{template}.html", context, status=status)
    add_never_cache_headers(response)
    return response


def refused(request: HttpRequest, object: Any = None, cite: str | None = None) -> HttpResponse:
    """What the account has no right to is as what does not exist; the audit log knows."""
    record(request.user, Action.REFUSED, object, cite)
    return not_found(request)


def locked_for(locked: Locked, language: str) -> str:
    """How long to wait, in words."""
    wait = format_timedelta(max(locked.seconds, 60), granularity="minute", threshold=60, locale=language)
    return word("account.locked", language, wait=wait)


def name_fault(name: str, language: str) -> str:
    """What is wrong with a name to be shown to people, in words, or nothing."""
    if not name:
        return word("account.name_missing", language)
    return word("account.name_long", language, limit=NAME_LIMIT) if len(name) > NAME_LIMIT else ""


def password_fault(password: str, again: str, account: Advisor, language: str) -> str:
    """What is wrong with a new password, in words, or nothing. `account` may be one that is not stored yet."""
    if password != again:
        return word("account.password_differs", language)
    try:
        validate_password(password, account)
    except ValidationError as error:
        told = [word(f"account.{fault.code}", language, **(fault.params or {})) for fault in error.error_list]
        return " ".join(told)
    return ""


def spoken_of(request: HttpRequest) -> str:
    """The languages ticked in a form, as an account keeps them."""
    return ",".join(code for code in LANGUAGES if code in request.POST.getlist("spoken"))


def topics_of(request: HttpRequest) -> str:
    """The concerns ticked in a form, as an account keeps them."""
    return ",".join(concern for concern in load_concerns() if concern in request.POST.getlist("topics"))
