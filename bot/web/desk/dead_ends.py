"""The desk's own pages for an address that leads nowhere and for a form that was not accepted.

Outside of the desk the same is said by a plain page.
"""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.cache import add_never_cache_headers

from bot.web.desk.frame import frame
from bot.web.pages import views

_FOLDER = "/desk/"


def not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """404: there is no such page, or it is not for this account, which is told alike."""
    if not request.path.startswith(_FOLDER):
        return views.not_found(request)
    return _page(request, 404, "page.not_found", "desk.nowhere")


def forbidden(request: HttpRequest, reason: str = "") -> HttpResponse:
    """403: a form sent from elsewhere, or from a page that is too old."""
    if not request.path.startswith(_FOLDER):
        return views.forbidden(request)
    return _page(request, 403, "page.forbidden", "")


def _page(request: HttpRequest, status: int, title: str, hint: str) -> HttpResponse:
    context = {**frame(request), "title": title, "hint": hint, "nowhere": True}
    response = render(request, "desk/dead_end.html", context, status=status)
    add_never_cache_headers(response)
    return response
