"""A message whose answer was lost on its way back is not sent twice where the platform tells of it by itself."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable
from typing import Any

import pytest
from django.utils import timezone

from bot.web.channels import outbox
from bot.web.channels.carrier import Carrier
from bot.web.channels.models import Contact, Parcel
from bot.web.channels.registry import PLATFORMS
from tests.web.conftest import Served, until
from tests.web.fake_rasa import FakeRasa

from .messenger_simulator import Friend
from .twilio_simulator import Handset
from .whatsapp_simulator import Mobile

pytestmark = pytest.mark.django_db(transaction=True)
Tell = Callable[[Any, dict[str, Any]], Any]
TELLING: dict[str, tuple[str, Callable[[Any, str], Any], Tell]] = {
    "whatsapp": ("whatsapp", Mobile, lambda one, sent: one.status(sent["id"], "sent")),
    "messenger": ("messenger", Friend, lambda one, sent: one.echo(sent)),
    "sms": ("twilio", Handset, lambda one, sent: one.status(sent["sid"], "delivered")),
}


class Slow:
    """A platform that takes what it is sent, but answers when nobody listens any more; nobody sends by themselves."""

    def __init__(self, name: str, request: pytest.FixtureRequest, settings: Any) -> None:
        fixture, begin, self._tell = TELLING[name]
        self.platform, self.simulator = PLATFORMS[name], request.getfixturevalue(fixture)
        settings.DISPATCH = False
        served: Served = request.getfixturevalue("alone")
        self.who = begin(self.simulator, served.url)
        settings.SEND_TIMEOUT = 0.3
        self.simulator.trouble.seconds = 0.8
        self.who.say("bonjour")

    def send(self) -> None:
        """Send what is due."""
        Contact.objects.filter(due__isnull=False).update(due=timezone.now())

        async def all_due() -> None:
            carrier = Carrier()
            for contact in await asyncio.to_thread(outbox.due, self.platform.name, 10):
                owner = "us"
                assert await asyncio.to_thread(outbox.take, contact, owner)
                await carrier._send_next(self.platform, contact, owner)
                await asyncio.to_thread(outbox.release, contact, owner)
            await carrier.close()

        asyncio.run(all_due())

    def tell(self) -> None:
        """The platform tells of the first message that it took."""
        assert self._tell(self.who, self.simulator.sent[0]).status_code == 200


@pytest.fixture(params=TELLING)
def slow(request: pytest.FixtureRequest, rasa: FakeRasa, settings: Any) -> Slow:
    """Each of those that tell."""
    return Slow(request.param, request, settings)


def test_what_the_platform_tells_of_is_not_sent_again(slow: Slow) -> None:
    slow.send()
    parcel = Parcel.objects.get()
    assert (parcel.step, parcel.reason) == ("waiting", "TimeoutError")
    until(lambda: slow.simulator.sent)
    for _ in range(2):
        slow.tell()
    parcel.refresh_from_db()
    assert (parcel.step, parcel.body) == ("sent", {}) and parcel.sent_hash
    slow.simulator.trouble.seconds = 0.0
    slow.send()
    assert len(slow.simulator.sent) == 1 and Contact.objects.get().due is None


def test_it_may_be_told_before_we_cease_to_wait(slow: Slow, settings: Any) -> None:
    parcel_of = Contact.objects.get()
    assert outbox.take(parcel_of.pk, "us")
    found = outbox.next_parcel(parcel_of.pk, "us", slow.platform)
    assert found is not None
    parcel = found[1]
    assert outbox.arrived(slow.platform.name, parcel.key, "an id of theirs")
    assert not outbox.arrived(slow.platform.name, parcel.key, "an id of theirs")
    outbox.put_off(parcel_of.pk, "us", parcel, "TimeoutError")
    parcel.refresh_from_db()
    assert parcel.step == "sent"
    assert outbox.bounced(slow.platform.name, "an id of theirs", "131026")


def test_a_key_of_another_s_is_nothing_to_us(slow: Slow) -> None:
    slow.send()
    until(lambda: slow.simulator.sent)
    time.sleep(0.1)
    others = [name for name in PLATFORMS if name != slow.platform.name]
    assert not any(outbox.arrived(name, Parcel.objects.get().key, "x") for name in others)
    assert not outbox.arrived(slow.platform.name, "another", "x")
    assert Parcel.objects.get().step == "waiting"
