"""Taking events in one after the other for each person, so that who sends many waits for themselves alone."""

from __future__ import annotations

import asyncio
from collections import Counter
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager

from bot.web.channels.platform import Incoming


class Turns:
    """One at a time for each key, first come first served, in this process: who waits holds no thread of others'."""

    def __init__(self) -> None:
        self._locks: dict[str, asyncio.Lock] = {}
        self._asking: Counter[str] = Counter()

    @asynccontextmanager
    async def of(self, key: str) -> AsyncIterator[None]:
        """Wait for one's turn, and have it as long as the context lasts."""
        lock = self._locks.setdefault(key, asyncio.Lock())
        self._asking[key] += 1
        try:
            async with lock:
                yield
        finally:
            self._asking[key] -= 1
            if not self._asking[key]:
                del self._asking[key], self._locks[key]


def fair(events: Sequence[Incoming]) -> list[Incoming]:
    """The events of a call, each person's in order, but everybody's first before anybody's second."""
    before: Counter[str] = Counter()
    numbered: list[tuple[int, Incoming]] = []
    for event in events:
        numbered.append((before[event.user], event))
        before[event.user] += 1
    return [event for _, event in sorted(numbered, key=lambda each: each[0])]
