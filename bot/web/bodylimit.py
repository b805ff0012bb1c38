"""Refuses request bodies that are large, declared or not, or too long in coming, before anything else is done."""

from __future__ import annotations

import json
import time
from collections.abc import Awaitable, Callable, MutableMapping
from typing import Any

from django.conf import settings

from bot.web.answers import error_body
from bot.web.conversations.errors import Refused
from bot.web.deadline import within
from bot.web.words import preferred

Scope = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[MutableMapping[str, Any]]]
Send = Callable[[MutableMapping[str, Any]], Awaitable[None]]
Application = Callable[[Scope, Receive, Send], Awaitable[None]]


def limit_bodies(application: Application) -> Application:
    """Answer 413 to a body of more than BODY_LIMIT bytes, 408 after BODY_PATIENCE seconds; the rest is not read."""

    async def limited(scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            return await application(scope, receive, send)
        try:
            body = await _read(scope, receive)
        except Refused as refused:
            return await refuse(scope, send, refused)
        await application(scope, _replay(body, receive), send)

    return limited


async def refuse(scope: Scope, send: Send, refused: Refused) -> None:
    """Answer a refusal as JSON, in the language that the browser prefers, and end the connection."""
    language = preferred(dict(scope["headers"]).get(b"accept-language", b"").decode("latin-1"))
    body = json.dumps({"error": error_body(refused, language)}).encode()
    headers = [
        (b"content-type", b"application/json"),
        (b"content-length", str(len(body)).encode()),
        (b"cache-control", b"no-store"),
        (b"x-content-type-options", b"nosniff"),
        (b"connection", b"close"),
    ]
    if refused.retry_after is not None:
        headers.append((b"retry-after", str(refused.retry_after).encode()))
    await send({"type": "http.response.start", "status": refused.status, "headers": headers})
    await send({"type": "http.response.body", "body": body})


async def _read(scope: Scope, receive: Receive) -> list[MutableMapping[str, Any]]:
    """The events that make up the body, of at most `_limit` bytes together."""
    limit = _limit(scope["path"])
    too_large = Refused("body_too_large", limit=limit // 1024)
    if _declared(scope) > limit:
        raise too_large
    events: list[MutableMapping[str, Any]] = []
    size = 0
    end = time.monotonic() + settings.BODY_PATIENCE
    while not events or events[-1].get("more_body"):
        events.append(await _next(receive, end))
        size += len(events[-1].get("body", b""))
        if size > limit:
            raise too_large
    return events


def _limit(path: str) -> int:
    """Bytes: BODY_LIMIT, more for a platform's call, and most for those of Meta's if they are on."""
    if not path.startswith("/channels/"):
        return int(settings.BODY_LIMIT)
    batches = settings.META_APP_SECRET and path.startswith(("/channels/whatsapp/", "/channels/messenger/"))
    return int(settings.BATCH_LIMIT if batches else settings.WEBHOOK_LIMIT)


async def _next(receive: Receive, end: float) -> MutableMapping[str, Any]:
    """The next event, if it comes before `end` (on the clock of time.monotonic)."""
    try:
        return await within(max(0.001, end - time.monotonic()), receive())
    except TimeoutError:
        raise Refused("too_slow") from None


def _declared(scope: Scope) -> int:
    raw = dict(scope["headers"]).get(b"content-length", b"0")
    return int(raw) if raw.isdigit() else 0


def _replay(events: list[MutableMapping[str, Any]], receive: Receive) -> Receive:
    async def replay() -> MutableMapping[str, Any]:
        return events.pop(0) if events else await receive()

    return replay
