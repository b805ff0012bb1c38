"""An end to what takes too long, however it takes long."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable
from typing import TypeVar

T = TypeVar("T")


async def within(seconds: float, work: Awaitable[T]) -> T:
    """What `work` gives; `TimeoutError` when it takes longer than so many seconds altogether: it is then cancelled.

    The timeouts of an HTTP client do not do: they are for each step of a call, and each byte begins one anew.
    Nor does `asyncio.wait_for`, for the reason told in `notifier.wait`.
    """
    task = asyncio.ensure_future(work)
    try:
        await asyncio.wait({task}, timeout=seconds)
    finally:
        task.cancel()
    await asyncio.wait({task})
    if task.cancelled():
        raise TimeoutError
    return task.result()
