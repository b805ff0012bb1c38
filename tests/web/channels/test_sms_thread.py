"""The whole thread over text messages, and WhatsApp by Twilio: nothing to press, choices by number."""

from __future__ import annotations

from typing import Any

import httpx
import pytest

from bot.web.channels import outbox, reasons, twilio
from bot.web.channels.capabilities import is_gsm
from bot.web.channels.models import Contact, Parcel, Received
from bot.web.channels.platform import TryLater
from bot.web.channels.twilio import room, simple
from bot.web.conversations import states
from bot.web.conversations.models import Conversation, Handoff, Message
from bot.web.desk.models import Advisor
from tests.web.conftest import Served, until
from tests.web.fake_rasa import FakeRasa, said

from .simulator import seen
from .twilio_simulator import TOKEN, Handset, TwilioSimulator

pytestmark = pytest.mark.django_db(transaction=True)


def hear(handset: Handset, words: str) -> str:
    return seen(lambda: handset.heard, words)


def test_from_the_greeting_to_erasing(handset: Handset, rasa: FakeRasa) -> None:
    handset.say("/start")
    hear(handset, "SMS n'est pas anonyme")
    greeting = hear(handset, "je suis un assistant automatique.")
    assert greeting.endswith("1. Changer de métier\n2. Parler à quelqu'un")
    handset.say("1")
    hear(handset, "Réponse à : /change_job")
    handset.say("je suis à Marseille")
    assert "S'inscrire : https://www.example.org/forum" in hear(handset, "La Cité la plus proche")
    handset.say("je préfère parler à quelqu'un")
    hear(handset, "1. Oui\n2. Non")
    handset.say(" 1. ")
    waiting = hear(handset, "Votre demande est transmise")
    assert "1. Revenir à l'assistant" in waiting
    camille = Advisor.objects.create_user("camille", password="x", first_name="Camille")
    handoff = Handoff.objects.get()
    states.claim(handoff.pk, camille)
    states.advisor_says(handoff.pk, camille, "Quel métier vous attire ?")
    hear(handset, "Camille, de l'équipe :\nQuel métier vous attire ?")
    handset.say("EFFACER")
    hear(handset, "1. Oui, tout effacer\n2. Non, garder")
    handset.say("1")
    hear(handset, "votre conversation est effacée")
    assert not Conversation.objects.exists() and not Contact.objects.exists()


def test_a_number_answers_only_the_choices_just_shown(handset: Handset, rasa: FakeRasa) -> None:
    handset.say("/start")
    hear(handset, "2. Parler à quelqu'un")
    handset.say("3")
    hear(handset, "Réponse à : 3")
    handset.say("j'ai deux enfants")
    hear(handset, "Réponse à : j'ai deux enfants")
    handset.say("2")
    hear(handset, "Réponse à : 2")
    assert "/talk_to_advisor" not in rasa.messages


@pytest.mark.parametrize(
    ("typed", "heard"),
    [("oui", "votre conversation est effacée"), ("Oui, tout effacer !", "votre conversation est effacée"),
     ("Non.", "rien n'est effacé"), ("non garder", "rien n'est effacé")],
)  # fmt: skip
def test_what_the_house_asks_is_answered_in_words_too(
    handset: Handset, rasa: FakeRasa, typed: str, heard: str
) -> None:
    """As the list of numbers says; Rasa knows nothing of that question."""
    handset.say("EFFACER")
    hear(handset, "1. Oui, tout effacer\n2. Non, garder")
    handset.say(typed)
    hear(handset, heard)
    assert rasa.messages == []


def test_a_language_is_chosen_by_its_name(handset: Handset, rasa: FakeRasa) -> None:
    handset.say("/langue")
    hear(handset, "Português")
    handset.say("portugues")
    hear(handset, "continuamos em português")


def test_a_yes_to_something_else_erases_nothing(handset: Handset, rasa: FakeRasa) -> None:
    handset.say("effacer")
    hear(handset, "Oui, tout effacer")
    handset.say("je suis à Marseille")
    hear(handset, "La Cité la plus proche")
    handset.say("oui")
    hear(handset, "Réponse à : oui")
    assert Conversation.objects.count() == 1


def handed_over(handset: Handset) -> tuple[Handoff, Advisor]:
    """An advisor has taken the request of somebody, who reads how to go back."""
    handset.say("je préfère parler à quelqu'un")
    hear(handset, "1. Oui")
    handset.say("1")
    hear(handset, "1. Revenir à l'assistant")
    handoff, camille = Handoff.objects.get(), Advisor.objects.create_user("camille", password="x", first_name="Camille")
    states.claim(handoff.pk, camille)
    hear(handset, "Camille")
    return handoff, camille


def test_a_number_answers_the_advisor_who_asks_for_one(handset: Handset, rasa: FakeRasa) -> None:
    handoff, camille = handed_over(handset)
    states.advisor_says(handoff.pk, camille, "Depuis combien d'années ?")
    hear(handset, "Depuis combien d'années ?")
    handset.say("1")
    until(lambda: Message.objects.filter(author="person", text="1").exists())
    handoff.refresh_from_db()
    assert handoff.state == "live"


@pytest.mark.parametrize("answers", [False, True])
def test_who_wants_to_go_back_says_so(handset: Handset, rasa: FakeRasa, answers: bool) -> None:
    handoff, camille = handed_over(handset)
    if answers:
        states.advisor_says(handoff.pk, camille, "Depuis combien d'années ?")
        hear(handset, "Depuis combien d'années ?")
    handset.say("revenir a l'assistant" if answers else "1")
    until(lambda: Conversation.objects.get().speaker == "bot")


def test_two_lists_of_one_turn_are_numbered_on(handset: Handset, rasa: FakeRasa) -> None:
    yes = [{"title": "Oui", "payload": "/affirm"}]
    rasa.answer = lambda message, metadata: [said("Un ?", buttons=yes), said("Deux ?", buttons=yes)]
    handset.say("bonjour")
    hear(handset, "1. Oui")
    hear(handset, "2. Oui")
    handset.say("2")
    until(lambda: rasa.messages == ["bonjour", "/affirm"])


def test_a_wrong_signature_stores_nothing(handset: Handset) -> None:
    assert handset.deliver(handset.form("bonjour"), token="another").status_code == 403
    tampered = handset._http.post(handset.path, content="Body=x", headers={"X-Twilio-Signature": "x" * 28})
    assert tampered.status_code == 403
    assert handset._http.post(handset.path, content=b"\xff\xfe", headers={}).status_code == 403
    assert not Received.objects.exists() and not Conversation.objects.exists()


def test_a_repeated_message_is_none(handset: Handset, rasa: FakeRasa) -> None:
    form = handset.form("bonjour")
    for _ in range(3):
        handset.deliver(form)
    hear(handset, "Réponse à : bonjour")
    assert rasa.messages == ["bonjour"]


@pytest.mark.parametrize(
    ("typed", "answered"),
    [("STOP", False), (" stop ", False), ("Stop !", True), ("Arrêt", True), ("ARRET", True), ("Arrêtez.", True),
     ("Stop messages", True), ("No más mensajes", True), ("PARAR", True), ("Basta!", True), ("Sair", True)],
)  # fmt: skip
def test_who_wants_no_more_gets_no_more(
    handset: Handset, twilio: TwilioSimulator, rasa: FakeRasa, typed: str, answered: bool
) -> None:
    handset.say("bonjour")
    hear(handset, "Réponse à : bonjour")
    handset.say(typed)
    assert not Contact.objects.exists()
    assert [("plus de message" in text) for text in handset.answers] == [True] * answered
    handset.say("rebonjour")
    hear(handset, "Réponse à : rebonjour")
    assert Conversation.objects.count() == 2


def test_a_yes_is_an_answer_even_where_twilio_reads_it_as_a_wish_for_messages(handset: Handset, rasa: FakeRasa) -> None:
    handset.say("je préfère parler à quelqu'un")
    hear(handset, "1. Oui")
    handset.say("YES", OptOutType="START")
    hear(handset, "Réponse à : YES")


@pytest.mark.parametrize(
    "typed", ["arrêt de travail", "je veux arrêter mes études", "baja laboral", "baja", "sair do emprego"]
)
def test_a_sentence_that_only_begins_like_it_is_no_wish_for_silence(
    handset: Handset, rasa: FakeRasa, typed: str
) -> None:
    handset.say(typed)
    hear(handset, f"Réponse à : {typed}")
    assert handset.answers == []


def test_the_word_of_an_account_s_own_is_answered_by_twilio(handset: Handset, rasa: FakeRasa) -> None:
    """As https://www.twilio.com/docs/messaging/tutorials/advanced-opt-out tells: `OptOutType`, whatever was typed."""
    handset.say("bonjour")
    hear(handset, "Réponse à : bonjour")
    handset.say("BAJA", OptOutType="STOP")
    assert not Contact.objects.exists() and handset.answers == []


def test_on_whatsapp_twilio_answers_no_stop_but_its_own(served: Served, twilio: TwilioSimulator) -> None:
    """Its default words are those of text messages; on WhatsApp only an account's opt-out is answered there."""
    for more, answers in ({}, 1), ({"OptOutType": "STOP"}, 0):
        ada = Handset(twilio, served.url, "twilio-whatsapp", "whatsapp:+33612345678")
        ada.say("STOP", **more)
        assert len(ada.answers) == answers and not Contact.objects.exists()


@pytest.mark.parametrize(("typed", "more"), [("START", {"OptOutType": "START"}), ("Unstop", {})])
def test_who_wants_messages_again_begins_anew(
    handset: Handset, rasa: FakeRasa, typed: str, more: dict[str, str]
) -> None:
    handset.say(typed, **more)
    hear(handset, "je suis un assistant automatique.")
    assert rasa.messages == ["/greet"]


def test_an_unsubscribed_number_is_forgotten(handset: Handset, twilio: TwilioSimulator, rasa: FakeRasa) -> None:
    twilio.unsubscribed.add(handset.number)
    handset.say("bonjour")
    until(lambda: Conversation.objects.exists() and not Contact.objects.exists())
    assert twilio.sent == []


def test_what_twilio_could_not_deliver_is_a_dead_letter(handset: Handset, twilio: TwilioSimulator) -> None:
    handset.say("bonjour")
    hear(handset, "Réponse à : bonjour")
    until(lambda: not Parcel.objects.exclude(step="sent").exists())
    handset.status(twilio.sent[0]["sid"], "delivered")
    assert outbox.dead_letters() == []
    for _ in range(2):
        handset.status(twilio.sent[1]["sid"], "undelivered", ErrorCode="30005")
    [letter] = outbox.dead_letters()
    assert (letter.platform, letter.reason, letter.can_retry) == ("sms", "30005", False)
    assert not outbox.try_again(letter.id)
    handset.status("SM" + "f" * 32, "failed")
    assert len(outbox.dead_letters()) == 1


def test_what_is_lost_before_the_door_knows_that_it_was_taken_is_a_dead_letter_too(
    handset: Handset, twilio: TwilioSimulator
) -> None:
    """Twilio tells of some failures at once: its call comes before its own answer to ours has been noted."""
    twilio.bounces = Handset(twilio, str(handset._http.base_url))
    handset.say("bonjour")
    [letter] = until(outbox.dead_letters)
    assert (letter.reason, reasons.kind(letter.reason)) == ("undelivered", "unknown")
    hear(handset, "Réponse à : bonjour")
    until(lambda: [parcel.step for parcel in Parcel.objects.all()] == ["dead", "sent"])


def test_a_failure_told_at_the_very_moment_of_sending_is_not_missed(
    handset: Handset, twilio: TwilioSimulator, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The door notes that it was sent between the two halves of noting that it was not."""
    handset.say("bonjour")
    hear(handset, "Réponse à : bonjour")
    until(lambda: not Parcel.objects.exclude(step="sent").exists())
    sid, kept = twilio.sent[1]["sid"], Parcel.objects.order_by("seq")[1].sent_hash
    Parcel.objects.filter(sent_hash=kept).update(sent_hash="")
    bounced, tries = outbox.bounced, []

    def just_then(*told: str) -> bool:
        tries.append(bounced(*told))
        Parcel.objects.filter(step="sent", sent_hash="").update(sent_hash=kept)
        return tries[-1]

    monkeypatch.setattr(outbox, "bounced", just_then)
    handset.status(sid, "failed", ErrorCode="30005")
    assert tries == [False, True] and [letter.reason for letter in outbox.dead_letters()] == ["30005"]


def test_twilio_asks_for_a_pause(handset: Handset, twilio: TwilioSimulator) -> None:
    twilio.trouble.statuses = [500, 429]
    handset.say("bonjour")
    hear(handset, "Réponse à : bonjour")
    assert len(handset.heard) == 2


@pytest.mark.parametrize("more", [{"NumMedia": "1", "MediaUrl0": "https://x.example"}, {}])
def test_what_has_no_words_is_refused_politely(handset: Handset, more: dict[str, str]) -> None:
    handset.say("", **more)
    hear(handset, "L'assistant lit seulement les textes.")


def test_the_first_word_is_in_the_language_of_the_country(handset: Handset) -> None:
    handset.say("", FromCountry="IT")
    hear(handset, "SMS non è anonimo")


def test_on_whatsapp_it_is_that_of_the_number(served: Served, twilio: TwilioSimulator) -> None:
    """Twilio tells the country with text messages only."""
    ada = Handset(twilio, served.url, "twilio-whatsapp", "whatsapp:+393331234567")
    form = ada.form("buongiorno")
    del form["FromCountry"]
    ada.deliver(form)
    hear(ada, "WhatsApp non è anonimo")


def test_the_house_s_signs_fit_the_gsm_alphabet_where_the_letters_do() -> None:
    assert simple("L’été – à 9 h… « oui »") == "L'été - à 9 h... \"oui\""
    assert simple("la fenêtre – là") == "la fenêtre – là"
    assert is_gsm(simple("L’été")) and room("L’été") == 5
    assert room("ê" * 700) == 1599


def test_long_answers_stay_within_what_twilio_takes(handset: Handset, rasa: FakeRasa) -> None:
    long = "La fenêtre est ouverte. " * 100
    rasa.answer = lambda message, metadata: [said(long)]
    handset.say("bonjour")
    until(lambda: len(handset.heard) == 5)
    assert " ".join(handset.heard[1:]) == long.strip()
    assert all(len(text) <= 700 and text.endswith(".") for text in handset.heard[1:])


def test_whatsapp_by_twilio_takes_locations(served: Served, twilio: TwilioSimulator, rasa: FakeRasa) -> None:
    ada = Handset(twilio, served.url, "twilio-whatsapp", "whatsapp:+33612345678")
    ada.say("", Latitude="48.8566", Longitude="2.3522", ProfileName="Ada", WaId="33612345678")
    hear(ada, "WhatsApp n'est pas anonyme")
    until(lambda: rasa.messages)
    assert '"name": "Paris"' in rasa.messages[0]
    ada.say("", Latitude="inf", Longitude="x")
    assert Message.objects.filter(author="person").get().text == "Je suis près de : Paris"
    other = Handset(twilio, served.url, "sms", "+33612345678")
    other.say("bonjour")
    assert Conversation.objects.count() == 2


@pytest.mark.parametrize("form", [{"Body": "x"}, {"MessageSid": "SM1", "Body": "x"}, {}])
def test_a_form_out_of_shape_is_passed_over(handset: Handset, form: dict[str, Any]) -> None:
    response = handset._http.post(
        handset.path,
        data=form,
        headers={"X-Twilio-Signature": _signature(handset.path, form)},
    )
    assert response.status_code == 200
    assert not Conversation.objects.exists()


def _signature(path: str, form: dict[str, str]) -> str:
    from twilio.request_validator import RequestValidator

    return str(RequestValidator(TOKEN).compute_signature(f"https://bot.example{path}", form))


@pytest.mark.parametrize(("told", "after"), [("7", 7.0), ("²", None), ("soon", None)])
def test_only_a_number_of_seconds_is_waited_for(told: str, after: float | None) -> None:
    refused = httpx.Response(429, headers={"Retry-After": told.encode()})
    failure = twilio._failure(refused, None)
    assert isinstance(failure, TryLater) and failure.after == after
