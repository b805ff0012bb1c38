"""Two requests in one message, read by the trained model; and the many messages that hold but one."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Callable, Sequence
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from rasa.core.agent import Agent
from rasa.core.channels.channel import UserMessage

from bot.cli import train
from bot.nlu.both_requests import ALSO
from bot.nlu.two_requests import requests

Read = Callable[[str], tuple[str, str | None]]

BOTH = [
    ("c'est gratuit et vous ouvrez quand ?", "ask_cost", "ask_opening_hours"),
    ("faut-il prendre rendez-vous ? et combien ça coûte", "ask_appointment", "ask_cost"),
    ("quels sont vos horaires et votre numéro de téléphone svp", "ask_opening_hours", "ask_contact"),
    ("je veux créer ma boîte, vous êtes ouverts demain ?", "create_business", "ask_opening_hours"),
    ("je cherche un apprentissage en menuiserie, est-ce qu'il faut un rdv pour venir ?", "find_apprenticeship",
     "ask_appointment"),
    ("c'est payant et vous êtes ouverts jusqu'à quelle heure mardi ?", "ask_cost", "ask_opening_hours"),
    ("is it free and do I need an appointment", "ask_cost", "ask_appointment"),
    ("how do I get to you by bus, and what time do you close?", "ask_directions", "ask_opening_hours"),
    ("cuánto cuesta y a qué hora abren", "ask_cost", "ask_opening_hours"),
    ("¿hay que pedir cita? ¿es gratis?", "ask_appointment", "ask_cost"),
    ("quanto costa e a che ora chiudete", "ask_cost", "ask_opening_hours"),
    ("serve l'appuntamento? ed è gratis?", "ask_appointment", "ask_cost"),
    ("é preciso marcar e é gratuito?", "ask_appointment", "ask_cost"),
    ("a que horas abrem e quanto custa", "ask_opening_hours", "ask_cost"),
    ("ist es kostenlos und wann habt ihr offen", "ask_cost", "ask_opening_hours"),
    ("is het gratis en hoe laat zijn jullie open", "ask_cost", "ask_opening_hours"),
    ("és gratuït i a quina hora obriu", "ask_cost", "ask_opening_hours"),
]  # fmt: skip
ONE = [
    "bonjour, vous ouvrez à quelle heure ?",
    "je veux changer de métier, je suis à Marseille",
    "ouvert samedi et dimanche ?",
    "j'ai 52 ans, j'ai été licenciée et je cherche du travail",
    "merci beaucoup et bonne journée",
    "my son is 16 and wants to be a carpenter, where can he learn?",
    "busco trabajo de camarero, cocinero o lo que sea",
    "vivo a Milano e vorrei parlare con una persona",
    "je n'en peux plus, j'ai envie d'en finir et personne ne répond au téléphone",
]


@pytest.fixture(scope="module")
def read() -> Read:
    """What the trained model hears: the intent, and the second request if there is one."""
    assert train.is_up_to_date() or train.train(), "the model could not be trained"
    processor = Agent.load(str(train.MODEL)).processor
    assert processor

    def understand(text: str) -> tuple[str, str | None]:
        parsed = asyncio.run(processor.parse_message(UserMessage(text), only_output_properties=True))
        also = [entity["value"] for entity in parsed["entities"] if entity["entity"] == ALSO]
        return parsed["intent"]["name"], also[0] if also else None

    return understand


def test_both_are_heard_in_their_order(read: Read) -> None:
    wrong = {text: found for text, *wanted in BOTH if (found := read(text)) != tuple(wanted)}
    assert len(wrong) <= len(BOTH) // 5, json.dumps(wrong, ensure_ascii=False, indent=1)


@pytest.mark.parametrize(
    ("text", "intent"),
    [
        ("vivo en Valparaíso y busco trabajo", "find_job"),
        ("j'habite à Nevers, je voudrais monter mon entreprise", "create_business"),
        ("I'm 34 and live near Namur, and I'd like to learn welding", "find_training"),
        ("mon numéro c'est le [phone], je m'appelle [name] et je cherche un stage", "find_internship"),
        ("sono [name], [phone], e vorrei cambiare mestiere", "change_job"),
    ],
)
def test_where_one_half_only_informs_the_other_is_the_request(read: Read, text: str, intent: str) -> None:
    assert read(text) == (intent, None)


@pytest.mark.parametrize("text", ONE)
def test_one_stays_one(read: Read, text: str) -> None:
    assert read(text)[1] is None


def probabilities(by_part: dict[str, list[float]]) -> Callable[[Sequence[str]], Any]:
    return lambda parts: np.array([by_part.get(part, [0.4, 0.3, 0.3]) for part in parts], np.float32)


HALVES = probabilities({"c'est gratuit": [0.9, 0.1, 0.0], "quand ouvrez-vous": [0.1, 0.8, 0.1]})


@pytest.mark.parametrize(
    ("text", "whole", "found"),
    [
        ("c'est gratuit et quand ouvrez-vous", [0.6, 0.4, 0.0], (0, 1)),
        ("quand ouvrez-vous, c'est gratuit", [0.6, 0.4, 0.0], (1, 0)),
        ("c'est gratuit et quand ouvrez-vous", [0.999, 0.001, 0.0], None),  # the whole lets hear but one
        ("c'est gratuit et quand ouvrez-vous", [0.43, 0.3, 0.27], None),  # or something else
        ("c'est gratuit quand ouvrez-vous", [0.6, 0.4, 0.0], None),  # nothing joins two halves
        ("c'est gratuit et bref", [0.6, 0.4, 0.0], None),
        ("c'est gratuit et quand ouvrez-vous" + ", voilà tout" * 7, [0.6, 0.4, 0.0], None),  # a story
    ],
)
def test_halves(text: str, whole: list[float], found: tuple[int, int] | None) -> None:
    assert requests(text, np.array(whole, np.float32), HALVES) == found


@given(st.text(max_size=200), st.lists(st.floats(0, 1, width=32), min_size=3, max_size=3))
def test_anything_is_read(text: str, whole: list[float]) -> None:
    found = requests(text, np.array(whole, np.float32), HALVES)
    assert found is None or len(set(found)) == 2
