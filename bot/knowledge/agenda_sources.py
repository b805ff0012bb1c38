"""What each agenda source tells, read in the background: a question waits for none that has been read once.

Reading (from a file, a kept copy or the network) is done by threads of its own; what they have read stays in memory
until it changes. A source asked for the first time is waited for, and no longer than the caller is patient.
"""

from __future__ import annotations

import logging
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta, timezone
from zoneinfo import ZoneInfo

from bot.knowledge import feeds
from bot.knowledge.agenda_formats import FORMATS
from bot.knowledge.cite_types import AgendaSource
from bot.knowledge.cites import load_cites
from bot.knowledge.errors import DataError, DataErrors
from bot.knowledge.event import Listing

PATIENCE_S = 1.0
"""Seconds that one question waits in all for sources never read before."""
OLD = timedelta(days=1)
"""Age from which a copy is said to be old."""
_AT_ONCE = 4  # sources read at the same time
_WATCH_EVERY_S = 300.0
_WATCH_LEAST_S = 5.0  # between two rounds, however soon a source is due

_log = logging.getLogger(__name__)

Key = tuple[str, str, str, "str | None"]
Signature = tuple[int, int]


@dataclass(frozen=True)
class SourceState:
    """How one source answered: `ok` False when nothing could be had from it, now or earlier.

    `fetched_at`: when the network last confirmed what served (None for a file of ours);
    `fresh` False: the source failed the last time, and its last good copy served.
    """

    source: AgendaSource
    ok: bool
    fresh: bool = True
    fetched_at: datetime | None = None

    @property
    def old(self) -> bool:
        """Whether what served is more than a day old, by the clock of this machine."""
        return self.fetched_at is not None and datetime.now(timezone.utc) - self.fetched_at > OLD


@dataclass(frozen=True)
class _Read:
    listing: Listing | None
    signature: Signature


_read: dict[Key, _Read] = {}
_running: dict[tuple[str, Key], threading.Event] = {}
_lock = threading.Lock()
_slots = threading.Semaphore(_AT_ONCE)
_watching = threading.Lock()
_stopped = threading.Event()


def listing(source: AgendaSource, zone: ZoneInfo, until: float) -> tuple[Listing | None, SourceState]:
    """Return what a source tells and how it answered, waiting until `until` (time.monotonic()) at most."""
    key = (source.kind, source.url or str(source.file), zone.key, source.language)
    if source.url is None:
        _open(key, source, zone, until)
        found = _read.get(key)
        content = found.listing if found else None
        return content, SourceState(source, content is not None)
    _look(key, source, zone, until)
    found, copy = _read.get(key), feeds.kept(source.url)
    ok = found is not None and found.listing is not None
    state = SourceState(source, ok, ok and not feeds.has_failed(source.url), copy.confirmed_at if ok and copy else None)
    return found.listing if found else None, state


def watch() -> None:
    """Keep every source of the directory read and fresh from now on, in a thread of its own; once is enough."""
    if _watching.acquire(blocking=False):
        threading.Thread(target=_watch, name="agenda watch", daemon=True).start()


def _watch() -> None:
    while True:
        pause = _WATCH_EVERY_S
        try:
            pause = _round()
        except (DataError, DataErrors):
            pass  # being mended: `check` tells what is wrong
        except Exception:  # a round that goes wrong must not be the last one
            _log.exception("the agendas could not be looked at")
        if _stopped.wait(pause):
            return


def _round() -> float:
    """Have all that is due read; returns in how many seconds to look again: soon, where one fails or is being read."""
    pause = _WATCH_EVERY_S
    for cite in load_cites().values():
        for source in cite.agenda:
            listing(source, ZoneInfo(cite.timezone), 0.0)
            if source.url:
                pause = min(pause, feeds.due_in(source.url))
    return max(pause, _WATCH_LEAST_S)


def _open(key: Key, source: AgendaSource, zone: ZoneInfo, until: float) -> None:
    """Read a file of ours when it is new or has changed."""
    try:
        stat = source.file.stat() if source.file else None
    except OSError:
        stat = None
    if stat is None or source.file is None:
        _read.pop(key, None)
        return
    signature, file, known = (stat.st_mtime_ns, stat.st_size), source.file, _read.get(key)
    if known is None or known.signature != signature:
        _start("open", key, lambda: _parse(key, zone, file.read_bytes(), signature)).wait(_left(until))


def _look(key: Key, source: AgendaSource, zone: ZoneInfo, until: float) -> None:
    """Read the kept copy of an address when it is new here, and have it renewed when it is due."""
    url = str(source.url)
    copy, known = feeds.kept(url), _read.get(key)
    if copy and (known is None or known.signature != copy.signature):
        opening = _start("open", key, lambda: _parse(key, zone, copy.content(), copy.signature))
        if known is None:
            opening.wait(_left(until))
    if feeds.is_due(url):
        renewing = _start("renew", key, lambda: _renew(key, url, zone))
        if copy is None or (_read.get(key) or _Read(None, (0, 0))).listing is None:
            renewing.wait(_left(until))


def _left(until: float) -> float:
    return max(0.0, until - time.monotonic())


def _start(job: str, key: Key, work: Callable[[], None]) -> threading.Event:
    """Have `work` done by a thread, unless it is being done; what is returned is set when it is done."""
    with _lock:
        done = _running.get((job, key))
        if done is None:
            done = _running[job, key] = threading.Event()
            threading.Thread(target=_run, args=(job, key, work, done), name=f"agenda {job}", daemon=True).start()
    return done


def _run(job: str, key: Key, work: Callable[[], None], done: threading.Event) -> None:
    try:
        with _slots:
            work()
    except OSError:
        pass  # the file has gone since it was seen: the next question finds out
    finally:
        with _lock:
            _running.pop((job, key), None)
        done.set()


def _parse(key: Key, zone: ZoneInfo, content: bytes, signature: Signature) -> None:
    _read[key] = _Read(FORMATS[key[0]](content, zone, key[3]), signature)


def _renew(key: Key, url: str, zone: ZoneInfo) -> None:
    """Fetch, and read what came once: it is kept only when it can be read."""
    fresh: list[Listing] = []

    def accept(content: bytes) -> bool:
        found = FORMATS[key[0]](content, zone, key[3])
        fresh.extend([found] if found else [])
        return found is not None

    known = _read.get(key)
    copy = feeds.renew(url, accept, whole=known is not None and known.listing is None)
    if copy and fresh:
        _read[key] = _Read(fresh[0], copy.signature)
