"""Somebody who suffers: the numbers of their country and a human."""

from __future__ import annotations

import pytest

from actions.distress import Distress
from bot.knowledge.catalogue import SPOKEN

from .conftest import Change
from .turns import answer, place, said, where


@pytest.mark.parametrize(
    ("town", "number"),
    [
        ("Marseille", "3114"), ("Saint-Denis, La Réunion", "3114"), ("Liège", "0800 32 123"), ("Genève", "143"),
        ("Milano", "112"), ("Barcelona", "024"), ("Porto", "112"), ("Montréal", "9"),
    ],
)
def test_the_numbers_are_those_of_the_country(town: str, number: str) -> None:
    found = answer(Distress(), said("express_distress", "je veux mourir", slots={"place": where(town)}))
    assert found.responses == ["distress", "helplines", "distress_human"]
    assert number in found.message("helplines").text


def test_without_a_place_it_is_the_country_of_the_page() -> None:
    found = answer(Distress(), said("express_distress", "je n'en peux plus", cite="geneve"))
    assert "143" in found.message("helplines").text
    assert "3114" not in found.text


def test_without_any_country_the_european_number_is_given() -> None:
    found = answer(Distress(), said("express_distress", "je n'en peux plus"))
    assert "112" in found.message("helplines").text


@pytest.mark.parametrize(
    ("language", "told"), [("fr", "helplines_perhaps"), ("it", "helplines_country"), ("pt", "helplines_perhaps")]
)
def test_numbers_of_the_likely_country_are_given_where_there_are_more(language: str, told: str) -> None:
    """Italy's is the European one, which is said already."""
    found = answer(Distress(), said("express_distress", "…", slots={"language": language}))
    assert found.responses == ["distress", "helplines", told, "distress_human"]


@pytest.mark.parametrize("language", SPOKEN)
def test_it_is_said_in_every_language_and_a_human_is_offered(language: str) -> None:
    slots = {"language": language, "place": where("Marseille")}
    found = answer(Distress(), said("express_distress", "…", slots=slots))
    assert {message.language for message in found.messages} == {language}
    assert found.payloads == ["/talk_to_advisor"]
    assert "3114" in found.text


def test_nothing_else_is_asked_or_answered_first() -> None:
    """A pending question is dropped, and no place is asked for."""
    pending = {"pending": {"ask": "place", "intent": "ask_events"}}
    found = answer(Distress(), said("express_distress", "…", [place("Saint-Denis")], slots=pending))
    assert found.responses[0] == "distress"
    assert found.slots == {"pending": None, "failures": 0}


def test_a_cite_may_give_its_own_numbers(change: Change) -> None:
    own = {"key": "listening", "number": "555", "source": "https://example.org/", "checked_on": "2026-11-22"}
    change("namur", helplines=[own])
    found = answer(Distress(), said("express_distress", "…", cite="namur"))
    assert "555" in found.text
    assert "0800 32 123" not in found.text


@pytest.mark.parametrize(
    ("text", "offered"),
    [
        ("ho perso il lavoro in fabbrica, non so più da che parte girarmi", ["/talk_to_advisor", "/find_job"]),
        ("ho perso il lavoro e voglio morire", ["/talk_to_advisor"]),
    ],
)
def test_where_it_was_not_said_outright_what_may_have_been_meant_stands_beside_the_human(
    text: str, offered: list[str]
) -> None:
    ranking = ("express_distress", "inform", "find_job", "change_job")
    slots = {"language": "it", "place": where("Milano")}
    assert answer(Distress(), said("express_distress", text, ranking=ranking, slots=slots)).payloads == offered
