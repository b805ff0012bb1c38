"""The API over HTTP, served as in earnest."""

from __future__ import annotations

from typing import Any

import httpx
import pytest

from bot.web.conversations.models import Conversation, Message

from .conftest import Served, until
from .fake_rasa import FakeRasa
from .person import Person, code


def test_a_conversation_from_greeting_to_answer(person: Person, rasa: FakeRasa) -> None:
    assert set(person.created) == {"conversation", "token", "language", "expires"}
    greeting = until(person.heard)[0]
    assert set(greeting) == {"seq", "author", "name", "language", "text", "time", "choices", "cards", "feedback"}
    assert set(greeting["choices"][0]) == {"key", "title"}
    answer = person.say("je suis à Marseille")
    assert (answer.status_code, answer.json()) == (202, {"seq": 3})
    again = person.say("je suis à Marseille")
    assert (again.status_code, again.json()) == (200, {"seq": 3})
    until(lambda: len(person.heard()) == 3)
    after = person.call("GET", "/messages?after=3").json()
    assert [message["cards"][0]["id"] for message in after["messages"]] == ["marseille"]
    assert after["state"] == {
        "speaker": "bot", "advisor": None, "position": None, "typing": False, "language": "fr",
        "advisor_typing": False, "advisor_read_seq": 0, "callback": False,
    }  # fmt: skip
    chosen = person.call("POST", "/messages", json={"id": "b", "choice": greeting["choices"][0]["key"]})
    assert chosen.status_code == 202
    until(lambda: rasa.messages == ["/greet", "je suis à Marseille", "/change_job"])


def test_the_browser_s_language_is_taken_when_the_page_names_none(http: httpx.Client) -> None:
    answer = http.post("/conversations", json={}, headers={"Accept-Language": "de-CH, it;q=0.8, en;q=0.5"})
    assert answer.json()["language"] == "it"
    assert http.post("/conversations").json()["language"] == "fr"
    assert http.post("/conversations", json={"language": "xx"}).json()["language"] == "fr"


def test_language_restart_and_erasure(person: Person, rasa: FakeRasa) -> None:
    until(person.heard)
    assert person.call("POST", "/language", json={"language": "en"}).json() == {"language": "en"}
    assert code(person.call("POST", "/language", json={"language": "xx"})) == (400, "bad_request")
    assert person.call("POST", "/restart").json() == {"after": 2}
    until(lambda: [message["text"] for message in person.heard()] == ["On recommence."])
    assert person.call("DELETE").json() == {"erased": True}
    assert code(person.call("GET", "/messages")) == (401, "unauthorised")
    until(lambda: rasa.forgotten == [person.id])
    assert not Conversation.objects.exists()


@pytest.mark.parametrize(
    "headers",
    [
        {},
        {"Authorization": "Bearer"},
        {"Authorization": "Bearer wrong"},
        {"Authorization": "Basic eDp5"},
        {"Authorization": "Bearer \u00e9".encode().decode("latin-1")},
    ],
)
def test_nobody_comes_in_without_the_token(person: Person, http: httpx.Client, headers: dict[str, str]) -> None:
    encoded = {name: value.encode("latin-1") for name, value in headers.items()}
    for method, path in [
        ("GET", "/messages"),
        ("POST", "/messages"),
        ("GET", "/stream"),
        ("POST", "/language"),
        ("POST", "/restart"),
        ("DELETE", ""),
    ]:
        answer = http.request(method, f"/conversations/{person.id}{path}", headers=encoded)
        assert code(answer) == (401, "unauthorised")
        assert answer.headers["WWW-Authenticate"] == "Bearer"


def test_another_conversation_s_token_does_not_open_this_one(person: Person, http: httpx.Client) -> None:
    other = Person(http)
    answer = http.get(f"/conversations/{person.id}/messages", headers=other.headers)
    assert code(answer) == (401, "unauthorised")


@pytest.mark.parametrize(
    "body",
    [
        b"{",
        b"[]",
        b"3",
        b"null",
        b'"x"',
        b"\xff\xfe",
        b"[" * 9000,
        b"{}",
        b'{"id": "a"}',
        b'{"text": "a"}',
        b'{"id": 3, "text": "a"}',
        b'{"id": "a b", "text": "a"}',
        b'{"id": "\xed\xa0\x80", "text": "a"}',
        b'{"id": "\\ud800", "text": "a"}',
        b'{"id": "a", "text": 3}',
        b'{"id": "a", "text": ["a"]}',
        b'{"id": "a", "choice": {}}',
        b'{"id": "a", "text": "a", "choice": "b"}',
        b'{"id": "", "text": "a"}',
    ],
)
def test_what_is_no_message_is_refused(person: Person, body: bytes) -> None:
    answer = person.call("POST", "/messages", content=body, headers={"Content-Type": "application/json"})
    assert code(answer) == (400, "bad_request")
    assert not Message.objects.filter(author="person").exists()


def test_only_json_is_taken(person: Person) -> None:
    answer = person.call(
        "POST", "/messages", content=b'{"id": "a", "text": "a"}', headers={"Content-Type": "text/plain"}
    )
    assert code(answer) == (400, "bad_request")


@pytest.mark.parametrize("body", [{"cite": "a b"}, {"cite": 3}, {"cite": "x" * 65}, {"cite": "<script>"}])
def test_a_cite_is_a_plain_name(http: httpx.Client, body: dict[str, Any]) -> None:
    assert code(http.post("/conversations", json=body)) == (400, "bad_request")


def test_long_messages_and_large_bodies(person: Person, door: Served) -> None:
    assert code(person.say("x" * 2001)) == (413, "too_long")
    assert "2000" in person.say("x" * 2001).json()["error"]["text"]
    assert code(person.say("x" * 20_000)) == (413, "body_too_large")

    def pieces() -> Any:
        for _ in range(100):
            yield b"x" * 1000

    endless = person.call("POST", "/messages", content=pieces(), headers={"Accept-Language": "en"})
    assert code(endless) == (413, "body_too_large")
    assert endless.json()["error"]["text"] == "This message is too large: 16 kB at most."
    assert person.say("après").status_code == 202


def test_refusals_speak_the_browser_s_language(person: Person) -> None:
    answer = person.call("POST", "/messages", json={"id": "a", "text": " "}, headers={"Accept-Language": "en-GB"})
    assert answer.json() == {"error": {"code": "empty", "text": "Your message is empty."}}


def test_other_methods_are_told_which_are_allowed(person: Person) -> None:
    answer = person.call("PUT", "/messages")
    assert code(answer) == (405, "not_allowed")
    assert answer.headers["Allow"] == "GET, POST"


@pytest.mark.parametrize("after", ["-1", "x", "1e3", "²", "9" * 30])
def test_a_place_in_the_history_is_a_whole_number(person: Person, after: str) -> None:
    assert code(person.call("GET", "/messages", params={"after": after})) == (400, "bad_request")


def test_a_flood_in_one_conversation_is_slowed_and_told_how_long(
    person: Person, http: httpx.Client, settings: Any
) -> None:
    settings.RATES = {**settings.RATES, "conversation": (3, 60)}
    answers = [person.say("x", f"n{number}") for number in range(4)]
    assert [answer.status_code for answer in answers] == [202, 202, 202, 429]
    assert code(answers[-1]) == (429, "too_many")
    assert 1 <= int(answers[-1].headers["Retry-After"]) <= 20
    assert Person(http).say("x").status_code == 202


def test_floods_of_one_address(http: httpx.Client, settings: Any) -> None:
    settings.RATES = {**settings.RATES, "create": (2, 60), "address": (3, 60)}
    people = [Person(http), Person(http)]
    assert code(http.post("/conversations", json={})) == (429, "too_many")
    answers = [people[number % 2].say("x", f"n{number}").status_code for number in range(4)]
    assert answers == [202, 202, 202, 429]


def test_a_database_that_does_not_answer_is_no_stack_trace(person: Person, monkeypatch: pytest.MonkeyPatch) -> None:
    from django.db import OperationalError

    from bot.web.conversations import service

    def broken(*args: Any) -> None:
        raise OperationalError("database is locked")

    monkeypatch.setattr(service, "authorise", broken)
    answer = person.say("x")
    assert code(answer) == (503, "unavailable")
    assert answer.headers["Retry-After"] == "5"
    assert "locked" not in answer.text


ELSEWHERE = "https://cite.example"


def test_other_sites_are_refused_unless_they_are_listed(person: Person, http: httpx.Client, settings: Any) -> None:
    for origin in ELSEWHERE, "null", f"{ELSEWHERE}.evil.example":
        answer = http.post("/conversations", json={}, headers={"Origin": origin})
        assert code(answer) == (403, "forbidden")
        assert "Access-Control-Allow-Origin" not in answer.headers
    settings.ALLOWED_ORIGINS = [ELSEWHERE]
    answer = http.post("/conversations", json={}, headers={"Origin": ELSEWHERE})
    assert answer.status_code == 201
    assert answer.headers["Access-Control-Allow-Origin"] == ELSEWHERE
    assert "Access-Control-Allow-Credentials" not in answer.headers
    refused = person.call("GET", "/messages?after=x", headers={"Origin": ELSEWHERE})
    assert refused.headers["Access-Control-Allow-Origin"] == ELSEWHERE  # the page can read why


def test_a_browser_asks_before_and_is_answered(http: httpx.Client, settings: Any) -> None:
    ask = {"Origin": ELSEWHERE, "Access-Control-Request-Method": "POST"}
    assert http.options("/conversations", headers=ask).status_code == 403
    settings.ALLOWED_ORIGINS = [ELSEWHERE]
    answer = http.options("/conversations", headers=ask)
    assert answer.status_code == 204
    assert "last-event-id" in answer.headers["Access-Control-Allow-Headers"]
    assert "DELETE" in answer.headers["Access-Control-Allow-Methods"]


def test_the_door_s_own_pages_may_call(http: httpx.Client, door: Served) -> None:
    assert http.post("/conversations", json={}, headers={"Origin": door.url}).status_code == 201


def test_security_headers_are_everywhere(door: Served) -> None:
    for path in "/demo/", "/health", "/api/v1/conversations", "/desk/login", "/nowhere", "/widget.js":
        headers = httpx.get(door.url + path, trust_env=False).headers
        assert "script-src 'self'" in headers["Content-Security-Policy"], path
        assert "unsafe" not in headers["Content-Security-Policy"]
        assert headers["X-Content-Type-Options"] == "nosniff"
        assert headers["X-Frame-Options"] == "DENY"


def test_answers_are_kept_by_nobody(person: Person) -> None:
    assert person.call("GET", "/messages").headers["Cache-Control"] == "no-store"
    assert person.http.post("/conversations").headers["Cache-Control"] == "no-store"


def test_no_cookie_is_set(person: Person) -> None:
    assert not person.http.cookies


def test_a_foreign_host_name_is_refused(door: Served) -> None:
    answer = httpx.get(f"{door.url}/desk/", headers={"Host": "evil.example"}, trust_env=False)
    assert answer.status_code == 400
    assert "Traceback" not in answer.text


def test_nothing_of_a_message_or_an_address_is_logged(
    person: Person, caplog: pytest.LogCaptureFixture, rasa: FakeRasa
) -> None:
    rasa.stop()
    person.say("mon secret bien gardé")
    until(lambda: "try" in caplog.text)
    person.call("GET", "/messages?after=x")
    assert "secret" not in caplog.text
    assert "127.0.0.1" not in caplog.text
    assert person.created["token"] not in caplog.text
