"""The gate of the desk: nothing under /desk/ is shown before account, session and second factor are in order.

A view says what it asks for by a mark; without one it asks for all: who forgets the mark shuts the door, not opens it.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar
from urllib.parse import urlencode, urlsplit

from asgiref.sync import sync_to_async
from django.contrib.auth import logout
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.deprecation import MiddlewareMixin

from bot.web.accounts import factor, lasting
from bot.web.characters import make_storable

_FOLDER = "/desk/"

View = TypeVar("View", bound=Callable[..., Any])


def public(view: View) -> View:
    """Mark a view of the desk that asks for no account."""
    view.asks = "nothing"  # type: ignore[attr-defined]
    return view


def before_factor(view: View) -> View:
    """Mark a view that asks for an account, not yet for its second factor."""
    view.asks = "account"  # type: ignore[attr-defined]
    return view


def to_set_up(view: View) -> View:
    """Mark a view that asks for a second factor of those who have one, and lets the others set it up."""
    view.asks = "set_up"  # type: ignore[attr-defined]
    return view


def sensitive(view: View) -> View:
    """Mark a view that asks for a second factor of whoever comes, whatever their role."""
    view.asks = "factor"  # type: ignore[attr-defined]
    return view


class Gate(MiddlewareMixin):
    """Lets through to a view of the desk, or sends to the page that is asked for first.

    What is let through has only fields that the database can store and look for.
    """

    async def process_view(
        self, request: HttpRequest, view: Callable[..., Any], args: Any, kwargs: Any
    ) -> HttpResponse | None:
        """None lets through."""
        if not request.path.startswith(_FOLDER):
            return None
        make_storable(request)
        asks = getattr(view, "asks", "all")
        return None if asks == "nothing" else await sync_to_async(_check)(request, asks)


def is_passed(request: HttpRequest) -> bool:
    """Whether whoever is signed in has passed: the pages that ask for no more than usual are open to them."""
    user: Any = request.user
    return user.is_authenticated and (user.is_verified() or not (factor.has(user) or _lacks_factor(request)))


def _check(request: HttpRequest, asks: str) -> HttpResponse | None:
    user: Any = request.user
    if not user.is_authenticated:
        return send(request, "desk:login", next=_wanted(request))
    if _is_over(request):
        logout(request)
        return send(request, "desk:login", notice="session_over", next=_wanted(request))
    if asks == "account" or user.is_verified():
        return None
    if factor.has(user):
        return send(request, "desk:factor", next=_wanted(request))
    if asks == "set_up":
        return None
    if asks == "factor" or _lacks_factor(request):
        return send(request, "desk:factor_set_up", notice="factor_needed", next=_wanted(request))
    return None


def _lacks_factor(request: HttpRequest) -> bool:
    return factor.required(request.user) and not factor.is_put_off(request)


def _is_over(request: HttpRequest) -> bool:
    """Whether the session has lasted too long, or nobody was there; a page that asks for news by itself is nobody."""
    if lasting.left(request.session).is_over:
        return True
    by_itself = request.method == "GET" and "HX-Request" in request.headers and "HX-Boosted" not in request.headers
    if not by_itself:
        lasting.somebody_is_there(request.session)
    request.session_left = lasting.left(request.session)
    return False


def send(request: HttpRequest, name: str, **query: str) -> HttpResponse:
    """To another page: a redirection, or what HTMX takes for one."""
    found = urlencode({key: value for key, value in query.items() if value}, safe="/")
    address = f"{reverse(name)}?{found}" if found else reverse(name)
    if "HX-Request" in request.headers:
        return HttpResponse(headers={"HX-Redirect": address})
    return HttpResponseRedirect(address)


def _wanted(request: HttpRequest) -> str:
    """The page to come back to; none after a deed, which is not done twice."""
    if "HX-Request" in request.headers:
        return urlsplit(request.headers.get("HX-Current-URL", "")).path
    return request.get_full_path() if request.method == "GET" else ""
