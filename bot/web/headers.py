"""Headers of every answer, and which other sites may call the API."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from urllib.parse import urlsplit

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.utils.decorators import async_only_middleware

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
    "Permissions-Policy": "camera=(), geolocation=(), microphone=(), payment=()",
}
_PREFLIGHT = {
    "Access-Control-Allow-Methods": "GET, POST, DELETE",
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
    """Let the door's own pages and the sites of ALLOWED_ORIGINS call the API; refuse all others."""

    async def middleware(request: HttpRequest) -> HttpResponseBase:
        origin = request.headers.get("Origin", "")
        if not request.path.startswith("/api/") or not origin:
            return await get_response(request)
        if not _allowed(request, origin):
            return refusal(request, Refused("forbidden"))
        preflight = request.method == "OPTIONS"
        response = HttpResponse(status=204, headers=_PREFLIGHT) if preflight else await get_response(request)
        response.headers["Access-Control-Allow-Origin"] = origin
        response.headers["Access-Control-Expose-Headers"] = "Retry-After"
        response.headers["Vary"] = "Origin"
        return response

    return middleware


def _allowed(request: HttpRequest, origin: str) -> bool:
    return origin in settings.ALLOWED_ORIGINS or urlsplit(origin).netloc == request.get_host()
