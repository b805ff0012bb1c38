"""Signing in: the name and the password, then the second factor; and signing out, here or everywhere."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.contrib.auth import logout
from django.contrib.auth.views import LoginView, RedirectURLMixin
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect
from django.utils.decorators import method_decorator
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from bot.web.accounts import factor, lockout
from bot.web.accounts.gate import before_factor, public, send
from bot.web.accounts.making import end_sessions, home
from bot.web.accounts.pages import NOTICES, locked_for, show
from bot.web.audit.log import record
from bot.web.audit.models import Action
from bot.web.conversations.errors import Refused
from bot.web.desk.frame import frame, language_of
from bot.web.desk.models import Advisor
from bot.web.limits import address, rates
from bot.web.words import word


@method_decorator(never_cache, name="dispatch")
class Login(LoginView):
    """GET and POST /desk/login. After failed tries the name and the address must wait."""

    template_name = "desk/login.html"
    redirect_authenticated_user = True
    problem = ""
    wrong = False

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Check the name and the password, unless there were too many tries."""
        self.tried = {"name": request.POST.get("username", ""), "address": address(request)}
        try:
            rates.hit("login", self.tried["address"])
            lockout.count(**self.tried)
        except Refused as refused:
            return self._wait(lockout.Locked(refused.retry_after or 1))
        except lockout.Locked as locked:
            record(None, Action.LOCKED, _named(self.tried["name"]))
            return self._wait(locked)
        return super().post(request, *args, **kwargs)

    def form_valid(self, form: Any) -> HttpResponse:
        """Sign in."""
        lockout.succeeded(**self.tried)
        return super().form_valid(form)

    def form_invalid(self, form: Any) -> HttpResponse:
        """Say that name or password is wrong, never which."""
        account = _named(self.tried["name"])
        record(None, Action.LOGIN_REFUSED, account, home(account) if account else "")
        self.wrong = True
        self.problem = word("desk.wrong", language_of(self.request))
        return super().form_invalid(form)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """The page's language, what went wrong, and the name that was tried."""
        context = super().get_context_data(**kwargs)
        fault = {"problem": self.problem, "wrong": self.wrong, "username": self.request.POST.get("username", "")}
        return context | frame(self.request, *NOTICES) | fault | {"oidc": settings.OIDC_ISSUER}

    def _wait(self, locked: lockout.Locked) -> HttpResponse:
        self.problem = locked_for(locked, language_of(self.request))
        response = self.render_to_response(self.get_context_data(form=self.form_class()), status=429)
        response.headers["Retry-After"] = str(locked.seconds)
        return response


class _Next(RedirectURLMixin):
    """Where to go on: the page asked for, when it is one of the desk's own."""

    next_page = "desk:queue"

    def __init__(self, request: HttpRequest) -> None:
        self.request = request


def next_page(request: HttpRequest) -> str:
    """The page that `next` asks for, or the queue; never an address elsewhere."""
    return _Next(request).get_success_url()


@before_factor
@require_http_methods(["GET", "POST"])
def second(request: HttpRequest) -> HttpResponse:
    """GET, POST code: the second factor of whoever has signed in with a password."""
    user: Any = request.user
    if user.is_verified() or not factor.has(user):
        return redirect(next_page(request))
    if request.method == "GET":
        return show(request, "factor", next=next_page(request))
    try:
        if factor.check(request, request.POST.get("code", "")):
            return redirect(next_page(request))
    except lockout.Locked as locked:
        record(None, Action.LOCKED, user, home(user))
        errors = {"code": locked_for(locked, user.language)}
        return show(request, "factor", 429, next=next_page(request), errors=errors)
    return show(request, "factor", next=next_page(request), errors={"code": word("account.code_wrong", user.language)})


@before_factor
@require_POST
def sign_out(request: HttpRequest) -> HttpResponseBase:
    """POST: end this session."""
    user: Any = request.user
    record(user, Action.LOGOUT, user, home(user))
    logout(request)
    return redirect("desk:login")


@before_factor
@require_POST
def stay(request: HttpRequest) -> HttpResponse:
    """POST: somebody is there, though the page was not left: the session goes on. 204; without HTMX, the queue."""
    return HttpResponse(status=204) if "HX-Request" in request.headers else redirect("desk:queue")


@before_factor
@require_POST
def sign_in_anew(request: HttpRequest) -> HttpResponse:
    """POST next: end this session, whose time is up, for a new one that comes back to the same page."""
    user: Any = request.user
    record(user, Action.LOGOUT, user, home(user))
    wanted = next_page(request)
    logout(request)
    return send(request, "desk:login", next=wanted)


@require_POST
def sign_out_everywhere(request: HttpRequest) -> HttpResponse:
    """POST: end all sessions of the account, this one too."""
    user: Any = request.user
    end_sessions(user)
    logout(request)
    return redirect("/desk/login?notice=signed_out")


login_page = public(Login.as_view())


def _named(username: str) -> Advisor | None:
    """The account that was tried, for the audit log alone."""
    name = lockout.as_one(username)
    return Advisor.objects.filter(username__iexact=name).first() if len(name) <= 150 else None
