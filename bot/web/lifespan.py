"""Starts the dispatcher, the sweeper and the carrier with the server and stops them with the server."""

from __future__ import annotations

import asyncio
import logging
from contextlib import suppress

from django.conf import settings

from bot.web.bodylimit import Application, Receive, Scope, Send
from bot.web.channels.carrier import Carrier
from bot.web.conversations.dispatcher import Dispatcher
from bot.web.conversations.sweeper import Sweeper

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
    workers = (Dispatcher(), Sweeper(), Carrier())
    tasks = [_start(worker) for worker in workers] if settings.DISPATCH else []
    await send({"type": "lifespan.startup.complete"})
    await receive()  # lifespan.shutdown
    for task in tasks:
        task.cancel()
        with suppress(asyncio.CancelledError):
            await task
    for worker in workers:
        await worker.close()
    await send({"type": "lifespan.shutdown.complete"})


def _start(worker: Dispatcher | Sweeper | Carrier) -> asyncio.Task[None]:
    task = asyncio.create_task(worker.run(), name=type(worker).__name__.lower())
    task.add_done_callback(_report)
    return task


def _report(task: asyncio.Task[None]) -> None:
    """A worker that ended by itself is a fault that must be seen."""
    if not task.cancelled() and task.exception():
        log.critical("the %s stopped", task.get_name(), exc_info=task.exception())
