"""The whole thread over Telegram with the real Rasa and actions, a simulated platform, and an advisor."""

from __future__ import annotations

from bot.web.channels import telegram
from bot.web.conversations import states
from bot.web.conversations.models import Conversation, Handoff
from bot.web.desk.models import Advisor
from tests.web.channels.conftest import _settings, platform
from tests.web.channels.simulator import seen
from tests.web.channels.telegram_simulator import Phone, TelegramSimulator
from tests.web.conftest import Served, until

__all__ = ["_settings", "platform"]


def test_from_the_greeting_to_erasing(platform: TelegramSimulator, door: Served) -> None:
    phone = Phone(platform, door.url, telegram._secret())

    def hear(words: str) -> str:
        return seen(lambda: phone.heard, words, seconds=20)

    phone.say("/start")
    hear("Telegram n'est pas anonyme")
    until(lambda: len(phone.heard) > 1, seconds=20)
    phone.say("je veux changer de métier, je suis à Marseille")
    hear("Cité des métiers de Marseille")
    phone.say("c'est ouvert samedi ?")
    hear("pas d'horaires confirmés")
    phone.share(45.7640431, 4.8356592)
    until(lambda: Conversation.objects.get().place.startswith("Lyon"), seconds=20)
    phone.say("je préfère parler à quelqu'un")
    hear("Acceptez-vous")
    phone.press("Oui, partager la conversation")
    handoff = until(lambda: Handoff.objects.first(), seconds=20)
    camille = Advisor.objects.create_user("camille", password="a long password", first_name="Camille")
    states.claim(handoff.pk, camille)
    states.advisor_says(handoff.pk, camille, "Quel métier vous attire ?")
    hear("Camille, de l'équipe :\nQuel métier vous attire ?")
    phone.say("effacer")
    hear("Tout effacer ?")
    phone.press("Oui, tout effacer")
    hear("votre conversation est effacée")
    assert not Conversation.objects.exists()
