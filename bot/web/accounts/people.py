"""People and roles: whom somebody looks after, whom they invite, and what each may do."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_GET, require_POST

from bot.knowledge.cites import load_cites
from bot.web.accounts import factor, invitations, making
from bot.web.accounts.gate import sensitive
from bot.web.accounts.pages import refused, show
from bot.web.desk import access, labels
from bot.web.desk.models import Advisor, Role
from bot.web.desk.scope import scope_of
from bot.web.words import word


@require_GET
def people(request: HttpRequest) -> HttpResponse:
    """GET /desk/people/: the accounts that one looks after, the links not used yet, and a form for another."""
    if not scope_of(request.user).looks_after_people:
        return refused(request)
    return _people(request)


@sensitive
@require_POST
def invite(request: HttpRequest) -> HttpResponse:
    """POST role, cite, email: a link for somebody, shown this once."""
    user: Any = request.user
    role, cite = request.POST.get("role", ""), request.POST.get("cite", "")
    where = "" if role == Role.ADMINISTRATOR else cite
    if not scope_of(user).looks_after_people:
        return refused(request)
    if role not in Role.values or (role != Role.ADMINISTRATOR and where not in load_cites()):
        return _people(request, {"cite": word("account.cite_missing", user.language)}, role)
    if not access.may_give(user, role, where):
        return refused(request, cite=where)
    email = request.POST.get("email", "").strip()
    if email and not _is_email(email):
        return _people(request, {"email": word("account.email_wrong", user.language)}, role)
    made, token = invitations.invite(role, where, user, email)
    link = request.build_absolute_uri(reverse("desk:join", args=[token]))
    return show(request, "invited", link=link, invitation=made, what=labels.role(made.role, made.cite, user.language))


@sensitive
@require_POST
def withdraw(request: HttpRequest, invitation_id: int) -> HttpResponse:
    """POST: make a link void."""
    found = invitations.open_for(request.user).filter(pk=invitation_id).first()
    if found is None:
        return refused(request)
    invitations.withdraw(found, request.user)
    return redirect("/desk/people/?notice=saved")


@require_GET
def person(request: HttpRequest, account_id: int) -> HttpResponse:
    """GET: one account, its roles, and what can be done about it."""
    found = access.people_of(request.user).filter(pk=account_id).first()
    return refused(request) if found is None else _person(request, found)


@sensitive
@require_POST
def give_role(request: HttpRequest, account_id: int) -> HttpResponse:
    """POST role, cite: make the account that."""
    role, cite = request.POST.get("role", ""), request.POST.get("cite", "")
    where = "" if role == Role.ADMINISTRATOR else cite
    found = _managed(request, account_id)
    if found is None or role not in Role.values or not access.may_give(request.user, role, where):
        return refused(request, found)
    if role != Role.ADMINISTRATOR and where not in load_cites():
        user: Any = request.user
        return _person(request, found, {"cite": word("account.cite_missing", user.language)})
    making.give_role(found, role, where, request.user)
    return _back(found)


@sensitive
@require_POST
def take_role(request: HttpRequest, account_id: int) -> HttpResponse:
    """POST cite: take what the account is there."""
    cite = request.POST.get("cite", "")
    found = access.people_of(request.user).filter(pk=account_id).first()
    if found is None or not access.may_take(request.user, found, cite):
        return refused(request, found)
    try:
        making.take_role(found, cite, request.user)
    except making.LastAdministrator:
        return _back(found, "last_administrator")
    if access.people_of(request.user).filter(pk=found.pk).exists():
        return _back(found)
    return redirect("/desk/people/?notice=saved")


@sensitive
@require_POST
def disable(request: HttpRequest, account_id: int) -> HttpResponse:
    """POST: shut the account out."""
    found = _managed(request, account_id)
    return refused(request) if found is None else _done(found, lambda: making.disable(found, request.user))


@sensitive
@require_POST
def enable(request: HttpRequest, account_id: int) -> HttpResponse:
    """POST: let it in again."""
    found = _managed(request, account_id)
    return refused(request) if found is None else _done(found, lambda: making.enable(found, request.user))


@sensitive
@require_POST
def reset_factor(request: HttpRequest, account_id: int) -> HttpResponse:
    """POST: forget the second factor of somebody who lost it."""
    found = _managed(request, account_id, "reset")
    return refused(request) if found is None else _done(found, lambda: making.reset_factor(found, request.user))


@sensitive
@require_POST
def reset_password(request: HttpRequest, account_id: int) -> HttpResponse:
    """POST: a new random password, shown this once."""
    found = _managed(request, account_id, "reset")
    if found is None:
        return refused(request)
    return _person(request, found, password=making.reset_password(found, request.user))


def _is_email(text: str) -> bool:
    try:
        validate_email(text)
    except ValidationError:
        return False
    return len(text) <= 254


def _managed(request: HttpRequest, account_id: int, deed: str = "manage") -> Advisor | None:
    found = access.people_of(request.user).filter(pk=account_id).first()
    return found if found is not None and access.may(request.user, deed, found) else None


def _done(found: Advisor, deed: Callable[[], None]) -> HttpResponse:
    try:
        deed()
    except making.LastAdministrator:
        return _back(found, "last_administrator")
    return _back(found)


def _back(found: Advisor, notice: str = "saved") -> HttpResponse:
    return redirect(f"{reverse('desk:person', args=[found.pk])}?notice={notice}")


def _people(request: HttpRequest, errors: dict[str, str] | None = None, chosen: str = "") -> HttpResponse:
    user: Any = request.user
    scope, language = scope_of(user), user.language
    accounts = [(one, labels.roles(one, language, scope)) for one in access.people_of(user)]
    open_links = [(one, labels.role(one.role, one.cite, language)) for one in invitations.open_for(user)]
    values = {"accounts": accounts, "links": open_links, "chosen": chosen, **_choices(user)}
    return show(request, "people", 400 if errors else 200, errors=errors or {}, **values)


def _person(request: HttpRequest, found: Advisor, errors: dict[str, str] | None = None, **values: Any) -> HttpResponse:
    user: Any = request.user
    mine = access.may(user, "manage", found)
    values |= {
        "person": found,
        "held": [
            (cite, words, access.may_take(user, found, cite))
            for cite, words in labels.held(found, user.language, scope_of(user))
        ],
        "has_factor": factor.has(found),
        "manages": mine,
        "resets": access.may(user, "reset", found),
        **_choices(user),
    }
    return show(request, "person", 400 if errors else 200, errors=errors or {}, **values)


def _choices(user: Any) -> dict[str, Any]:
    """The roles and Cités that an account may give."""
    scope, language = scope_of(user), user.language
    given = [role for role in Role.values if scope.everywhere or role == Role.ADVISOR]
    cites = [id for id in load_cites() if scope.leads(id)]
    named = sorted(((id, labels.cite(id, language) or id) for id in cites), key=lambda pair: pair[1])
    return {"roles": [(role, labels.role_name(role, language)) for role in given], "cites": named}
