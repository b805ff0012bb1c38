"""What an advisor would read is shown before it is agreed to."""

from __future__ import annotations

from typing import Any

import pytest

from bot.web.conversations import delivery, lease
from bot.web.conversations.models import Handoff
from bot.web.conversations.rasa import parse
from bot.web.desk import labels
from bot.web.words import LANGUAGES

from .fake_rasa import CONSENT, FakeRasa, handoff
from .helpers import begin, carry, choose, conversation, house, say, texts

pytestmark = pytest.mark.django_db(transaction=True)
ASKS = {"concern": "change_job", "place": "Marseille", "language": "fr", "cite": "marseille", "request": None}
SAYS = "je n'en peux plus de l'usine"


def asked(rasa: FakeRasa, **begun: Any) -> str:
    """A conversation in which the question of consent was just asked, with what would be read."""
    answers = {"une personne": [{**CONSENT, "custom": {"preview": ASKS}}], '/affirm{"consent": "yes"}': [handoff(True)]}
    before = rasa.answer
    rasa.answer = lambda message, metadata: answers.get(message) or before(message, metadata)
    talk = begin(**{"cite": "demo", **begun})
    for text in SAYS, "une personne":
        say(talk, text)
        carry(talk)
    return talk


def test_it_comes_before_the_question_and_tells_each_thing(rasa: FakeRasa) -> None:
    talk = asked(rasa)
    assert texts(talk)[-2:] == [house(talk)[-1], CONSENT["text"]]
    assert house(talk)[-1].splitlines() == [
        "Voici ce que lira la personne qui vous répondra :",
        "• Votre demande : une personne",
        "• Sujet : changer de métier",
        "• Langue : Français",
        "• Cité : Cité des métiers de démonstration (fictive)",
        "• Lieu, si vous acceptez de partager : Marseille",
        "• Avec votre accord, aussi les messages ci-dessus (3).",
    ]


def test_what_was_masked_in_the_request_is_told_in_the_person_s_language(rasa: FakeRasa) -> None:
    asks = [{**CONSENT, "custom": {"preview": ASKS}}]
    rasa.answer = lambda message, metadata: asks
    talk = begin(cite="demo", language="es")
    say(talk, "hablar con alguien, mi teléfono es 612 34 56 78")
    carry(talk)
    assert "mi teléfono es [teléfono]" in house(talk)[-1]
    assert "[phone]" not in house(talk)[-1]


def test_what_was_shown_is_what_the_advisor_gets(rasa: FakeRasa) -> None:
    talk = asked(rasa)
    shown = house(talk)[-1]
    choose(talk, "Oui")
    carry(talk)
    summary = Handoff.objects.get().summary
    assert f"Lieu, si vous acceptez de partager : {summary['place']}" in shown
    assert summary["concern"] == "change_job"


def test_the_question_is_not_counted_among_what_the_bot_has_shown(rasa: FakeRasa) -> None:
    hours = {"text": "Ouvert jusqu'à midi.", "buttons": [{"title": "L'agenda", "payload": "/ask_events"}]}
    rasa.answer = lambda message, metadata: [hours]
    messages = list(conversation(asked(rasa)).messages.all())
    assert "Oui" in messages[-1].payload["choices"][0]["title"]
    assert labels.offered(messages) == ["L'agenda"]


@pytest.mark.parametrize("language", LANGUAGES)
def test_it_is_in_the_person_s_language(rasa: FakeRasa, language: str) -> None:
    lines = house(asked(rasa, language=language))[-1].splitlines()
    assert len(lines) == 7
    assert "Marseille" in lines[5]
    assert "{" not in "".join(lines)


def test_where_the_assistant_gives_up_it_is_shown_with_the_choice(settings: Any, rasa: FakeRasa) -> None:
    settings.GIVE_UP_FAILING = -1
    talk = begin(cite="demo")
    seq = say(talk, SAYS)
    assert lease.take(talk, "me")
    assert lease.next_message(talk, "me")
    delivery.put_off(talk, "me", seq, reachable=True)
    said = house(talk)[-1]
    assert said.startswith("Toutes nos excuses")
    assert f"• Votre demande : {SAYS}" in said
    assert said.endswith("• Sans votre accord, seulement la langue et la Cité.")
    choose(talk, "Parler à une personne, sans partager cette conversation")
    assert Handoff.objects.get().summary == {"language": "fr", "cite": "demo"}


@pytest.mark.parametrize("broken", ["", [], 3, {"request": None}])
def test_a_preview_out_of_shape_does_no_harm(rasa: FakeRasa, broken: object) -> None:
    talk = begin()
    say(talk, "bonjour")
    lease.take(talk, "me")
    lease.next_message(talk, "me")
    assert delivery.settle(talk, "me", 1, parse({"replies": [{**CONSENT, "custom": {"preview": broken}}]}))
    assert texts(talk)[-1] == CONSENT["text"]
