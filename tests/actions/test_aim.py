"""Which Cité a question is about: what is named, then spoken of, then the page's, then the nearest."""

from __future__ import annotations

from typing import Any

import pytest
from rasa_sdk.executor import CollectingDispatcher

from actions.aim import Aim, aim, remembered
from actions.turn import Turn
from bot.knowledge import places
from bot.knowledge.cites import load_cites

from .conftest import Change
from .turns import Answer, answered, place, said, where


def aimed(*arguments: Any, **more: Any) -> tuple[Aim | None, Answer]:
    """The aim of an "ask_contact" and what was said on the way."""
    turn = Turn(said("ask_contact", *arguments, **more), CollectingDispatcher())
    found = aim(turn, "ask_contact")
    return found, answered(turn.dispatcher, {event["name"]: event["value"] for event in turn.events()})


def cite_of(*arguments: Any, **more: Any) -> str | None:
    found, _ = aimed(*arguments, **more)
    return found.cite.id if found else None


def test_the_place_named_wins_over_everything() -> None:
    known = {"cite": "namur", "place": where("Porto")}
    assert cite_of("à Marseille", [place("Marseille")], slots=known, cite="demo") == "marseille"


def test_a_cite_named_without_a_place_wins_over_the_one_spoken_of() -> None:
    assert cite_of("la cité des métiers de démonstration ?", slots={"cite": "namur"}, cite="demo") == "demo"


def test_then_the_one_spoken_of_then_the_pages_then_the_nearest() -> None:
    home = where("Porto")
    assert cite_of("quand ?", slots={"cite": "namur", "place": home}, cite="geneve") == "namur"
    assert cite_of("quand ?", slots={"place": home}, cite="geneve") == "geneve"
    assert cite_of("quand ?", slots={"place": home}) == "porto"


def test_the_aim_by_a_place_tells_how_far() -> None:
    found, _ = aimed("", [place("Aubagne")])
    assert found is not None and found.near is not None and found.place is not None
    assert found.place.name == "Aubagne"
    assert 10 < found.near.km < 25


def test_with_nothing_known_the_place_is_asked_for_and_the_question_kept() -> None:
    found, said_ = aimed("votre adresse ?")
    assert found is None
    assert said_.responses == ["ask_place"]
    assert said_.slots["pending"] == {"ask": "place", "intent": "ask_contact"}


def test_an_ambiguous_place_is_asked_about_even_when_a_cite_is_known() -> None:
    found, said_ = aimed("à Saint-Denis", [place("Saint-Denis")], slots={"cite": "namur"})
    assert found is None
    assert said_.responses == ["which_place"]
    titles = list(said_.messages[0].buttons)
    assert titles[0] != titles[1]
    assert all(title.startswith("Saint-Denis, ") for title in titles)


def test_places_of_several_names_are_asked_about_too() -> None:
    _, said_ = aimed("", [place("le 7e arrondissement")])
    assert said_.responses == ["which_of_places"]
    assert {title.split(",")[0] for title in said_.messages[0].buttons} == {"Paris 7e", "Lyon 7e", "Marseille 7e"}


def test_the_cite_found_is_remembered() -> None:
    _, said_ = aimed("", [place("Marseille")])
    assert said_.slots["cite"] == "marseille"


def test_nowhere_near_is_said() -> None:
    found, said_ = aimed("", [place("Tokyo")])
    assert found is None
    assert said_.responses == ["none_near"]


@pytest.mark.parametrize(("town", "response"), [("Genova", "cite_closed"), ("Nîmes", "cite_probably_closed")])
def test_the_cite_of_a_town_that_has_closed_is_said_to_have(town: str, response: str) -> None:
    found, said_ = aimed("", [place(town)])
    assert said_.responses == [response, "nearest_far"]
    assert found is not None and found.cite.offered


def test_a_closed_cite_spoken_of_is_replaced_by_the_nearest_to_it() -> None:
    found, said_ = aimed("quand ?", slots={"cite": "montpellier"})
    assert said_.responses == ["cite_probably_closed", "nearest_far"]
    assert found is not None and found.cite.offered
    assert found.near is not None and found.near.km < 150


def test_the_fictional_cite_is_only_for_its_own_page() -> None:
    assert cite_of("quand ?", cite="demo") == "demo"
    assert cite_of("à Paris", [place("Paris")], cite="demo") == "paris"
    assert cite_of("à Paris", [place("Paris")]) == "paris"


def test_a_page_of_no_known_cite_is_no_cite() -> None:
    found, said_ = aimed("quand ?", cite="atlantis")
    assert (found, said_.responses) == (None, ["ask_place"])


def test_a_closed_cite_whose_town_is_not_known(change: Change) -> None:
    status = {"value": "closed", "source": "https://example.org/", "checked_on": "2026-11-22"}
    change("canada", status=status, coordinates=None)
    found, said_ = aimed("quand ?", slots={"cite": "canada"})
    assert found is None
    assert said_.responses == ["cite_closed", "ask_place"]


def test_what_is_remembered_neither_asks_nor_says_anything() -> None:
    turn = Turn(said("find_job", "du travail"), CollectingDispatcher())
    assert remembered(turn) is None
    assert turn.dispatcher.messages == []
    turn = Turn(said("find_job", "du travail", slots={"place": where("Marseille")}), CollectingDispatcher())
    found = remembered(turn)
    assert found is not None and found.cite.id == "marseille"
    assert turn.dispatcher.messages == []


@pytest.mark.parametrize("town", ["Marseille", "Paris", "Alès"])
def test_a_closed_cite_farther_than_an_open_one_or_in_another_town_is_not_spoken_of(town: str) -> None:
    _, said_ = aimed("", [place(town)])
    assert not {"cite_closed", "cite_probably_closed"} & set(said_.responses)


def test_every_cite_that_is_offered_can_be_reached_from_its_own_town() -> None:
    for cite in load_cites().values():
        if cite.offered and cite.city and cite.lat is not None:
            found = places.find(cite.city, cite.territory).place
            assert found is not None, cite.city
            turn = Turn(said("ask_contact", cite.city, [place(cite.city, cite.territory)]), CollectingDispatcher())
            target = aim(turn, "ask_contact")
            assert target is not None and target.near is not None and target.near.km < 40, cite.id
