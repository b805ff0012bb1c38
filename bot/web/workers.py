"""What works beside the calls as long as the server runs: looks again and again, and tasks that run side by side."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import AsyncIterator, Awaitable, Callable, Coroutine, Hashable
from contextlib import asynccontextmanager
from typing import Any, NoReturn, Protocol

from django.db import DatabaseError

from bot.web.database import in_database

log = logging.getLogger(__name__)
_ended: set[str] = set()


class Worker(Protocol):
    """Something that works as long as the server runs."""

    async def run(self) -> None:
        """Work until cancelled."""

    async def close(self) -> None:
        """Give back what is held."""


def start(worker: Worker) -> asyncio.Task[None]:
    """Let a worker run, under the name of its class in small letters."""
    task = asyncio.create_task(worker.run(), name=type(worker).__name__.lower())
    _ended.discard(task.get_name())
    task.add_done_callback(_report)
    return task


def ended() -> list[str]:
    """The names of the workers that a fault has ended in this process; empty when all is well."""
    return sorted(_ended)


def _report(task: asyncio.Task[None]) -> None:
    """A worker that ended by itself is a fault that must be seen."""
    if not task.cancelled() and task.exception():
        _ended.add(task.get_name())
        log.critical("the %s stopped", task.get_name(), exc_info=task.exception())


async def look(once: Callable[[], Awaitable[None]]) -> None:
    """Look once; whatever fault there was is logged, and left to the next look."""
    try:
        await once()
    except DatabaseError:
        log.exception("the database did not answer")
    except Exception:
        log.exception("a look broke off")


async def again_and_again(once: Callable[[], Awaitable[None]], seconds: float) -> NoReturn:
    """Look, wait so many seconds, look again, until cancelled."""
    while True:
        await look(once)
        await asyncio.sleep(seconds)


@asynccontextmanager
async def giving_back(release: Callable[[], None]) -> AsyncIterator[None]:
    """Work under a lease, which `release` (a database function) gives back at the end, also when cancelled.

    After a fault it is left to run out: given back, the same would be taken up again at once, and break off for ever.
    """
    fault = False
    try:
        yield
    except Exception:
        fault = True
        raise
    finally:
        if not fault:
            await in_database(release)


class Tasks:
    """Tasks under names, at most one of each at a time."""

    def __init__(self, done: Callable[[Any], None]) -> None:
        """`done` is told the name of each task that has ended, but for those that a fault broke off."""
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
        else:
            self._done(name)
