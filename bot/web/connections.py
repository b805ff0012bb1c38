"""Connections that may not hold the server: each has so long to say what it wants, and to take what it is given.

uvicorn itself waits for ever for the rest of a request's head, and for ever for a client that reads nothing.
"""

from __future__ import annotations

import asyncio
import socket
from contextlib import suppress
from typing import Any

import h11
from django.conf import settings
from uvicorn.protocols.http.h11_impl import H11Protocol

_TOO_SLOW = b"HTTP/1.1 408 Request Timeout\r\nconnection: close\r\ncontent-length: 0\r\n\r\n"
_SEND_BUFFER = 128 * 1024  # bytes the system keeps for one client that is slow to read


class PatientProtocol(H11Protocol):
    """HTTP/1.1 that ends a connection whose head takes HEAD_PATIENCE seconds, or whose reader WRITE_PATIENCE.

    The seconds for a body are counted by `bot.web.bodylimit`, which can still answer politely.
    """

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._head: asyncio.TimerHandle | None = None
        self._reader: asyncio.TimerHandle | None = None

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        """Begin, unless there are too many already."""
        super().connection_made(transport)
        if len(self.connections) > settings.CONNECTIONS:
            transport.abort()
            return
        _shape(transport.get_extra_info("socket"))
        self._await_head()

    def data_received(self, data: bytes) -> None:
        """Take what has come; the head's time runs from its first byte to its last."""
        super().data_received(data)
        if self.conn.their_state is not h11.IDLE:
            self._stop_head()
        elif self._head is None and not self.transport.is_closing():
            self._await_head()

    def pause_writing(self) -> None:
        """The client does not read what it was sent."""
        super().pause_writing()
        if self._reader is None:
            self._reader = self.loop.call_later(settings.WRITE_PATIENCE, self.transport.abort)

    def resume_writing(self) -> None:
        """It reads again."""
        self._stop_reader()
        super().resume_writing()

    def connection_lost(self, exc: Exception | None) -> None:
        """Nothing is waited for any longer."""
        self._stop_head()
        self._stop_reader()
        super().connection_lost(exc)

    def _await_head(self) -> None:
        self._head = self.loop.call_later(settings.HEAD_PATIENCE, self._too_slow)

    def _too_slow(self) -> None:
        """Say so to who has begun to speak; nothing to who has not."""
        self._head = None
        if self.conn.trailing_data[0]:
            self.transport.write(_TOO_SLOW)
        self.transport.close()

    def _stop_head(self) -> None:
        if self._head:
            self._head.cancel()
            self._head = None

    def _stop_reader(self) -> None:
        if self._reader:
            self._reader.cancel()
            self._reader = None


def _shape(sock: socket.socket) -> None:
    """Let the system find clients that have gone without a word, and keep little for those that read slowly."""
    with suppress(OSError):
        sock.setsockopt(socket.SOL_SOCKET, socket.SO_KEEPALIVE, 1)
        sock.setsockopt(socket.SOL_SOCKET, socket.SO_SNDBUF, _SEND_BUFFER)
        if hasattr(socket, "TCP_USER_TIMEOUT"):  # Linux: unanswered for so many ms, a connection is dead
            sock.setsockopt(socket.IPPROTO_TCP, socket.TCP_USER_TIMEOUT, int(settings.WRITE_PATIENCE * 1000))
