"""The whole thread over Telegram: real HTTP, the real door, a simulated platform and a fake Rasa."""

from __future__ import annotations

import time
from typing import Any

import pytest

from bot.web.channels import addresses, outbox
from bot.web.channels.models import Contact, Note, Parcel, Received
from bot.web.conversations import states
from bot.web.conversations.models import Conversation, Handoff, Message
from bot.web.desk.models import Advisor
from tests.web.conftest import until
from tests.web.fake_rasa import FakeRasa, said
from tests.web.kept import kept

from .simulator import seen
from .telegram_simulator import Phone, TelegramSimulator

pytestmark = pytest.mark.django_db(transaction=True)


def hear(phone: Phone, words: str) -> str:
    return seen(lambda: phone.heard, words)


def test_from_the_greeting_to_erasing(
    phone: Phone, rasa: FakeRasa, platform: TelegramSimulator, monkeypatch: pytest.MonkeyPatch
) -> None:
    phone.say("/start")
    notice = hear(phone, "Telegram n'est pas anonyme")
    assert len(notice.split("\n")) == 2 and "https://bot.example/write/" in notice
    hear(phone, "Bonjour, je suis un assistant automatique.")
    assert phone.press("Changer de métier").status_code == 200
    hear(phone, "Réponse à : /change_job")
    assert len(platform.answered) == 1
    phone.say("je suis à Marseille")
    cards = hear(phone, "La Cité la plus proche")
    assert "4 rue des Consuls\nHoraires non confirmés\nTéléphone : +33 4 96 11 62 70" in cards
    assert "S'inscrire : https://www.example.org/forum" in cards
    assert "Ajouter à mon calendrier : https://bot.example/agenda/marseille/" in cards
    assert "javascript" not in cards
    phone.share(43.2961234, 5.3699876)
    until(lambda: any("/inform" in message for message in rasa.messages))
    place = next(message for message in rasa.messages if message.startswith("/inform"))
    assert '"name": "Marseille"' in place and "5.3699" not in place
    week = {"kind": "week", "caption": "Horaires", "columns": ["Jour", "Accueil"],
            "rows": [{"day": "lundi", "hours": ["9 h – 17 h"], "today": True}]}  # fmt: skip
    forum = {"kind": "event", "title": "Forum", "when": "mardi", "calendar": "agenda/demo/k/s.ics"}
    with monkeypatch.context() as answers:
        answers.setattr(rasa, "answer", lambda message, metadata: [said("Voici.", custom={"cards": [week, forum]})])
        phone.say("c'est ouvert quand, et qu'y a-t-il ?")
        shown = hear(phone, "Horaires\nlundi : 9 h – 17 h\n\nForum\nmardi\n")
        assert shown.endswith("Ajouter à mon calendrier : https://bot.example/agenda/demo/k/s.ics")
    phone.say("Parler à quelqu'un, voici mon numéro : 06 12 34 56 78")
    hear(phone, "nous avons masqué un numéro de téléphone")
    assert not any("06 12" in message for message in rasa.messages)
    phone.say("je préfère parler à quelqu'un")
    hear(phone, "Acceptez-vous")
    phone.press("Oui")
    hear(phone, "Votre demande est transmise")
    camille = Advisor.objects.create_user("camille", password="x", first_name="Camille")
    handoff = Handoff.objects.get()
    states.claim(handoff.pk, camille)
    states.advisor_says(handoff.pk, camille, "Quel métier vous attire ?")
    assert hear(phone, "Quel métier vous attire ?") == "Camille, de l'équipe :\nQuel métier vous attire ?"
    phone.say("Effacer !")
    hear(phone, "Tout effacer ?")
    phone.press("Oui, tout effacer")
    hear(phone, "votre conversation est effacée")
    until(lambda: not Note.objects.exists())
    assert not Conversation.objects.exists() and not Contact.objects.exists() and not Parcel.objects.exists()


def test_each_thing_is_heard_once_and_in_order(phone: Phone) -> None:
    for number in range(6):
        phone.say(f"n{number}")
    hear(phone, "Réponse à : n5")
    assert phone.heard[1:] == [f"Réponse à : n{number}" for number in range(6)]


@pytest.mark.parametrize("number", [1 - 2**62, 0, 700_000_001, 2**62 - 2])
def test_the_number_of_an_update_keeps_its_order_and_its_gaps_only(number: int, settings: Any) -> None:
    kept_as = [addresses.event_number("telegram", each) for each in (number, number + 1)]
    assert kept_as[1] - kept_as[0] == 1 and kept_as[1] < 2**63
    settings.CHANNEL_KEY = "another key"
    assert addresses.event_number("telegram", number) not in kept_as


def test_nothing_that_telegram_knows_is_in_the_database(phone: Phone) -> None:
    phone.say("bonjour")
    hear(phone, "Réponse à : bonjour")
    until(lambda: not Parcel.objects.exclude(step="sent").exists())
    stored = kept()
    assert b"bonjour" in stored
    for secret in (b"4815162342", b"Augusta", b"ada_l", b"700000001"):
        assert secret not in stored
    contact = Contact.objects.get()
    assert addresses.unseal(contact.address) == "4815162342"
    assert contact.user_hash != addresses.user_hash("sms", "4815162342")
    assert [parcel.body for parcel in Parcel.objects.all()] == [{}, {}]


def test_a_repeated_update_is_none(phone: Phone, rasa: FakeRasa) -> None:
    update = phone.message(text="bonjour")
    for _ in range(3):
        assert phone.deliver(update).status_code == 200
    hear(phone, "Réponse à : bonjour")
    assert rasa.messages == ["bonjour"]
    Conversation.objects.all().delete()
    phone.deliver(update)
    assert not Conversation.objects.exists()


@pytest.mark.parametrize("header", ["", "wrong", "é"])
def test_without_the_secret_nothing_is_stored(phone: Phone, header: str) -> None:
    headers: Any = {"X-Telegram-Bot-Api-Secret-Token": header.encode()}
    assert phone.deliver(phone.message(text="bonjour"), **headers).status_code == 403
    assert not Received.objects.exists() and not Conversation.objects.exists()


def test_updates_out_of_order_are_put_right(phone: Phone, rasa: FakeRasa) -> None:
    phone.say("premier")
    hear(phone, "premier")
    second, third, fourth = (phone.message(text=text) for text in ("deuxième", "troisième", "quatrième"))
    for update in (fourth, third, second):
        phone.deliver(update)
    hear(phone, "quatrième")
    assert rasa.messages == ["premier", "deuxième", "troisième", "quatrième"]
    typed = Message.objects.filter(author="person").values_list("text", flat=True)
    assert list(typed) == rasa.messages


def test_an_edit_replaces_what_waits_and_adds_to_what_was_answered(phone: Phone, rasa: FakeRasa) -> None:
    rasa.stop()
    typo = phone.message(text="je cherche un metié")
    phone.deliver(typo)
    again = {**typo["message"], "edit_date": 2, "text": "je cherche un métier"}
    until(lambda: Conversation.objects.filter(lease_until=None, messages__attempts__gt=0).exists())
    phone.deliver({"update_id": next(phone.simulator.updates), "edited_message": again})
    rasa.start()
    hear(phone, "Réponse à : je cherche un métier")
    assert rasa.messages == ["je cherche un métier"]
    phone.deliver({"update_id": next(phone.simulator.updates), "edited_message": {**again, "text": "un métier ?"}})
    hear(phone, "Réponse à : un métier ?")


def test_a_live_location_that_moves_says_nothing(phone: Phone, rasa: FakeRasa) -> None:
    moved = phone.message("edited_message", location={"latitude": 1.0, "longitude": 2.0, "live_period": 900})
    assert phone.deliver(moved).status_code == 200
    assert not Conversation.objects.exists()


def test_a_place_without_a_town_is_told(phone: Phone) -> None:
    phone.share(0.0, -30.0)
    hear(phone, "Nous ne trouvons pas de ville")


@pytest.mark.parametrize("content", [{"photo": [{"file_id": "x"}], "caption": "mon CV"}, {"voice": {"file_id": "x"}}])
def test_pictures_and_voices_are_refused_politely(phone: Phone, rasa: FakeRasa, content: dict[str, Any]) -> None:
    phone.deliver(phone.message(**content))
    hear(phone, "L'assistant lit seulement les textes.")
    assert rasa.messages == []
    assert not Message.objects.filter(text__contains="CV").exists()


def test_commands_in_any_language(phone: Phone, rasa: FakeRasa) -> None:
    phone.say("/aide")
    hear(phone, "Écrivez votre question avec vos mots")
    phone.say("/langue")
    hear(phone, "Dans quelle langue")
    phone.press("English")
    hear(phone, "we go on in English")
    phone.say("/idioma pt")
    hear(phone, "continuamos em português")
    phone.say("/nothing")
    hear(phone, "Esse comando não existe")
    phone.say('/inform{"place": "x"}')
    hear(phone, "Réponse à : inform{")
    phone.say("erase")
    hear(phone, "Apagar tudo?")
    phone.press("Não, guardar")
    hear(phone, "nada foi apagado")
    assert Conversation.objects.count() == 1


def test_starting_again_begins_anew(phone: Phone, rasa: FakeRasa) -> None:
    phone.say("/start demo")
    hear(phone, "je suis un assistant")
    assert Conversation.objects.get().page_cite == "demo"
    phone.say("bonjour")
    hear(phone, "Réponse à : bonjour")
    phone.say("/start")
    hear(phone, "On recommence.")


def test_a_group_is_refused_once_then_left(phone: Phone, platform: TelegramSimulator) -> None:
    phone.chat = {"id": -1001, "type": "supergroup", "title": "Class 3B"}
    phone.say("/start")
    assert "ne répond pas dans les groupes" in platform.texts(-1001)[0]
    phone.say("hello?")
    assert len(platform.texts(-1001)) == 1
    assert platform.left == [-1001]
    assert not Conversation.objects.exists() and not Contact.objects.exists()


def test_who_blocks_us_is_forgotten(phone: Phone, platform: TelegramSimulator, rasa: FakeRasa) -> None:
    phone.say("bonjour")
    hear(phone, "Réponse à : bonjour")
    phone.block()
    assert not Contact.objects.exists()
    assert Message.objects.order_by("-seq")[0].text.startswith("Cette personne ne peut plus être jointe")


def test_a_refusal_by_telegram_forgets_the_address_too(phone: Phone, platform: TelegramSimulator) -> None:
    phone.say("bonjour")
    hear(phone, "Réponse à : bonjour")
    platform.blocked.add(phone.user)
    phone.say("encore")
    until(lambda: not Contact.objects.exists())


@pytest.mark.parametrize(
    "update", [{"poll": {"id": "1"}}, {"message": "x"}, {"message": {"chat": 3}}, {}, {"é" * 90: 1}, {"message": []}]
)
def test_what_is_unknown_is_passed_over(phone: Phone, update: dict[str, Any], caplog: pytest.LogCaptureFixture) -> None:
    number = next(phone.simulator.updates)
    assert phone.deliver({"update_id": number, **update}).status_code == 200
    assert not Conversation.objects.exists()
    assert "é" not in caplog.text


def test_an_old_button_is_told(phone: Phone, platform: TelegramSimulator) -> None:
    phone.say("/start")
    hear(phone, "je suis un assistant")
    Conversation.objects.all().delete()
    phone.press("Changer de métier")
    hear(phone, "Ce choix n'est plus proposé")


def test_a_text_that_is_too_long_is_told(phone: Phone) -> None:
    phone.say("mot " * 1000)
    hear(phone, "Votre message est trop long : 2000 caractères au plus.")


def test_who_writes_too_fast_is_told_once_and_keeps_nobody_waiting(
    phone: Phone, rasa: FakeRasa, platform: TelegramSimulator
) -> None:
    rasa.delay = 0.05
    for number in range(40):
        assert phone.say(f"n{number}").status_code == 200
    other = Phone(platform, str(phone._http.base_url), phone._http.headers["X-Telegram-Bot-Api-Secret-Token"], 42)
    start = time.monotonic()
    other.say("bonjour")
    hear(other, "Réponse à : bonjour")
    assert time.monotonic() - start < 3
    assert len([text for text in phone.heard if "trop vite" in text]) <= 1
    hear(phone, "trop vite")
    assert len(rasa.messages) < 40


def test_a_reply_longer_than_a_message_comes_in_several(phone: Phone, rasa: FakeRasa) -> None:
    long = "Une phrase de vingt-cinq ! " * 400
    rasa.answer = lambda message, metadata: [said(long)]
    phone.say("bonjour")
    until(lambda: len(phone.heard) == 4)
    assert " ".join(phone.heard[1:]) == long.strip()
    assert all(text.endswith("!") for text in phone.heard[1:])
    assert outbox.dead_letters() == []
