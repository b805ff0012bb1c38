"""Starts what works beside the calls (dispatcher, sweeper, …) with the server, and stops it with the server."""

from __future__ import annotations

import asyncio
import logging

from django.conf import settings
from django.db import DatabaseError

from bot.web.bodylimit import Application, Receive, Scope, Send
from bot.web.channels.carrier import Carrier
from bot.web.conversations.dispatcher import Dispatcher
from bot.web.conversations.sweeper import Sweeper
from bot.web.conversations.watcher import Watcher
from bot.web.database import in_database
from bot.web.desk_notes.herald import Herald
from bot.web.notices import publishing
from bot.web.workers import Worker, start

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
    if settings.DISPATCH:
        await _put_right()
    workers: tuple[Worker, ...] = (Dispatcher(), Sweeper(), Watcher(), Herald(), Carrier())
    tasks = [start(worker) for worker in workers] if settings.DISPATCH else []
    await send({"type": "lifespan.startup.complete"})
    await receive()  # lifespan.shutdown
    for task in tasks:
        task.cancel()
    await asyncio.gather(*tasks, return_exceptions=True)
    for worker in workers:
        await worker.close()
    await send({"type": "lifespan.shutdown.complete"})


async def _put_right() -> None:
    """What was announced at the desk is told as the database has it, whatever happened to its files."""
    try:
        await in_database(publishing.publish_all)
    except DatabaseError:
        log.exception("the announcements could not be looked up")
