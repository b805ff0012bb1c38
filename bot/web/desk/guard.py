"""Which request a page of the desk is about, and what is answered when the account may not see it.

The gate (`bot.web.accounts.gate`) has let the account through before.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.cache import never_cache
from django_htmx.http import HttpResponseClientRedirect

from bot.web.desk import access, clock

View = Callable[..., HttpResponse]


def is_htmx(request: HttpRequest) -> bool:
    """Whether a part of a page is asked for, not a page."""
    return request.headers.get("HX-Request") == "true"


def advisor(request: HttpRequest) -> Any:
    """The account that the gate has made sure of."""
    return request.user


def of_handoff(view: View) -> View:
    """For a request, by its number, that the account may see; else the queue tells why there is none.

    Its pages tell the time of its Cité.
    """

    @never_cache
    @wraps(view)
    def guarded(request: HttpRequest, handoff_id: int, *args: Any, **kwargs: Any) -> HttpResponse:
        found = access.find(advisor(request), handoff_id)
        if found is None:
            return _gone(request, handoff_id)
        with clock.at_cite(access.cite_of(found)):
            return view(request, found, *args, **kwargs)

    return guarded


def allowed(request: HttpRequest, action: str, handoff: Any) -> bool:
    """Whether who asks may do this with a request."""
    return access.may(advisor(request), action, handoff)


def _gone(request: HttpRequest, handoff_id: int) -> HttpResponse:
    address = f"/desk/?notice={access.why_gone(advisor(request), handoff_id)}"
    return HttpResponseClientRedirect(address) if is_htmx(request) else redirect(address)
