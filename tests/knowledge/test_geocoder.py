"""The optional geocoder against a loopback server: recorded forms, and a service that is down, slow or mad."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest

from bot.knowledge import geocoder
from bot.knowledge.geocoder import SERVICES, Geocoder
from tests.knowledge.site import Answer, Site, serve, serving

_RECORDED = Path(__file__).parent / "data" / "geocoder"
_LIMITS = geocoder.LIMITS
_BODIN = "12 rue des Lilas, Saint-Bodin-le-Petit"


def recorded(name: str, **changes: Any) -> Answer:
    """The answer kept under that name; `changes` go to the properties of its first feature or to its first entry."""
    answer = json.loads((_RECORDED / f"{name}.json").read_text("utf-8"))
    (answer["features"][0]["properties"] if isinstance(answer, dict) else answer[0]).update(changes)
    return serve(json.dumps(answer).encode())


@pytest.fixture
def service(monkeypatch: pytest.MonkeyPatch) -> Iterator[Site]:
    monkeypatch.setattr(geocoder, "LIMITS", replace(_LIMITS, seconds=20.0))  # a busy machine is no fault of the service
    with serving() as site:
        yield site


def questions(service: Site) -> list[dict[str, list[str]]]:
    return [parse_qs(urlsplit(path).query) for path in service.paths]


def ban(service: Site) -> Geocoder:
    return Geocoder(SERVICES["ban"], service.url)


def nominatim(service: Site) -> Geocoder:
    return Geocoder(SERVICES["nominatim"], service.url)


def test_the_national_address_service(service: Site) -> None:
    service.answer = recorded("ban")
    place = ban(service).locate("8 boulevard du Port, 80000 Amiens")
    assert place is not None
    assert (place.name, place.country, place.territory, place.kind) == ("Amiens", "FR", "FR", "town")
    assert (place.lat, place.lon, place.postcode, place.admin) == (49.9, 2.29, "80000", "Somme")


def test_nominatim(service: Site) -> None:
    service.answer = recorded("nominatim")
    place = nominatim(service).locate("rue du Midi 12, Bruxelles", "BE")
    assert place is not None
    assert (place.name, place.country, place.territory) == ("Bruxelles - Brussel", "BE", "BE")
    assert (place.lat, place.lon) == (50.85, 4.35)
    assert questions(service)[0]["countrycodes"] == ["be"]


def test_overseas_is_told_from_the_mainland(service: Site) -> None:
    service.answer = recorded("ban", citycode="97411", postcode="97400", city="Saint-Denis", context="974, La Réunion")
    place = ban(service).locate("3 rue de Paris, Saint-Denis")
    assert place is not None
    assert (place.country, place.territory, place.admin) == ("FR", "RE", "La Réunion")


def test_the_words_of_the_address_are_sent_and_nothing_else(service: Site) -> None:
    service.answer = recorded("ban")
    ban(service).locate("8 boulevard du Port,  80000 Amiens", "FR")
    assert questions(service) == [
        {"q": ["8 boulevard du Port, 80000 Amiens"], "limit": ["1"], "autocomplete": ["0"], "index": ["address"]}
    ]
    assert set(service.headers) == {"host", "accept-encoding", "user-agent", "accept", "connection"}
    ban(service).locate("x" * 5_000)
    assert len(questions(service)[-1]["q"][0]) == 200


def test_the_house_is_not_remembered(service: Site) -> None:
    service.answer = recorded("ban")
    place = ban(service).locate("8 boulevard du Port, 80000 Amiens")
    assert place is not None
    kept = json.dumps(place.as_dict())
    assert "boulevard" not in kept and "49.89" not in kept


def test_what_was_asked_before_is_not_asked_again(service: Site) -> None:
    service.answer = recorded("ban")
    geocoder_ = ban(service)
    assert geocoder_.locate("8 boulevard du Port, Amiens") == geocoder_.locate("8  boulevard du Port, Amiens")
    assert geocoder_.locate(_BODIN) is None  # Amiens is not the town of that address
    assert geocoder_.locate(_BODIN) is None
    assert service.asked == 2


@pytest.mark.parametrize("changes", [{"score": 0.2}, {"city": "Lyon", "postcode": "69003"}, {"city": None}])
def test_a_guess_is_no_answer(service: Site, changes: dict[str, Any]) -> None:
    service.answer = recorded("ban", **changes)
    assert ban(service).locate("8 boulevard du Port, 80000 Amiens") is None


@pytest.mark.parametrize("empty", [b'{"type": "FeatureCollection", "features": []}', b"[]"])
def test_nothing_found(service: Site, empty: bytes) -> None:
    service.answer = serve(empty)
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
    b"x" * (_LIMITS.most + 1),
]


@pytest.mark.parametrize("content", _GARBAGE)
@pytest.mark.parametrize("name", ["ban", "nominatim"])
def test_garbage_is_no_answer(service: Site, name: str, content: bytes) -> None:
    service.answer = serve(content)
    assert Geocoder(SERVICES[name], service.url).locate("8 boulevard du Port, Amiens") is None


@pytest.mark.parametrize("status", [301, 403, 429, 500, 503])
def test_a_service_that_refuses_is_left_alone_for_a_while(service: Site, status: int) -> None:
    service.answer = serve(b"{}", status)
    geocoder_ = ban(service)
    assert geocoder_.locate(_BODIN) is None
    service.answer = recorded("ban")
    assert geocoder_.locate("8 boulevard du Port, Amiens") is None
    assert service.asked == 1


def test_it_is_asked_again_after_its_rest(service: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    service.answer = serve(b"{}", 500)
    geocoder_ = ban(service)
    assert geocoder_.locate(_BODIN) is None
    monkeypatch.setattr(geocoder, "REST_S", 0.0)
    service.answer = recorded("ban")
    assert geocoder_.locate("8 boulevard du Port, Amiens") is not None


def test_a_service_that_is_down() -> None:
    with serving() as gone:
        found = ban(gone)
    assert found.locate(_BODIN) is None


@pytest.mark.parametrize("way", ["drip", "drip_headers", "say_nothing"])
def test_a_slow_service_is_given_up_in_time(service: Site, monkeypatch: pytest.MonkeyPatch, way: str) -> None:
    assert _LIMITS.seconds == 2.0
    monkeypatch.setattr(geocoder, "LIMITS", replace(_LIMITS, seconds=0.3))
    service.answer = getattr(service, way)
    assert ban(service).locate(_BODIN) is None
    assert not service.stop.is_set()  # it would have held on


def test_neither_a_redirect_nor_a_proxy_hears_the_address(service: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    with serving() as other:
        service.answer = serve(b"", 302, Location=other.url)
        monkeypatch.setenv("http_proxy", other.url)
        monkeypatch.delenv("no_proxy", raising=False)
        monkeypatch.delenv("NO_PROXY", raising=False)
        assert ban(service).locate(_BODIN) is None
    assert (service.asked, other.asked) == (1, 0)


def test_off_by_default(service: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("GEOCODER", raising=False)
    monkeypatch.setenv("GEOCODER_URL", service.url)
    service.answer = recorded("ban")
    assert geocoder.locate("8 boulevard du Port, Amiens") is None
    assert service.asked == 0
    monkeypatch.setenv("GEOCODER", "ban")
    found = geocoder.locate("8 boulevard du Port, Amiens")
    assert found is not None and found.name == "Amiens"


def test_an_unknown_service_is_told_in_the_log(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setenv("GEOCODER", "gps")
    assert geocoder.locate(_BODIN) is None
    assert "ban, nominatim" in caplog.text


def test_the_log_never_holds_the_address(service: Site, caplog: pytest.LogCaptureFixture) -> None:
    service.answer = serve(b"{}", 500)
    ban(service).locate(_BODIN)
    assert "the geocoder failed" in caplog.text
    assert "Lilas" not in caplog.text and "Lilas" not in repr([record.__dict__ for record in caplog.records])


def test_only_http_is_spoken() -> None:
    for url in ("file:///etc/hostname", "ftp://127.0.0.1/x", "search"):
        assert Geocoder(SERVICES["ban"], url).locate(_BODIN) is None
