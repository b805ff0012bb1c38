"""The whole thread over each messaging app with the real Rasa and actions, a simulated platform, and an advisor."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import Any

import pytest

from bot.cli.stack import Stack
from bot.web.channels import telegram
from bot.web.channels.models import Contact, Parcel
from bot.web.conversations import states
from bot.web.conversations.models import Conversation, Handoff
from tests.web.channels.conftest import _settings, messenger, platform, twilio, whatsapp
from tests.web.channels.messenger_simulator import Friend
from tests.web.channels.simulator import seen
from tests.web.channels.telegram_simulator import Phone
from tests.web.channels.twilio_simulator import Handset
from tests.web.channels.whatsapp_simulator import Mobile
from tests.web.conftest import Served, until
from tests.web.helpers import account

__all__ = ["_settings", "messenger", "platform", "twilio", "whatsapp"]

LAT, LON = 43.2965021, 5.3698104
"""Somewhere in Marseille."""


@dataclass(frozen=True)
class App:
    """A platform of the tests: the fixture that simulates it, who writes by it, how they tell where they are."""

    fixture: str
    begin: Callable[[Any, str], Any]
    share: Callable[[Any], object]


def _types(person: Any) -> object:
    return person.say("je suis à Marseille")


APPS = {
    "telegram": App(
        "platform", lambda simulator, url: Phone(simulator, url, telegram._secret()), lambda one: one.share(LAT, LON)
    ),
    "whatsapp": App("whatsapp", Mobile, lambda one: one.share(LAT, LON)),
    "messenger": App("messenger", Friend, _types),
    "sms": App("twilio", Handset, _types),
    "twilio-whatsapp": App(
        "twilio",
        partial(Handset, name="twilio-whatsapp", number="whatsapp:+33612345678"),
        lambda one: one.say("", Latitude=str(LAT), Longitude=str(LON)),
    ),
}


class Talk:
    """Somebody's thread: what is done, and what must then come, in whatever shape the platform shows it."""

    def __init__(self, name: str, simulator: Any, door: Served) -> None:
        app = APPS[name]
        self.name, self.person = name, app.begin(simulator, door.url)
        self._simulator, self._share, self._since = simulator, app.share, 0

    def do(self, deed: Callable[[], object], *words: str) -> None:
        """Do something; each of the words comes after that."""
        self._since = len(self._simulator.sent)
        deed()
        for each in words:
            self.hear(each)

    def say(self, text: str, *words: str) -> None:
        """Type something."""
        self.do(lambda: self.person.say(text), *words)

    def share(self, *words: str) -> None:
        """Tell where one is."""
        self.do(lambda: self._share(self.person), *words)

    def press(self, label: str, *words: str) -> None:
        """Take a choice: by its number where it has one, else by its button."""
        lines = [line for text in self.person.heard for line in text.split("\n") if line.endswith(f". {label}")]
        number = lines[-1].partition(".")[0] if lines else ""
        self.do(lambda: self.person.say(number) if number else self.person.press(label), *words)

    def hear(self, words: str) -> None:
        """Wait for something that holds these words; the first turn of Rasa's own life takes long on a busy machine."""
        seen(lambda: [json.dumps(each, ensure_ascii=False) for each in self._simulator.sent[self._since :]], words, 60)


@pytest.fixture(params=APPS)
def talk(request: pytest.FixtureRequest, transactional_db: None, stack: Stack) -> Talk:
    """Somebody at each platform; it is there before the door, which looks once at what is on."""
    simulator = request.getfixturevalue(APPS[request.param].fixture)
    return Talk(request.param, simulator, request.getfixturevalue("door"))


def test_from_the_greeting_to_erasing(talk: Talk) -> None:
    talk.say("/start demo", "n'est pas anonyme", "un programme, pas une personne")
    talk.say("je veux changer de métier", "dites-le-moi")
    talk.say("y a-t-il un atelier cv bientôt ?", "Atelier CV et lettre de motivation")
    talk.share("Marseille")
    assert until(lambda: Conversation.objects.get().place).startswith("Marseille")
    talk.say("où est la Cité la plus proche ?", "rue des Consuls")
    talk.say("c'est ouvert samedi ?", "pas d'horaires confirmés")
    talk.say("je préfère parler à quelqu'un", "Acceptez-vous")
    talk.press("Oui, partager la conversation", "Votre demande est transmise")
    handoff, camille = Handoff.objects.get(), account("Camille", "marseille")
    assert handoff.channel == talk.name
    states.claim(handoff.pk, camille)
    talk.do(lambda: states.advisor_says(handoff.pk, camille, "Quel métier vous attire ?"), "Camille, de l'équipe")
    talk.hear("Quel métier vous attire ?")
    talk.say("effacer", "Tout effacer ?")
    talk.press("Oui, tout effacer", "votre conversation est effacée")
    for kept in Conversation, Contact, Parcel:
        assert not kept.objects.exists()
