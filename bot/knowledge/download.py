"""One small answer from an http(s) address, within a time and a size."""

from __future__ import annotations

import http.client
import queue
import socket
import ssl
import threading
import time
from contextlib import suppress
from dataclasses import dataclass
from urllib.parse import SplitResult, urlsplit

_AGENT = "cites-des-metiers-assistant"
_CHUNK = 16 * 1024


class DownloadError(OSError):
    """What was asked for could not be had: unreachable, too slow, too big, or refused."""


@dataclass(frozen=True)
class _Limits:
    timeout: float
    most: int


def body(url: str, accept: str, timeout: float, most: int) -> bytes:
    """The body of an answer 200: `timeout` seconds in all, `most` bytes; no redirect, no proxy. Raises DownloadError.

    The work is done beside: a name that does not resolve, or a source that sends a byte now and then, is left
    behind when the time is over.
    """
    parts = urlsplit(url)
    if parts.scheme not in ("http", "https") or not parts.hostname:
        raise DownloadError("only http and https are read")
    connection = _connection(parts, timeout)
    found: queue.SimpleQueue[bytes | Exception] = queue.SimpleQueue()
    arguments = (connection, parts, accept, _Limits(timeout, most), found)
    threading.Thread(target=_fetch, args=arguments, daemon=True).start()
    try:
        answer = found.get(timeout=timeout)
    except queue.Empty:
        _cut(connection)
        raise DownloadError("too slow") from None
    if isinstance(answer, Exception):
        raise DownloadError(f"{type(answer).__name__}: {answer}")
    return answer


def _connection(parts: SplitResult, timeout: float) -> http.client.HTTPConnection:
    host = parts.hostname or ""
    if parts.scheme == "http":
        return http.client.HTTPConnection(host, parts.port, timeout=timeout)
    return http.client.HTTPSConnection(host, parts.port, timeout=timeout, context=ssl.create_default_context())


def _fetch(
    connection: http.client.HTTPConnection,
    parts: SplitResult,
    accept: str,
    limits: _Limits,
    found: queue.SimpleQueue[bytes | Exception],
) -> None:
    try:
        headers = {"User-Agent": _AGENT, "Accept": accept}
        connection.request("GET", f"{parts.path or '/'}?{parts.query}", headers=headers)
        found.put(_read(connection.getresponse(), limits))
    except Exception as error:  # handed to the caller, whatever it is: nobody else waits for this thread
        found.put(error)
    finally:
        connection.close()


def _read(response: http.client.HTTPResponse, limits: _Limits) -> bytes:
    if response.status != http.client.OK:
        raise DownloadError(f"status {response.status}")
    end, read = time.monotonic() + limits.timeout, bytearray()
    while chunk := response.read1(_CHUNK):
        read += chunk
        if len(read) > limits.most or time.monotonic() > end:
            raise DownloadError("too big or too slow")
    return bytes(read)


def _cut(connection: http.client.HTTPConnection) -> None:
    """End the connection under the thread that waits for it."""
    with suppress(OSError, AttributeError):
        connection.sock.shutdown(socket.SHUT_RDWR)
