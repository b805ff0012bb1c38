"""Something else altogether, or a place that is not known."""

from __future__ import annotations

import pytest

from actions.out_of_scope import OutOfScope
from bot.knowledge.catalogue import SPOKEN

from .turns import Answer, answer, said


def unrelated(text: str, language: str = "fr", **slots: object) -> Answer:
    return answer(OutOfScope(), said("out_of_scope", text, slots={"language": language, **slots}))


@pytest.mark.parametrize("language", SPOKEN)
def test_it_says_what_it_is_for_and_offers_the_main_subjects(language: str) -> None:
    found = unrelated("il pleut ?", language)
    assert found.responses == ["out_of_scope"]
    assert "/find_job" in found.payloads


def test_where_a_place_was_asked_for_a_few_words_may_be_one() -> None:
    waiting = {"ask": "place", "intent": "ask_opening_hours"}
    found = unrelated("Zzyzzyx", pending=waiting)
    assert found.responses == ["place_unknown", "choose_area"]
    assert found.slots["pending"] == {**waiting, "again": True}


def test_a_whole_sentence_is_no_place() -> None:
    waiting = {"ask": "place", "intent": "ask_opening_hours"}
    assert unrelated("quelle est la recette du gratin dauphinois ?", pending=waiting).responses == ["out_of_scope"]
