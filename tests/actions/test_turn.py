"""One turn as the actions see it: what was said, what is remembered, what the clock says."""

from __future__ import annotations

from datetime import datetime, timedelta, timezone

import pytest

from actions.turn import Choice, Turn

from .turns import NOW, entity, place, said, turn, when, where


def test_the_language_is_french_until_another_one_is_known() -> None:
    assert turn(said("greet", slots={"language": None})).language == "fr"
    assert turn(said("greet", slots={"language": "it"})).language == "it"


def test_a_payload_is_not_a_text() -> None:
    assert turn(said("greet", "bonjour")).text == "bonjour"
    assert turn(said("inform", '/inform{"cite": "marseille"}')).text == ""


def test_the_intent_is_the_likeliest_that_is_not_a_fallback() -> None:
    assert turn(said("find_job", "du travail")).intent == "find_job"
    assert turn(said("nlu_fallback", "hein", ranking=("nlu_fallback", "greet"))).intent == "greet"


def test_entities_come_in_the_order_of_the_text() -> None:
    entities = [{**place("Lyon"), "start": 9}, {**place("Nantes"), "start": 2}, entity("date", "x")]
    found = turn(said("inform", "à Nantes, à Lyon", entities))
    assert [value["name"] for value in found.entities("place")] == ["Nantes", "Lyon"]
    assert found.entities("occupation") == []


def test_a_sure_place_among_unsure_ones_is_the_place_said() -> None:
    found = turn(said("inform", "Saint-Denis, près de Paris", [place("Saint-Denis"), place("Paris")]))
    assert found.said_place() is not None and found.said_place().name == "Paris"
    assert found.said_candidates() == []


def test_a_place_of_several_names_its_candidates() -> None:
    found = turn(said("inform", "Saint-Denis", [place("Saint-Denis")]))
    assert found.said_place() is None
    assert {candidate.territory for candidate in found.said_candidates()} == {"FR", "RE"}


def test_no_place_no_candidates() -> None:
    found = turn(said("inform", "qqpart", [{"entity": "place", "start": 0, "end": 6, "value": "qqpart"}]))
    assert (found.said_place(), found.said_candidates()) == (None, [])


def test_a_place_that_is_not_sure_is_not_remembered_as_the_persons() -> None:
    assert turn(said("greet", slots={"place": place("Saint-Denis")["value"]})).place is None
    assert turn(said("greet", slots={"place": where("Namur")})).place.name == "Namur"


@pytest.mark.parametrize(
    ("slots", "page", "country"),
    [
        ({"place": "Liège", "cite": "marseille"}, "geneve", "BE"),
        ({"cite": "marseille"}, "geneve", "FR"),
        ({}, "geneve", "CH"),
        ({}, "no-such-cite", None),
        ({}, None, None),
    ],
)
def test_the_country_is_that_of_the_place_then_of_the_cite(
    slots: dict[str, str], page: str | None, country: str | None
) -> None:
    known = {**slots, **({"place": where(slots["place"])} if "place" in slots else {})}
    assert turn(said("greet", slots=known, cite=page)).country == country


def test_the_channel_tells_the_time() -> None:
    assert turn(said("greet")).now == datetime.fromisoformat(NOW)


def test_the_time_is_that_of_the_pages_cite() -> None:
    assert turn(said("greet", cite="la-reunion")).now.utcoffset() == timedelta(hours=4)
    assert turn(said("greet")).now.utcoffset() == timedelta(hours=1)


def test_a_time_told_without_zone_is_that_of_the_cite() -> None:
    found = turn(said("greet", cite="maurice", now="2026-11-25T08:30")).now
    assert found.isoformat() == "2026-11-25T08:30:00+04:00"


@pytest.mark.parametrize("told", [None, "", "yesterday"])
def test_without_a_time_told_it_is_now(told: str | None) -> None:
    found = turn(said("greet", now=told)).now
    assert abs(datetime.now(timezone.utc) - found) < timedelta(seconds=5)


def test_a_slot_set_in_this_turn_counts_at_once() -> None:
    found = turn(said("greet", slots={"language": "fr"}))
    found.remember(language="es")
    assert found.language == "es"
    assert {"event": "slot", "timestamp": None, "name": "language", "value": "es"} in found.events()


def test_a_pending_question_and_failures_are_forgotten_unless_set_again() -> None:
    kept = {"pending": {"ask": "place", "intent": "ask_events"}, "failures": 1}
    found = turn(said("greet", slots=kept))
    assert found.pending == kept["pending"]
    assert {event["name"]: event["value"] for event in found.events()} == {"pending": None, "failures": 0}
    found.ask("erasure", again=True)
    assert {event["name"]: event["value"] for event in found.events()}["pending"] == {"ask": "erasure", "again": True}


def test_what_is_said_goes_to_the_dispatcher_in_the_language_of_the_moment() -> None:
    found: Turn = turn(said("greet"))
    found.remember(language="pt")
    found.say("utter_which_place", [Choice("/affirm", "cancel")], custom={"erase": True}, place="Faro")
    (message,) = found.dispatcher.messages
    assert (message["response"], message["spoken"], message["place"]) == ("utter_which_place", "pt", "Faro")
    assert message["choices"] == [{"payload": "/affirm", "key": "cancel", "title": ""}]
    assert message["custom"] == {"erase": True}


def test_dates_said_are_ranges() -> None:
    (value,) = turn(said("ask_opening_hours", "samedi", when("samedi"))).entities("date")
    assert value["from"] == "2026-11-28T00:00:00+01:00"
