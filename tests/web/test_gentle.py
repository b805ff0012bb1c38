"""The word to who tells more than is needed: rare, kind, after the answer."""

from __future__ import annotations

import pytest

from .fake_rasa import FakeRasa
from .helpers import begin, carry, house, say, texts

pytestmark = pytest.mark.django_db(transaction=True)


def heard(*said: str, language: str = "fr") -> str:
    talk = begin(language=language)
    for text in said:
        say(talk, text)
        carry(talk)
    return talk


def test_it_comes_once_after_the_answer(rasa: FakeRasa) -> None:
    told = "je suis séropositif, puis-je devenir infirmier ?"
    talk = heard(told, "je suis musulman aussi")
    assert [text.split(".")[0] for text in texts(talk)] == [
        told,
        f"Réponse à : {told}",
        "Merci de votre confiance",
        "je suis musulman aussi",
        "Réponse à : je suis musulman aussi",
    ]


@pytest.mark.parametrize(
    ("language", "said", "begins"),
    [
        ("en", "I am gay", "Thank you for your trust."),
        ("es", "soy gitana", "Gracias por su confianza."),
        ("it", "sono omosessuale", "Grazie per la fiducia."),
        ("pt", "tenho um cancro", "Agradecemos a sua confiança."),
    ],
)
def test_in_the_person_s_language(rasa: FakeRasa, language: str, said: str, begins: str) -> None:
    (sentence,) = house(heard(said, language=language))
    assert sentence.startswith(begins)


@pytest.mark.parametrize(
    "said", ["je veux changer de métier", "je suis en situation de handicap", "j'ai un cancer et je veux mourir"]
)
def test_not_for_ordinary_things_nor_in_distress(rasa: FakeRasa, said: str) -> None:
    assert house(heard(said)) == []


def test_not_for_what_the_door_offered(rasa: FakeRasa) -> None:
    from bot.web.conversations import service

    rasa.answer = lambda message, _: [
        {"text": "?", "buttons": [{"title": "Je suis gay", "payload": "/inform"}], "custom": None, "language": "fr"}
    ]
    talk = heard("bonjour")
    key = service.messages_after(talk)[-1].payload["choices"][0]["key"]
    service.post_message(talk, "choice", choice=key)
    carry(talk)
    assert rasa.messages[-1] == "/inform"
    assert house(talk) == []
