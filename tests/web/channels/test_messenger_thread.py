"""The whole thread over Messenger: real HTTP, the real door, a simulated Send API and a fake Rasa."""

from __future__ import annotations

from typing import Any

import pytest

from bot.web.channels import outbox
from bot.web.channels.models import Contact, Note, Parcel, Received
from bot.web.conversations import states
from bot.web.conversations.models import Conversation, Handoff, Message
from bot.web.desk.models import Advisor
from tests.web.conftest import until
from tests.web.fake_rasa import FakeRasa, said

from .messenger_simulator import Friend, MessengerSimulator
from .simulator import seen

pytestmark = pytest.mark.django_db(transaction=True)


def hear(friend: Friend, words: str) -> str:
    return seen(lambda: friend.heard, words)


def test_from_the_greeting_to_erasing(friend: Friend, rasa: FakeRasa) -> None:
    friend.tap("start", referral={"ref": "demo", "source": "SHORTLINK", "type": "OPEN_THREAD"})
    assert "https://bot.example/write/" in hear(friend, "Messenger n'est pas anonyme")
    hear(friend, "Bonjour, je suis un assistant automatique.")
    assert Conversation.objects.get().page_cite == "demo"
    friend.press("Changer de métier")
    hear(friend, "Réponse à : /change_job")
    friend.say("je suis à Marseille")
    hear(friend, "Cité des métiers de Marseille\nForum")
    friend.say("je préfère parler à quelqu'un")
    hear(friend, "Acceptez-vous")
    friend.press("Oui")
    hear(friend, "Votre demande est transmise")
    camille = Advisor.objects.create_user("camille", password="x", first_name="Camille")
    handoff = Handoff.objects.get()
    states.claim(handoff.pk, camille)
    states.advisor_says(handoff.pk, camille, "Quel métier vous attire ?")
    assert hear(friend, "Quel métier") == "Camille, de l'équipe :\nQuel métier vous attire ?"
    friend.tap("effacer")
    hear(friend, "Tout effacer ?")
    friend.press("Oui, tout effacer")
    hear(friend, "votre conversation est effacée")
    until(lambda: not Note.objects.exists())
    assert not Conversation.objects.exists() and not Contact.objects.exists() and not Parcel.objects.exists()


def test_cards_stand_beside_each_other_and_lose_nothing(
    friend: Friend, rasa: FakeRasa, messenger: MessengerSimulator
) -> None:
    friend.say("je suis à Marseille")
    hear(friend, "Cité des métiers de Marseille\nForum")
    text, cards = (each["message"] for each in messenger.to(friend.user)[-2:])
    assert text["text"].startswith("La Cité la plus proche de Marseille :\n\nAtelier <b>CV</b>\nmardi 24 novembre")
    cite, forum = cards["attachment"]["payload"]["elements"]
    assert cite["subtitle"] == "Marseille · à 1,2 km · 4 rue des Consuls · Horaires non confirmés"
    assert [(each["title"], each.get("payload") or each["url"]) for each in cite["buttons"]] == [
        ("Appeler", "+33496116270"),
        ("Voir sur la carte", "https://www.example.org/map"),
        ("Site internet", "https://www.example.org/marseille"),
    ]
    assert [each["title"] for each in forum["buttons"]] == ["S'inscrire", "Dans mon calendrier"]
    assert "Mercredi" not in text["text"] and "Salle 1" in forum["subtitle"] + text["text"]


def test_many_cards_with_choices(friend: Friend, rasa: FakeRasa, messenger: MessengerSimulator) -> None:
    cards = [{"kind": "event", "title": f"Atelier {n}", "more": "", "url": "https://x.example"} for n in range(12)]
    again = [{"title": "Encore", "payload": "/more"}]
    rasa.answer = lambda message, metadata: [said("Voici.", custom={"cards": cards}, buttons=again)]
    friend.say("bonjour")
    until(lambda: len(messenger.sent) == 4)
    sizes = [len(each["message"]["attachment"]["payload"]["elements"]) for each in messenger.sent[2:]]
    assert sizes == [10, 2]
    friend.press("Encore")
    until(lambda: rasa.messages == ["bonjour", "/more"])


def test_fourteen_choices_are_numbered_after_the_cards(friend: Friend, rasa: FakeRasa) -> None:
    card = {"kind": "event", "title": "Forum", "url": "https://x.example"}
    many = [{"title": f"Ville {n}", "payload": f"/town{n}"} for n in range(1, 15)]
    rasa.answer = lambda message, metadata: [said("Voici.", custom={"cards": [card]}, buttons=many)]
    friend.say("bonjour")
    hear(friend, "14. Ville 14")
    assert friend.heard[1:3] == ["Voici.", "Forum"]
    friend.say("14")
    until(lambda: rasa.messages == ["bonjour", "/town14"])


def test_echoes_receipts_and_other_apps_threads_are_nothing_to_us(friend: Friend, rasa: FakeRasa) -> None:
    echo = friend.message(text="bonjour", is_echo=True, app_id=1)
    friend.deliver(echo, friend.event(read={"watermark": 1}), friend.event(delivery={"mids": ["m_1"], "watermark": 1}))
    friend.deliver(friend.message(text="bonjour"), box="standby")
    assert not Received.objects.exists()
    friend.deliver(friend.message(text="bonjour"), page="1")
    friend.deliver(friend.event(pass_thread_control={"new_owner_app_id": "1"}), friend.event(reaction={"emoji": "x"}))
    assert Received.objects.count() == 3 and not Conversation.objects.exists()


def test_all_events_of_a_batch_and_each_once(friend: Friend, rasa: FakeRasa) -> None:
    events = [friend.message(text="un"), {"message": {"mid": 3}}, friend.message(text="deux")]
    for _ in range(2):
        friend.deliver(*events)
    hear(friend, "Réponse à : deux")
    assert rasa.messages == ["un", "deux"]


def test_an_edit_is_a_message_more_once_it_was_answered(friend: Friend, rasa: FakeRasa) -> None:
    first = friend.message(text="je cherche un metié")
    friend.deliver(first)
    hear(friend, "Réponse à : je cherche un metié")
    edit = {"mid": first["message"]["mid"], "text": "je cherche un métier", "num_edit": 1}
    for _ in range(2):
        friend.deliver(friend.event(message_edit=edit))
    hear(friend, "Réponse à : je cherche un métier")
    assert rasa.messages == ["je cherche un metié", "je cherche un métier"]


@pytest.mark.parametrize("content", [{"attachments": [{"type": "image", "payload": {"url": "https://x.example"}}]}])
def test_pictures_are_refused_politely(friend: Friend, rasa: FakeRasa, content: dict[str, Any]) -> None:
    friend.deliver(friend.message(**content))
    hear(friend, "L'assistant lit seulement les textes.")
    assert rasa.messages == []


def test_a_link_to_another_cite_begins_anew(friend: Friend, rasa: FakeRasa) -> None:
    friend.say("bonjour")
    hear(friend, "Réponse à : bonjour")
    friend.deliver(friend.event(referral={"ref": "demo", "source": "SHORTLINK", "type": "OPEN_THREAD"}))
    hear(friend, "On recommence.")


def test_without_the_signature_nothing_is_stored(friend: Friend) -> None:
    assert friend.deliver(friend.message(text="bonjour"), X_Hub_Signature_256="").status_code == 403
    assert not Received.objects.exists() and not Conversation.objects.exists()


def test_who_is_not_there_any_more_is_forgotten(friend: Friend, messenger: MessengerSimulator) -> None:
    messenger.away.add(friend.user)
    friend.say("bonjour")
    until(lambda: Conversation.objects.exists() and not Contact.objects.exists())
    assert Message.objects.filter(text__startswith="Cette personne ne peut plus être jointe").exists()


def test_long_answers_come_in_several(friend: Friend, rasa: FakeRasa) -> None:
    long = "Une phrase de vingt-cinq ! " * 200
    rasa.answer = lambda message, metadata: [said(long)]
    friend.say("bonjour")
    until(lambda: len(friend.heard) == 4)
    assert " ".join(friend.heard[1:]) == long.strip()


def test_faults_lose_nothing(friend: Friend, messenger: MessengerSimulator) -> None:
    messenger.trouble.statuses = [500, 429, 0]
    messenger.errors = [(400, 613, 0), (500, 2, 0), (400, 1200, 0)]
    friend.say("bonjour")
    hear(friend, "Réponse à : bonjour")
    until(lambda: not Parcel.objects.exclude(step="sent").exists())
    assert len(friend.heard) == 2 and outbox.dead_letters() == []
