"""The whole thread over WhatsApp: real HTTP, the real door, a simulated Cloud API and a fake Rasa."""

from __future__ import annotations

from typing import Any

import pytest

from bot.web.channels import outbox
from bot.web.channels.meta import verify_token
from bot.web.channels.models import Contact, Note, Parcel, Received
from bot.web.conversations import states
from bot.web.conversations.models import Conversation, Handoff, Message
from bot.web.desk.models import Advisor
from tests.web.conftest import until
from tests.web.fake_rasa import FakeRasa, said
from tests.web.kept import kept

from .simulator import seen
from .whatsapp_simulator import Mobile, WhatsAppSimulator, batch

pytestmark = pytest.mark.django_db(transaction=True)


def hear(mobile: Mobile, words: str) -> str:
    return seen(lambda: mobile.heard, words)


def test_from_the_greeting_to_erasing(mobile: Mobile, rasa: FakeRasa, whatsapp: WhatsAppSimulator) -> None:
    mobile.say("/start")
    assert "https://bot.example/write/" in hear(mobile, "WhatsApp n'est pas anonyme")
    hear(mobile, "Bonjour, je suis un assistant automatique.")
    mobile.press("Changer de métier")
    hear(mobile, "Réponse à : /change_job")
    mobile.say("je suis à Marseille")
    assert "S'inscrire : https://www.example.org/forum" in hear(mobile, "La Cité la plus proche")
    mobile.share(43.2961234, 5.3699876)
    until(lambda: any("/inform" in message for message in rasa.messages))
    place = next(message for message in rasa.messages if message.startswith("/inform"))
    assert '"name": "Marseille"' in place and "5.3699" not in place
    mobile.say("je préfère parler à quelqu'un")
    hear(mobile, "Acceptez-vous")
    mobile.press("Oui")
    hear(mobile, "Votre demande est transmise")
    camille = Advisor.objects.create_user("camille", password="x", first_name="Camille")
    handoff = Handoff.objects.get()
    states.claim(handoff.pk, camille)
    states.advisor_says(handoff.pk, camille, "Quel métier vous attire ?")
    assert hear(mobile, "Quel métier") == "Camille, de l'équipe :\nQuel métier vous attire ?"
    mobile.say("Effacer")
    hear(mobile, "Tout effacer ?")
    mobile.press("Oui, tout effacer")
    hear(mobile, "votre conversation est effacée")
    until(lambda: not Note.objects.exists())
    assert not Conversation.objects.exists() and not Contact.objects.exists() and not Parcel.objects.exists()


def test_four_choices_open_as_a_list_and_long_ones_are_described(
    mobile: Mobile, rasa: FakeRasa, whatsapp: WhatsAppSimulator
) -> None:
    long = "Oui, partager toute la conversation"
    titles = ["Chercher un métier", "Trouver une formation", "Créer mon entreprise", long]
    buttons = [{"title": title, "payload": f"/choice{number}"} for number, title in enumerate(titles)]
    rasa.answer = lambda message, metadata: [said("Que voulez-vous faire ?", buttons=buttons)]
    mobile.say("bonjour")
    hear(mobile, "Que voulez-vous faire ?")
    action = whatsapp.to(mobile.number)[-1]["interactive"]["action"]
    assert action["button"] == "Choisir"
    row = action["sections"][0]["rows"][3]
    assert (row["title"], row["description"]) == ("Oui, partager toute la…", long)
    mobile.press(long)
    until(lambda: rasa.messages == ["bonjour", "/choice3"])


def test_a_word_longer_than_the_title_of_a_row_is_not_cut(
    mobile: Mobile, rasa: FakeRasa, whatsapp: WhatsAppSimulator
) -> None:
    titles = ["Accompagnement-psychopédagogique", "Trouver une formation", "Créer mon entreprise", "Autre chose"]
    buttons = [{"title": title, "payload": f"/choice{number}"} for number, title in enumerate(titles)]
    rasa.answer = lambda message, metadata: [said("Que voulez-vous faire ?", buttons=buttons)]
    mobile.say("bonjour")
    assert "1. Accompagnement-psychopédagogique\n2. Trouver" in hear(mobile, "Que voulez-vous faire ?")
    mobile.say("1")
    until(lambda: rasa.messages == ["bonjour", "/choice0"])


def test_all_events_of_a_batch_and_each_once(mobile: Mobile, rasa: FakeRasa) -> None:
    one, two, three = (mobile.message("text", {"body": text}) for text in ("un", "deux", "trois"))
    calls = batch({"messages": [one, two]}, {"statuses": [{"id": "x", "status": "sent"}]}, {"messages": [three]})
    for _ in range(2):
        assert mobile.post(calls).status_code == 200
    hear(mobile, "Réponse à : trois")
    assert rasa.messages == ["un", "deux", "trois"]


def test_one_event_out_of_shape_takes_no_other_with_it(
    mobile: Mobile, rasa: FakeRasa, caplog: pytest.LogCaptureFixture
) -> None:
    secret = {"type": "text", "text": {"body": "secret"}, "from": "1", "id": "é"}
    odd: list[Any] = [{}, {"type": "text", "text": 3}, secret]
    far = mobile.message("location", {"latitude": 95, "longitude": "nan"})
    mobile.deliver(*odd, far, mobile.message("reaction", {"emoji": "x"}), mobile.message("text", {"body": "bonjour"}))
    hear(mobile, "Réponse à : bonjour")
    assert rasa.messages == ["bonjour"] and Conversation.objects.count() == 1
    assert Received.objects.count() == 6  # each known again
    assert "secret" not in caplog.text


@pytest.mark.parametrize(
    "call",
    [batch({"messages": [{}]}, phone="1"), batch({"event": "APPROVED"}, field="account_update"), {"object": "user"}],
)
def test_what_is_not_for_us_is_passed_over(mobile: Mobile, call: dict[str, Any]) -> None:
    assert mobile.post(call).status_code == 200
    assert not Conversation.objects.exists()


@pytest.mark.parametrize("signature", ["", "sha256=", "sha1=00", "sha256=" + "0" * 64, "é"])
def test_without_the_signature_nothing_is_stored(mobile: Mobile, signature: str) -> None:
    body = mobile.message("text", {"body": "bonjour"})
    assert mobile.deliver(body, X_Hub_Signature_256=signature).status_code == 403
    assert mobile.post(batch({"messages": [body]}), secret="another").status_code == 403
    assert not Received.objects.exists() and not Conversation.objects.exists()


def test_the_handshake(mobile: Mobile, settings: Any) -> None:
    answer = mobile.shake(mode="subscribe", verify_token=verify_token(), challenge="1158201444")
    assert (answer.status_code, answer.text) == (200, "1158201444")
    assert answer.headers["content-type"].startswith("text/plain")
    for asked in ({"mode": "subscribe", "verify_token": "no"}, {"verify_token": verify_token()}, {}):
        assert mobile.shake(challenge="1", **asked).status_code == 403
    settings.META_VERIFY_TOKEN = "a word of ours"
    assert mobile.shake(mode="subscribe", verify_token="a word of ours", challenge="2").text == "2"


@pytest.mark.parametrize("kind", ["image", "audio", "sticker", "document", "contacts", "unsupported"])
def test_what_is_no_text_is_refused_politely(mobile: Mobile, rasa: FakeRasa, kind: str) -> None:
    mobile.deliver(mobile.message(kind, {"id": "1", "caption": "mon CV"}))
    hear(mobile, "L'assistant lit seulement les textes.")
    assert rasa.messages == [] and not Message.objects.filter(text__contains="CV").exists()


def test_an_old_button_is_told(mobile: Mobile) -> None:
    mobile.choose("button_reply", {"id": "x" * 22, "title": "?"})
    hear(mobile, "Ce choix n'est plus proposé")


def test_messages_out_of_order_are_put_right(mobile: Mobile, rasa: FakeRasa) -> None:
    rasa.delay = 0.5
    mobile.say("premier")
    until(lambda: rasa.messages)
    mobile.deliver(mobile.message("text", {"body": "troisième"}, ago=-20))
    mobile.deliver(mobile.message("text", {"body": "deuxième"}, ago=-10))
    hear(mobile, "troisième")
    assert rasa.messages == ["premier", "deuxième", "troisième"]


def test_who_hides_their_number_is_answered_all_the_same(whatsapp: WhatsAppSimulator, mobile: Mobile) -> None:
    hidden = Mobile(whatsapp, str(mobile.http.base_url), number="", scoped="IT.13491208655302741918")
    hidden.say("bonjour")
    hear(hidden, "WhatsApp non è anonimo")
    until(lambda: Message.objects.filter(author="bot").exists())
    assert all(each["recipient"] == hidden.scoped for each in whatsapp.sent)
    known = Mobile(whatsapp, str(mobile.http.base_url), number="33699999999", scoped=hidden.scoped)
    known.say("c'est encore moi")
    assert Conversation.objects.count() == 1


def test_what_could_not_be_delivered_is_a_dead_letter(mobile: Mobile, whatsapp: WhatsAppSimulator) -> None:
    mobile.say("bonjour")
    hear(mobile, "Réponse à : bonjour")
    until(lambda: not Parcel.objects.exclude(step="sent").exists())
    first, second = (each["id"] for each in whatsapp.sent)
    for status in ("sent", "delivered", "read"):
        mobile.status(first, status)
    assert outbox.dead_letters() == []
    before = Received.objects.count()
    for _ in range(2):
        mobile.status(second, "failed", 131047)
    [letter] = outbox.dead_letters()
    assert (letter.platform, letter.reason, letter.can_retry) == ("whatsapp", "131047", False)
    mobile.status("wamid.unknown", "failed")
    assert len(outbox.dead_letters()) == 1 and Received.objects.count() == before + 2


def test_nothing_that_whatsapp_knows_is_in_the_database(mobile: Mobile, whatsapp: WhatsAppSimulator) -> None:
    mobile.say("bonjour")
    hear(mobile, "Réponse à : bonjour")
    until(lambda: not Parcel.objects.exclude(step="sent").exists())
    stored = kept()
    assert b"bonjour" in stored
    for secret in (mobile.number, "Ada Lovelace", whatsapp.sent[0]["id"]):
        assert secret.encode() not in stored


def test_faults_lose_nothing(mobile: Mobile, whatsapp: WhatsAppSimulator) -> None:
    whatsapp.trouble.statuses = [500, 429, 0]
    whatsapp.errors = [(400, 131056, 0), (400, 130429, 0), (503, 131016, 0)]
    mobile.say("bonjour")
    hear(mobile, "Réponse à : bonjour")
    until(lambda: not Parcel.objects.exclude(step="sent").exists())
    assert len(mobile.heard) == 2 and outbox.dead_letters() == []


def test_a_large_batch_is_taken_and_a_larger_one_is_not(mobile: Mobile, rasa: FakeRasa, settings: Any) -> None:
    pictures = [mobile.message("reaction", {"emoji": "x" * 300_000})]
    assert mobile.deliver(*pictures, mobile.message("text", {"body": "bonjour"})).status_code == 200
    hear(mobile, "Réponse à : bonjour")
    assert mobile.deliver(*(pictures * 11)).status_code == 413


def test_a_flood_of_one_keeps_no_other_waiting(mobile: Mobile, whatsapp: WhatsAppSimulator, rasa: FakeRasa) -> None:
    rasa.delay = 0.05
    mobile.deliver(*(mobile.message("text", {"body": f"n{number}"}) for number in range(40)))
    other = Mobile(whatsapp, str(mobile.http.base_url), "33600000001")
    other.say("bonjour")
    seen(lambda: other.heard, "Réponse à : bonjour", seconds=4)
    hear(mobile, "trop vite")
    assert not any("n35" in message for message in rasa.messages)
