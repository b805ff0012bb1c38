"""What only looks like a Cité des métiers is told apart, in every language, and the Cité meant is offered."""

from __future__ import annotations

import pytest

from actions.answer import Answer as AnswerAction
from actions.clarify import Clarify
from actions.events import Events
from actions.house_action import HouseAction
from actions.nearest_cite import NearestCite
from actions.opening_hours import OpeningHours
from actions.out_of_scope import OutOfScope

from .turns import Answer, answer, said, where


def told(text: str, action: HouseAction | None = None, intent: str = "ask_opening_hours", **slots: object) -> Answer:
    return answer(action or OpeningHours(), said(intent, text, slots=slots))


@pytest.mark.parametrize("language", ["fr", "en", "es", "it", "pt"])
def test_genevas_show_is_not_its_cite(language: str) -> None:
    found = told("Quand a lieu la Cité des métiers à Palexpo ?", language=language)
    assert found.responses[:2] == ["look_alike", "look_alike_meant"]
    assert "Palexpo" in found.text
    assert [card["id"] for card in found.cards] == ["geneve"]
    assert found.slots["cite"] == "geneve"


@pytest.mark.parametrize(
    "text",
    [
        "les cités des métiers et des compétences à Agadir",
        "C'est où, la cité de l'emploi de Limoges ?",
        "la Piazza dei Mestieri di Torino è aperta?",
        "cité éducative de Belfort",
    ],
)
def test_without_a_cite_that_may_be_meant_the_nearest_may_be_looked_for(text: str) -> None:
    found = told(text)
    assert found.responses == ["look_alike"]
    assert found.cards == []
    assert found.payloads == ["/find_nearest_cite", "/talk_to_advisor"]


def test_the_nearest_to_the_place_told_is_offered() -> None:
    found = told("et la cité de l'emploi ?", place=where("Marseille"))
    assert found.responses[:2] == ["look_alike", "nearest_here"]
    assert found.cards[0]["id"] == "marseille"


@pytest.mark.parametrize(
    ("action", "intent"),
    [
        (NearestCite(), "find_nearest_cite"),
        (Events(), "ask_events"),
        (OutOfScope(), "out_of_scope"),
        (Clarify(), "nlu_fallback"),
        (AnswerAction(), "ask_network"),
    ],
)
def test_whatever_is_asked_of_it(action: HouseAction, intent: str) -> None:
    assert told("la cité de la musique", action, intent).responses[0] == "look_alike"


def test_a_greeting_is_answered_as_one() -> None:
    assert told("bonjour, la cité de l'emploi m'envoie", AnswerAction(), "greet").responses == ["greet"]


def test_a_landmark_beside_the_cite_asked_for_is_left_alone() -> None:
    text = "J'habite derrière la cité de la musique, où est la cité des métiers ?"
    assert told(text, NearestCite(), "find_nearest_cite").responses == ["ask_place"]


def test_one_only_mentioned_leaves_the_question_to_be_answered() -> None:
    text = "j'ai visité le salon Cité des métiers de Genève, où est la Cité la plus proche ?"
    found = told(text, NearestCite(), "find_nearest_cite", place=where("Marseille"))
    assert found.responses[0] == "nearest_here"
    assert found.cards[0]["id"] == "marseille"


def test_the_show_of_ones_own_cite_is_not_genevas() -> None:
    found = told("c'est quand le salon de la cité des métiers ?", Events(), "ask_events", place=where("Marseille"))
    assert "look_alike" not in found.responses
