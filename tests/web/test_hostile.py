"""What people and machines send that is no ordinary message: refused, or harmless."""

from __future__ import annotations

import json
from typing import Any

import httpx
import pytest
from django.test import RequestFactory
from hypothesis import given
from hypothesis import settings as budget
from hypothesis import strategies as st

from bot.web.calls import json_body, name, whole
from bot.web.conversations.errors import Refused
from bot.web.conversations.models import Conversation, Message
from bot.web.words import preferred

from .conftest import Served, until
from .fake_rasa import FakeRasa
from .person import Person, code


def said(person: Person) -> list[str]:
    return [message["text"] for message in person.heard() if message["author"] == "person"]


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("/restart", "restart"),
        ('/change_job{"place": "Paris"}', 'change_job{"place": "Paris"}'),
        ("\u200b/\u2060/greet", "greet"),
        ("\u202e/tirer", "tirer"),
        ("<script>alert(1)</script>", "<script>alert(1)</script>"),
        ("abc\u202edef\u2066ghi\u2069", "abcdefghi"),
        ("a\u200bb\ufeffc\u00add", "abcd"),
        ("\x00\x1b[31mrouge\x07", "[31mrouge"),
        ("\ud83d\ude00 ça va", "😀 ça va"),
        ("👩\u200d🏫 prof", "👩\u200d🏫 prof"),
        ("EXTERNAL: {{7*7}} ${jndi:ldap://x}", "EXTERNAL: {{7*7}} ${jndi:ldap://x}"),
    ],
)
def test_typed_commands_markup_and_invisible_characters(person: Person, rasa: FakeRasa, typed: str, kept: str) -> None:
    until(person.heard)
    body = json.dumps({"id": "a", "text": typed}).encode()
    answer = person.call("POST", "/messages", content=body, headers={"Content-Type": "application/json"})
    assert answer.status_code == 202
    assert said(person) == [kept]
    until(lambda: len(rasa.messages) == 2)
    assert rasa.messages[1] == kept
    assert not rasa.messages[1].startswith("/")


@pytest.mark.parametrize("typed", ["/", "///", " \u200b/ ", "\u202e\u2066", "\x00\x01", "\n\t "])
def test_nothing_but_the_invisible_is_empty(person: Person, typed: str) -> None:
    assert code(person.say(typed)) == (400, "empty")


def test_a_hundred_kilobytes(person: Person) -> None:
    assert code(person.say("x" * 100_000)) == (413, "body_too_large")
    assert code(person.call("POST", "/restart", content=b"\xff" * 100_000)) == (413, "body_too_large")
    assert code(person.call("GET", "/messages", content=b"x" * 100_000)) == (413, "body_too_large")
    assert said(person) == []


@pytest.mark.parametrize("kind", ["application/octet-stream", "multipart/form-data; boundary=x", "image/png", ""])
def test_binary_bodies(person: Person, kind: str) -> None:
    answer = person.call("POST", "/messages", content=bytes(range(256)), headers={"Content-Type": kind})
    assert code(answer) == (400, "bad_request")


def test_an_id_that_comes_again_says_nothing_twice(person: Person, http: httpx.Client) -> None:
    first = person.say("une fois", "same").json()["seq"]
    for _ in range(5):
        assert (again := person.say("autre chose", "same")).status_code == 200
        assert again.json() == {"seq": first}
    assert said(person) == ["une fois"]
    other = Person(http)
    assert other.say("la mienne", "same").status_code == 202  # ids belong to one conversation
    assert said(other) == ["la mienne"]


def test_somebody_else_s_token_key_and_number(person: Person, http: httpx.Client) -> None:
    key = until(person.heard)[0]["choices"][0]["key"]
    other = Person(http)
    assert code(other.call("POST", "/messages", json={"id": "a", "choice": key})) == (409, "unknown_choice")
    for method, path in [
        ("GET", "/messages"), ("GET", "/messages?wait=9"), ("POST", "/messages"), ("GET", "/stream"), ("DELETE", ""),
        ("GET", "/transcript"), ("PUT", "/messages/2/feedback"), ("POST", "/language"), ("POST", "/restart"),
    ]:  # fmt: skip
        assert code(person.call(method, path, headers=other.headers)) == (401, "unauthorised")
    assert Conversation.objects.count() == 2


@pytest.mark.parametrize("path", ["stream", "messages", "transcript"])
def test_a_token_in_an_address_opens_nothing(person: Person, path: str) -> None:
    for named in "token", "access_token", "authorization":
        answer = person.http.get(f"/conversations/{person.id}/{path}", params={named: person.created["token"]})
        assert code(answer) == (401, "unauthorised")


@pytest.mark.parametrize(
    "conversation", ["%00", "a%00b", "x" * 500, "..%2f..", "%F0%9F%98%80", "'; DROP TABLE--", "%FF"]
)
def test_ids_that_are_none(http: httpx.Client, person: Person, conversation: str) -> None:
    answer = http.get(f"/conversations/{conversation}/messages", headers=person.headers)
    assert code(answer) in [(401, "unauthorised"), (404, "nowhere")]


@pytest.mark.parametrize("path", ["", "v1", "v1/", "v2/conversations", "v1/conversations/", "v1/conversations/a/b/c"])
def test_addresses_of_the_api_that_lead_nowhere_answer_as_the_api_does(door: Served, path: str) -> None:
    answer = httpx.get(f"{door.url}/api/{path}", headers={"Accept-Language": "pt"}, trust_env=False)
    assert answer.status_code == 404
    assert answer.json()["error"] == {"code": "nowhere", "text": "Não há nada neste endereço."}


def test_a_thousand_parameters(person: Person) -> None:
    query = "&".join(f"a{number}=1" for number in range(2000))
    assert code(person.call("GET", f"/messages?{query}")) == (400, "bad_request")


def test_a_flood_of_wrong_tokens_is_slowed(http: httpx.Client, settings: Any) -> None:
    settings.RATES = {**settings.RATES, "calls": (5, 60)}
    answers = [http.get("/conversations/x/messages", headers={"Authorization": f"Bearer {n}"}) for n in range(7)]
    assert [answer.status_code for answer in answers] == [401] * 5 + [429] * 2
    assert int(answers[-1].headers["Retry-After"]) >= 1


def test_a_fault_of_ours_tells_nothing_of_it(
    person: Person, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    from bot.web.conversations import service

    def broken(*args: Any) -> None:
        raise RuntimeError("a detail of ours")

    monkeypatch.setattr(service, "set_language", broken)
    # Not through the client that knows what is documented: a fault is not.
    url = f"{person.http.base_url}conversations/{person.id}/language"
    headers = {**person.headers, "Accept-Language": "en", "Content-Type": "application/json"}
    answer = httpx.post(url, content=b'{"language": "en"}', headers=headers, trust_env=False)
    assert code(answer) == (500, "failed")
    assert "detail" not in answer.text and "Traceback" not in answer.text
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert "RuntimeError" in caplog.text  # with where it happened


@budget(max_examples=100, deadline=None)
@given(st.binary(max_size=400) | st.text(max_size=100).map(lambda text: json.dumps({"id": text}).encode()))
def test_a_body_is_an_object_or_refused(raw: bytes) -> None:
    request = RequestFactory().post("/", data=raw, content_type="application/json")
    try:
        assert isinstance(json_body(request), dict)
    except Refused as refused:
        assert refused.code == "bad_request"


@budget(max_examples=100, deadline=None)
@given(st.text(max_size=80) | st.from_regex(r"\A[A-Za-z0-9_-]{1,70}\Z") | st.integers() | st.lists(st.text()))
def test_a_name_is_short_and_plain_or_refused(value: Any) -> None:
    try:
        assert name(value) == value
        assert 0 < len(value) <= 64 and value.isascii()
    except Refused as refused:
        assert refused.code == "bad_request"


@budget(max_examples=100, deadline=None)
@given(st.text(max_size=20) | st.integers().map(str))
def test_a_number_is_counted_from_nought_or_refused(raw: str) -> None:
    try:
        assert 0 <= whole(raw) < 10**9
    except Refused as refused:
        assert refused.code == "bad_request"


@budget(max_examples=100, deadline=None)
@given(st.text(max_size=60))
def test_any_accept_language_gives_a_language(header: str) -> None:
    assert preferred(header) in ("fr", "en", "es", "it", "pt")


def test_nothing_of_all_this_is_stored_but_messages(person: Person) -> None:
    person.call("POST", "/messages", json={"id": "a", "text": "b", "extra": "secret-extra", "masked": ["x"]})
    row = Message.objects.get(author="person")
    assert "secret-extra" not in str(vars(row))
    assert row.payload == {}
