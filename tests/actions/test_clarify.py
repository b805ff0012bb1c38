"""Not sure what was meant."""

from __future__ import annotations

from typing import Any

import pytest
from rasa_sdk import Tracker

from actions.clarify import Clarify
from bot.knowledge.catalogue import SPOKEN, Catalogue
from bot.knowledge.paths import ROOT
from bot.knowledge.yamlfile import read_yaml

from .turns import answer, said

UNCLEAR = ("nlu_fallback", "find_job", "inform", "find_training", "greet", "change_job")
INTENTS = [next(iter(intent)) for intent in read_yaml(ROOT / "domain.yml").value["intents"]]


def unclear(*ranking: str, **slots: Any) -> Tracker:
    return said("nlu_fallback", "euh", ranking=ranking or UNCLEAR, slots=slots)


def test_the_three_likeliest_readings_and_none_of_these_are_offered() -> None:
    found = answer(Clarify(), unclear())
    assert found.responses == ["which_reading"]
    assert found.payloads == ["/find_job", "/find_training", "/change_job", "/deny"]
    assert found.slots == {"pending": {"ask": "clarify"}, "failures": 1}


def test_a_second_failure_in_a_row_offers_a_human() -> None:
    found = answer(Clarify(), unclear(failures=1))
    assert found.responses == ["not_understood_twice"]
    assert "/talk_to_advisor" in found.payloads
    assert found.slots == {"pending": {"ask": "offer_advisor"}, "failures": 2}


def test_without_any_reading_other_words_are_asked_for() -> None:
    found = answer(Clarify(), unclear("nlu_fallback", "inform", "deny"))
    assert found.responses == ["rephrase"]
    assert found.slots == {"pending": None, "failures": 1}


@pytest.mark.parametrize("language", SPOKEN)
def test_every_intent_has_a_reading_in_every_language(language: str) -> None:
    """Any of them may come among the likeliest."""
    not_readings = {"out_of_scope", "affirm", "deny", "skip", "inform", "greet", "goodbye", "thank"}
    for intent in INTENTS:
        if intent not in not_readings:
            assert Catalogue.load().has(f"readings.{intent}", language), intent
    found = answer(Clarify(), unclear("nlu_fallback", *INTENTS[:3], language=language))
    assert len(set(found.messages[0].buttons)) == 4
