"""Copies of what agenda addresses say, kept so that the last good one serves when its source fails.

Two files a copy, in `VAR/agenda`: `<hash of the address>.body`, whose time is that of the last change, and
`….json` ({"etag", "last_modified"}), whose time is that of the last moment the source confirmed it.
"""

from __future__ import annotations

import hashlib
import json
import os
import tempfile
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta, timezone
from pathlib import Path

from bot.knowledge import fetch
from bot.knowledge.paths import VAR

REFRESH = timedelta(hours=1)
"""A copy confirmed less long ago is not asked for again."""
_FIRST_REST_S = 60.0
_LONGEST_REST_S = 900.0
"""A source that fails is left alone for the first, then twice as long each time, up to the second."""
_CLOCKS_DIFFER = timedelta(minutes=1)
"""A copy from later than that was kept while the machine's clock was wrong."""

_failed: dict[str, tuple[float, int]] = {}  # address → time.monotonic() of the last failure, failures in a row
_lock = threading.Lock()


@dataclass(frozen=True)
class Copy:
    """A copy on disk: what it holds is in `file`; `confirmed_at`: when its source last said so.

    `signature` changes when the content does.
    """

    file: Path
    confirmed_at: datetime
    signature: tuple[int, int]

    def content(self) -> bytes:
        """Return what the source said; raises OSError when the file has gone."""
        return self.file.read_bytes()


def kept(url: str) -> Copy | None:
    """Return the copy that there is of an address."""
    body, note = _files(url)
    try:
        of_body, confirmed = body.stat(), note.stat().st_mtime
    except OSError:
        return None
    return Copy(body, datetime.fromtimestamp(confirmed, timezone.utc), (of_body.st_mtime_ns, of_body.st_size))


def is_due(url: str) -> bool:
    """Tell whether it is time to ask an address again: its copy is old, and it has not just failed."""
    return due_in(url) <= 0


def due_in(url: str) -> float:
    """Return for how many seconds yet an address is not to be asked again; 0 when it is due."""
    return max(0.0, _good_for(kept(url)), _rests_for(url))


def _good_for(copy: Copy | None) -> float:
    age = datetime.now(timezone.utc) - copy.confirmed_at if copy else REFRESH
    return (REFRESH - age).total_seconds() if age > -_CLOCKS_DIFFER else 0.0


def _rests_for(url: str) -> float:
    with _lock:
        at, count = _failed.get(url, (0.0, 0))
    rest = min(_FIRST_REST_S * 2.0 ** min(count - 1, 10), _LONGEST_REST_S) if count else 0.0
    return at + rest - time.monotonic() if count else 0.0


def has_failed(url: str) -> bool:
    """Tell whether an address failed the last time it was asked."""
    with _lock:
        return url in _failed


def renew(url: str, accept: Callable[[bytes], bool], whole: bool = False) -> Copy | None:
    """Ask an address and return the newest copy there is, None when there never was a good one.

    `accept` says whether what came is worth keeping; `whole`: have even what has not changed, since the copy is
    spoilt. Takes as long as `fetch.fetch` may. Never raises.
    """
    old = kept(url)
    try:
        told = _told(url) if old and not whole else {}
        answer = fetch.fetch(url, fetch.STRANGER, told.get("etag"), told.get("last_modified"))
        if answer.body is not None and not accept(answer.body):
            raise fetch.FetchError("not an agenda")
        _keep(url, answer)
    except OSError:
        with _lock:
            _failed[url] = (time.monotonic(), _failed.get(url, (0.0, 0))[1] + 1)
        return old
    with _lock:
        _failed.pop(url, None)
    return kept(url)


def _files(url: str) -> tuple[Path, Path]:
    name = hashlib.sha256(url.encode()).hexdigest()[:32]
    return VAR / "agenda" / f"{name}.body", VAR / "agenda" / f"{name}.json"


def _told(url: str) -> dict[str, str]:
    """What the source told to recognise the copy by; nothing when it cannot be read."""
    try:
        found = json.loads(_files(url)[1].read_text("utf-8"))
    except (OSError, ValueError):
        return {}
    return {name: value for name, value in found.items() if isinstance(value, str)} if isinstance(found, dict) else {}


def _keep(url: str, answer: fetch.Fetched) -> None:
    """Write the body first: a note of an older one only costs a download."""
    body, note = _files(url)
    body.parent.mkdir(parents=True, exist_ok=True)
    if answer.body is not None:
        _write(body, answer.body)
    _write(note, json.dumps({"etag": answer.etag, "last_modified": answer.last_modified}).encode())


def _write(file: Path, content: bytes) -> None:
    """Write whole or not at all."""
    handle, name = tempfile.mkstemp(dir=file.parent)
    with os.fdopen(handle, "wb") as stream:
        stream.write(content)
    os.replace(name, file)
