"""What works beside the calls as long as the server runs: looks again and again, and tasks that run side by side."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable, Callable, Coroutine, Hashable
from typing import Any, NoReturn, Protocol

from django.db import DatabaseError

log = logging.getLogger(__name__)


class Worker(Protocol):
    """Something that works as long as the server runs."""

    async def run(self) -> None:
        """Work until cancelled."""

    async def close(self) -> None:
        """Give back what is held."""


async def look(once: Callable[[], Awaitable[None]]) -> None:
    """Look once; that the database did not answer is logged, and left to the next look."""
    try:
        await once()
    except DatabaseError:
        log.exception("the database did not answer")


async def again_and_again(once: Callable[[], Awaitable[None]], seconds: float) -> NoReturn:
    """Look, wait so many seconds, look again, until cancelled."""
    while True:
        await look(once)
        await asyncio.sleep(seconds)


class Tasks:
    """Tasks under names, at most one of each at a time."""

    def __init__(self, done: Callable[[Any], None]) -> None:
        """`done` is told the name of each task that has ended, however it did."""
        self._done = done
        self._running: dict[Hashable, asyncio.Task[None]] = {}

    def names(self) -> list[Any]:
        """The names of those that run."""
        return list(self._running)

    def start(self, name: Hashable, work: Callable[[], Coroutine[Any, Any, None]]) -> None:
        """Begin `work`, unless one of that name runs."""
        if name not in self._running:
            self._running[name] = task = asyncio.create_task(work())
            task.add_done_callback(lambda ended: self._end(name, ended))

    async def stop(self) -> None:
        """Cancel them all and wait until they have ended."""
        tasks = list(self._running.values())
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)

    def _end(self, name: Hashable, task: asyncio.Task[None]) -> None:
        self._running.pop(name, None)
        if not task.cancelled() and task.exception():
            log.error("a task broke off", exc_info=task.exception())
        self._done(name)
