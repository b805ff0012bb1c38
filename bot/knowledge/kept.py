"""What is read from a folder and kept until the folder changes, so that a running process tells what is written now."""

from __future__ import annotations

import functools
import logging
import os
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Generic, TypeVar

from bot.knowledge.errors import DataError, DataErrors

T = TypeVar("T")
Stamp = Callable[[Path], object]
LOOK_EVERY_S = 1.0
"""Seconds between two looks at a folder: a look takes half a millisecond, and one question asks a dozen times."""

_log = logging.getLogger(__name__)


def stamp(folder: Path, suffix: str) -> object:
    """What changes when a file of `folder` whose name ends with `suffix` is written, added, removed or replaced."""
    try:
        with os.scandir(folder) as entries:
            found = [(entry.name, entry.stat()) for entry in entries if entry.name.endswith(suffix)]
    except OSError:  # gone, or a file went while it was looked at
        return None
    return frozenset((name, stat.st_mtime_ns, stat.st_size, stat.st_ino) for name, stat in found)


def names(folder: Path) -> object:
    """What changes when a file of `folder` is added or removed."""
    try:
        return frozenset(os.listdir(folder))
    except OSError:
        return None


@dataclass
class _Entry(Generic[T]):
    value: T
    stamp: object
    next_look: float  # on the clock of time.monotonic


class Kept(Generic[T]):
    """A function of a folder, of which the value is kept and replaced as a whole when the folder has changed.

    The first reading raises what the function raises. A later one that finds a fault (`DataError`, `DataErrors`)
    is logged with file, line and mend, and the last good value goes on serving until the folder changes again.
    Threads may share it: one of them reads anew, the others are served what there is.
    """

    def __init__(self, read: Callable[..., T], stamp: Stamp) -> None:
        """Keep what `read` returns for a folder (by default its own first default) as long as `stamp` is the same."""
        functools.update_wrapper(self, read)
        self.__wrapped__ = read
        self._stamp = stamp
        self._entries: dict[Path, _Entry[T]] = {}
        self._lock = threading.Lock()

    def __call__(self, folder: Path | None = None) -> T:
        """The value for a folder, at most `LOOK_EVERY_S` old."""
        where = folder or (self.__wrapped__.__defaults__ or ())[0]
        entry = self._entries.get(where) or self._first(where)
        if time.monotonic() >= entry.next_look and self._lock.acquire(blocking=False):
            try:
                self._look(where, entry)
            finally:
                self._lock.release()
        return entry.value

    def cache_clear(self) -> None:
        """Forget everything: the next call reads, and raises what is wrong."""
        self._entries.clear()

    def _first(self, folder: Path) -> _Entry[T]:
        with self._lock:
            if folder not in self._entries:
                seen = self._stamp(folder)
                self._entries[folder] = _Entry(self.__wrapped__(folder), seen, time.monotonic() + LOOK_EVERY_S)
            return self._entries[folder]

    def _look(self, folder: Path, entry: _Entry[T]) -> None:
        entry.next_look = time.monotonic() + LOOK_EVERY_S
        seen = self._stamp(folder)
        if seen == entry.stamp:
            return
        try:
            value = self.__wrapped__(folder)
        except (DataError, DataErrors) as fault:
            entry.stamp = seen  # said once, not at every question
            _log.error("%s is not taken as it is now; what was read before goes on serving.\n%s", folder, fault)
            return
        if self._stamp(folder) == seen:  # else it is still being written: the next look will tell
            entry.value, entry.stamp = value, seen
            _log.info("%s was read anew", folder)


def kept(stamp: Stamp) -> Callable[[Callable[..., T]], Kept[T]]:
    """Decorate a function of a folder: see `Kept`."""
    return lambda read: Kept(read, stamp)
