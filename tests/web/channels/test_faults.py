"""Whatever happens to the platform or to the door, nothing is lost, and what is lost for good is seen."""

from __future__ import annotations

import asyncio
import logging
import time
from datetime import timedelta
from typing import Any

import pytest
from django.db import DatabaseError
from django.test import AsyncClient
from django.utils import timezone

from bot.web.channels import inbox, notes, outbox, reasons, registry, telegram
from bot.web.channels.carrier import Carrier
from bot.web.channels.models import Contact, Note, Parcel, Received
from bot.web.channels.platform import Incoming, Kind
from bot.web.channels.registry import PLATFORMS
from bot.web.conversations import service
from bot.web.conversations.models import Conversation
from tests.web.conftest import Served, until
from tests.web.dripping import Dripping
from tests.web.fake_rasa import FakeRasa, said
from tests.web.helpers import carry, texts

from .simulator import seen
from .telegram_simulator import HEADER, Phone, TelegramSimulator

pytestmark = pytest.mark.django_db(transaction=True)
TELEGRAM = PLATFORMS["telegram"]


def write(text: str, number: int, user: str = "7") -> None:
    """Somebody's message, taken in without any HTTP."""
    event = Incoming(Kind.TEXT, str(number), user, user, text=text, order=number, message=f"m{number}", language="fr")
    inbox.take(TELEGRAM, event)


def send(times: int = 1) -> None:
    """Send what is due, so many times, as a server would."""

    async def all_due() -> None:
        carrier = Carrier()
        for _ in range(times):
            for contact in await asyncio.to_thread(outbox.due, "telegram", 10):
                await carrier.run_contact(TELEGRAM, contact)
            await carrier.send_notes(TELEGRAM)
        await carrier.close()

    asyncio.run(all_due())


def as_if_waited() -> None:
    """As if the pause before the next try were over."""
    Contact.objects.filter(due__isnull=False).update(due=timezone.now())


@pytest.mark.parametrize("status", [0, 401, 500, 502])
def test_a_failure_delays_and_loses_nothing(platform: TelegramSimulator, rasa: FakeRasa, status: int) -> None:
    platform.trouble.statuses = [status] * 2
    write("bonjour", 1)
    carry(Conversation.objects.get().pk)
    for _ in range(4):
        send()
        as_if_waited()
    assert [text.split()[0] for text in platform.texts(7)] == ["Bonjour,", "Réponse"]
    assert Contact.objects.get().due is None
    assert {parcel.attempts for parcel in Parcel.objects.all()} == {1, 3}


def test_slow_is_a_failure_too(platform: TelegramSimulator, rasa: FakeRasa, settings: Any) -> None:
    settings.SEND_TIMEOUT = 0.1
    platform.trouble.seconds = 0.4
    write("bonjour", 1)
    send()
    parcel = Parcel.objects.get()
    assert (parcel.step, parcel.reason, parcel.attempts) == ("waiting", "TimeoutError", 1)


def test_an_answer_that_drips_in_is_cut_off_by_the_time_of_the_whole_message(
    platform: TelegramSimulator, rasa: FakeRasa, settings: Any
) -> None:
    dripping = Dripping()
    dripping.start()
    settings.SEND_TIMEOUT, settings.TELEGRAM_URL = 0.3, dripping.url
    write("bonjour", 1)
    begun = time.monotonic()
    try:
        send()
    finally:
        dripping.stop()
    assert time.monotonic() - begun < 2
    parcel = Parcel.objects.get()
    assert (parcel.step, parcel.reason, reasons.kind(parcel.reason)) == ("waiting", "TimeoutError", "down")


def test_each_note_has_a_lease_of_its_own(platform: TelegramSimulator, rasa: FakeRasa) -> None:
    for number, user in (1, "7"), (2, "8"):
        write("bonjour", number, user=user)
    for talk in Conversation.objects.all():
        service.erase(talk.pk)
    taken = notes.take_next("telegram")
    assert taken is not None
    assert Note.objects.filter(due__lte=timezone.now()).count() == 1  # the other waits for its turn, not for a lease
    send()
    assert Note.objects.get() == taken
    assert notes.take_next("telegram") is None


def test_a_platform_is_slow_with_one_note_after_the_other(
    platform: TelegramSimulator, rasa: FakeRasa, settings: Any
) -> None:
    """Two doors, and notes that take longer together than a lease lasts: each is sent once."""
    settings.LEASE, platform.trouble.seconds = 1, 0.4
    for number in range(1, 6):
        write("bonjour", number, user=str(number))
    for talk in Conversation.objects.all():
        service.erase(talk.pk)

    async def one(carrier: Carrier, after: float) -> None:
        await asyncio.sleep(after)
        await carrier.send_notes(TELEGRAM)
        await carrier.close()

    async def together() -> None:
        await asyncio.gather(one(Carrier(), 0), one(Carrier(), 1.1))

    asyncio.run(together())
    assert [len(platform.texts(user)) for user in range(1, 6)] == [1] * 5


def test_a_fault_of_ours_delays_one_person_and_no_other(
    platform: TelegramSimulator, rasa: FakeRasa, monkeypatch: pytest.MonkeyPatch
) -> None:
    settle = outbox.sent
    monkeypatch.setattr(outbox, "sent", _breaks)
    write("bonjour", 1)
    send()
    parcel, contact = Parcel.objects.get(), Contact.objects.get()
    assert (parcel.step, parcel.reason, contact.lease_owner) == ("waiting", "fault", "")
    assert contact.due is not None and contact.due > timezone.now()
    monkeypatch.setattr(outbox, "sent", settle)
    as_if_waited()
    send()
    assert Parcel.objects.get().step == "sent"


def test_what_cannot_be_rendered_is_not_tried_again_at_once(
    platform: TelegramSimulator, rasa: FakeRasa, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(outbox, "next_parcel", _breaks)
    write("bonjour", 1)
    with pytest.raises(KeyError):
        send()
    assert outbox.due("telegram", 10) == []
    Contact.objects.update(lease_until=timezone.now() - timedelta(seconds=1))
    assert len(outbox.due("telegram", 10)) == 1


def test_a_fault_with_one_note_keeps_no_other_waiting(
    platform: TelegramSimulator, rasa: FakeRasa, monkeypatch: pytest.MonkeyPatch
) -> None:
    for number, user in (1, "7"), (2, "8"):
        write("bonjour", number, user=user)
    for talk in Conversation.objects.all():
        service.erase(talk.pk)
    first = Note.objects.order_by("pk")[0].key
    post = telegram.Telegram.send

    async def first_breaks(self: Any, http: Any, address: str, body: Any, key: str) -> str:
        if key == first:
            raise KeyError
        return await post(self, http, address, body, key)

    monkeypatch.setattr(telegram.Telegram, "send", first_breaks)
    send()
    assert Note.objects.get().key == first
    assert Note.objects.get().attempts == 1


def _breaks(*_: Any) -> Any:
    raise KeyError


def test_telegram_says_how_long_to_wait(platform: TelegramSimulator, rasa: FakeRasa) -> None:
    platform.trouble.statuses, platform.trouble.retry_after = [429], 40
    write("bonjour", 1)
    send()
    due = Contact.objects.get().due
    assert due is not None and 38 < (due - timezone.now()).total_seconds() < 45
    assert platform.sent == []


def test_one_person_s_pause_is_nobody_else_s(platform: TelegramSimulator, rasa: FakeRasa) -> None:
    platform.trouble.statuses, platform.trouble.retry_after = [429], 40
    write("bonjour", 1)
    send()
    write("bonjour", 2, user="8")
    send()
    assert (len(platform.texts(7)), len(platform.texts(8))) == (0, 1)


def test_an_hour_of_silence_loses_nothing_and_keeps_the_order(platform: TelegramSimulator, rasa: FakeRasa) -> None:
    platform.trouble.down = True
    write("n1", 1)
    talk = Conversation.objects.get().pk
    for number in range(2, 5):
        write(f"n{number}", number)
        carry(talk)
        send()
        as_if_waited()
    Parcel.objects.update(created=timezone.now() - timedelta(hours=1))
    send()
    platform.trouble.down = False
    as_if_waited()
    send()
    assert platform.texts(7)[1:] == [f"Réponse à : n{number}" for number in range(1, 5)]
    assert outbox.dead_letters() == []


def test_what_lasts_a_day_is_a_dead_letter_and_can_be_sent_again(platform: TelegramSimulator, rasa: FakeRasa) -> None:
    platform.trouble.down = True
    write("bonjour", 1)
    send()
    Parcel.objects.update(created=timezone.now() - timedelta(hours=25))
    as_if_waited()
    send()
    [letter] = outbox.dead_letters()
    assert (letter.platform, letter.reason, letter.attempts) == ("telegram", "500", 2)
    assert letter.conversation == Conversation.objects.get().pk
    assert (letter.can_retry, letter.by_advisor, outbox.count_lost("telegram")) == (True, False, 1)
    platform.trouble.down = False
    assert outbox.try_again(letter.id)
    assert not outbox.try_again(letter.id)
    send()
    assert len(platform.texts(7)) == 1
    assert (outbox.dead_letters(), outbox.count_lost("telegram")) == ([], 0)


def test_what_is_refused_for_good_is_a_dead_letter_and_the_rest_goes_on(
    platform: TelegramSimulator, rasa: FakeRasa
) -> None:
    platform.trouble.statuses = [400]
    write("bonjour", 1)
    carry(Conversation.objects.get().pk)
    send()
    assert [letter.reason for letter in outbox.dead_letters()] == ["400"]
    assert platform.texts(7) == ["Réponse à : bonjour"]


def test_who_dies_while_sending_loses_nothing(platform: TelegramSimulator, rasa: FakeRasa) -> None:
    write("bonjour", 1)
    contact = Contact.objects.get().pk
    assert outbox.take(contact, "the dead")
    assert outbox.next_parcel(contact, "the dead", TELEGRAM) is not None
    send()
    assert platform.sent == []  # the lease still holds
    Contact.objects.update(lease_until=timezone.now() - timedelta(seconds=1))
    send()
    assert len(platform.sent) == 1
    assert Parcel.objects.get().step == "sent"


def test_two_servers_send_each_message_once_and_in_order(platform: TelegramSimulator, rasa: FakeRasa) -> None:
    platform.trouble.seconds = 0.01
    for number in range(1, 5):
        write(f"n{number}", number)
    write("other", 5, user="8")
    for talk in Conversation.objects.all():
        carry(talk.pk)

    async def together() -> None:
        carriers = [Carrier(), Carrier()]
        due = await asyncio.to_thread(outbox.due, "telegram", 10)
        await asyncio.gather(*(carrier.run_contact(TELEGRAM, each) for carrier in carriers for each in due))
        for carrier in carriers:
            await carrier.close()

    asyncio.run(together())
    assert platform.texts(7)[1:] == [f"Réponse à : n{number}" for number in range(1, 5)]
    assert len(platform.texts(8)) == 2


def test_a_door_killed_between_receiving_and_answering(platform: TelegramSimulator, rasa: FakeRasa) -> None:
    """What was stored before the answer to the webhook is all that the next door needs."""
    write("bonjour", 1)
    door = Served()
    door.start()
    try:
        seen(lambda: platform.texts(7), "Réponse à : bonjour")
        phone = Phone(platform, door.url, telegram._secret(), user=7)
        phone.deliver(phone.message(text="bonjour", number=1))  # Telegram got no answer: it repeats
        phone.deliver(phone.message(text="encore", number=2))
        seen(lambda: platform.texts(7), "Réponse à : encore")
    finally:
        door.stop()
    assert rasa.messages == ["bonjour", "encore"]


async def test_a_database_that_is_away_has_telegram_call_again(
    platform: TelegramSimulator, monkeypatch: pytest.MonkeyPatch
) -> None:
    def away(*_: Any) -> bool:
        raise DatabaseError

    monkeypatch.setattr(inbox, "take", away)
    update = {"update_id": 1, "message": {"message_id": 1, "chat": {"id": 7, "type": "private"}, "from": {"id": 7},
                                          "text": "bonjour"}}  # fmt: skip
    answer = await AsyncClient().post(
        "/channels/telegram/", update, content_type="application/json", headers={HEADER: telegram._secret()}
    )
    assert (answer.status_code, answer.headers["Retry-After"]) == (503, "5")


@pytest.mark.parametrize("name", ["telegram", "pigeon"])
async def test_a_platform_that_is_off_has_no_address(settings: Any, name: str) -> None:
    settings.TELEGRAM_TOKEN = ""
    answer = await AsyncClient().post(f"/channels/{name}/", {}, content_type="application/json")
    assert answer.status_code == 404
    assert registry.on(name) is None


async def test_only_get_and_post(platform: TelegramSimulator) -> None:
    client = AsyncClient()
    assert (await client.put("/channels/telegram/")).status_code == 405
    assert (await client.get("/channels/telegram/")).status_code == 403  # Telegram asks for no handshake


def test_a_large_update_is_taken(phone: Phone) -> None:
    emoji = "\\ud83d\\ude00" * 4000  # as Telegram writes it: 12 bytes each
    update = phone.message(text="x", entities=[{"type": "custom_emoji", "offset": 0, "length": 2, "note": emoji}])
    assert phone.deliver(update).status_code == 200
    seen(lambda: phone.heard, "Réponse à : x")


def test_somebody_whose_address_no_key_opens_is_forgotten(
    platform: TelegramSimulator, rasa: FakeRasa, settings: Any
) -> None:
    write("bonjour", 1)
    settings.CHANNEL_KEY = "another key"
    send()
    assert not Contact.objects.exists()
    assert "ne peut plus être jointe" in texts(Conversation.objects.get().pk)[-1]


def test_the_word_after_erasing_waits_for_minutes_only(platform: TelegramSimulator, rasa: FakeRasa) -> None:
    platform.trouble.statuses = [500]
    write("bonjour", 1)
    service.erase(Conversation.objects.get().pk)
    send()
    note = Note.objects.get()
    assert note.attempts == 1
    Note.objects.update(due=timezone.now())
    send()
    assert len(platform.texts(7)) == 1 and not Note.objects.exists()
    write("bonjour", 2)
    service.erase(Conversation.objects.get().pk)
    Note.objects.update(created=timezone.now() - timedelta(minutes=11))
    notes.tidy()
    assert not Note.objects.exists()


def test_erasing_asked_of_the_bot_is_told_too(platform: TelegramSimulator, rasa: FakeRasa) -> None:
    rasa.answer = lambda message, metadata: [said("C'est effacé.", custom={"erase": True})]
    write("oublie-moi", 1)
    carry(Conversation.objects.get().pk)
    assert not Conversation.objects.exists()
    send()
    assert "votre conversation est effacée" in platform.texts(7)[-1]


def test_events_are_known_again_for_days(platform: TelegramSimulator, rasa: FakeRasa) -> None:
    write("bonjour", 1)
    Received.objects.update(at=timezone.now() - timedelta(days=7))
    inbox.tidy()
    write("bonjour", 1)
    assert len(texts(Conversation.objects.get().pk, "person")) == 1
    Received.objects.update(at=timezone.now() - timedelta(days=9))
    inbox.tidy()
    assert not Received.objects.exists()


def test_what_comes_while_the_last_is_sent_is_not_forgotten(platform: TelegramSimulator, rasa: FakeRasa) -> None:
    write("bonjour", 1)
    send()
    contact = Contact.objects.get()
    assert contact.due is None
    carry(contact.conversation_id)
    assert Contact.objects.get().due is not None
    send()
    assert len(platform.texts(7)) == 2


def test_the_log_says_nothing_of_what_is_written(
    platform: TelegramSimulator, rasa: FakeRasa, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    platform.trouble.statuses = [500, 0, 400]
    write("une phrase secrète", 1, user="4815162342")
    for _ in range(4):
        send()
        as_if_waited()
    told = "\n".join(record.getMessage() for record in caplog.records if not record.name.startswith("django.db"))
    assert "takes no message now" in told
    for secret in ("secrète", "4815162342", "ABC-DEF"):
        assert secret not in told.replace(platform.url, "")


def test_served_as_in_earnest(served: Served, platform: TelegramSimulator) -> None:
    """The carrier starts with the door, and a fault in between does not stop it."""
    platform.trouble.statuses = [500, 429, 0]
    phone = Phone(platform, served.url, telegram._secret())
    phone.say("bonjour")
    seen(lambda: phone.heard, "Réponse à : bonjour")
    until(lambda: not Parcel.objects.exclude(step="sent").exists())
    assert len(phone.heard) == 2
