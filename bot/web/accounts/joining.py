"""Making one's account from an invitation."""

from __future__ import annotations

from typing import Any

from django.contrib.auth import login
from django.contrib.auth.validators import UnicodeUsernameValidator
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_http_methods

from bot.web.accounts import invitations
from bot.web.accounts.gate import public
from bot.web.accounts.lockout import Locked
from bot.web.accounts.making import AccountExists
from bot.web.accounts.pages import locked_for, name_fault, password_fault, show, spoken_of
from bot.web.conversations.errors import Refused
from bot.web.desk import labels
from bot.web.desk.frame import language_of
from bot.web.desk.models import Advisor, Invitation
from bot.web.limits import address, rates
from bot.web.words import LANGUAGES, word

_FIELDS = ("username", "first_name", "language", "password", "again")
_PASSWORDS = "django.contrib.auth.backends.ModelBackend"


@public
@require_http_methods(["GET", "POST"])
def join(request: HttpRequest, token: str) -> HttpResponse:
    """GET, POST /desk/join/TOKEN: choose a name, a password, languages. Looking at the link does not use it up."""
    try:
        rates.hit("login", address(request))
        invitation = invitations.find(token)
        if request.method == "POST":
            return _accepted(request, token) if request.user.is_authenticated else _joined(request, token, invitation)
        return _form(request, invitation, {})
    except invitations.NotValid:
        return show(request, "link_gone", 410)
    except Refused as refused:
        sentence = locked_for(Locked(refused.retry_after or 1), language_of(request))
        return show(request, "link_gone", 429, sentence=sentence)


def _accepted(request: HttpRequest, token: str) -> HttpResponse:
    user: Any = request.user
    invitations.accept(token, user)
    return redirect("/desk/account/?notice=saved")


def _joined(request: HttpRequest, token: str, invitation: Invitation) -> HttpResponse:
    sent = {field: request.POST.get(field, "") for field in _FIELDS}
    sent["username"], sent["first_name"] = sent["username"].strip(), sent["first_name"].strip()
    language = sent["language"] if sent["language"] in LANGUAGES else language_of(request)
    errors = _faults(sent, invitation, language)
    if errors:
        return _form(request, invitation, errors, language)
    chosen = {"first_name": sent["first_name"], "language": language, "spoken": spoken_of(request)}
    try:
        account = invitations.join(token, sent["username"], sent["password"], **chosen)
    except AccountExists:
        return _form(request, invitation, {"username": word("account.username_taken", language)}, language)
    login(request, account, backend=_PASSWORDS)
    return redirect("desk:queue")


def _faults(sent: dict[str, str], invitation: Invitation, language: str) -> dict[str, str]:
    """What is wrong, in words, by field."""
    account = Advisor(username=sent["username"], first_name=sent["first_name"], email=invitation.email)
    found = {
        "username": _username_fault(sent["username"], language),
        "first_name": name_fault(sent["first_name"], language),
        "password": password_fault(sent["password"], sent["again"], account, language),
    }
    return {field: fault for field, fault in found.items() if fault}


def _username_fault(username: str, language: str) -> str:
    try:
        UnicodeUsernameValidator()(username)
    except ValidationError:
        return word("account.username_wrong", language)
    return word("account.username_wrong", language) if len(username) > 150 else ""


def _form(request: HttpRequest, invitation: Invitation, errors: dict[str, str], language: str = "") -> HttpResponse:
    language = language or language_of(request)
    values = {
        "language": language,
        "errors": errors,
        "sent": request.POST,
        "spoken": request.POST.getlist("spoken") or [language],
        "what": labels.role(invitation.role, invitation.cite, language),
    }
    return show(request, "join", **values)
