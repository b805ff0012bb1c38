"""Refuses large request bodies before they are read, declared or not."""

from __future__ import annotations

import json
from collections.abc import Awaitable, Callable, MutableMapping
from typing import Any

from django.conf import settings

from bot.web.answers import error_body
from bot.web.conversations.errors import Refused
from bot.web.words import preferred

Scope = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[MutableMapping[str, Any]]]
Send = Callable[[MutableMapping[str, Any]], Awaitable[None]]
Application = Callable[[Scope, Receive, Send], Awaitable[None]]


class _TooLarge(Exception):
    pass


def limit_bodies(application: Application) -> Application:
    """Answer 413 to a body of more than BODY_LIMIT bytes; the rest of it is not read."""

    async def limited(scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            return await application(scope, receive, send)
        try:
            body = await _read(scope, receive)
        except _TooLarge:
            return await _refuse(scope, send)
        await application(scope, _replay(body, receive), send)

    return limited


async def _read(scope: Scope, receive: Receive) -> list[MutableMapping[str, Any]]:
    """The events that make up the body, of at most BODY_LIMIT bytes together."""
    if _declared(scope) > settings.BODY_LIMIT:
        raise _TooLarge
    events: list[MutableMapping[str, Any]] = []
    size = 0
    while not events or events[-1].get("more_body"):
        events.append(await receive())
        size += len(events[-1].get("body", b""))
        if size > settings.BODY_LIMIT:
            raise _TooLarge
    return events


def _declared(scope: Scope) -> int:
    raw = dict(scope["headers"]).get(b"content-length", b"0")
    return int(raw) if raw.isdigit() else 0


def _replay(events: list[MutableMapping[str, Any]], receive: Receive) -> Receive:
    async def replay() -> MutableMapping[str, Any]:
        return events.pop(0) if events else await receive()

    return replay


async def _refuse(scope: Scope, send: Send) -> None:
    language = preferred(dict(scope["headers"]).get(b"accept-language", b"").decode("latin-1"))
    refused = Refused("body_too_large", limit=settings.BODY_LIMIT // 1024)
    body = json.dumps({"error": error_body(refused, language)}).encode()
    headers = [
        (b"content-type", b"application/json"),
        (b"content-length", str(len(body)).encode()),
        (b"connection", b"close"),
    ]
    await send({"type": "http.response.start", "status": refused.status, "headers": headers})
    await send({"type": "http.response.body", "body": body})
