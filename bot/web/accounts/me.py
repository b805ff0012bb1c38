"""My account: the name shown, languages, the password, the second factor."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.contrib.auth import update_session_auth_hash
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_http_methods, require_POST

from bot.knowledge.concerns import load_concerns
from bot.web.accounts import factor, lockout
from bot.web.accounts.gate import sensitive, to_set_up
from bot.web.accounts.making import home
from bot.web.accounts.pages import locked_for, name_fault, password_fault, show, spoken_of, topics_of
from bot.web.accounts.signing_in import next_page
from bot.web.audit.log import record
from bot.web.audit.models import Action
from bot.web.desk import labels
from bot.web.words import LANGUAGES, word


@require_http_methods(["GET", "POST"])
def account(request: HttpRequest) -> HttpResponse:
    """GET, POST first_name, language, spoken, topics: what people are shown of the account, and what it answers."""
    user: Any = request.user
    errors = _save(request, user) if request.method == "POST" else {}
    if request.method == "POST" and not errors:
        return redirect("/desk/account/?notice=saved")
    values = {
        "name": request.POST.get("first_name", user.first_name),
        "spoken": user.languages,
        "topics": [(each, labels.concern(each, user.language), user.knows(each)) for each in load_concerns()],
        "roles": labels.roles(user, user.language),
        "has_factor": factor.has(user),
        "factor_required": factor.required(user),
        "codes_left": factor.codes_left(user),
    }
    return show(request, "account", errors=errors, **values)


@require_http_methods(["GET", "POST"])
def password(request: HttpRequest) -> HttpResponse:
    """GET, POST old, password, again: another password. All other sessions of the account are over then."""
    if request.method == "GET":
        return show(request, "password")
    try:
        errors = _change_password(request)
    except lockout.Locked as locked:
        user: Any = request.user
        return show(request, "password", 429, errors={"old": locked_for(locked, user.language)})
    return show(request, "password", errors=errors) if errors else redirect("/desk/account/?notice=saved")


@to_set_up
@require_http_methods(["GET", "POST"])
def factor_set_up(request: HttpRequest) -> HttpResponse:
    """GET: a secret to put into an app. POST code: the app shows the right one; the paper codes follow."""
    user: Any = request.user
    errors, codes = {}, None
    if request.method == "POST":
        try:
            codes = factor.confirm(request, request.POST.get("code", ""))
            errors = {"code": word("account.code_wrong", user.language)}
        except lockout.Locked as locked:
            errors = {"code": locked_for(locked, user.language)}
    if codes:
        return show(request, "codes", codes=codes, next=next_page(request))
    device = factor.offered(user)
    values = {"secret": factor.secret(device), "picture": factor.picture(device), "next": next_page(request)}
    return show(request, "factor_set_up", errors=errors, may_wait=_may_wait(request), **values)


@to_set_up
@require_POST
def factor_later(request: HttpRequest) -> HttpResponse:
    """POST: go on without a second factor in this session, where that is allowed."""
    return redirect(next_page(request) if factor.put_off(request) else "desk:factor_set_up")


@sensitive
@require_POST
def factor_codes(request: HttpRequest) -> HttpResponse:
    """POST: new paper codes in place of those before."""
    return show(request, "codes", codes=factor.new_codes(request.user), next="/desk/account/")


@sensitive
@require_POST
def factor_off(request: HttpRequest) -> HttpResponse:
    """POST: do without a second factor; not for those who must have one."""
    if factor.required(request.user):
        return redirect("/desk/account/?notice=factor_needed")
    factor.turn_off(request.user)
    return redirect("/desk/account/?notice=factor_off")


def _may_wait(request: HttpRequest) -> bool:
    return bool(settings.FACTOR_MAY_WAIT and factor.required(request.user))


def _save(request: HttpRequest, user: Any) -> dict[str, str]:
    name, language = request.POST.get("first_name", "").strip(), request.POST.get("language", "")
    fault = name_fault(name, user.language)
    if fault:
        return {"first_name": fault}
    user.first_name, user.spoken, user.topics = name, spoken_of(request), topics_of(request)
    user.language = language if language in LANGUAGES else user.language
    user.save(update_fields=["first_name", "language", "spoken", "topics"])
    return {}


def _change_password(request: HttpRequest) -> dict[str, str]:
    """What is wrong, by field; nothing when the password was changed."""
    user: Any = request.user
    old, new, again = (request.POST.get(field, "") for field in ("old", "password", "again"))
    lockout.count(name=user.username)
    if not user.check_password(old):
        return {"old": word("account.old_wrong", user.language)}
    lockout.succeeded(name=user.username)
    fault = password_fault(new, again, user, user.language)
    if fault:
        return {"password": fault}
    with transaction.atomic():
        user.set_password(new)
        user.save(update_fields=["password"])
        record(user, Action.PASSWORD, user, home(user))
    update_session_auth_hash(request, user)
    return {}
