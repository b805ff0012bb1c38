"""Whatever happens to Meta or to the door, nothing is lost on WhatsApp or Messenger; what is lost for good is seen."""

from __future__ import annotations

import asyncio
import json
import logging
import time
from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import httpx
import pytest
from django.db import DatabaseError
from django.test import AsyncClient
from django.utils import timezone

from bot.web.channels import inbox, outbox
from bot.web.channels.carrier import Carrier
from bot.web.channels.messenger import Messenger
from bot.web.channels.meta import failure
from bot.web.channels.models import Contact, Parcel
from bot.web.channels.platform import Call, Gone, Rejected, SendFailed, TooLate, TryLater
from bot.web.channels.registry import PLATFORMS
from bot.web.channels.whatsapp import WhatsApp
from bot.web.conversations.models import Conversation
from tests.web.conftest import Served
from tests.web.fake_rasa import FakeRasa
from tests.web.helpers import carry

from .messenger_simulator import Friend, MessengerSimulator
from .meta_simulator import Caller, MetaSimulator
from .simulator import seen
from .whatsapp_simulator import Mobile, WhatsAppSimulator

pytestmark = pytest.mark.django_db(transaction=True)


class Line:
    """Somebody on one of the two, whose messages are taken in without any HTTP, and what they hear."""

    def __init__(self, name: str, simulator: MetaSimulator, who: Any) -> None:
        self.platform, self.simulator, self.who = PLATFORMS[name], simulator, who
        self.bodies: list[dict[str, Any]] = []
        who.post = lambda body, *_, **__: self.bodies.append(body)

    def write(self, text: str) -> None:
        """They write, and the door has answered the webhook."""
        self.who.say(text)
        call = Call("POST", "", {}, {}, json.dumps(self.bodies[-1]).encode())
        for event in self.platform.parse(call):
            inbox.take(self.platform, event)

    def send(self) -> None:
        """What waits is due now, and is sent."""
        Contact.objects.filter(due__isnull=False).update(due=timezone.now())

        async def all_due() -> None:
            carrier = Carrier()
            for contact in await asyncio.to_thread(outbox.due, self.platform.name, 10):
                await carrier.run_contact(self.platform, contact)
            await carrier.close()

        asyncio.run(all_due())


@pytest.fixture(params=["whatsapp", "messenger"])
def line(request: pytest.FixtureRequest, rasa: FakeRasa) -> Iterator[Line]:
    """Each of the two in turn."""
    simulator: MetaSimulator = request.getfixturevalue(request.param)
    if isinstance(simulator, WhatsAppSimulator):
        yield Line("whatsapp", simulator, Mobile(simulator, "http://127.0.0.1:9"))
    elif isinstance(simulator, MessengerSimulator):
        yield Line("messenger", simulator, Friend(simulator, "http://127.0.0.1:9"))


@pytest.mark.parametrize("status", [0, 401, 500, 502])
def test_a_failure_delays_and_loses_nothing(line: Line, status: int) -> None:
    line.simulator.trouble.statuses = [status] * 2
    line.write("bonjour")
    carry(Conversation.objects.get().pk)
    for _ in range(4):
        line.send()
    assert [text.split()[0] for text in line.who.heard] == ["Bonjour,", "Réponse"]
    assert {parcel.attempts for parcel in Parcel.objects.all()} == {1, 3}


def test_slow_is_a_failure_too(line: Line, settings: Any) -> None:
    settings.SEND_TIMEOUT = 0.1
    line.simulator.trouble.seconds = 0.4
    line.write("bonjour")
    line.send()
    parcel = Parcel.objects.get()
    assert (parcel.step, parcel.reason, parcel.attempts) == ("waiting", "TimeoutError", 1)


def test_meta_says_how_long_to_wait(line: Line) -> None:
    line.simulator.trouble.statuses, line.simulator.trouble.retry_after = [429], 40
    line.write("bonjour")
    line.send()
    due = Contact.objects.get().due
    assert due is not None and 38 < (due - timezone.now()).total_seconds() < 45
    assert line.simulator.sent == []


def test_an_hour_of_silence_loses_nothing_and_keeps_the_order(line: Line) -> None:
    line.simulator.trouble.down = True
    for number in range(1, 4):
        line.write(f"n{number}")
        carry(Conversation.objects.get().pk)
        line.send()
    Parcel.objects.update(created=timezone.now() - timedelta(hours=1))
    line.simulator.trouble.down = False
    line.send()
    assert line.who.heard[1:] == [f"Réponse à : n{number}" for number in range(1, 4)]
    assert outbox.dead_letters() == []


def test_what_is_refused_for_good_is_a_dead_letter_and_the_rest_goes_on(line: Line) -> None:
    line.simulator.errors = [(400, 100, 0)]
    line.write("bonjour")
    carry(Conversation.objects.get().pk)
    line.send()
    [letter] = outbox.dead_letters()
    assert (letter.reason, letter.can_retry) == ("100", True)
    assert line.who.heard == ["Réponse à : bonjour"]


def test_a_door_killed_between_receiving_and_answering(line: Line, rasa: FakeRasa) -> None:
    """What was stored before the answer to the webhook is all that the next door needs."""
    line.write("bonjour")
    door = Served()
    door.start()
    try:
        seen(lambda: line.who.heard, "Réponse à : bonjour")
        del line.who.post
        caller: Caller = line.who
        caller.http = httpx.Client(base_url=door.url, trust_env=False)
        caller.post(line.bodies[-1])  # Meta got no answer: it repeats
        rasa.delay = 0.6
        start = time.monotonic()
        line.who.say("encore")
        assert time.monotonic() - start < 0.5  # it waits for no answer of Rasa's
        seen(lambda: line.who.heard, "Réponse à : encore")
    finally:
        door.stop()
    assert rasa.messages == ["bonjour", "encore"]


async def test_a_database_that_is_away_has_meta_call_again(
    whatsapp: WhatsAppSimulator, monkeypatch: pytest.MonkeyPatch
) -> None:
    def away(*_: Any) -> bool:
        raise DatabaseError

    monkeypatch.setattr(inbox, "take", away)
    monkeypatch.setattr(WhatsApp, "verify", lambda *_: True)
    bodies: list[Any] = []
    ada = Mobile(whatsapp, "http://127.0.0.1:9")
    monkeypatch.setattr(ada, "post", lambda body, **_: bodies.append(body))
    ada.say("bonjour")
    answer = await AsyncClient().post("/channels/whatsapp/", bodies[0], content_type="application/json")
    assert (answer.status_code, answer.headers["Retry-After"]) == (503, "5")


def test_the_log_says_nothing_of_what_is_written(line: Line, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG)
    line.simulator.trouble.statuses = [500, 0]
    line.simulator.errors = [(400, 100, 0)]
    line.write("une phrase secrète")
    carry(Conversation.objects.get().pk)
    for _ in range(4):
        line.send()
    told = "\n".join(record.getMessage() for record in caplog.records if not record.name.startswith("django.db"))
    assert "takes no message now" in told and "refused a message for good (100)" in told
    for secret in ("secrète", "33612345678", "5489136214502913", line.simulator.token, "an app secret"):
        assert secret not in told


@pytest.mark.parametrize(
    ("status", "error", "meant"),
    [
        (400, {"code": 131047}, TooLate),
        (400, {"code": 131056}, TryLater),
        (400, {"code": 80007}, TryLater),
        (429, {"code": 130429}, TryLater),
        (401, {"code": 190}, TryLater),
        (403, {"code": 131031}, TryLater),
        (400, {"code": 131026}, Rejected),
        (400, {"code": 100, "is_transient": True}, TryLater),
        (404, {"code": 132001}, Rejected),
        (502, "<html>", TryLater),
        (400, None, TryLater),
    ],
)
def test_what_whatsapp_s_errors_mean(status: int, error: object, meant: type[SendFailed]) -> None:
    response = httpx.Response(status, headers={"Retry-After": "7"})
    found = failure(response, error, WhatsApp.codes)
    assert type(found) is meant
    assert not isinstance(found, TryLater) or found.after == 7.0


@pytest.mark.parametrize(
    ("code", "subcode", "meant"),
    [(551, 1545041, Gone), (100, 2018001, Gone), (10, 2018278, TooLate), (10, None, TryLater), (613, None, TryLater),
     (100, 2018034, Rejected), (200, 1545041, Gone)],
)  # fmt: skip
def test_what_messenger_s_errors_mean(code: int, subcode: int | None, meant: type[SendFailed]) -> None:
    error = {"code": code, "error_subcode": subcode, "message": "words of theirs"}
    found = failure(httpx.Response(400, headers={"Retry-After": "soon"}), error, Messenger.codes)
    assert type(found) is meant and "words" not in found.reason
