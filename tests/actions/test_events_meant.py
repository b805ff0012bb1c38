"""Questions on events that are understood as something else: answered with the agenda all the same."""

from __future__ import annotations

from datetime import datetime
from typing import Any

import pytest

from actions.cite_fact import CiteFact
from actions.clarify import Clarify
from actions.guide import Guide
from actions.nearest_cite import NearestCite
from actions.out_of_scope import OutOfScope
from bot.knowledge import dates, places, sense

from .turns import NOW, Answer, answer, said


@pytest.fixture(scope="module", autouse=True)
def _encoder() -> None:
    """The encoder is there from the first question on."""
    sense.load()


def ask(action: Any, intent: str, text: str, language: str = "fr") -> Answer:
    """The answer at the demonstration Cité to a message understood as `intent`."""
    found = [("date", span) for span in dates.find(text, datetime.fromisoformat(NOW), language)]
    told = [{"entity": kind, "start": span.start, "end": span.end, "value": span.as_dict()} for kind, span in found]
    there = [
        {"entity": "place", "start": span.start, "end": span.end, "value": span.found.as_dict()}
        for span in places.spans(text)
    ]
    slots = {"language": language}
    return answer(action, said(intent, text, [*told, *there], slots=slots, cite="demo"))


@pytest.mark.parametrize(
    ("language", "text"),
    [
        *(("fr", "forum alternance en janvier"), ("en", "apprenticeship fair in January"), ("fr", "forum alternance")),
        *(("es", "feria de aprendices en enero"), ("it", "fiera dell'apprendistato a gennaio")),
        *(("pt", "fórum de aprendizagem em janeiro"), ("fr", "un forum pour trouver un contrat d'apprentissage ?")),
    ],
)
def test_a_forum_on_a_concern_is_an_event(language: str, text: str) -> None:
    found = ask(Guide(), "find_apprenticeship", text, language)
    assert "event" in found.responses[0] and "know" not in found.responses


@pytest.mark.parametrize(
    ("language", "text"),
    [
        *(("fr", "je cherche une alternance en janvier"), ("pt", "quero um contrato a partir de segunda-feira")),
        ("fr", "j'ai lu sur un forum que l'alternance en janvier est possible pour les gens de mon âge"),
        ("en", "is it fair to start in January?"),
    ],
)
def test_a_concern_stays_one(language: str, text: str) -> None:
    assert ask(Guide(), "find_apprenticeship", text, language).responses[0] == "know"


@pytest.mark.parametrize(
    ("language", "text"),
    [
        *(("fr", "quelque chose en ligne ?"), ("en", "something online?"), ("en", "anything remote?")),
        *(("fr", "anything online?"), ("en", "algo online?")),
        *(("es", "¿algo en línea?"), ("it", "qualcosa online?"), ("pt", "alguma coisa online?")),
    ],
)
@pytest.mark.parametrize(
    ("action", "intent"),
    [(CiteFact(), "ask_documentation"), (CiteFact(), "ask_contact"), (Clarify(), "nlu_fallback")],
)
def test_something_online_is_an_event(action: Any, intent: str, language: str, text: str) -> None:
    found = ask(action, intent, text, language)
    assert found.responses[0].startswith("events")
    assert found.cards and all(card["kind"] == "event" for card in found.cards)


STORY = (
    "i saw something online about becoming a nurse at forty with two kids, no diploma, a mortgage, an angry man and "
    "hardly any savings, is that true"
)


def test_a_long_story_with_something_online_in_it_is_none() -> None:
    assert ask(Guide(), "find_training", STORY, "en").responses[0] == "know"


@pytest.mark.parametrize("text", ["vous êtes en ligne ?", "quelque chose à lire en ligne sur les métiers du bois ?"])
def test_what_is_read_or_asked_of_us_online_is_none(text: str) -> None:
    assert ask(CiteFact(), "ask_documentation", text).responses[0] == "ask_documentation"


@pytest.mark.parametrize(
    ("action", "intent", "language", "text"),
    [
        (NearestCite(), "find_nearest_cite", "en", "what's on within 50 km of Lille on Saturday?"),
        (OutOfScope(), "out_of_scope", "fr", "qu'est-ce qu'il y a à moins de 50 km de Lille samedi ?"),
    ],
)
def test_what_is_on_within_a_distance_is_an_event(action: Any, intent: str, language: str, text: str) -> None:
    found = ask(action, intent, text, language)
    assert found.slots["place"]["name"] == "Lille"
    assert found.responses and found.responses[0] not in ("nearest", "out_of_scope")
    assert "agenda" in found.responses[0] or "event" in found.responses[0]


def test_the_nearest_within_a_distance_stays_so() -> None:
    assert not ask(NearestCite(), "find_nearest_cite", "une Cité à moins de 50 km de Lille").responses[0].count("event")
