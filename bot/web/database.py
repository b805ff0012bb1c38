"""Database work asked for by asynchronous code, and the last traces of what was deleted."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import ParamSpec, TypeVar

from asgiref.sync import sync_to_async
from django.db import DatabaseError, close_old_connections, connection

P = ParamSpec("P")
T = TypeVar("T")

_PATIENCE_MS = 500
# A pool of its own: an open stream holds no thread and no connection between two looks.
_POOL = ThreadPoolExecutor(max_workers=8, thread_name_prefix="database")


async def in_database(function: Callable[P, T], *args: P.args, **kwargs: P.kwargs) -> T:
    """Run `function` in the pool of database threads; what it raises is raised here."""
    return await sync_to_async(_run, thread_sensitive=False, executor=_POOL)(function, *args, **kwargs)


def empty_log() -> bool:
    """Take what was deleted out of SQLite's write-ahead log too; False when a reader is in the way: try again.

    Call it outside a transaction. With PostgreSQL nothing is done: its logs are in its administrator's hands.
    """
    if connection.vendor != "sqlite":
        return True
    with connection.cursor() as cursor:
        try:
            cursor.execute(f"PRAGMA busy_timeout={_PATIENCE_MS}")  # who writes meanwhile waits for this
            busy = cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()[0]
        except DatabaseError:
            return False
        finally:
            cursor.execute("PRAGMA busy_timeout=10000")
    return not busy


def _run(function: Callable[P, T], *args: P.args, **kwargs: P.kwargs) -> T:
    close_old_connections()
    try:
        return function(*args, **kwargs)
    finally:
        close_old_connections()
