"""Agenda files from the network, kept so that the last good copy serves when the source fails."""

from __future__ import annotations

import hashlib
import os
import tempfile
import time
import urllib.error
import urllib.request
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta, timezone
from http.client import HTTPException
from pathlib import Path

from bot.knowledge.paths import VAR

TIMEOUT_S = 5.0
MAX_BYTES = 2 * 1024 * 1024
REFRESH = timedelta(hours=1)
"""A copy younger than this is used as it is; a source that failed is left alone as long."""

_AGENT = "cites-des-metiers-assistant (agenda reader)"
_failed: dict[str, float] = {}  # address → time of the last failure, on the clock of time.monotonic


class FeedError(OSError):
    """A source that could not be had: unreachable, too slow, too big, or not what it should be."""


@dataclass(frozen=True)
class Copy:
    """What a source said, and when; `fresh` is False when it serves because the source failed."""

    content: bytes
    fetched_at: datetime
    fresh: bool


def copy(
    url: str, accept: Callable[[bytes], bool], folder: Path | None = None, now: datetime | None = None
) -> Copy | None:
    """The newest copy there is of an http(s) address, or None when there never was a good one.

    `accept` says whether what came is worth keeping; `folder` (default VAR/agenda) holds the copies.
    """
    now = now or datetime.now(timezone.utc)
    kept = (folder or VAR / "agenda") / f"{hashlib.sha256(url.encode()).hexdigest()[:32]}.ics"
    old = _kept(kept)
    if old and now - old.fetched_at < REFRESH:
        return old
    if _failed_lately(url):
        return old and Copy(old.content, old.fetched_at, False)
    try:
        content = download(url)
        if not accept(content):
            raise FeedError("not an agenda")
    except FeedError:
        _failed[url] = time.monotonic()
        return old and Copy(old.content, old.fetched_at, False)
    _failed.pop(url, None)
    _keep(kept, content, now)
    return Copy(content, now, True)


def download(url: str, accept: str = "text/calendar") -> bytes:
    """The body of an http(s) address: 5 s at most, 2 MB at most. `accept`: a media type. Raises `FeedError`."""
    if not url.lower().startswith(("http://", "https://")):
        raise FeedError("only http and https are read")
    end = time.monotonic() + TIMEOUT_S
    request = urllib.request.Request(url, headers={"User-Agent": _AGENT, "Accept": accept})
    body = bytearray()
    try:
        with _opener().open(request, timeout=TIMEOUT_S) as response:
            while chunk := response.read1(65536):
                body += chunk
                if len(body) > MAX_BYTES:
                    raise FeedError("more than 2 MB")
                if time.monotonic() > end:
                    raise FeedError("too slow")
    except (urllib.error.URLError, HTTPException, OSError, ValueError) as error:
        raise FeedError(str(error)) from error
    return bytes(body)


def _opener() -> urllib.request.OpenerDirector:
    """An opener that knows http and https only, so that no redirect leads to a file or to FTP."""
    opener = urllib.request.OpenerDirector()
    for handler in (
        urllib.request.ProxyHandler,
        urllib.request.HTTPHandler,
        urllib.request.HTTPSHandler,
        urllib.request.HTTPDefaultErrorHandler,
        urllib.request.HTTPErrorProcessor,
        urllib.request.HTTPRedirectHandler,
        urllib.request.UnknownHandler,
    ):
        opener.add_handler(handler())
    return opener


def _failed_lately(url: str) -> bool:
    failed = _failed.get(url)
    return failed is not None and time.monotonic() - failed < REFRESH.total_seconds()


def _kept(file: Path) -> Copy | None:
    try:
        content = file.read_bytes()
        return Copy(content, datetime.fromtimestamp(file.stat().st_mtime, timezone.utc), True)
    except OSError:
        return None


def _keep(file: Path, content: bytes, now: datetime) -> None:
    file.parent.mkdir(parents=True, exist_ok=True)
    handle, name = tempfile.mkstemp(dir=file.parent)
    with os.fdopen(handle, "wb") as stream:
        stream.write(content)
    os.utime(name, (now.timestamp(), now.timestamp()))
    os.replace(name, file)
