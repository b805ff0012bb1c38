"""Responses worded by the house's catalogues, in the language of the moment."""

from __future__ import annotations

from typing import Any

import pytest
from rasa.core.nlg.generator import NaturalLanguageGenerator
from rasa.shared.core.domain import Domain
from rasa.shared.core.events import SlotSet
from rasa.shared.core.trackers import DialogueStateTracker
from rasa.utils.endpoints import EndpointConfig

from bot.dialogue.responses import CatalogueResponses
from bot.knowledge.catalogue import SPOKEN, Catalogue
from bot.knowledge.paths import ROOT

DOMAIN = Domain.load(str(ROOT / "domain.yml"))


def tracker(language: str | None = None) -> DialogueStateTracker:
    """A conversation in a language."""
    found = DialogueStateTracker("a", DOMAIN.slots)
    if language:
        found.update(SlotSet("language", language))
    return found


async def say(response: str, language: str | None = None, **values: Any) -> dict[str, Any]:
    found = await CatalogueResponses().generate(response, tracker(language), "door", **values)
    assert found is not None
    return found


async def test_a_response_in_the_conversations_language() -> None:
    french, english = await say("utter_greet"), await say("utter_greet", "en")
    assert french["text"].startswith("Bonjour")
    assert (french["language"], english["language"]) == ("fr", "en")
    assert french["text"] != english["text"]
    assert french["buttons"] == []


async def test_the_actions_language_wins_over_the_slot() -> None:
    found = await say("utter_language_changed", "fr", spoken="es")
    assert found["language"] == "es"
    assert found["text"] == Catalogue.load().text("utterances.utter_language_changed", "es")


async def test_values_are_put_in_as_they_are() -> None:
    found = await say("utter_hours_unknown", cite="Cité {x}", how="https://example.org/{id}?a=%20")
    assert "Cité {x}" in found["text"]
    assert "https://example.org/{id}?a=%20" in found["text"]


async def test_buttons_by_key_or_by_title() -> None:
    choices = [
        {"payload": "/affirm", "key": "erase", "title": ""},
        {"payload": "/inform", "key": "", "title": "Liège, Belgique"},
    ]
    found = await say("utter_confirm_erasure", "fr", choices=choices)
    assert found["buttons"] == [
        {"title": Catalogue.load().text("choices.erase", "fr"), "payload": "/affirm"},
        {"title": "Liège, Belgique", "payload": "/inform"},
    ]


async def test_what_no_catalogue_words_is_none() -> None:
    assert await CatalogueResponses().generate("utter_nothing_of_the_kind", tracker(), "door") is None


async def test_a_missing_value_is_a_fault_and_not_a_hole() -> None:
    with pytest.raises(KeyError):
        await say("utter_which_place")


@pytest.mark.parametrize(("language", "spoken"), [("ca", "es"), ("nl", "en"), ("de", "en"), ("xx", "fr")])
async def test_a_language_that_is_not_spoken_gets_the_nearest(language: str, spoken: str) -> None:
    assert (await say("utter_greet", language))["language"] == spoken


@pytest.mark.parametrize("language", SPOKEN)
async def test_every_spoken_language_speaks_for_itself(language: str) -> None:
    assert (await say("utter_greet", language))["language"] == language


def test_rasa_makes_it_from_the_endpoints() -> None:
    config = EndpointConfig.from_dict({"type": "bot.dialogue.responses.CatalogueResponses"})
    assert isinstance(NaturalLanguageGenerator.create(config, DOMAIN), CatalogueResponses)
