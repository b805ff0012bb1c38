"""Answers that depend on nothing but the question."""

from __future__ import annotations

import pytest

from actions.answer import Answer, main_subjects
from bot.knowledge.catalogue import SPOKEN
from bot.knowledge.paths import DATA
from bot.knowledge.yamlfile import read_yaml

from .turns import answer, said

RULES = [read_yaml(path).value["rules"] for path in sorted((DATA / "rules").glob("*.yml"))]
ANSWERED = [
    rule["steps"][0]["intent"] for rules in RULES for rule in rules if rule["steps"][1]["action"] == "action_answer"
]


@pytest.mark.parametrize("language", SPOKEN)
@pytest.mark.parametrize("intent", ANSWERED)
def test_every_intent_that_it_answers_is_worded(intent: str, language: str) -> None:
    found = answer(Answer(), said(intent, "…", slots={"language": language}))
    assert found.responses == [intent]
    assert found.messages[0].language == language


def test_there_are_such_intents() -> None:
    assert {"greet", "goodbye", "thank", "ask_help", "bot_challenge", "ask_privacy"} <= set(ANSWERED)


@pytest.mark.parametrize("intent", ["greet", "ask_help", "out_of_scope"])
def test_where_a_conversation_opens_the_main_subjects_are_offered(intent: str) -> None:
    found = answer(Answer(), said(intent, "…"))
    assert found.payloads == [choice.payload for choice in main_subjects()]
    assert {"/change_job", "/find_nearest_cite", "/talk_to_advisor"} <= set(found.payloads)


@pytest.mark.parametrize("intent", ["goodbye", "thank", "bot_challenge"])
def test_elsewhere_nothing_is_offered(intent: str) -> None:
    assert answer(Answer(), said(intent, "…")).payloads == []


def test_the_greeting_says_that_nobody_is_there() -> None:
    assert "pas une personne" in answer(Answer(), said("greet", "bonjour")).text


def test_the_place_and_the_concern_are_kept() -> None:
    assert set(answer(Answer(), said("thank", "merci")).slots) == {"pending", "failures"}
