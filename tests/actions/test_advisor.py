"""Handing over to a human: offered, consented to, called with what the person agreed to share."""

from __future__ import annotations

from typing import Any

import pytest

from actions.advisor import HearComplaint, OfferAdvisor
from actions.reply import Reply
from actions.turn import Turn

from .turns import Answer, answer, said, where

ASKED = {"pending": {"ask": "advisor_consent"}}


def typed(text: str, intent: str) -> dict[str, Any]:
    """An earlier message as Rasa keeps it."""
    return {"event": "user", "text": text, "parse_data": {"intent": {"name": intent}}}


def call(*messages: dict[str, Any], intent: str = "affirm", text: str = "oui", **slots: Any) -> Answer:
    """The answer to a consent, after these messages."""
    events = [{"event": "session_started"}, *messages, typed(text, intent)]
    return answer(Reply(), said(intent, text, events=events, slots={**ASKED, **slots}))


def handoff(found: Answer) -> dict[str, Any]:
    return dict(found.custom["handoff"])


def test_consent_is_asked_for_first() -> None:
    found = answer(OfferAdvisor(), said("talk_to_advisor", "je veux parler à quelqu'un"))
    assert found.responses == ["advisor_consent"]
    assert found.payloads == ["/affirm", "/deny", "/skip"]
    assert found.slots["pending"] == {"ask": "advisor_consent"}
    assert set(found.custom) == {"preview"}


def test_a_complaint_is_answered_and_a_human_offered() -> None:
    found = answer(HearComplaint(), said("complain", "c'est nul"))
    assert found.responses == ["complaint"]
    assert found.payloads == ["/talk_to_advisor", "/deny"]
    assert found.slots["pending"] == {"ask": "offer_advisor"}


def test_what_is_shown_before_is_what_is_given_after() -> None:
    messages = [typed("je veux changer de métier", "change_job"), typed("une personne", "talk_to_advisor")]
    slots = {"place": where("Marseille"), "concern": "change_job", "cite": "marseille"}
    events = [{"event": "session_started"}, *messages]
    asked = answer(OfferAdvisor(), said("talk_to_advisor", "une personne", events=events, slots=slots))
    assert asked.custom["preview"] == handoff(call(*messages, **slots))["summary"]


@pytest.mark.parametrize(("intent", "consent"), [("affirm", True), ("deny", False)])
def test_an_advisor_is_called_either_way(intent: str, consent: bool) -> None:
    found = call(typed("je veux changer de métier", "change_job"), intent=intent)
    assert handoff(found)["consent"] is consent


def test_the_summary_tells_what_is_known() -> None:
    found = call(
        typed("je veux changer de métier", "change_job"),
        place=where("Marseille"), concern="change_job", cite="marseille", language="en",
    )
    assert handoff(found)["summary"] == {
        "concern": "change_job",
        "place": "Marseille",
        "language": "en",
        "cite": "marseille",
        "request": "je veux changer de métier",
    }


def test_the_summary_of_somebody_who_told_nothing_is_empty() -> None:
    events = [typed("/talk_to_advisor", "talk_to_advisor"), typed("/affirm", "affirm")]
    found = answer(Reply(), said("affirm", events=events, slots=ASKED))
    nothing = {"concern": None, "place": None, "language": "fr", "cite": None, "request": None}
    assert handoff(found)["summary"] == nothing


def test_the_cite_of_the_page_is_told_when_no_other_was_spoken_of() -> None:
    found = answer(Reply(), said("affirm", "oui", slots=ASKED, cite="demo"))
    assert handoff(found)["summary"]["cite"] == "demo"


def test_the_request_is_the_last_concern_told() -> None:
    found = call(
        typed("je cherche du travail", "find_job"),
        typed("et une formation de soudeur", "find_training"),
        typed("c'est ouvert quand", "ask_opening_hours"),
        typed("une personne svp", "talk_to_advisor"),
    )
    assert handoff(found)["summary"]["request"] == "et une formation de soudeur"


def test_without_a_concern_it_is_the_last_thing_said_that_tells_something() -> None:
    found = call(typed("avez-vous un local à Namur ?", "ask_contact"), typed("un humain", "talk_to_advisor"))
    assert handoff(found)["summary"]["request"] == "avez-vous un local à Namur ?"


def test_asking_for_a_person_is_the_request_when_nothing_else_was_said() -> None:
    found = call(typed("je veux parler à une femme de mon quartier", "talk_to_advisor"))
    assert handoff(found)["summary"]["request"] == "je veux parler à une femme de mon quartier"


def test_a_button_is_no_request() -> None:
    found = call(typed("/change_job", "change_job"), typed("aidez moi", "ask_help"), text="/affirm")
    assert handoff(found)["summary"]["request"] == "aidez moi"


def test_an_event_without_parse_data_does_no_harm() -> None:
    found = call({"event": "user", "text": "bonjour", "parse_data": None}, {"event": "user", "text": None})
    assert handoff(found)["summary"]["request"] == "bonjour"


def test_a_turn_knows_its_summary_only_by_its_own_slots() -> None:
    """The slot set in the same turn is told: nothing stale goes to the advisor."""
    from rasa_sdk.executor import CollectingDispatcher

    from actions import advisor

    turn = Turn(said("affirm", "oui", slots={"concern": "find_job"}), CollectingDispatcher())
    turn.remember(concern="create_business")
    advisor.call(turn, True)
    assert turn.dispatcher.messages[0]["custom"]["handoff"]["summary"]["concern"] == "create_business"
