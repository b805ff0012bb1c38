"""Whether an answer was useful: kept beside the message, changeable, gone with it."""

from __future__ import annotations

from typing import Any

import pytest

from bot.web.conversations.models import Feedback, Reason

from .conftest import until
from .person import Person, code


def told(person: Person, seq: int, **body: Any) -> Any:
    return person.call("PUT", f"/messages/{seq}/feedback", json=body)


@pytest.fixture
def greeted(person: Person) -> Person:
    until(person.heard)
    return person


def test_useful_then_not_and_why(greeted: Person) -> None:
    assert greeted.heard()[0]["feedback"] is None
    for body, kept in [
        ({"useful": True}, {"useful": True, "reason": None}),
        ({"useful": False}, {"useful": False, "reason": None}),
        ({"useful": False, "reason": "stale"}, {"useful": False, "reason": "stale"}),
        ({"useful": True, "reason": None}, {"useful": True, "reason": None}),
    ]:
        answer = told(greeted, 2, **body)
        assert (answer.status_code, answer.json()) == (200, kept)
        assert greeted.heard()[0]["feedback"] == kept
    assert Feedback.objects.count() == 1


@pytest.mark.parametrize("reason", Reason.values)
def test_each_reason_of_the_list(greeted: Person, reason: str) -> None:
    assert told(greeted, 2, useful=False, reason=reason).json()["reason"] == reason


@pytest.mark.parametrize(
    "body",
    [
        {},
        {"useful": "yes"},
        {"useful": 1},
        {"useful": None},
        {"useful": True, "reason": "stale"},
        {"useful": False, "reason": "ugly"},
        {"useful": False, "reason": ["stale"]},
        {"useful": False, "reason": ""},
    ],
)
def test_anything_else_is_refused_and_nothing_kept(greeted: Person, body: dict[str, Any]) -> None:
    assert code(told(greeted, 2, **body)) == (400, "bad_request")
    assert not Feedback.objects.exists()


def test_only_answers_of_the_assistant_that_are_shown_can_be_judged(greeted: Person) -> None:
    own = greeted.say("bonjour").json()["seq"]
    for seq in own, 1, 99, 2**70:
        assert code(told(greeted, seq, useful=True)) == (404, "no_message")
    greeted.call("POST", "/restart")
    assert code(told(greeted, 2, useful=True)) == (404, "no_message")


def test_nobody_else_judges(greeted: Person) -> None:
    other = Person(greeted.http)
    answer = greeted.call("PUT", "/messages/2/feedback", json={"useful": True}, headers=other.headers)
    assert code(answer) == (401, "unauthorised")


def test_it_goes_with_the_conversation(greeted: Person) -> None:
    told(greeted, 2, useful=True)
    greeted.call("DELETE")
    assert not Feedback.objects.exists()
