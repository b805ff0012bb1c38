"""The optional geocoder against a loopback server: recorded forms, and a service that is down, slow or mad."""

from __future__ import annotations

import json
import threading
import time
from collections.abc import Callable, Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest

from bot.knowledge import geocoder
from bot.knowledge.geocoder import SERVICES, Geocoder

_RECORDED = Path(__file__).parent / "data" / "geocoder"
_BODIN = "12 rue des Lilas, Saint-Bodin-le-Petit"


class Loopback:
    """A server that answers each request with `answer(handler)` and keeps what it was asked."""

    def __init__(self) -> None:
        self.asked: list[dict[str, list[str]]] = []
        self.headers: list[dict[str, str]] = []
        self.answer: Callable[[BaseHTTPRequestHandler], None] = lambda handler: send(handler, b"{}")
        outer = self

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                outer.asked.append(parse_qs(urlsplit(self.path).query))
                outer.headers.append(dict(self.headers))
                outer.answer(self)

            def log_message(self, format: str, *arguments: Any) -> None:
                """Keep the tests' output clean."""

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.server.daemon_threads = True
        threading.Thread(target=self.server.serve_forever, args=(0.01,), daemon=True).start()

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.server.server_port}/search"


def send(handler: BaseHTTPRequestHandler, content: bytes, status: int = 200) -> None:
    handler.send_response(status)
    handler.send_header("Content-Length", str(len(content)))
    handler.end_headers()
    handler.wfile.write(content)


def recorded(name: str, **changes: Any) -> Callable[[BaseHTTPRequestHandler], None]:
    """The answer kept under that name; `changes` go to the properties of its first feature or to its first entry."""
    answer = json.loads((_RECORDED / f"{name}.json").read_text("utf-8"))
    (answer["features"][0]["properties"] if isinstance(answer, dict) else answer[0]).update(changes)
    return lambda handler: send(handler, json.dumps(answer).encode())


@pytest.fixture
def service() -> Iterator[Loopback]:
    loopback = Loopback()
    yield loopback
    loopback.server.shutdown()
    loopback.server.server_close()


def ban(service: Loopback) -> Geocoder:
    return Geocoder(SERVICES["ban"], service.url)


def nominatim(service: Loopback) -> Geocoder:
    return Geocoder(SERVICES["nominatim"], service.url)


def test_the_national_address_service(service: Loopback) -> None:
    service.answer = recorded("ban")
    place = ban(service).locate("8 boulevard du Port, 80000 Amiens")
    assert place is not None
    assert (place.name, place.country, place.territory, place.kind) == ("Amiens", "FR", "FR", "town")
    assert (place.lat, place.lon, place.postcode, place.admin) == (49.9, 2.29, "80000", "Somme")


def test_nominatim(service: Loopback) -> None:
    service.answer = recorded("nominatim")
    place = nominatim(service).locate("rue du Midi 12, Bruxelles", "BE")
    assert place is not None
    assert (place.name, place.country, place.territory) == ("Bruxelles - Brussel", "BE", "BE")
    assert (place.lat, place.lon) == (50.85, 4.35)
    assert service.asked[0]["countrycodes"] == ["be"]


def test_overseas_is_told_from_the_mainland(service: Loopback) -> None:
    service.answer = recorded("ban", citycode="97411", postcode="97400", city="Saint-Denis", context="974, La Réunion")
    place = ban(service).locate("3 rue de Paris, Saint-Denis")
    assert place is not None
    assert (place.country, place.territory, place.admin) == ("FR", "RE", "La Réunion")


def test_the_words_of_the_address_are_sent_and_nothing_else(service: Loopback) -> None:
    service.answer = recorded("ban")
    ban(service).locate("8 boulevard du Port,  80000 Amiens", "FR")
    assert service.asked == [
        {"q": ["8 boulevard du Port, 80000 Amiens"], "limit": ["1"], "autocomplete": ["0"], "index": ["address"]}
    ]
    assert set(service.headers[0]) == {"Host", "Accept-Encoding", "User-Agent", "Accept"}
    ban(service).locate("x" * 5_000)
    assert len(service.asked[-1]["q"][0]) == 200


def test_the_house_is_not_remembered(service: Loopback) -> None:
    service.answer = recorded("ban")
    place = ban(service).locate("8 boulevard du Port, 80000 Amiens")
    assert place is not None
    kept = json.dumps(place.as_dict())
    assert "boulevard" not in kept and "49.89" not in kept


def test_what_was_asked_before_is_not_asked_again(service: Loopback) -> None:
    service.answer = recorded("ban")
    geocoder_ = ban(service)
    assert geocoder_.locate("8 boulevard du Port, Amiens") == geocoder_.locate("8  boulevard du Port, Amiens")
    assert geocoder_.locate(_BODIN) is None  # Amiens is not the town of that address
    assert geocoder_.locate(_BODIN) is None
    assert len(service.asked) == 2


@pytest.mark.parametrize("changes", [{"score": 0.2}, {"city": "Lyon", "postcode": "69003"}, {"city": None}])
def test_a_guess_is_no_answer(service: Loopback, changes: dict[str, Any]) -> None:
    service.answer = recorded("ban", **changes)
    assert ban(service).locate("8 boulevard du Port, 80000 Amiens") is None


@pytest.mark.parametrize("empty", [b'{"type": "FeatureCollection", "features": []}', b"[]"])
def test_nothing_found(service: Loopback, empty: bytes) -> None:
    service.answer = lambda handler: send(handler, empty)
    found = ban(service) if empty.startswith(b"{") else nominatim(service)
    assert found.locate(_BODIN) is None


_GARBAGE = [
    b"",
    b"<html>busy</html>",
    b"null",
    b'"text"',
    b"[1, 2]",
    b"[[[[[",
    b"[" * 100_000,
    b'{"features": 3}',
    b'{"features": [{"properties": {"score": "high"}}]}',
    b'{"features": [{"properties": {"score": 1, "city": "Amiens"}, "geometry": {"coordinates": ["a", null]}}]}',
    b'{"features": [{"properties": {"score": 1, "city": "Amiens"}, "geometry": {"coordinates": [NaN, 1e999]}}]}',
    b'{"features": [{"properties": {"score": 1, "city": "Amiens"}, "geometry": {"coordinates": [2.3, 4990]}}]}',
    b'{"features": [{"properties": {"score": 1, "city": ["Amiens"]}, "geometry": {"coordinates": [2.3, 49.9]}}]}',
    b"\xff\xfe\x00",
    b"x" * (geocoder.MAX_BYTES + 1),
]


@pytest.mark.parametrize("content", _GARBAGE)
@pytest.mark.parametrize("name", ["ban", "nominatim"])
def test_garbage_is_no_answer(service: Loopback, name: str, content: bytes) -> None:
    service.answer = lambda handler: send(handler, content)
    assert Geocoder(SERVICES[name], service.url).locate("8 boulevard du Port, Amiens") is None


@pytest.mark.parametrize("status", [301, 403, 429, 500, 503])
def test_a_service_that_refuses_is_left_alone_for_a_while(service: Loopback, status: int) -> None:
    service.answer = lambda handler: send(handler, b"{}", status)
    geocoder_ = ban(service)
    assert geocoder_.locate(_BODIN) is None
    service.answer = recorded("ban")
    assert geocoder_.locate("8 boulevard du Port, Amiens") is None
    assert len(service.asked) == 1


def test_it_is_asked_again_after_its_rest(service: Loopback, monkeypatch: pytest.MonkeyPatch) -> None:
    service.answer = lambda handler: send(handler, b"{}", 500)
    geocoder_ = ban(service)
    assert geocoder_.locate(_BODIN) is None
    monkeypatch.setattr(geocoder, "REST_S", 0.0)
    service.answer = recorded("ban")
    assert geocoder_.locate("8 boulevard du Port, Amiens") is not None


def test_a_service_that_is_down(service: Loopback) -> None:
    url = service.url
    service.server.server_close()
    assert Geocoder(SERVICES["ban"], url).locate(_BODIN) is None


def _asleep(handler: BaseHTTPRequestHandler) -> None:
    handler.rfile.read(1)  # nothing comes: until whoever asks goes away


def _dripping_headers(handler: BaseHTTPRequestHandler) -> None:
    _drip(handler, b"HTTP/1.0 200 OK\r\nX-Long: " + b"a" * 2000)


def _dripping_body(handler: BaseHTTPRequestHandler) -> None:
    handler.send_response(200)
    handler.end_headers()
    _drip(handler, b" " * 2000)


def _drip(handler: BaseHTTPRequestHandler, content: bytes) -> None:
    for each in content:
        try:
            handler.wfile.write(bytes([each]))
            handler.wfile.flush()
        except OSError:
            return
        time.sleep(0.05)


@pytest.mark.parametrize("answer", [_asleep, _dripping_headers, _dripping_body])
def test_a_slow_service_is_given_up_in_time(
    service: Loopback, monkeypatch: pytest.MonkeyPatch, answer: Callable[[BaseHTTPRequestHandler], None]
) -> None:
    assert geocoder.TIMEOUT_S == 2.0
    monkeypatch.setattr(geocoder, "TIMEOUT_S", 0.3)
    service.answer = answer
    start = time.monotonic()
    assert ban(service).locate(_BODIN) is None
    assert time.monotonic() - start < 20  # all the answers would take over a minute


def test_off_by_default(service: Loopback, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("GEOCODER", raising=False)
    monkeypatch.setenv("GEOCODER_URL", service.url)
    service.answer = recorded("ban")
    assert geocoder.locate("8 boulevard du Port, Amiens") is None
    assert service.asked == []
    monkeypatch.setenv("GEOCODER", "ban")
    found = geocoder.locate("8 boulevard du Port, Amiens")
    assert found is not None and found.name == "Amiens"


def test_an_unknown_service_is_told_in_the_log(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setenv("GEOCODER", "gps")
    assert geocoder.locate(_BODIN) is None
    assert "ban, nominatim" in caplog.text


def test_the_log_never_holds_the_address(service: Loopback, caplog: pytest.LogCaptureFixture) -> None:
    service.answer = lambda handler: send(handler, b"{}", 500)
    ban(service).locate(_BODIN)
    assert "the geocoder failed" in caplog.text
    assert "Lilas" not in caplog.text and "Lilas" not in repr([record.__dict__ for record in caplog.records])


def test_only_http_is_spoken() -> None:
    for url in ("file:///etc/hostname", "ftp://127.0.0.1/x", "search"):
        assert Geocoder(SERVICES["ban"], url).locate(_BODIN) is None
