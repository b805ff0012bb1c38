"""Headers of every answer, and which other sites may call the API."""

from __future__ import annotations

from collections.abc import Awaitable, Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.utils.cache import patch_vary_headers
from django.utils.decorators import async_only_middleware

from bot.knowledge.cites import load_cites
from bot.knowledge.sites import load_sites
from bot.web.answers import refusal
from bot.web.conversations.errors import Refused

Handler = Callable[[HttpRequest], Awaitable[HttpResponseBase]]

POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; img-src 'self'; "
    "form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)
_ALWAYS = {
    "Content-Security-Policy": POLICY,
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=(), payment=()",
}
_PREFLIGHT = {
    "Access-Control-Allow-Methods": "GET, POST, PUT, DELETE",
    "Access-Control-Allow-Headers": "authorization, content-type, last-event-id",
    "Access-Control-Max-Age": "7200",
}


@async_only_middleware
def security_headers(get_response: Handler) -> Handler:
    """Put the security headers on every answer."""

    async def middleware(request: HttpRequest) -> HttpResponseBase:
        response = await get_response(request)
        for name, value in _ALWAYS.items():
            response.headers.setdefault(name, value)
        if settings.HTTPS:
            response.headers.setdefault("Strict-Transport-Security", "max-age=31536000")
        return response

    return middleware


@async_only_middleware
def cross_origin(get_response: Handler) -> Handler:
    """Let the door's own pages and the sites that are listed call the API; refuse all others."""

    async def middleware(request: HttpRequest) -> HttpResponseBase:
        if not request.path.startswith("/api/"):
            return await get_response(request)
        origin = request.headers.get("Origin", "")
        if origin and not may_call(request, origin):
            response: HttpResponseBase = refusal(request, Refused("forbidden"))
        elif origin and request.method == "OPTIONS":
            response = _readable_by(origin, HttpResponse(status=204, headers=_PREFLIGHT))
        elif origin:
            response = _readable_by(origin, await get_response(request))
        else:
            response = await get_response(request)
        patch_vary_headers(response, ("Origin",))
        return response

    return middleware


def may_call(request: HttpRequest, origin: str) -> bool:
    """Whether a page of `origin` may call the API at all."""
    return _everywhere(request, origin) or origin in load_sites()


def may_open(request: HttpRequest, cite: str | None) -> bool:
    """Whether the page that calls may open a conversation of this Cité; it may of none, and an unknown one is none."""
    origin = request.headers.get("Origin", "")
    if not origin or cite not in load_cites():
        return True
    return _everywhere(request, origin) or cite in load_sites().get(origin, ())


def _readable_by(origin: str, response: HttpResponseBase) -> HttpResponseBase:
    response.headers["Access-Control-Allow-Origin"] = origin
    response.headers["Access-Control-Expose-Headers"] = "Retry-After, Content-Disposition"
    return response


def _everywhere(request: HttpRequest, origin: str) -> bool:
    return origin in settings.ALLOWED_ORIGINS or origin == f"{request.scheme}://{request.get_host()}"
