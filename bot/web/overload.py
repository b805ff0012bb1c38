"""Refuses what comes when as many requests as the server can carry are being answered."""

from __future__ import annotations

from django.conf import settings

from bot.web.bodylimit import Application, Receive, Scope, Send, refuse
from bot.web.conversations.errors import Refused


def limit_requests(application: Application) -> Application:
    """Answer 503, with the seconds to wait, to what comes while REQUESTS others (streams too) are open."""
    running = 0

    async def limited(scope: Scope, receive: Receive, send: Send) -> None:
        nonlocal running
        if scope["type"] != "http":
            return await application(scope, receive, send)
        if running >= settings.REQUESTS:
            return await refuse(scope, send, Refused("full", retry_after=10))
        running += 1
        try:
            await application(scope, receive, send)
        finally:
            running -= 1

    return limited
