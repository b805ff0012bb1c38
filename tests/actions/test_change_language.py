"""Speaking another language."""

from __future__ import annotations

import pytest

from actions.change_language import ChangeLanguage
from bot.knowledge.catalogue import SPOKEN

from .turns import answer, entity, said


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("english please", "en"),
        ("en español por favor", "es"),
        ("in italiano", "it"),
        ("pode falar português?", "pt"),
        ("Parlez-vous anglais ?", "en"),
        ("on peut continuer en FRANÇAIS", "fr"),
    ],
)
def test_the_language_named_is_spoken_at_once(text: str, language: str) -> None:
    found = answer(ChangeLanguage(), said("change_language", text))
    assert found.responses == ["language_changed"]
    assert found.slots["language"] == language
    assert found.messages[0].language == language
    assert found.messages[0].custom == {"language": language}


@pytest.mark.parametrize("text", ["kunnen we Nederlands spreken?", "auf Deutsch bitte", "en català"])
def test_a_language_that_is_only_understood_is_said_to_be(text: str) -> None:
    found = answer(ChangeLanguage(), said("change_language", text))
    assert found.responses == ["language_understood"]
    assert "language" not in found.slots
    assert len(found.payloads) == len(SPOKEN)


def test_the_languages_are_offered_by_their_own_names() -> None:
    found = answer(ChangeLanguage(), said("change_language", "changer de langue"))
    assert found.responses == ["which_language"]
    assert list(found.messages[0].buttons) == ["Français", "English", "Español", "Italiano", "Português"]
    assert found.messages[0].buttons["Italiano"] == '/change_language{"language": "it"}'


def test_a_button_changes() -> None:
    found = answer(ChangeLanguage(), said("change_language", entities=[entity("language", "pt")]))
    assert (found.responses, found.slots["language"]) == (["language_changed"], "pt")


def test_the_language_in_which_one_asks_is_not_the_one_asked_for() -> None:
    """The pipeline adds the message's own language as an entity."""
    found = answer(ChangeLanguage(), said("change_language", "another language", [entity("language", "en")]))
    assert found.responses == ["which_language"]
