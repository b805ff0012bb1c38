"""Who comes to a page of the desk, and what HTMX is told when that is nobody any more."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.conf import settings
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, resolve_url
from django.views.decorators.cache import never_cache
from django_htmx.http import HttpResponseClientRedirect

from bot.web.conversations.models import Handoff
from bot.web.desk import access

View = Callable[..., HttpResponse]
GONE = "/desk/?notice=gone"


def is_htmx(request: HttpRequest) -> bool:
    """Whether a part of a page is asked for, not a page."""
    return request.headers.get("HX-Request") == "true"


def advisor(request: HttpRequest) -> Any:
    """The account that `signed_in` has made sure of."""
    return request.user


def signed_in(view: View) -> View:
    """For advisors alone, kept by no cache. A part of a page is never replaced by the sign-in page."""
    page = never_cache(login_required(view))

    @wraps(view)
    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if is_htmx(request) and not request.user.is_authenticated:
            return HttpResponseClientRedirect(resolve_url(settings.LOGIN_URL))
        return page(request, *args, **kwargs)

    return guarded


def of_handoff(view: View) -> View:
    """For advisors who may see the request of that number; the others are told that there is none."""

    @signed_in
    @wraps(view)
    def guarded(request: HttpRequest, handoff_id: int, *args: Any, **kwargs: Any) -> HttpResponse:
        found = access.find(advisor(request), handoff_id)
        if found is None:
            return gone(request)
        return view(request, found, *args, **kwargs)

    return guarded


def gone(request: HttpRequest) -> HttpResponse:
    """To the queue, told that the request is no more."""
    return HttpResponseClientRedirect(GONE) if is_htmx(request) else redirect(GONE)


def allowed(request: HttpRequest, action: str, handoff: Handoff) -> bool:
    """Whether who asks may do this with a request."""
    return access.may(advisor(request), action, handoff)
