"""Yes, no, no matter and bare information answer the question asked just before."""

from __future__ import annotations

import json
from typing import Any

import pytest

from actions.reply import Reply

from .turns import Answer, answer, entity, place, said, where


def reply(replied: str, ask: str | None = None, entities: Any = (), slots: Any = None, **details: Any) -> Answer:
    """What is answered when `ask` was pending."""
    pending = {"ask": ask, **details} if ask else None
    return answer(Reply(), said(replied, "…", entities, slots={"pending": pending, **(slots or {})}))


def test_the_place_asked_for_answers_the_question_that_waited() -> None:
    found = reply("inform", "place", [place("Marseille")], intent="ask_opening_hours")
    assert found.responses == ["hours_unknown", "hours_past"]
    assert "Marseille" in found.text
    assert found.slots["pending"] is None


@pytest.mark.parametrize(
    ("question", "response"),
    [
        ("find_nearest_cite", "nearest_here"),
        ("ask_events", "no_agenda"),
        ("ask_directions", "directions"),
        ("ask_contact", "contact"),
        ("ask_services", "ask_services"),
    ],
)
def test_every_question_that_waits_for_a_place_is_taken_up_again(question: str, response: str) -> None:
    assert reply("inform", "place", [place("Marseille")], intent=question).responses[0] == response


def test_the_place_may_come_with_a_yes() -> None:
    assert reply("affirm", "place", [place("Marseille")], intent="find_nearest_cite").responses[0] == "nearest_here"


def test_an_ambiguous_place_is_asked_about_and_the_question_still_waits() -> None:
    found = reply("inform", "place", [place("Saint-Denis")], intent="ask_contact")
    assert found.responses == ["which_place"]
    assert found.slots["pending"] == {"ask": "place", "intent": "ask_contact"}


def test_the_button_of_one_of_them_is_enough() -> None:
    asked = reply("inform", "place", [place("Saint-Denis")], intent="find_nearest_cite")
    chosen = next(place for place in asked.messages[0].buttons if "Réunion" in place)
    assert chosen.startswith("Saint-Denis, La Réunion")
    value = {**place("Saint-Denis")["value"]["candidates"][0]}
    found = reply("inform", "place", [entity("place", value)], intent="find_nearest_cite")
    assert found.slots["cite"] == "la-reunion"


def test_an_unknown_place_is_asked_for_once_more_only() -> None:
    first = reply("inform", "place", intent="ask_events")
    assert first.responses == ["place_unknown", "choose_area"]
    assert first.slots["pending"] == {"ask": "place", "intent": "ask_events", "again": True}
    second = reply("inform", "place", intent="ask_events", again=True)
    assert second.responses == ["without_place"]
    assert second.slots["pending"] is None


def test_where_the_place_is_not_known_the_countries_of_the_network_are_offered() -> None:
    found = reply("inform", "place", intent="find_nearest_cite").message("choose_area").buttons
    assert {"France", "Belgique", "Suisse", "Italie", "Espagne", "Portugal", "Chili"} <= set(found)
    chosen = json.loads(found["Belgique"].removeprefix("/inform"))["place"]
    assert (chosen["country"], chosen["kind"]) == ("BE", "country")
    answered = reply("inform", "place", [entity("place", chosen)], intent="find_nearest_cite")
    assert {card["city"] for card in answered.cards} == {"Bruxelles", "Charleroi", "Liège", "Namur"}


def test_where_the_country_is_known_its_regions_are_offered() -> None:
    belgian, french = (
        reply("inform", "place", intent="find_nearest_cite", slots={"cite": cite}).message("choose_area").buttons
        for cite in ("namur", "paris")
    )
    assert set(belgian) == {"Wallonie", "Bruxelles-Capitale"}
    assert {"Île-de-France", "Bretagne", "La Réunion"} <= set(french)
    chosen = json.loads(french["Bretagne"].removeprefix("/inform"))["place"]
    answered = reply("inform", "place", [entity("place", chosen)], intent="find_nearest_cite")
    assert answered.cards[0]["id"] == "cotes-d-armor"


@pytest.mark.parametrize("intent", ["skip", "deny"])
def test_one_may_refuse_to_tell_a_place(intent: str) -> None:
    found = reply(intent, "place", intent="find_nearest_cite")
    assert found.responses == ["without_place"]
    assert found.slots["pending"] is None


def test_consent_may_be_given_refused_or_taken_back() -> None:
    assert reply("affirm", "advisor_consent").custom["handoff"]["consent"] is True
    assert reply("deny", "advisor_consent").custom["handoff"]["consent"] is False
    assert reply("skip", "advisor_consent").custom == {}


def test_something_else_in_place_of_consent_calls_nobody() -> None:
    found = reply("inform", "advisor_consent", [place("Marseille")])
    assert found.slots["pending"] == {"ask": "advisor_consent"}
    assert "handoff" not in found.custom


def test_the_offer_of_a_human_accepted_asks_for_consent() -> None:
    assert reply("affirm", "offer_advisor").slots["pending"] == {"ask": "advisor_consent"}


def test_the_offer_declined_goes_on() -> None:
    found = reply("deny", "offer_advisor")
    assert found.slots["pending"] is None
    assert "handoff" not in found.custom


def test_none_of_the_readings_still_counts_as_a_failure() -> None:
    found = reply("deny", "clarify", slots={"failures": 1})
    assert found.responses == ["rephrase"]
    assert found.slots["failures"] == 1


def test_a_place_told_in_place_of_a_reading_is_used() -> None:
    found = reply("inform", "clarify", [place("Marseille")], slots={"failures": 1})
    assert found.responses[0] == "nearest_here"
    assert found.slots["failures"] == 0


@pytest.mark.parametrize(("intent", "erased"), [("affirm", True), ("deny", False), ("skip", False), ("inform", False)])
def test_only_a_yes_erases(intent: str, erased: bool) -> None:
    found = reply(intent, "erasure")
    assert found.responses == ["erased" if erased else "not_erased"]
    assert found.custom == ({"erase": True} if erased else {})


def test_a_place_told_out_of_the_blue_gives_the_nearest() -> None:
    found = reply("inform", entities=[place("Marseille")])
    assert found.responses[0] == "nearest_here"
    assert found.slots["place"]["name"] == "Marseille"


def test_an_ambiguous_place_out_of_the_blue_is_asked_about() -> None:
    assert reply("inform", entities=[place("Saint-Denis")]).responses == ["which_place"]


@pytest.mark.parametrize("intent", ["affirm", "deny", "skip", "inform"])
def test_a_reply_to_nothing_is_answered_all_the_same(intent: str) -> None:
    assert reply(intent).responses == [intent]
    assert reply(intent, "something-no-longer-asked").responses == [intent]


def test_the_place_told_before_is_not_taken_for_the_answer() -> None:
    found = reply("inform", "place", slots={"place": where("Namur")}, intent="ask_opening_hours")
    assert found.responses == ["place_unknown", "choose_area"]


def test_a_place_that_nobody_knows_told_unasked_is_said_to_be_unknown() -> None:
    found = answer(Reply(), said("inform", "je suis à Trifouilly-les-Oies"))
    assert found.responses == ["place_unknown", "choose_area"]
    assert answer(Reply(), said("inform", "je suis à la retraite")).responses == ["inform"]
