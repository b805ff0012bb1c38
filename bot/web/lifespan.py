"""Starts the dispatcher with the server and stops it with the server."""

from __future__ import annotations

import asyncio
import logging
from contextlib import suppress

from django.conf import settings

from bot.web.bodylimit import Application, Receive, Scope, Send
from bot.web.conversations.dispatcher import Dispatcher

log = logging.getLogger(__name__)


def with_dispatcher(application: Application) -> Application:
    """Answer the server's lifespan events; everything else is the application's."""

    async def wrapped(scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "lifespan":
            await _live(receive, send)
        else:
            await application(scope, receive, send)

    return wrapped


async def _live(receive: Receive, send: Send) -> None:
    await receive()  # lifespan.startup
    dispatcher = Dispatcher()
    task = asyncio.create_task(dispatcher.run()) if settings.DISPATCH else None
    if task:
        task.add_done_callback(_report)
    await send({"type": "lifespan.startup.complete"})
    await receive()  # lifespan.shutdown
    if task:
        task.cancel()
        with suppress(asyncio.CancelledError):
            await task
    await dispatcher.close()
    await send({"type": "lifespan.shutdown.complete"})


def _report(task: asyncio.Task[None]) -> None:
    """A dispatcher that ended by itself is a fault that must be seen."""
    if not task.cancelled() and task.exception():
        log.critical("the dispatcher stopped", exc_info=task.exception())
