"""Which sites may call the API, and for which Cité."""

from __future__ import annotations

from typing import Any

import httpx
import pytest

from bot.web import headers
from bot.web.conversations.models import Conversation

from .conftest import Served
from .person import Person, code

SITE = "https://marseille.example"


@pytest.fixture(autouse=True)
def _sites(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(headers, "load_sites", lambda: {SITE: frozenset({"marseille"})})


def begin(http: httpx.Client, origin: str, **body: Any) -> httpx.Response:
    return http.post("/conversations", json=body, headers={"Origin": origin, "Accept-Language": "en"})


def test_a_site_opens_its_own_cite_or_none(http: httpx.Client) -> None:
    for body in {"cite": "marseille"}, {"cite": None}, {}, {"cite": "marseile"}:
        answer = begin(http, SITE, **body)
        assert answer.status_code == 201
        assert answer.headers["Access-Control-Allow-Origin"] == SITE


def test_another_cite_is_refused_politely_and_the_page_can_read_why(http: httpx.Client) -> None:
    answer = begin(http, SITE, cite="paris")
    assert code(answer) == (403, "forbidden")
    assert answer.json()["error"]["text"] == "This site is not allowed to show the assistant."
    assert answer.headers["Access-Control-Allow-Origin"] == SITE
    assert not Conversation.objects.exists()


@pytest.mark.parametrize(
    "origin",
    [
        "https://marseille.example.evil.example",
        "https://evil-marseille.example",
        "http://marseille.example",
        "https://marseille.example:8443",
        "https://marseille.example/",
        "https://MARSEILLE.example",
        "https://sub.marseille.example",
        "null",
        "*",
        "marseille.example",
    ],
)
def test_only_the_exact_origin(http: httpx.Client, origin: str) -> None:
    answer = begin(http, origin, cite="marseille")
    assert code(answer) == (403, "forbidden")
    assert "Access-Control-Allow-Origin" not in answer.headers
    assert answer.headers["Vary"] == "Origin"


def test_the_network_s_own_sites_show_every_cite(http: httpx.Client, settings: Any) -> None:
    settings.ALLOWED_ORIGINS = ["https://network.example"]
    for cite in "marseille", "paris":
        assert begin(http, "https://network.example", cite=cite).status_code == 201


def test_the_door_s_own_name_under_another_scheme_is_another_site(http: httpx.Client, door: Served) -> None:
    assert begin(http, door.url, cite="paris").status_code == 201
    assert begin(http, door.url.replace("http:", "https:")).status_code == 403


def test_a_foreign_site_gets_nothing_even_with_the_token(person: Person) -> None:
    for method, path in ("GET", "/messages"), ("GET", "/transcript"), ("GET", "/stream"), ("DELETE", ""):
        assert code(person.call(method, path, headers={"Origin": "https://evil.example"})) == (403, "forbidden")
    assert Conversation.objects.filter(pk=person.id).exists()


def test_caches_keep_the_answers_for_different_sites_apart(http: httpx.Client) -> None:
    assert "Origin" in http.post("/conversations").headers["Vary"]
    assert "Origin" in begin(http, SITE).headers["Vary"]


def test_a_browser_may_ask_for_all_that_the_widget_calls(http: httpx.Client) -> None:
    answer = http.options("/conversations", headers={"Origin": SITE, "Access-Control-Request-Method": "PUT"})
    assert answer.status_code == 204
    assert {"GET", "POST", "PUT", "DELETE"} == set(answer.headers["Access-Control-Allow-Methods"].split(", "))
    exposed = begin(http, SITE).headers["Access-Control-Expose-Headers"]
    assert exposed == "Retry-After, Content-Disposition"
