"""What a web address says, fetched as from a stranger: public addresses only, little time, little space.

An address in a Cité's file may be mistaken, or its site may have been taken over: nothing it sends may reach
a machine of the inside, hold a thread for long or fill the memory.
"""

from __future__ import annotations

import contextlib
import http.client
import ipaddress
import os
import socket
import threading
import urllib.error
import urllib.request
import zlib
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

TIMEOUT_S = 5.0
"""Seconds of silence after which a source is left."""
WHOLE_S = 20.0
"""Seconds for all of it: name, connection, redirects, body."""
MAX_BYTES = 10 * 1024 * 1024
"""Of a body, as sent and once unpacked."""
MAX_REDIRECTS = 5

_AGENT = "cites-des-metiers-assistant (agenda reader)"
_ACCEPT = "text/calendar, application/json, application/ld+json, application/rss+xml, application/atom+xml, text/html"
_NAT64 = ipaddress.ip_network("64:ff9b::/96")
Address = ipaddress.IPv4Address | ipaddress.IPv6Address


class FetchError(OSError):
    """What could not be had: unreachable, forbidden, too slow, too big, or badly packed."""


@dataclass(frozen=True)
class Fetched:
    """A body, or None when it has not changed, with what tells it from a later one (headers as sent)."""

    body: bytes | None
    etag: str | None = None
    last_modified: str | None = None


def fetch(url: str, etag: str | None = None, last_modified: str | None = None) -> Fetched:
    """Return what an http(s) address says, unless it still is what `etag` or `last_modified` tell of.

    Raises `FetchError` when it takes more than WHOLE_S, when it holds more than MAX_BYTES, or when the address
    or one it redirects to is not public.
    """
    _check_scheme(url)
    request = urllib.request.Request(url, headers=_headers(etag, last_modified))
    watch = _Watch()
    try:
        with watch, _opener(url, watch).open(request, timeout=TIMEOUT_S) as response:
            body = _body(response)
            if watch.over:  # cut, which looks like an end where no length was announced
                raise FetchError("too slow")
            return Fetched(body, _header(response.headers, "ETag"), _header(response.headers, "Last-Modified"))
    except urllib.error.HTTPError as error:
        error.close()
        if error.code == 304 and (etag or last_modified):
            return Fetched(None, etag, last_modified)
        raise FetchError(f"answered {error.code}") from error
    except (OSError, http.client.HTTPException, ValueError, EOFError, zlib.error) as error:
        raise FetchError("too slow" if watch.over else str(error)) from error


def is_allowed(address: Address) -> bool:
    """Tell whether an address is one of the public Internet; this machine's own only where AGENDA_LOOPBACK=1."""
    address = _inner(address)
    if address.is_loopback:
        return os.environ.get("AGENDA_LOOPBACK") == "1"
    shut = address.is_private or address.is_link_local or address.is_multicast or address.is_reserved
    return address.is_global and not (shut or address.is_unspecified)


def _inner(address: Address) -> Address:
    """The IPv4 address that an IPv6 one stands for, where it stands for one."""
    if isinstance(address, ipaddress.IPv4Address):
        return address
    if address in _NAT64:
        return ipaddress.IPv4Address(int(address) & 0xFFFFFFFF)
    return address.ipv4_mapped or address.sixtofour or (address.teredo or (None, None))[1] or address


def _check_scheme(url: str) -> None:
    if not url.lower().startswith(("http://", "https://")):
        raise FetchError("only http and https are read")


def _headers(etag: str | None, last_modified: str | None) -> dict[str, str]:
    headers = {"User-Agent": _AGENT, "Accept": _ACCEPT, "Accept-Encoding": "gzip"}
    if etag:
        headers["If-None-Match"] = etag
    if last_modified:
        headers["If-Modified-Since"] = last_modified
    return headers


def _header(headers: Mapping[str, str], name: str) -> str | None:
    """A header worth sending back: short and of one line."""
    value = (headers.get(name) or "").strip()
    return value if 0 < len(value) <= 300 and value.isprintable() else None


def _body(response: Any) -> bytes:
    """The body, unpacked where it is packed; neither form may be larger than MAX_BYTES."""
    packed = (response.headers.get("Content-Encoding") or "identity").strip().lower()
    if packed not in ("identity", "gzip", "x-gzip", "deflate"):
        raise FetchError(f"packed as {packed}")
    unpack = None if packed == "identity" else zlib.decompressobj(wbits=47 if "gzip" in packed else zlib.MAX_WBITS)
    body, sent = bytearray(), 0
    while chunk := response.read1(65536):
        sent += len(chunk)
        body += unpack.decompress(chunk, MAX_BYTES + 1 - len(body)) if unpack else chunk
        if max(sent, len(body)) > MAX_BYTES:
            raise FetchError(f"more than {MAX_BYTES} bytes")
    if unpack and not unpack.eof:
        raise FetchError("cut off")
    if response.length:  # bytes announced that never came
        raise FetchError("cut off")
    return bytes(body)


class _Watch:
    """Cuts the connections of one fetch when its time is over: a source that drips would hold it for ever."""

    def __init__(self) -> None:
        self.over = False
        self._sockets: list[socket.socket] = []
        self._timer = threading.Timer(WHOLE_S, self._cut)
        self._timer.daemon = True

    def __enter__(self) -> _Watch:
        self._timer.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._timer.cancel()

    def add(self, connection: socket.socket) -> None:
        """Cut this one too; at once when the time is over."""
        self._sockets.append(connection)
        if self.over:
            self._cut()

    def _cut(self) -> None:
        self.over = True
        for connection in self._sockets:
            with contextlib.suppress(OSError):  # closed by itself
                connection.shutdown(socket.SHUT_RDWR)


def _opener(url: str, watch: _Watch) -> urllib.request.OpenerDirector:
    """An opener of http and https alone. Where a proxy is set up, it decides which addresses may be reached."""
    scheme, host = urlsplit(url).scheme.lower(), urlsplit(url).hostname or ""
    proxied = scheme in urllib.request.getproxies() and not urllib.request.proxy_bypass(host)
    opener = urllib.request.OpenerDirector()
    for handler in (
        urllib.request.ProxyHandler(None if proxied else {}),
        _Http(watch, proxied),
        _Https(watch, proxied),
        urllib.request.HTTPDefaultErrorHandler(),
        urllib.request.HTTPErrorProcessor(),
        _Redirects(),
        urllib.request.UnknownHandler(),
    ):
        opener.add_handler(handler)
    return opener


class _Redirects(urllib.request.HTTPRedirectHandler):
    max_redirections = MAX_REDIRECTS
    max_repeats = 2


def _connect(watch: _Watch, proxied: bool) -> Any:
    """What opens a connection to the first of a host's addresses that may be reached and answers.

    The address that was checked is the one connected to: a name cannot change in between.
    """

    def create(target: tuple[str, int], timeout: float, source_address: Any = None) -> socket.socket:
        found = socket.getaddrinfo(*target, type=socket.SOCK_STREAM)
        allowed = [each[4][:2] for each in found if proxied or is_allowed(ipaddress.ip_address(each[4][0]))]
        failure: OSError = FetchError("the address is not public")
        for place in allowed:
            try:
                connection = socket.create_connection((str(place[0]), int(place[1])), timeout, source_address)
            except OSError as error:
                failure = error
                continue
            watch.add(connection)
            return connection
        raise failure

    return create


class _Http(urllib.request.HTTPHandler):
    def __init__(self, watch: _Watch, proxied: bool) -> None:
        super().__init__()
        self._create = _connect(watch, proxied)

    def http_open(self, request: urllib.request.Request) -> Any:
        return self.do_open(self._connection, request)

    def _connection(self, host: str, **options: Any) -> http.client.HTTPConnection:
        connection = http.client.HTTPConnection(host, **options)
        connection._create_connection = self._create  # type: ignore[attr-defined]
        return connection


class _Https(urllib.request.HTTPSHandler):
    def __init__(self, watch: _Watch, proxied: bool) -> None:
        super().__init__()
        self._create = _connect(watch, proxied)

    def https_open(self, request: urllib.request.Request) -> Any:
        return self.do_open(self._connection, request)

    def _connection(self, host: str, **options: Any) -> http.client.HTTPSConnection:
        connection = http.client.HTTPSConnection(host, **options)
        connection._create_connection = self._create  # type: ignore[attr-defined]
        return connection
