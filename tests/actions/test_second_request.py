"""The second request of a message is answered after the first."""

from __future__ import annotations

from typing import Any

from actions.cite_fact import CiteFact
from actions.distress import Distress
from actions.guide import Guide
from actions.opening_hours import OpeningHours
from actions.reply import Reply

from .turns import Answer, answer, entity, place, said, where

MARSEILLE = {"place": where("Marseille")}


def both(action: Any, first: str, second: str, slots: dict[str, Any] | None = None) -> Answer:
    """What is answered to a message that asks `first`, and `second` besides."""
    return answer(action, said(first, "…", [entity("also_asked", second)], slots=slots))


def test_both_are_answered_in_their_order() -> None:
    found = both(CiteFact(), "ask_cost", "ask_opening_hours", MARSEILLE)
    assert found.responses[0] == "ask_cost"
    assert "hours_unknown" in found.responses[1:]


def test_a_concern_and_a_question() -> None:
    assert "contact" in both(Guide(), "create_business", "ask_contact", MARSEILLE).responses
    found = both(OpeningHours(), "ask_opening_hours", "change_job", MARSEILLE)
    assert found.responses[0] == "hours_unknown"
    assert "know" in found.responses


def test_both_wait_for_the_place() -> None:
    asked = both(OpeningHours(), "ask_opening_hours", "ask_contact")
    assert asked.responses == ["ask_place"]
    waiting = asked.slots["pending"]
    assert (waiting["ask"], waiting["intent"], waiting["also"]) == ("place", "ask_opening_hours", "ask_contact")
    told = answer(Reply(), said("inform", "…", [place("Marseille")], slots={"pending": waiting}))
    assert told.responses[0] == "hours_unknown"
    assert "contact" in told.responses
    assert told.slots["pending"] is None


def test_the_second_still_waits_when_the_place_must_be_told_apart() -> None:
    pending = {"ask": "place", "intent": "ask_opening_hours", "also": "ask_contact"}
    found = answer(Reply(), said("inform", "…", [place("Saint-Denis")], slots={"pending": pending}))
    assert found.responses == ["which_place"]
    assert found.slots["pending"]["also"] == "ask_contact"


def test_the_second_may_ask_for_the_place() -> None:
    found = both(CiteFact(), "ask_cost", "ask_contact")
    assert found.responses == ["ask_cost", "ask_place"]
    assert found.slots["pending"] == {"ask": "place", "intent": "ask_contact"}


def test_nothing_else_is_said_to_somebody_who_suffers() -> None:
    assert "contact" not in both(Distress(), "express_distress", "ask_contact", MARSEILLE).responses


def test_one_request_has_one_answer() -> None:
    assert answer(CiteFact(), said("ask_cost", "c'est gratuit ?")).responses == ["ask_cost"]
