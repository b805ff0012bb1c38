"""What a web address says, within limits: every way in which a source may hold on, hide, swell or lead astray."""

from __future__ import annotations

import contextlib
import gzip
import ipaddress
import os
import socket
import ssl
import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import datetime, timedelta, timezone
from http.server import BaseHTTPRequestHandler
from pathlib import Path

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from bot.knowledge import connections, fetch
from bot.knowledge.fetch import STRANGER, FetchError, Limits
from tests.knowledge.site import Answer, Site, serve, serving

SHORT = replace(STRANGER, seconds=0.4)
"""Of what never ends: to be done at all is to have been cut, so no clock is tight."""
INSIDE = Limits(20.0, 1000, 0, public_only=False, by_proxy=False, accept="application/json")
_LONG_S = 15.0


@pytest.fixture(autouse=True)
def no_proxy(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in [name for name in os.environ if name.lower().endswith("_proxy")]:
        monkeypatch.delenv(name)


@pytest.fixture
def site(monkeypatch: pytest.MonkeyPatch) -> Iterator[Site]:
    monkeypatch.setenv("AGENDA_LOOPBACK", "1")
    with serving() as site:
        yield site


def refused(url: str, limits: Limits = STRANGER) -> str:
    with pytest.raises(FetchError) as caught:
        fetch.fetch(url, limits)
    return str(caught.value)


def until(condition: Callable[[], bool]) -> None:
    end = time.monotonic() + _LONG_S
    while not condition():
        assert time.monotonic() < end, "still not"
        time.sleep(0.01)


def none_at_work() -> bool:
    return not [thread for thread in threading.enumerate() if thread.name == "fetch"]


# What is asked and what is told


def test_a_body_and_what_tells_it_from_a_later_one(site: Site) -> None:
    site.answer = serve(b"agenda", ETag='"one"', Last_Modified="Mon, 23 Nov 2026 08:00:00 GMT")
    assert fetch.fetch(site.url, STRANGER) == fetch.Fetched(b"agenda", '"one"', "Mon, 23 Nov 2026 08:00:00 GMT")
    assert "text/calendar" in site.headers["accept"]
    assert "if-none-match" not in site.headers
    site.answer = serve(b"", 304)
    assert fetch.fetch(site.url, STRANGER, '"one"') == fetch.Fetched(None, '"one"', None)
    assert site.headers["if-none-match"] == '"one"'


@pytest.mark.parametrize("told", ["x" * 301, "a\x01b", " "])
def test_a_header_that_is_not_worth_sending_back(site: Site, told: str) -> None:
    site.answer = serve(b"agenda", ETag=told)
    assert fetch.fetch(site.url, STRANGER).etag is None


@pytest.mark.parametrize("status", [304, 401, 404, 500, 503])
def test_an_answer_that_is_none(site: Site, status: int) -> None:
    site.answer = serve(b"", status)
    assert refused(site.url) == f"answered {status}"


# Little time


@pytest.mark.parametrize("way", ["drip", "drip_headers", "say_nothing"])
def test_a_source_that_holds_on_is_cut(site: Site, way: str) -> None:
    site.answer = getattr(site, way)
    refused(site.url, SHORT)
    until(none_at_work)  # while the source still holds on
    assert not site.stop.is_set()


def test_a_name_that_does_not_resolve_is_left_behind(monkeypatch: pytest.MonkeyPatch) -> None:
    asked, resolved = threading.Event(), threading.Event()
    connected: list[object] = []

    def resolve(*_: object, **__: object) -> list[object]:
        asked.set()
        resolved.wait(60)
        return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", ("127.0.0.1", 9))]

    monkeypatch.setattr(socket, "getaddrinfo", resolve)
    monkeypatch.setattr(socket, "create_connection", lambda *args: connected.append(args))
    assert refused("http://agenda.example.org/", replace(SHORT, public_only=False)) == "too slow"
    assert asked.wait(_LONG_S)
    resolved.set()
    until(none_at_work)
    assert connected == []  # nobody waits any more


def test_the_time_is_one_for_all_redirects(site: Site) -> None:
    def again(handler: BaseHTTPRequestHandler) -> None:
        time.sleep(0.2)
        serve(b"", 302, Location=f"{site.url}/{site.asked}")(handler)

    site.answer = again
    limits = replace(STRANGER, seconds=0.5, redirects=1000)
    assert refused(site.url, limits) == "too slow"
    until(none_at_work)


def test_a_body_that_comes_with_a_redirect_is_not_read(site: Site) -> None:
    def endless(handler: BaseHTTPRequestHandler) -> None:
        if handler.path == "/new":
            serve(b"agenda")(handler)
            return
        handler.send_response(302)
        handler.send_header("Location", "/new")
        handler.end_headers()
        site.drip_on(handler)

    site.answer = endless
    assert fetch.fetch(site.url, replace(STRANGER, seconds=_LONG_S)).body == b"agenda"


@pytest.mark.parametrize(
    ("answer", "limits"),
    [
        (serve(b"agenda", Content_Length="6"), STRANGER),
        (serve(b"x" * 20_000, Content_Length="20000"), replace(STRANGER, most=100)),
        (serve(b"agenda", 404, Content_Length="6"), STRANGER),
        (serve(b"agenda", 302, Location="ftp://example.org/", Content_Length="6"), STRANGER),
        (serve(b"agenda", Content_Encoding="br", Content_Length="6"), STRANGER),
    ],
)
def test_connections_are_closed_whatever_came(site: Site, answer: Answer, limits: Limits) -> None:
    closed = threading.Event()

    def watched(handler: BaseHTTPRequestHandler) -> None:
        answer(handler)
        handler.connection.settimeout(_LONG_S)
        try:
            ended = handler.connection.recv(1) == b""  # as soon as nobody holds the other end
        except ConnectionResetError:  # closed before all was read
            ended = True
        if ended:
            closed.set()

    site.answer = watched
    with contextlib.suppress(FetchError):
        fetch.fetch(site.url, limits)
    assert closed.wait(_LONG_S)


def test_a_connection_made_after_the_end_is_cut_at_once() -> None:
    watch = connections.Watch()
    watch.cut()
    ours, theirs = socket.socketpair()
    with ours, theirs:
        watch.add(ours)
        theirs.settimeout(_LONG_S)
        assert theirs.recv(1) == b""
    watch.close()


# Little space

BOMB = gzip.compress(b"x" * (STRANGER.most + 1))


@pytest.mark.parametrize(
    ("answer", "why"),
    [
        (serve(b"x" * 101), "more than 100 bytes"),
        (serve(b"x" * 101, Content_Length="101"), "more than 100 bytes"),
        (serve(gzip.compress(b"x" * 101), Content_Encoding="gzip"), "more than 100 bytes"),
        (serve(BOMB[:90], Content_Encoding="gzip"), "more than 100 bytes"),
        (serve(gzip.compress(b"x")[:-9], Content_Encoding="gzip"), "cut off"),
        (serve(b"x", Content_Length="2"), "cut off"),
        (serve(b"x", Content_Encoding="br"), "packed as br"),
        (serve(b"x" * 50, Content_Encoding="gzip"), "incorrect header"),
    ],
)
def test_what_is_too_big_or_badly_packed(site: Site, answer: Answer, why: str) -> None:
    site.answer = answer
    assert why in refused(site.url, replace(STRANGER, most=100))


@pytest.mark.parametrize("packed", [b"x" * 100, gzip.compress(b"x" * 100)], ids=["plain", "packed"])
def test_the_most_is_allowed(site: Site, packed: bytes) -> None:
    site.answer = serve(packed, **({"Content_Encoding": "gzip"} if packed[:1] != b"x" else {}))
    assert fetch.fetch(site.url, replace(STRANGER, most=100)).body == b"x" * 100


# Where it may lead


@pytest.mark.parametrize("url", ["file:///etc/passwd", "ftp://example.org/a.ics", "gopher://x", "agenda.ics", ""])
def test_only_http_is_read(url: str) -> None:
    assert refused(url) == "only http and https are read"


@pytest.mark.parametrize("url", ["http://[::1", "https://[::1/agenda.ics", "http://[x]:80"])
def test_what_is_no_address_is_refused(url: str) -> None:
    assert refused(url)


@pytest.mark.parametrize("status", [301, 302, 303, 307, 308])
def test_redirects_are_followed_where_they_may_be(site: Site, status: int) -> None:
    answers = {"/agenda": serve(b"", status, Location="/new"), "/new": serve(b"a")}
    site.answer = lambda handler: answers[handler.path](handler)
    assert fetch.fetch(site.url, STRANGER).body == b"a"
    assert refused(site.url, replace(STRANGER, redirects=0)) == f"answered {status}"


def test_redirects_come_to_an_end(site: Site) -> None:
    site.answer = lambda handler: serve(b"", 302, Location=handler.path + "x")(handler)
    refused(site.url, replace(STRANGER, redirects=3))
    assert site.asked == 4


@pytest.mark.parametrize(
    "url",
    [
        *("http://127.0.0.1:9/", "http://localhost:9/", "http://[::1]:9/", "http://0.0.0.0:9/", "http://2130706433:9/"),
        *("http://10.1.2.3/", "http://192.168.1.1/", "http://169.254.169.254/", "http://[fd00::1]/"),
        *("http://[::ffff:127.0.0.1]:9/", "http://user:pass@127.0.0.1:9/", "http://:9/", "http://a b/"),
        "https://10.0.0.1/",
    ],
)
def test_nothing_of_the_inside_is_reached(url: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("AGENDA_LOOPBACK", raising=False)
    monkeypatch.setattr(socket, "create_connection", _never)
    refused(url)


def _never(*args: object, **options: object) -> socket.socket:
    raise AssertionError("connected")


def test_a_name_that_leads_inside_is_not_followed(monkeypatch: pytest.MonkeyPatch) -> None:
    found = [(socket.AF_INET, socket.SOCK_STREAM, 6, "", ("10.0.0.1", 80))]
    monkeypatch.setattr(socket, "getaddrinfo", lambda *args, **options: found)
    monkeypatch.setattr(socket, "create_connection", _never)
    assert "not public" in refused("http://agenda.example.org/")


def test_the_installers_own_choice_may_be_inside(site: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("AGENDA_LOOPBACK")
    site.answer = serve(b"{}")
    assert "not public" in refused(site.url)
    assert fetch.fetch(site.url, INSIDE).body == b"{}"
    assert site.headers["accept"] == "application/json"


@pytest.mark.parametrize(
    ("address", "allowed"),
    [
        *((text, True) for text in ("8.8.8.8", "185.15.58.224", "2001:4860:4860::8888", "64:ff9b::808:808")),
        *((text, False) for text in ("127.0.0.1", "::1", "10.0.0.1", "172.16.0.1", "192.168.0.1", "100.64.0.1")),
        *((text, False) for text in ("169.254.169.254", "0.0.0.0", "224.0.0.1", "255.255.255.255", "240.0.0.1", "::")),
        *((text, False) for text in ("fe80::1", "fd00::1", "::ffff:10.0.0.1", "64:ff9b::a00:1", "ff02::1")),
        ("2002:a00:1::", False),
    ],
)
def test_which_addresses_are_public(address: str, allowed: bool, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("AGENDA_LOOPBACK", raising=False)
    assert connections.is_allowed(ipaddress.ip_address(address)) is allowed


def test_loopback_is_allowed_by_a_setting_and_nothing_else_is(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("AGENDA_LOOPBACK", "1")
    assert connections.is_allowed(ipaddress.ip_address("127.0.0.1"))
    assert not connections.is_allowed(ipaddress.ip_address("10.0.0.1"))


# Proxies


def test_a_proxy_of_the_environment_decides_what_may_be_reached(site: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("AGENDA_LOOPBACK")
    monkeypatch.setenv("http_proxy", site.url.removesuffix("/agenda"))
    site.answer = serve(b"agenda")
    assert fetch.fetch("http://agenda.example.org/", STRANGER).body == b"agenda"
    assert site.paths == ["http://agenda.example.org/"]


def test_a_redirect_around_the_proxy_is_checked(site: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("AGENDA_LOOPBACK")
    monkeypatch.setenv("http_proxy", site.url.removesuffix("/agenda"))
    site.answer = serve(b"", 302, Location="https://10.0.0.1/")
    assert "not public" in refused("http://agenda.example.org/")


def test_no_proxy_hears_what_is_not_for_it(site: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("http_proxy", "http://127.0.0.1:9")
    monkeypatch.setenv("ftp_proxy", site.url.removesuffix("/agenda"))
    site.answer = serve(b"{}")
    assert fetch.fetch(site.url, INSIDE).body == b"{}"
    monkeypatch.delenv("http_proxy")
    site.answer = serve(b"", 302, Location="ftp://example.org/agenda.ics")
    refused(site.url)
    assert site.paths == ["/agenda", "/agenda"]


# TLS


@pytest.fixture(scope="module")
def certificate(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The certificate of 127.0.0.1, by its own hand, with its key."""
    key, name = ec.generate_private_key(ec.SECP256R1()), x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "test")])
    now = datetime.now(timezone.utc)
    made = x509.CertificateBuilder(name, name, key.public_key(), 1, now - timedelta(days=1), now + timedelta(days=1))
    own = x509.SubjectAlternativeName([x509.IPAddress(ipaddress.ip_address("127.0.0.1"))])
    signed = made.add_extension(own, critical=False).sign(key, hashes.SHA256())
    pem = serialization.Encoding.PEM
    secret = key.private_bytes(pem, serialization.PrivateFormat.PKCS8, serialization.NoEncryption())
    file = tmp_path_factory.mktemp("tls") / "own.pem"
    file.write_bytes(signed.public_bytes(pem) + secret)
    return file


@pytest.fixture
def safe(certificate: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Site]:
    """A site over https that is trusted."""
    monkeypatch.setenv("AGENDA_LOOPBACK", "1")
    monkeypatch.setenv("SSL_CERT_FILE", str(certificate))
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate)
    with serving(context) as site:
        yield site


def test_https_is_read_from_who_it_says_it_is(safe: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    safe.answer = serve(b"agenda")
    assert fetch.fetch(safe.url, STRANGER).body == b"agenda"
    monkeypatch.delenv("SSL_CERT_FILE")
    assert "certificate verify failed" in refused(safe.url)


@pytest.mark.parametrize("way", ["drip", "drip_headers", "say_nothing"])
def test_a_source_that_holds_on_over_tls_is_cut(safe: Site, way: str) -> None:
    safe.answer = getattr(safe, way)
    refused(safe.url, SHORT)
    until(none_at_work)
    assert not safe.stop.is_set()


def test_a_handshake_that_never_ends_is_cut(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("AGENDA_LOOPBACK", "1")
    with socket.create_server(("127.0.0.1", 0)) as listening:  # accepts, and says nothing
        refused(f"https://127.0.0.1:{listening.getsockname()[1]}/", SHORT)
        until(none_at_work)
