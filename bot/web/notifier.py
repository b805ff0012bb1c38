"""Tells waiting coroutines of this process that something changed. Other processes are found by polling."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from contextlib import contextmanager
from threading import Lock

from django.db import transaction

DISPATCHER = "dispatcher"
"""The topic of the dispatcher; every other topic is the id of a conversation."""

Listener = tuple[asyncio.AbstractEventLoop, asyncio.Event]


class Notifier:
    """Topics to listen to, each a plain string; `notify` may be called from any thread."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._listeners: dict[str, set[Listener]] = {}
        self.closing = False
        """Whether the server is about to stop: who listens should end."""

    @contextmanager
    def listening(self, topic: str) -> Iterator[asyncio.Event]:
        """An event that is set at each notice of `topic`; the listener clears it."""
        listener = (asyncio.get_running_loop(), asyncio.Event())
        with self._lock:
            self._listeners.setdefault(topic, set()).add(listener)
        try:
            yield listener[1]
        finally:
            self._forget(topic, listener)

    def notify(self, topic: str) -> None:
        """Wake all that listen to `topic`; nothing happens when nobody does."""
        with self._lock:
            listeners = list(self._listeners.get(topic, ()))
        _wake(listeners)

    def close(self) -> None:
        """Tell everybody that the server stops."""
        self.closing = True
        with self._lock:
            everybody = [listener for listeners in self._listeners.values() for listener in listeners]
        _wake(everybody)

    def open(self) -> None:
        """The server has started."""
        self.closing = False

    def count(self, topic: str) -> int:
        """How many listen to `topic`."""
        with self._lock:
            return len(self._listeners.get(topic, ()))

    def after_commit(self, *topics: str) -> None:
        """Notify the topics once the running transaction is committed (at once outside of one)."""
        for topic in topics:
            transaction.on_commit(lambda topic=topic: self.notify(topic))

    def _forget(self, topic: str, listener: Listener) -> None:
        with self._lock:
            listeners = self._listeners[topic]
            listeners.discard(listener)
            if not listeners:
                del self._listeners[topic]


def _wake(listeners: list[Listener]) -> None:
    for loop, event in listeners:
        if not loop.is_closed():
            loop.call_soon_threadsafe(event.set)


notifier = Notifier()


async def wait(event: asyncio.Event, seconds: float) -> None:
    """Wait until `event` is set or `seconds` have passed, then clear it.

    Not by `asyncio.wait_for`: before Python 3.12 that one forgets a cancellation that comes with the event,
    and a stream whose reader has left would run on.
    """
    timer = asyncio.get_running_loop().call_later(seconds, event.set)
    try:
        await event.wait()
    finally:
        timer.cancel()
    event.clear()
