"""Two hundred people write something personal, wherever they can; nothing of it is on the disk afterwards."""

from __future__ import annotations

from pathlib import Path

import httpx

from .conftest import until
from .door_process import Person, door_process
from .fake_rasa import SECRET, FakeRasa
from .planted import SAID, found_in, secrets

_PEOPLE = 200


def misplace(person: Person, at: int, secret: str) -> None:
    """Put the secret where no text is expected; the door refuses it."""
    raw = {"headers": {"Content-Type": "application/json"}}
    refused = [
        lambda: person.call("GET", "/messages", params={"after": secret}),
        lambda: person.call("POST", "/messages", json={"id": secret + "!", "text": "x"}),
        lambda: person.call("POST", "/messages", json={"id": "both", "text": secret, "choice": "y"}),
        lambda: person.call("POST", "/messages", content=f'{{"id": "broken", "text": "{secret}'.encode(), **raw),
        lambda: person.call("POST", "/messages", json={"id": "long", "text": secret + " " + "x" * 2000}),
        lambda: person.call("POST", "/language", json={"language": secret}),
        lambda: person.call("GET", "/stream", headers={"Last-Event-ID": secret}),
        lambda: person.call("GET", f"/{secret}"),
        lambda: person.client.get(f"/conversations/{secret}/messages"),
        lambda: person.client.post("/conversations", json={}, headers={"Origin": f"https://{secret}"}),
    ]
    assert 400 <= refused[at % len(refused)]().status_code < 500


def plant(client: httpx.Client, rasa: FakeRasa, planted: list[str]) -> list[Person]:
    people = []
    for at, secret in enumerate(planted):
        rasa.status = 500 if at > _PEOPLE - 20 else 200  # the last ones meet a Rasa that fails
        person = Person(client)
        person.say("first", f"repère-{at:03}- " + SAID[at % len(SAID)].format(secret))
        misplace(person, at, secret)
        people.append(person)
    return people


def test_two_hundred_secrets_are_nowhere(tmp_path: Path) -> None:
    planted = secrets(_PEOPLE)
    assert len(set(planted)) == _PEOPLE
    rasa = FakeRasa()
    rasa.start()
    with door_process(tmp_path, rasa.url, SECRET) as client:
        people = plant(client, rasa, planted)
        rasa.status = 200
        until(lambda: sum("repère" in message for message in list(rasa.messages)) >= _PEOPLE, seconds=60)
        people[0].erase()
        until(lambda: people[0].id in rasa.forgotten)
    rasa.stop()
    marks = [f"repère-{at:03}-" for at in range(_PEOPLE)]
    assert {mark for _, mark in found_in(tmp_path, marks)} == set(marks[1:]), "all is kept but what was erased"
    assert (tmp_path / "web.log").stat().st_size
    assert found_in(tmp_path, planted) == []
    (tmp_path / "rasa").mkdir()
    (tmp_path / "rasa" / "calls").write_text(str(rasa.calls), "utf-8")
    assert found_in(tmp_path / "rasa", planted) == []


def test_the_search_finds_what_is_there(tmp_path: Path) -> None:
    planted = secrets(50)
    for at, secret in enumerate(planted):
        (tmp_path / f"{at}.bin").write_bytes(b"\x00\x01" + secret.encode() + b"\xff")
    assert found_in(tmp_path, planted) == [(f"{at}.bin", planted[at]) for at in sorted(range(50), key=str)]
