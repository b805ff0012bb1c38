"""Connections to http and https addresses: to public ones only where so wanted, over few redirects, cut at will.

The address that was checked is the one connected to: a name cannot change in between.
"""

from __future__ import annotations

import contextlib
import http.client
import io
import ipaddress
import os
import socket
import urllib.request
from collections.abc import Callable
from typing import IO, Any

LOOPBACK_SWITCH = "AGENDA_LOOPBACK"
"""Variable of the environment that, at 1, lets this machine's own addresses pass for public ones: for tests."""
_Request = urllib.request.Request
_Headers = http.client.HTTPMessage
_NAT64 = ipaddress.ip_network("64:ff9b::/96")
Address = ipaddress.IPv4Address | ipaddress.IPv6Address


class ForbiddenError(OSError):
    """An address that may not be reached."""


class Watch:
    """The connections of one fetch, to be cut when its time is over: a source that drips would hold them for ever."""

    def __init__(self) -> None:
        self.over = False
        self._sockets: list[socket.socket] = []

    def add(self, connection: socket.socket) -> None:
        """Cut this one too; at once when the time is over. A hold of our own: TLS takes the other one over."""
        self._sockets.append(connection.dup())
        if self.over:
            self.cut()

    def cut(self) -> None:
        """The time is over."""
        self.over = True
        for connection in self._sockets:
            with contextlib.suppress(OSError):  # closed by itself
                connection.shutdown(socket.SHUT_RDWR)

    def close(self) -> None:
        """The work is over."""
        for connection in self._sockets:
            connection.close()


def opener(watch: Watch, redirects: int, public_only: bool, by_proxy: bool) -> urllib.request.OpenerDirector:
    """Return an opener of http and https alone, which follows so many redirects and gives its connections to `watch`.

    `by_proxy`: use the proxies of the environment for these two; a proxy decides itself which addresses may be reached.
    """
    proxies = urllib.request.getproxies() if by_proxy else {}
    found = urllib.request.OpenerDirector()
    for handler in (
        urllib.request.ProxyHandler({scheme: proxies[scheme] for scheme in ("http", "https") if scheme in proxies}),
        _Http(watch, public_only),
        _Https(watch, public_only),
        urllib.request.HTTPDefaultErrorHandler(),
        urllib.request.HTTPErrorProcessor(),
        urllib.request.UnknownHandler(),
        *([_Redirects(redirects)] if redirects else []),
    ):
        found.add_handler(handler)
    return found


class _Redirects(urllib.request.HTTPRedirectHandler):
    max_repeats = 2

    def __init__(self, most: int) -> None:
        self.max_redirections = most  # type: ignore[misc]

    def http_error_302(self, req: _Request, fp: IO[bytes], code: int, msg: str, headers: _Headers) -> Any:
        """Follow, without the body that came along: the library would read it, however long it is."""
        fp.close()
        return super().http_error_302(req, io.BytesIO(), code, msg, headers)

    def http_error_308(self, req: _Request, fp: IO[bytes], code: int, msg: str, headers: _Headers) -> Any:
        """Follow as a 307: to ask again they are the same, and Python 3.10 does not know it."""
        return self.http_error_302(req, fp, 307, msg, headers)

    http_error_301 = http_error_303 = http_error_307 = http_error_302


def _connect(watch: Watch, public_only: bool) -> Any:
    """What opens a connection to the first of a host's addresses that may be reached and answers."""

    def create(target: tuple[str, int], timeout: float, source_address: Any = None) -> socket.socket:
        found = socket.getaddrinfo(*target, type=socket.SOCK_STREAM)
        allowed = [each[4][:2] for each in found if not public_only or is_allowed(ipaddress.ip_address(each[4][0]))]
        failure: OSError = ForbiddenError("the address is not public")
        for place in allowed:
            if watch.over:  # the caller has gone
                raise TimeoutError("too slow")
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
    def __init__(self, watch: Watch, public_only: bool) -> None:
        super().__init__()
        self._watch, self._public_only = watch, public_only

    def http_open(self, request: _Request) -> Any:
        return self.do_open(_connections(http.client.HTTPConnection, request, self._watch, self._public_only), request)


class _Https(urllib.request.HTTPSHandler):
    def __init__(self, watch: Watch, public_only: bool) -> None:
        super().__init__()
        self._watch, self._public_only = watch, public_only

    def https_open(self, request: _Request) -> Any:
        return self.do_open(_connections(http.client.HTTPSConnection, request, self._watch, self._public_only), request)


def _connections(kind: Callable[..., Any], request: Any, watch: Watch, public_only: bool) -> Any:
    """What makes the connection of one request."""
    is_proxied = request.has_proxy() or request._tunnel_host is not None

    def make(host: str, **options: Any) -> Any:
        connection = kind(host, **options)
        connection._create_connection = _connect(watch, public_only and not is_proxied)
        return connection

    return make


def is_allowed(address: Address) -> bool:
    """Tell whether an address is one of the public Internet, or this machine's own where LOOPBACK_SWITCH is on."""
    address = _inner(address)
    if address.is_loopback:
        return os.environ.get(LOOPBACK_SWITCH) == "1"
    shut = address.is_private or address.is_link_local or address.is_multicast or address.is_reserved
    return address.is_global and not (shut or address.is_unspecified)


def _inner(address: Address) -> Address:
    """The IPv4 address that an IPv6 one stands for, where it stands for one."""
    if isinstance(address, ipaddress.IPv4Address):
        return address
    if address in _NAT64:
        return ipaddress.IPv4Address(int(address) & 0xFFFFFFFF)
    return address.ipv4_mapped or address.sixtofour or (address.teredo or (None, None))[1] or address
