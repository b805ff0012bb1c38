"""Long polls: for browsers that get no stream."""

from __future__ import annotations

import threading
import time
from typing import Any

import pytest

from bot.web.conversations import service, states
from bot.web.limits import room

from .conftest import until
from .person import Person, code


class Poll:
    """One long poll in a thread."""

    def __init__(self, person: Person, **parameters: Any) -> None:
        self.answer: Any = None
        self.begun = time.monotonic()
        self.took = 0.0
        self._thread = threading.Thread(target=self._ask, args=(person, parameters), daemon=True)
        self._thread.start()

    def _ask(self, person: Person, parameters: dict[str, Any]) -> None:
        answer = person.call("GET", "/messages", params=parameters)
        self.took = time.monotonic() - self.begun
        self.answer = answer  # at last: others wait for it

    def done(self) -> Any:
        return until(lambda: self.answer)


@pytest.fixture
def quiet(person: Person) -> tuple[Person, dict[str, Any]]:
    """Somebody greeted, with what they know: {"after", "tag"}."""
    until(person.heard)
    until(lambda: not service.state(person.id).typing)
    return person, {"after": 2, "tag": person.call("GET", "/messages").json()["tag"]}


def test_news_ends_the_wait(quiet: tuple[Person, dict[str, Any]]) -> None:
    person, known = quiet
    poll = Poll(person, wait=20, **known)
    until(lambda: room.count() == 1)
    person.say("bonjour")
    messages = poll.done().json()["messages"]
    assert [message["seq"] for message in messages][0] == 3
    assert poll.took < 5
    until(lambda: room.count() == 0)


def test_what_is_there_already_is_not_waited_for(quiet: tuple[Person, dict[str, Any]]) -> None:
    person, known = quiet
    assert [message["seq"] for message in Poll(person, after=0, wait=20).done().json()["messages"]] == [2]
    other_tag = Poll(person, after=2, wait=20, tag="0" * 12)
    assert other_tag.done().json()["tag"] == known["tag"]
    assert other_tag.took < 5


def test_nothing_new_is_told_in_time(quiet: tuple[Person, dict[str, Any]], settings: Any) -> None:
    person, known = quiet
    poll = Poll(person, wait=1, **known)
    assert poll.done().json()["messages"] == []
    assert poll.took > 0.9
    settings.LONGEST_WAIT = 0.2
    poll = Poll(person, wait=999, **known)
    poll.done()
    assert poll.took < 5


def test_a_change_of_who_speaks_is_news(quiet: tuple[Person, dict[str, Any]]) -> None:
    person, known = quiet
    poll = Poll(person, wait=20, after=9, tag=known["tag"])
    until(lambda: room.count() == 1)
    states.open_handoff(person.id, True, {}, "bot")
    assert poll.done().json()["state"]["speaker"] == "waiting"


def test_an_erased_conversation_ends_the_wait(quiet: tuple[Person, dict[str, Any]]) -> None:
    person, known = quiet
    poll = Poll(person, wait=20, **known)
    until(lambda: room.count() == 1)
    service.erase(person.id)
    assert code(poll.done()) == (401, "unauthorised")


def test_polls_take_the_room_of_streams(quiet: tuple[Person, dict[str, Any]], settings: Any) -> None:
    person, known = quiet
    settings.STREAMS = {**settings.STREAMS, "conversation": 1}
    poll = Poll(person, wait=2, **known)
    until(lambda: room.count() == 1)
    for path in "/stream", "/messages?wait=5&after=2":
        refused = person.call("GET", path)
        assert code(refused) == (429, "too_many")
        assert refused.headers["Retry-After"] == "30"
    poll.done()


def test_when_all_streams_are_taken_it_is_not_the_person_s_fault(person: Person, settings: Any) -> None:
    settings.STREAMS = {**settings.STREAMS, "all": 0}
    refused = person.call("GET", "/stream", headers={"Accept-Language": "en"})
    assert code(refused) == (503, "full")
    assert refused.json()["error"]["text"].startswith("Many people are writing")
    settings.STREAMS = {**settings.STREAMS, "all": 5, "address": 0}
    assert code(person.call("GET", "/stream")) == (429, "too_many")


@pytest.mark.parametrize("wait", ["-1", "x", "1.5", "", "٣"])
def test_seconds_are_a_whole_number(person: Person, wait: str) -> None:
    assert code(person.call("GET", "/messages", params={"wait": wait})) == (400, "bad_request")
