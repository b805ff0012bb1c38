"""How long the session of who is signed in still lasts: the gate counts it, each answer of the desk tells it."""

from __future__ import annotations

import time
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.utils.decorators import async_only_middleware

Handler = Callable[[HttpRequest], Awaitable[HttpResponseBase]]
HEADER = "Desk-Session"
_EACH = 60  # seconds between two notes in the session that somebody is there


@dataclass(frozen=True)
class Left:
    """Seconds until the session ends; `last`: it ends then whoever is there, and only a new sign-in goes on."""

    seconds: int
    last: bool

    @property
    def is_over(self) -> bool:
        """Whether it has ended."""
        return self.seconds < 0

    def __str__(self) -> str:
        """As the header tells it."""
        return f"{self.seconds} last" if self.last else str(self.seconds)


def begin(session: Any) -> None:
    """Note in a new session when it began."""
    session["began"] = session["seen"] = int(time.time())


def left(session: Any) -> Left:
    """How long a session still lasts."""
    now = int(time.time())
    began, seen = session.setdefault("began", now), session.setdefault("seen", now)
    whole, idle = began + settings.SESSION_HOURS * 3600 - now, seen + settings.SESSION_IDLE_MINUTES * 60 - now
    return Left(min(whole, idle), whole <= idle)


def somebody_is_there(session: Any) -> None:
    """Note it, once a minute at most: each note is a write."""
    now = int(time.time())
    if now - session.setdefault("seen", now) >= _EACH:
        session["seen"] = now


def of(request: HttpRequest) -> Left | None:
    """What the gate has counted; None on a page that nobody has to be signed in for."""
    return getattr(request, "session_left", None)


@async_only_middleware
def tell(get_response: Handler) -> Handler:
    """Let each answer to who is signed in say how long the session lasts, so that its end comes to nobody unwarned."""

    async def middleware(request: HttpRequest) -> HttpResponseBase:
        response = await get_response(request)
        known = of(request)
        if known is not None:
            response.headers[HEADER] = str(known)
        return response

    return middleware
