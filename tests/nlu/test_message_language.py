"""The component that adds the language of a message."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from rasa.engine.storage.resource import Resource
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData

from bot.knowledge.language import UNDERSTOOD
from bot.nlu.entity_language import language_of
from bot.nlu.language_reader import LanguageReader
from bot.nlu.message_language import MessageLanguage

from .components import CONTEXT, created, entities, inside, message, storage

COMPONENT = created(MessageLanguage)
LEARNT = {
    "fr": ["je cherche du travail", "jcherche 1 taf", "vous etes ouvert quand", "g besoin d aide", "merci beaucoup"],
    "es": ["busco trabajo", "a qué hora abren", "necesito ayuda", "quiero estudiar", "muchas gracias a todos"],
    "ca": ["busco feina", "a quina hora obriu", "necessito ajuda", "vull estudiar", "moltes gràcies a tothom"],
}


def place(text: str, name: str) -> dict[str, Any]:
    start = text.index(name)
    return {"entity": "place", "start": start, "end": start + len(name), "value": {"name": name}}


def language(text: str, before: Any = (), **metadata: Any) -> str:
    return str(entities(COMPONENT, text, before, **metadata)[-1]["value"])


def test_the_whole_message_has_a_language() -> None:
    (found,) = entities(COMPONENT, "I am looking for a job")
    assert found == {"entity": "language", "start": 0, "end": 22, "value": "en", "extractor": "MessageLanguage"}


def test_the_conversations_language_is_the_prior() -> None:
    assert language("ok", language="it") == "it"
    assert language("ok", language="es") == "es"


@pytest.mark.parametrize(
    ("text", "town", "current", "wanted"),
    [
        ("je suis à Milano", "Milano", "fr", "fr"),
        ("Barcelona", "Barcelona", "fr", "fr"),
        ("Reggio nell'Emilia", "Reggio nell'Emilia", "fr", "fr"),
        ("I live in Villeneuve-lès-Avignon", "Villeneuve-lès-Avignon", "fr", "en"),
        ("Las Palmas de Gran Canaria", "Las Palmas de Gran Canaria", "pt", "pt"),
    ],
)
def test_a_towns_name_says_nothing_of_the_language(text: str, town: str, current: str, wanted: str) -> None:
    assert language(text, [place(text, town)], language=current) == wanted


def test_what_was_found_before_is_kept_and_comes_first() -> None:
    town = place("à Namur", "Namur")
    assert entities(COMPONENT, "à Namur", [town])[0] == town


@pytest.mark.parametrize("text", [None, ""])
def test_nothing_said(text: Any) -> None:
    assert entities(COMPONENT, text) == []


def test_the_pipeline_reads_it_back() -> None:
    found = message("good morning everybody", language="fr")
    assert language_of(found) == "fr"
    COMPONENT.process([found])
    assert language_of(found) == "en"
    assert language_of(message("x")) is None


def trained_and_loaded(data: TrainingData) -> Iterator[MessageLanguage]:
    """The component as it is after training, then as the model gives it back."""
    with storage() as kept:
        first = MessageLanguage.create({}, kept, Resource("language"), CONTEXT)
        first.train(data)
        yield first
        yield MessageLanguage.load({}, kept, Resource("language"), CONTEXT)


def test_it_learns_from_the_examples_and_a_model_keeps_it() -> None:
    text = "podeu repassar el currículum, a quina hora obriu"
    assert entities(COMPONENT, text)[-1]["value"] != "ca"  # the general detector alone
    for component in trained_and_loaded(data(metadata=True)):
        assert entities(component, text)[-1]["value"] == "ca"
        assert entities(component, "necesito estudiar, a qué hora abren")[-1]["value"] == "es"


def test_examples_that_do_not_tell_their_language_teach_nothing() -> None:
    for component in trained_and_loaded(data(metadata=False)):
        assert entities(component, "I am looking for a job")[-1]["value"] == "en"


def data(metadata: bool) -> TrainingData:
    examples = [
        Message.build(text, "find_job", intent_metadata={"language": code} if metadata else None)
        for code, texts in LEARNT.items()
        for text in texts
    ]
    return TrainingData(examples)


@pytest.mark.parametrize("text", ["", "🙂", "東京", "a" * 3000, "\n"])
def test_anything_is_read(text: str) -> None:
    texts, codes = zip(*((text, code) for code, texts in LEARNT.items() for text in texts))
    found = LanguageReader.fit(texts, codes).probabilities(text)
    assert set(found) == set(LEARNT)
    assert sum(found.values()) == pytest.approx(1.0)


@settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.text(min_size=1, max_size=300), st.none() | st.sampled_from([*UNDERSTOOD, "xx", ""]))
def test_any_text_has_a_language(text: str, current: str | None) -> None:
    (found,) = entities(COMPONENT, text, language=current)
    assert found["value"] in UNDERSTOOD
    assert inside([found], text)
