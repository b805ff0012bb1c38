"""A street address in place of a town: looked up where a geocoder is named, else asked for in other words."""

from __future__ import annotations

import json
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest

from actions.nearest_cite import NearestCite
from actions.opening_hours import OpeningHours
from actions.out_of_scope import OutOfScope
from actions.reply import Reply

from .turns import answer, place, said

_TOLD = "au 3 chemin du Moulin, Vauxbuisson-le-Haut et je suis Zoé"
_FOUND = {
    "type": "FeatureCollection",
    "features": [
        {
            "geometry": {"type": "Point", "coordinates": [5.5671, 43.2904]},
            "properties": {"score": 0.9, "city": "Vauxbuisson-le-Haut", "postcode": "13400", "citycode": "13005",
                           "context": "13, Bouches-du-Rhône, Provence-Alpes-Côte d'Azur"},
        }
    ],
}  # fmt: skip


@pytest.fixture
def asked(monkeypatch: pytest.MonkeyPatch) -> Iterator[list[str]]:
    """What a geocoder on loopback was asked; it finds the town of `_TOLD`."""
    texts: list[str] = []

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            texts.extend(parse_qs(urlsplit(self.path).query)["q"])
            self.send_response(200)
            self.end_headers()
            self.wfile.write(json.dumps(_FOUND).encode())

        def log_message(self, format: str, *arguments: Any) -> None:
            """Keep the tests' output clean."""

    server = HTTPServer(("127.0.0.1", 0), Handler)
    threading.Thread(target=server.serve_forever, args=(0.01,), daemon=True).start()
    monkeypatch.setenv("GEOCODER", "ban")
    monkeypatch.setenv("GEOCODER_URL", f"http://127.0.0.1:{server.server_port}/search")
    yield texts
    server.shutdown()
    server.server_close()


def test_the_question_is_answered_from_the_town_of_the_address(asked: list[str]) -> None:
    found = answer(NearestCite(), said("find_nearest_cite", _TOLD))
    assert found.responses[0] == "nearest"
    assert found.cards[0]["id"] == "marseille"
    assert "Vauxbuisson-le-Haut" in found.text
    assert asked == ["3 chemin du Moulin, Vauxbuisson-le-Haut"]
    assert "Moulin" not in json.dumps(found.slots)


@pytest.mark.parametrize(("action", "intent"), [(Reply(), "inform"), (OutOfScope(), "out_of_scope")])
def test_where_a_place_was_asked_for(asked: list[str], action: Any, intent: str) -> None:
    waiting = {"ask": "place", "intent": "find_nearest_cite"}
    found = answer(action, said(intent, _TOLD, slots={"pending": waiting}))
    assert found.cards[0]["id"] == "marseille"
    assert len(asked) == 1


def test_for_a_question_on_a_cite(asked: list[str]) -> None:
    found = answer(OpeningHours(), said("ask_opening_hours", _TOLD))
    assert found.slots["cite"] == "marseille"
    assert len(asked) == 1


def test_a_place_that_is_known_is_never_looked_up(asked: list[str]) -> None:
    answer(NearestCite(), said("find_nearest_cite", "12 rue Pasteur, Lyon", [place("Lyon")]))
    answer(NearestCite(), said("find_nearest_cite", "12 rue Pasteur, Saint-Denis", [place("Saint-Denis")]))
    answer(NearestCite(), said("find_nearest_cite", "où êtes-vous ?"))
    assert asked == []


def test_without_a_geocoder_the_place_is_asked_for(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("GEOCODER", raising=False)
    assert answer(NearestCite(), said("find_nearest_cite", _TOLD)).responses == ["ask_place"]
    waiting = {"ask": "place", "intent": "find_nearest_cite"}
    found = answer(Reply(), said("inform", _TOLD, slots={"pending": waiting}))
    assert found.responses == ["place_unknown", "choose_area"]
