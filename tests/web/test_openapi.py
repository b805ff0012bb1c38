"""The API's description: a good OpenAPI document, which tells of all that is answered and of nothing else."""

from __future__ import annotations

import re
import socket
import subprocess
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import httpx
import pytest

from bot.knowledge.paths import ROOT
from bot.web.conversations import states
from bot.web.conversations.errors import STATUS
from bot.web.conversations.models import Reason
from bot.web.limits import rates
from bot.web.openapi import FILE, document
from bot.web.urls import urlpatterns
from bot.web.words import LANGUAGES

from .conftest import Served, until
from .described import answer_of, check, documented, operations
from .person import Person

# A body that each operation takes, by the end of its address.
BODIES = {
    "/messages": {"id": "x", "text": "bonjour"},
    "/feedback": {"useful": False, "reason": "tone"},
    "/language": {"language": "en"},
    "/typing": {"typing": True},
    "/read": {"seq": 1},
    "/callback": {"name": "Camille", "contact": "06 12 34 56 78"},
}


def test_it_is_good_openapi() -> None:
    tool = ROOT / "var" / "tools" / "bin" / "openapi-spec-validator"
    assert tool.exists(), "run `make setup-dev`"
    done = subprocess.run([tool, FILE], capture_output=True, text=True, timeout=60)
    assert done.returncode == 0, done.stdout + done.stderr


def test_it_is_served(http: httpx.Client) -> None:
    answer = http.get("/openapi.json")
    assert answer.json() == document()
    assert answer.headers["Content-Type"] == "application/json"


def test_addresses_and_methods_are_those_of_the_code() -> None:
    known = {(path, method) for path, method, _ in operations()}
    served = set()
    for pattern in urlpatterns:
        route = re.sub(r"<\w+:(\w+)>", r"{\1}", str(pattern.pattern)).replace("{conversation_id}", "{conversation}")
        if route.startswith("api/v1/"):
            served |= {(f"/{route}", method) for method in pattern.callback.methods}
    assert served == known
    assert len(known) == 13


def test_codes_reasons_languages_and_limits_are_those_of_the_code() -> None:
    schemas = document()["components"]["schemas"]
    assert set(schemas["Error"]["properties"]["error"]["properties"]["code"]["enum"]) == set(STATUS)
    assert schemas["Reason"]["enum"] == Reason.values
    wanted = document()["paths"]["/api/v1/conversations/{conversation}/language"]["post"]["requestBody"]
    assert wanted["content"]["application/json"]["schema"]["properties"]["language"]["enum"] == list(LANGUAGES)


class Caller:
    """Calls every operation in the same way, and notes which answers came."""

    def __init__(self, door: Served, http: httpx.Client, person: Person) -> None:
        self.door, self.http, self.person = door, http, person
        self.seen: set[tuple[str, str, str]] = set()

    def all(self, status: int, only: Callable[[str], bool] = lambda path: True, **options: Any) -> None:
        """Call all, or those of some addresses; each must answer with `status`."""
        for path, method, _ in operations():
            if (path, method, str(status)) in documented() and only(path):
                self.note(self.call(path, method, **options), status)

    def call(self, path: str, method: str, **options: Any) -> httpx.Response:
        options.setdefault("headers", self.person.headers)
        if not {"json", "content"} & options.keys() and method in ("POST", "PUT"):
            options["json"] = next((body for end, body in BODIES.items() if path.endswith(end)), {})
        return self.http.request(method, self.address(path), **options)

    def note(self, response: httpx.Response, status: int) -> None:
        assert response.status_code == status, (response.request.method, response.url, response.text)
        check(response)
        answer = answer_of(response)
        assert answer
        self.seen.add(answer)

    def address(self, path: str) -> str:
        return self.door.url + path.format(conversation=self.person.id, seq=2)


@pytest.fixture
def caller(door: Served, http: httpx.Client, person: Person) -> Caller:
    until(person.heard)
    return Caller(door, http, person)


def slow_body(caller: Caller, path: str, method: str) -> httpx.Response:
    """The answer to a request of which the body never comes."""
    address = httpx.URL(caller.address(path))
    with socket.create_connection((address.host, address.port or 80), timeout=10) as sock:
        sock.sendall(f"{method} {address.path} HTTP/1.1\r\nHost: localhost\r\nContent-Length: 9\r\n\r\n".encode())
        raw = b"".join(iter(lambda: sock.recv(65536), b""))
    head, _, body = raw.partition(b"\r\n\r\n")
    lines = head.decode().split("\r\n")
    headers = dict(line.split(": ", 1) for line in lines[1:])
    return httpx.Response(
        int(lines[0].split()[1]), headers=headers, content=body, request=httpx.Request(method, address)
    )


def test_every_documented_answer_is_given(caller: Caller, settings: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    settings.STREAM_LIFE = 0.1
    caller.all(403, headers={"Origin": "https://evil.example", **caller.person.headers})
    caller.all(413, content=b"x" * 20_000)
    caller.all(401, headers={})
    refused_in_their_own_way(caller)
    with held(settings, BODY_PATIENCE=0.1):
        for path, method, _ in operations():
            caller.note(slow_body(caller, path, method), 408)
    with held(settings, RATES={**settings.RATES, "calls": (2, 3600)}):
        for _ in range(2):
            caller.call("/api/v1/openapi.json", "GET")
        caller.all(429)
    with held(settings, REQUESTS=0):
        caller.all(503)
    with monkeypatch.context() as broken:
        broken.setattr(rates, "hit", None)
        caller.all(500)
    granted(caller)
    assert caller.seen == documented()


@contextmanager
def held(settings: Any, **values: Any) -> Iterator[None]:
    """Other settings for a while; rates are counted anew before and after."""
    before = {name: getattr(settings, name) for name in values}
    for name, value in values.items():
        setattr(settings, name, value)
    rates.forget_all()
    yield
    for name, value in before.items():
        setattr(settings, name, value)
    rates.forget_all()


def refused_in_their_own_way(caller: Caller) -> None:
    """What each operation refuses for a reason of its own."""
    for path, method, operation in operations():
        if "400" in operation["responses"]:
            wrong: dict[str, Any] = {"content": b"{"} if method in ("POST", "PUT") else {"params": {"after": "x"}}
            if path.endswith("/stream"):
                wrong = {"headers": {**caller.person.headers, "Last-Event-ID": "x"}}
            caller.note(caller.call(path, method, **wrong), 400)
    caller.note(caller.person.call("POST", "/messages", json={"id": "c", "choice": "never-offered"}), 409)
    caller.note(caller.person.call("PUT", "/messages/99/feedback", json={"useful": True}), 404)
    caller.note(caller.person.call("POST", "/callback", json=BODIES["/callback"]), 409)


def granted(caller: Caller) -> None:
    """What each operation gives; the conversation is erased at the end."""
    caller.note(caller.call("/api/v1/conversations", "POST"), 201)
    for status in 202, 200:
        caller.note(caller.person.say("encore", "y"), status)
    unlike = ("/messages", "{conversation}")
    caller.all(200, only=lambda path: not path.endswith(unlike))
    caller.note(caller.person.call("GET", "/messages"), 200)
    states.open_handoff(caller.person.id, True, {}, "person")
    caller.note(caller.person.call("POST", "/callback", json=BODIES["/callback"]), 201)
    caller.note(caller.person.call("DELETE"), 200)


def test_the_examples_of_the_documentation_are_calls_that_there_are() -> None:
    text = (ROOT / "docs" / "api.md").read_text("utf-8")
    known = {(re.sub(r"\{\w+\}", "*", path), method) for path, method, _ in operations()}
    called = set()
    for line in re.findall(r"^curl .*$", text, re.MULTILINE):
        method = re.search(r"-X (\w+)", line)
        target = re.search(r"\$(DOOR|C)([^\s\"?]*)", line)
        assert target
        path = target[2] if target[1] == "DOOR" else f"/api/v1/conversations/*{target[2]}"
        called.add((re.sub(r"/\d+/", "/*/", path), method[1] if method else "GET"))
    assert called == known - {("/api/v1/openapi.json", "GET")}
