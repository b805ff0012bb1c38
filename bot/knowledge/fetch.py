"""What a web address says, within limits: of time from the name to the last byte, of space, of where it may lead.

An address in a Cité's file may be mistaken, or its site may have been taken over: nothing it sends may reach
a machine of the inside, hold a thread for long or fill the memory.
"""

from __future__ import annotations

import http.client
import threading
import urllib.error
import urllib.request
import zlib
from collections.abc import Mapping
from concurrent import futures
from dataclasses import dataclass
from typing import Any

from bot.knowledge import connections

SILENCE_S = 5.0
"""Seconds of silence after which a source is left, where its limits are wider."""

_AGENT = "cites-des-metiers-assistant"
_AGENDAS = "text/calendar, application/json, application/ld+json, application/rss+xml, application/atom+xml, text/html"


class FetchError(OSError):
    """What could not be had: unreachable, forbidden, too slow, too big, or badly packed."""


@dataclass(frozen=True)
class Limits:
    """What a source may take.

    `seconds`: for all of it: name, connection, redirects, body; `most`: bytes of the body, as sent and once unpacked;
    `redirects`: how many are followed; `public_only`: whether it must be at an address of the public Internet;
    `by_proxy`: whether the proxy of the environment is used; `accept`: the formats asked for.
    """

    seconds: float
    most: int
    redirects: int
    public_only: bool
    by_proxy: bool
    accept: str


STRANGER = Limits(20.0, 10 * 1024 * 1024, 5, public_only=True, by_proxy=True, accept=_AGENDAS)
"""The limits of an agenda or a page that a Cité's file or a command names."""


@dataclass(frozen=True)
class Fetched:
    """A body, or None when it has not changed, with what tells it from a later one (headers as sent)."""

    body: bytes | None
    etag: str | None = None
    last_modified: str | None = None


def fetch(url: str, limits: Limits, etag: str | None = None, last_modified: str | None = None) -> Fetched:
    """Return what an http(s) address says, unless it still is what `etag` or `last_modified` tell of.

    Raises `FetchError` when it goes beyond its limits. The work is done beside: a name that does not resolve is left
    behind when the time is over, and connections are cut.
    """
    request = _request(url, _headers(limits, etag, last_modified))
    watch, found = connections.Watch(), futures.Future[Fetched]()
    threading.Thread(target=_work, args=(request, limits, watch, found), name="fetch", daemon=True).start()
    try:
        return found.result(limits.seconds)
    except futures.TimeoutError:
        watch.cut()
        raise FetchError("too slow") from None


def _request(url: str, headers: dict[str, str]) -> urllib.request.Request:
    if not url.lower().startswith(("http://", "https://")):
        raise FetchError("only http and https are read")
    try:
        return urllib.request.Request(url, headers=headers)
    except ValueError as error:
        raise FetchError(f"not an address: {error}") from None


def _headers(limits: Limits, etag: str | None, last_modified: str | None) -> dict[str, str]:
    headers = {"User-Agent": _AGENT, "Accept": limits.accept, "Accept-Encoding": "gzip"}
    if etag:
        headers["If-None-Match"] = etag
    if last_modified:
        headers["If-Modified-Since"] = last_modified
    return headers


def _header(headers: Mapping[str, str], name: str) -> str | None:
    """A header worth sending back: short and of one line."""
    value = (headers.get(name) or "").strip()
    return value if 0 < len(value) <= 300 and value.isprintable() else None


def _work(
    request: urllib.request.Request, limits: Limits, watch: connections.Watch, found: futures.Future[Fetched]
) -> None:
    try:
        found.set_result(_answer(request, limits, watch))
    except Exception as error:  # handed to the caller, whatever it is: nobody else waits for this thread
        found.set_exception(error)
    finally:
        watch.close()


def _answer(request: urllib.request.Request, limits: Limits, watch: connections.Watch) -> Fetched:
    told = Fetched(None, request.get_header("If-none-match"), request.get_header("If-modified-since"))
    opener = connections.opener(watch, limits.redirects, limits.public_only, limits.by_proxy)
    try:
        with opener.open(request, timeout=min(SILENCE_S, limits.seconds)) as response:
            etag, last_modified = (_header(response.headers, name) for name in ("ETag", "Last-Modified"))
            return Fetched(_body(response, limits.most), etag, last_modified)
    except urllib.error.HTTPError as error:
        error.close()
        if error.code == 304 and (told.etag or told.last_modified):
            return told
        raise FetchError(f"answered {error.code}") from error
    except (OSError, http.client.HTTPException, ValueError, EOFError, zlib.error) as error:
        raise FetchError(str(error)) from error


def _body(response: Any, most: int) -> bytes:
    """The body, unpacked where it is packed; neither form may be larger than `most` bytes."""
    packed = (response.headers.get("Content-Encoding") or "identity").strip().lower()
    if packed not in ("identity", "gzip", "x-gzip", "deflate"):
        raise FetchError(f"packed as {packed}")
    unpack = None if packed == "identity" else zlib.decompressobj(wbits=47 if "gzip" in packed else zlib.MAX_WBITS)
    body, sent = bytearray(), 0
    while chunk := response.read1(65536):
        sent += len(chunk)
        body += unpack.decompress(chunk, most + 1 - len(body)) if unpack else chunk
        if max(sent, len(body)) > most:
            raise FetchError(f"more than {most} bytes")
    if unpack and not unpack.eof:
        raise FetchError("cut off")
    if response.length:  # bytes announced that never came
        raise FetchError("cut off")
    return bytes(body)
