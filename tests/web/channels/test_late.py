"""Answers that come after a platform's window: what goes all the same, what waits, and what the advisor is told."""

from __future__ import annotations

import asyncio
import json
from datetime import timedelta
from typing import Any
from urllib.parse import urlencode

import pytest
from django.db import transaction
from django.utils import timezone

from bot.web.channels import inbox, late, outbox
from bot.web.channels.carrier import Carrier
from bot.web.channels.models import Contact, Parcel
from bot.web.channels.platform import Call, Platform
from bot.web.channels.registry import PLATFORMS
from bot.web.conversations import states, writing
from bot.web.conversations.models import Conversation, Handoff, HandoffState, Message, Speaker
from bot.web.desk.models import Advisor
from tests.web.fake_rasa import FakeRasa
from tests.web.helpers import carry

from .messenger_simulator import Friend, MessengerSimulator
from .meta_simulator import Caller, MetaSimulator
from .twilio_simulator import Handset, TwilioSimulator
from .whatsapp_simulator import TEMPLATE, Mobile, WhatsAppSimulator

pytestmark = pytest.mark.django_db(transaction=True)


class Desk:
    """Somebody who writes, an advisor who answers them, and a platform; nothing runs but what a test does."""

    def __init__(self, platform: Platform, simulator: MetaSimulator | TwilioSimulator) -> None:
        self.platform, self.simulator = platform, simulator
        self.camille = Advisor.objects.create_user("camille", password="x", first_name="Camille")

    def take(self, body: dict[str, Any]) -> None:
        """What the webhook is called with."""
        for event in self.platform.parse(Call("POST", "", {}, {}, json.dumps(body).encode())):
            inbox.take(self.platform, event)

    def send(self) -> None:
        """Send what is due."""

        async def all_due() -> None:
            carrier = Carrier()
            for contact in await asyncio.to_thread(outbox.due, self.platform.name, 10):
                await carrier.run_contact(self.platform, contact)
            await carrier.close()

        asyncio.run(all_due())

    def handed_over(self) -> None:
        """The person asks for an advisor, who takes the conversation; all of that is sent."""
        talk = Conversation.objects.get().pk
        carry(talk)
        Handoff.objects.create(
            conversation_id=talk, state=HandoffState.LIVE, consent=True, from_seq=0, claimed_by=self.camille
        )
        Conversation.objects.update(speaker=Speaker.ADVISOR)
        self.send()

    def answers(self, text: str, after: timedelta) -> None:
        """The advisor answers when the person has been silent for so long."""
        Contact.objects.update(last_heard=timezone.now() - after)
        states.advisor_says(Handoff.objects.get().pk, self.camille, text)
        self.send()

    def notes(self) -> list[str]:
        """What only the desk is told."""
        return [each.text for each in Message.objects.order_by("seq") if each.payload.get("desk_only")]


def writes(caller: Caller, text: str) -> dict[str, Any]:
    """The body of the call by which somebody writes."""
    bodies: list[dict[str, Any]] = []
    caller.post = lambda body, *_, **__: bodies.append(body)  # type: ignore[method-assign,assignment,return-value]
    caller.say(text)  # type: ignore[attr-defined]
    return bodies[0]


@pytest.fixture
def whats(whatsapp: WhatsAppSimulator, rasa: FakeRasa) -> tuple[Desk, Mobile]:
    """A conversation over WhatsApp that an advisor has taken."""
    desk, ada = Desk(PLATFORMS["whatsapp"], whatsapp), Mobile(whatsapp, "http://127.0.0.1:9")
    desk.take(writes(ada, "bonjour"))
    desk.handed_over()
    return desk, ada


@pytest.fixture
def mess(messenger: MessengerSimulator, rasa: FakeRasa) -> tuple[Desk, Friend]:
    """A conversation over Messenger that an advisor has taken."""
    desk, ada = Desk(PLATFORMS["messenger"], messenger), Friend(messenger, "http://127.0.0.1:9")
    desk.take(writes(ada, "bonjour"))
    desk.handed_over()
    return desk, ada


def test_whatsapp_knocks_with_the_template_and_the_answer_follows(whats: tuple[Desk, Mobile], settings: Any) -> None:
    settings.WHATSAPP_TEMPLATE = TEMPLATE
    desk, ada = whats
    before = len(ada.heard)
    desk.answers("Quel métier vous attire ?", timedelta(hours=25))
    desk.answers("Vous êtes là ?", timedelta(hours=26))
    assert ada.heard[before:] == [f"[{TEMPLATE}]"]
    template = desk.simulator.sent[-1]["template"]
    assert template["language"] == {"code": "fr"}
    assert template["components"][0]["parameters"] == [{"type": "text", "text": "https://bot.example/write/"}]
    assert [note.split(" :")[0] for note in desk.notes()] == ["Trop de temps a passé"]
    assert outbox.waiting("whatsapp") == 2
    desk.take(writes(ada, "oui !"))
    desk.send()
    assert [text.split("\n")[-1] for text in ada.heard[before + 1 :]] == ["Quel métier vous attire ?", "Vous êtes là ?"]
    assert outbox.waiting("whatsapp") == 0
    desk.answers("À bientôt.", timedelta(hours=25))
    assert ada.heard[-1] == f"[{TEMPLATE}]" and len(desk.notes()) == 2


@pytest.mark.parametrize("template", ["", "not_approved"])
def test_without_a_template_the_advisor_is_told(whats: tuple[Desk, Mobile], settings: Any, template: str) -> None:
    settings.WHATSAPP_TEMPLATE = template
    desk, ada = whats
    before = len(ada.heard)
    for text in ("Bonjour.", "Encore."):
        desk.answers(text, timedelta(hours=25))
    assert len(ada.heard) == before
    assert [note.split(" :")[0] for note in desk.notes()] == ["Cette réponse n'est pas partie"]
    desk.take(writes(ada, "oui !"))
    desk.send()
    assert len(ada.heard) == before + 2 and outbox.dead_letters() == []


def test_a_knock_that_fails_now_is_tried_again(whats: tuple[Desk, Mobile], settings: Any) -> None:
    settings.WHATSAPP_TEMPLATE = TEMPLATE
    desk, ada = whats
    desk.simulator.errors = [(400, 130429, 0)] * 20  # more than are tried at once, however slow the machine
    desk.answers("Bonjour.", timedelta(hours=25))
    assert desk.notes() == [] and outbox.waiting("whatsapp") == 1
    desk.simulator.errors.clear()
    Contact.objects.update(due=timezone.now())
    desk.send()
    assert ada.heard[-1] == f"[{TEMPLATE}]" and len(desk.notes()) == 1


def test_a_knock_that_never_arrived_is_a_dead_letter(whats: tuple[Desk, Mobile], settings: Any) -> None:
    settings.WHATSAPP_TEMPLATE = TEMPLATE
    desk, ada = whats
    desk.answers("Bonjour.", timedelta(hours=25))
    assert outbox.bounced("whatsapp", desk.simulator.sent[-1]["id"], "131026")
    [letter] = outbox.dead_letters()
    assert (letter.reason, letter.can_retry) == ("131026", True)


def about_to_be_put_aside(desk: Desk) -> tuple[Contact, Parcel]:
    """An advisor's answer after the 24 hours, in the hands of who sends it, and whom it is for."""
    Contact.objects.update(last_heard=timezone.now() - timedelta(hours=25))
    states.advisor_says(Handoff.objects.get().pk, desk.camille, "Bonjour.")
    contact = Contact.objects.get()
    assert outbox.take(contact.pk, "us")
    found = outbox.next_parcel(contact.pk, "us", desk.platform)
    assert found is not None
    return found


@pytest.mark.parametrize("meanwhile", [False, True])
def test_what_waited_for_days_is_not_given_up_at_the_first_failure(whats: tuple[Desk, Mobile], meanwhile: bool) -> None:
    """The day after which a message is given up begins when it may be sent, not when it was written."""
    desk, ada = whats
    if meanwhile:  # the person writes in the very moment in which it is put aside
        found = about_to_be_put_aside(desk)
        Parcel.objects.filter(pk=found[1].pk).update(created=timezone.now() - timedelta(days=3))
        desk.take(writes(ada, "oui !"))
        late.hold(*found, "window")
        outbox.release(Contact.objects.get().pk, "us")
    else:
        desk.answers("Bonjour.", timedelta(hours=25))
        Parcel.objects.update(created=timezone.now() - timedelta(days=3))
        desk.take(writes(ada, "oui !"))
    desk.simulator.trouble.statuses = [500]
    desk.send()
    assert outbox.dead_letters() == [] and not ada.heard[-1].endswith("Bonjour.")
    Contact.objects.update(due=timezone.now())
    desk.send()
    assert ada.heard[-1].endswith("Bonjour.")


def test_whatsapp_s_own_clock_decides(whats: tuple[Desk, Mobile], whatsapp: WhatsAppSimulator) -> None:
    desk, ada = whats
    whatsapp.closed.add(ada.number)
    desk.answers("Bonjour.", timedelta(hours=23))
    assert Parcel.objects.get(step="held").reason == "131047" and len(desk.notes()) == 1
    whatsapp.closed.clear()
    desk.take(writes(ada, "oui !"))
    desk.send()
    assert ada.heard[-1].endswith("Bonjour.")


def test_who_writes_while_an_answer_is_put_aside_gets_it(whats: tuple[Desk, Mobile]) -> None:
    desk, ada = whats
    found = about_to_be_put_aside(desk)
    desk.take(writes(ada, "oui !"))
    late.hold(*found, "window")
    outbox.release(Contact.objects.get().pk, "us")
    assert desk.notes() == []
    desk.send()
    assert ada.heard[-1].endswith("Bonjour.")


def test_a_message_that_comes_late_was_written_when_it_was_written(whats: tuple[Desk, Mobile]) -> None:
    desk, ada = whats
    Contact.objects.update(last_heard=timezone.now() - timedelta(hours=50))
    old = ada.message("text", {"body": "encore"}, ago=30 * 3600)
    body = writes(ada, "x")
    body["entry"][0]["changes"][0]["value"]["messages"] = [old]
    desk.take(body)
    silence = timezone.now() - Contact.objects.get().last_heard
    assert timedelta(hours=29) < silence < timedelta(hours=31)


def test_messenger_lets_a_human_answer_for_a_week(mess: tuple[Desk, Friend]) -> None:
    desk, ada = mess
    desk.answers("Tout de suite.", timedelta(hours=23))
    assert (desk.simulator.sent[-1]["messaging_type"], "tag" in desk.simulator.sent[-1]) == ("RESPONSE", False)
    before = len(ada.heard)
    with transaction.atomic():  # what the house says is no human's: it waits, and keeps no other waiting
        writing.house(writing.lock(Conversation.objects.get().pk), "channels.erase_kept")
    desk.answers("Le lendemain.", timedelta(hours=30))
    assert desk.simulator.sent[-1]["tag"] == "HUMAN_AGENT"
    assert len(ada.heard) == before + 1 and outbox.waiting("messenger") == 1 and desk.notes() == []
    desk.answers("Trop tard.", timedelta(days=8))
    assert len(ada.heard) == before + 1 and len(desk.notes()) == 1
    desk.take(writes(ada, "oui !"))
    desk.send()
    assert [text.split("\n")[-1] for text in ada.heard[before + 1 :]] == ["D'accord, rien n'est effacé.", "Trop tard."]


def test_an_app_that_may_not_use_the_tag_has_the_advisor_told(mess: tuple[Desk, Friend]) -> None:
    desk, ada = mess
    assert isinstance(desk.simulator, MessengerSimulator)
    desk.simulator.human = False
    desk.answers("Le lendemain.", timedelta(hours=30))
    assert len(desk.notes()) == 1 and Parcel.objects.get(step="held").reason == "10"
    desk.simulator.errors = [(400, 10, 2018278)]
    desk.answers("Encore.", timedelta(hours=1))
    assert len(desk.notes()) == 1 and outbox.waiting("messenger") == 2


def says(desk: Desk, handset: Handset, text: str) -> None:
    """Somebody writes by Twilio, who has no JSON and no clock of its own."""
    [event] = desk.platform.parse(Call("POST", "", {}, {}, urlencode(handset.form(text)).encode()))
    inbox.take(desk.platform, event)


@pytest.fixture
def by_twilio(twilio: TwilioSimulator, rasa: FakeRasa) -> tuple[Desk, Handset]:
    """A conversation over WhatsApp by Twilio that an advisor has taken."""
    ada = Handset(twilio, "http://127.0.0.1:9", "twilio-whatsapp", "whatsapp:+33612345678")
    desk = Desk(PLATFORMS["twilio-whatsapp"], twilio)
    says(desk, ada, "bonjour")
    desk.handed_over()
    return desk, ada


def test_whatsapp_by_twilio_has_the_same_day(by_twilio: tuple[Desk, Handset]) -> None:
    desk, ada = by_twilio
    desk.answers("Tout de suite.", timedelta(hours=23))
    before = len(ada.heard)
    for text in ("Bonjour.", "Encore."):
        desk.answers(text, timedelta(hours=25))
    assert len(ada.heard) == before and outbox.waiting("twilio-whatsapp") == 2
    assert [note.split(" :")[0] for note in desk.notes()] == ["Cette réponse n'est pas partie"]
    says(desk, ada, "oui !")
    desk.send()
    assert [text.split("\n")[-1] for text in ada.heard[before:]] == ["Bonjour.", "Encore."]
    assert outbox.dead_letters() == []


def test_what_twilio_refuses_as_too_late_waits_too(by_twilio: tuple[Desk, Handset], twilio: TwilioSimulator) -> None:
    desk, ada = by_twilio
    twilio.closed.add(ada.number)
    desk.answers("Bonjour.", timedelta(hours=23))
    assert Parcel.objects.get(step="held").reason == "63016" and len(desk.notes()) == 1
    twilio.closed.clear()
    says(desk, ada, "oui !")
    desk.send()
    assert ada.heard[-1].endswith("Bonjour.") and outbox.dead_letters() == []


def test_a_text_message_is_never_too_late(twilio: TwilioSimulator, rasa: FakeRasa) -> None:
    ada, desk = Handset(twilio, "http://127.0.0.1:9"), Desk(PLATFORMS["sms"], twilio)
    says(desk, ada, "bonjour")
    desk.handed_over()
    desk.answers("Bonjour.", timedelta(days=3))
    assert ada.heard[-1].endswith("Bonjour.") and desk.notes() == []
