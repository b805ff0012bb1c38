"""Slow, silent and greedy clients, over real sockets: none of them holds the server."""

from __future__ import annotations

import re
import socket
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from typing import Any

import httpx
import pytest

from bot.web.conversations.models import Conversation, Message
from bot.web.limits import room

from .conftest import Served, until
from .person import Person, code


@contextmanager
def plug(door: Served, receive_buffer: int | None = None) -> Iterator[socket.socket]:
    """A bare connection to the door."""
    with socket.socket() as sock:
        if receive_buffer:
            sock.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, receive_buffer)
        sock.settimeout(10)
        sock.connect(("127.0.0.1", door.port))
        yield sock


@contextmanager
def plugs(door: Served) -> Iterator[Callable[[bytes], bool]]:
    """A function that sends a request over a connection of its own, and tells whether it was let in."""
    with ExitStack() as kept:

        def opened(sent: bytes) -> bool:
            sock = kept.enter_context(plug(door))
            sock.sendall(sent)
            return sock.recv(65536).startswith(b"HTTP/1.1 200")

        yield opened


def everything(sock: socket.socket) -> bytes:
    """What comes until the other side ends the connection."""
    received = b""
    try:
        while part := sock.recv(65536):
            received += part
    except ConnectionResetError:
        pass
    return received


def is_alive(door: Served) -> bool:
    return httpx.get(f"{door.url}/health", trust_env=False).status_code == 200


def test_a_head_that_never_ends(door: Served, settings: Any) -> None:
    settings.HEAD_PATIENCE = 1.5
    with plug(door) as sock:
        begun = time.monotonic()
        sock.sendall(b"GET /health HTTP/1.1\r\nHost: localhost\r\n")
        for number in range(3):
            sock.sendall(b"X-%d: 1\r\n" % number)  # a byte now and then gains no time
            time.sleep(0.1)
        assert everything(sock).startswith(b"HTTP/1.1 408 ")
        assert time.monotonic() - begun < 20


def test_a_connection_that_says_nothing(door: Served, settings: Any) -> None:
    settings.HEAD_PATIENCE = 0.2
    with plug(door) as sock:
        assert everything(sock) == b""


def test_a_second_request_has_its_time_too(door: Served, settings: Any) -> None:
    settings.HEAD_PATIENCE = 2.0
    with plug(door) as sock:
        for _ in range(3):
            sock.sendall(b"GET /health HTTP/1.1\r\nHost: localhost\r\n\r\n")
            assert sock.recv(65536).startswith(b"HTTP/1.1 200")
            time.sleep(0.8)
        sock.sendall(b"GET /health HTTP/1.1\r\n")
        assert b"408" in everything(sock)


def test_a_head_that_is_too_large(door: Served) -> None:
    with plug(door) as sock:
        sock.sendall(b"GET /health HTTP/1.1\r\nHost: localhost\r\nX: " + b"x" * 100_000)
        assert everything(sock).startswith((b"HTTP/1.1 400", b""))
    assert is_alive(door)


def test_a_body_that_never_ends_is_told_so(door: Served, settings: Any) -> None:
    settings.BODY_PATIENCE = 0.3
    with plug(door) as sock:
        head = (
            b"POST /api/v1/conversations HTTP/1.1\r\nHost: localhost\r\nContent-Length: 100\r\nAccept-Language: en\r\n"
        )
        sock.sendall(head + b'\r\n{"cite"')
        answer = everything(sock)
    assert answer.startswith(b"HTTP/1.1 408 ")
    assert b"took too long to arrive" in answer
    assert not Conversation.objects.exists()


def test_who_leaves_in_the_middle_of_a_body_leaves_nothing(door: Served) -> None:
    with plug(door) as sock:
        sock.sendall(b"POST /api/v1/conversations HTTP/1.1\r\nHost: localhost\r\nContent-Length: 100\r\n\r\n{")
    assert is_alive(door)
    assert not Conversation.objects.exists()


def test_a_hundred_slow_ones_leave_the_others_served(door: Served) -> None:
    slow = [socket.create_connection(("127.0.0.1", door.port)) for _ in range(100)]
    for sock in slow:
        sock.sendall(b"POST /api/v1/conversations HTTP/1.1\r\nHost: localhost\r\nContent-Length: 50\r\n\r\n")
    begun = time.monotonic()
    assert is_alive(door)
    assert time.monotonic() - begun < 20
    for sock in slow:
        sock.close()


def test_a_stream_that_is_never_read_is_ended(door: Served, person: Person, settings: Any) -> None:
    settings.WRITE_PATIENCE = 0.5
    until(person.heard)
    row = {"conversation_id": person.id, "author": "bot", "text": "é" * 20_000, "language": "fr"}
    Message.objects.bulk_create(Message(seq=seq, **row) for seq in range(10, 60))
    with plug(door, receive_buffer=4096) as sock:
        sock.sendall(request("stream", person))
        until(lambda: room.count() == 1)
        assert is_alive(door)
        until(lambda: room.count() == 0)


def test_who_reads_slowly_but_reads_is_served_to_the_end(door: Served, person: Person, settings: Any) -> None:
    settings.WRITE_PATIENCE = 1.0
    row = {"conversation_id": person.id, "author": "bot", "text": "é" * 20_000, "language": "fr"}
    Message.objects.bulk_create(Message(seq=seq, **row) for seq in range(10, 40))
    with plug(door, receive_buffer=65536) as sock:
        sock.sendall(request("stream", person))
        received = b""
        while b"id: 39\n" not in received:
            received += sock.recv(65536)
            time.sleep(0.01)


def test_a_reader_that_has_gone_gives_its_place_back(door: Served, person: Person) -> None:
    with plug(door) as sock:
        sock.sendall(request("stream", person))
        until(lambda: room.count() == 1)
    until(lambda: room.count() == 0)


def test_a_stream_ends_after_its_life(person: Person, settings: Any) -> None:
    settings.STREAM_LIFE = 0.3
    assert "event: state" in person.call("GET", "/stream").text
    assert room.count() == 0


def test_too_many_requests_at_once(door: Served, person: Person, settings: Any) -> None:
    settings.REQUESTS = 1
    with plugs(door) as opened:
        until(lambda: opened(request("stream", person)))  # the call before it has to end first
        refused = person.call("GET", "/messages", headers={"Accept-Language": "en"})
        assert code(refused) == (503, "full")
        assert refused.headers["Retry-After"] == "10"
        assert refused.headers["Connection"] == "close"
    until(lambda: person.call("GET", "/messages").status_code == 200)


def test_too_many_connections(door: Served, settings: Any) -> None:
    settings.CONNECTIONS = 2
    with plug(door), plug(door), plug(door) as third:
        assert everything(third) == b""
    settings.CONNECTIONS = 100
    until(lambda: is_alive(door))


@pytest.mark.parametrize(
    "sent",
    [
        b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03",
        b"GET / HTTP/9.9\r\n\r\n",
        b"\x00" * 1000,
        b"GET /api/v1/conversations HTTP/1.1\r\nHost: localhost\r\nContent-Length: -5\r\n\r\n",
        b"GET /api HTTP/1.1\r\nHost: localhost\r\nContent-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n0",
        b"GET \xff\xfe HTTP/1.1\r\nHost: localhost\r\n\r\n",
    ],
)
def test_what_is_no_http_ends_politely(door: Served, sent: bytes) -> None:
    with plug(door) as sock:
        sock.sendall(sent)
        sock.shutdown(socket.SHUT_WR)
        answer = everything(sock)
    # Some of it is near enough to HTTP for an answer, where that comes before the end of the connection is seen.
    assert answer == b"" or re.match(rb"HTTP/1\.1 [34]\d\d ", answer)
    assert b"Traceback" not in answer
    assert is_alive(door)


def request(path: str, person: Person) -> bytes:
    head = f"GET /api/v1/conversations/{person.id}/{path} HTTP/1.1\r\nHost: localhost\r\n"
    return f"{head}Authorization: {person.headers['Authorization']}\r\n\r\n".encode()
