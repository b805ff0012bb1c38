"""A door with messaging apps, whose platforms are simulators on loopback."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

from bot.web.channels import outbox, telegram
from tests.web.conftest import Served
from tests.web.fake_rasa import FakeRasa

from .messenger_simulator import PAGE, Friend, MessengerSimulator
from .meta_simulator import SECRET, MetaSimulator
from .telegram_simulator import TOKEN, Phone, TelegramSimulator
from .twilio_simulator import ACCOUNT, NUMBER, WHATSAPP, Handset, TwilioSimulator
from .twilio_simulator import TOKEN as AUTH
from .whatsapp_simulator import ACCOUNT as BUSINESS
from .whatsapp_simulator import PHONE, Mobile, WhatsAppSimulator

PUBLIC = "https://bot.example"


@pytest.fixture(autouse=True)
def _settings(settings: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    """No proxy stands between the door and the simulators; pauses are short."""
    settings.PUBLIC_URL = PUBLIC
    settings.CHANNEL_KEY = "a key of tests"
    settings.SEND_TIMEOUT = 1.0
    monkeypatch.setenv("NO_PROXY", "127.0.0.1")
    monkeypatch.setattr(outbox, "pause", lambda attempts: 0.05)


@pytest.fixture
def platform(settings: Any) -> Iterator[TelegramSimulator]:
    """Telegram; at the end nothing must have been sent to it that its documentation forbids."""
    simulator = TelegramSimulator()
    simulator.start()
    settings.TELEGRAM_URL, settings.TELEGRAM_TOKEN = simulator.url, TOKEN
    yield simulator
    simulator.stop()
    assert simulator.faults == []


@pytest.fixture
def twilio(settings: Any) -> Iterator[TwilioSimulator]:
    """Twilio, for text messages and WhatsApp; at the end nothing forbidden must have been sent to it."""
    simulator = TwilioSimulator()
    simulator.start()
    settings.TWILIO_URL, settings.TWILIO_ACCOUNT_SID = simulator.url, ACCOUNT
    settings.TWILIO_AUTH_TOKEN, settings.TWILIO_SMS_FROM = AUTH, NUMBER
    settings.TWILIO_WHATSAPP_FROM = WHATSAPP
    yield simulator
    simulator.stop()
    assert simulator.faults == []


@pytest.fixture
def served(
    platform: TelegramSimulator, twilio: TwilioSimulator, transactional_db: None, rasa: FakeRasa
) -> Iterator[Served]:
    """The door, listening, with its dispatcher and its carrier."""
    door = Served()
    door.start()
    yield door
    door.stop()


@pytest.fixture
def phone(served: Served, platform: TelegramSimulator) -> Phone:
    """Somebody with Telegram."""
    return Phone(platform, served.url, telegram._secret())


@pytest.fixture
def handset(served: Served, twilio: TwilioSimulator) -> Handset:
    """Somebody who writes text messages."""
    return Handset(twilio, served.url)


def _running(simulator: MetaSimulator, settings: Any) -> Iterator[None]:
    """Meta, while a test lasts; at the end nothing forbidden must have been sent to it."""
    simulator.start()
    settings.META_URL, settings.META_APP_SECRET = simulator.graph, SECRET
    yield
    simulator.stop()
    assert simulator.faults == []


@pytest.fixture
def whatsapp(settings: Any) -> Iterator[WhatsAppSimulator]:
    """WhatsApp, by Meta."""
    simulator = WhatsAppSimulator()
    settings.WHATSAPP_TOKEN, settings.WHATSAPP_PHONE_ID, settings.WHATSAPP_ACCOUNT_ID = simulator.token, PHONE, BUSINESS
    for _ in _running(simulator, settings):
        yield simulator


@pytest.fixture
def messenger(settings: Any) -> Iterator[MessengerSimulator]:
    """Messenger."""
    simulator = MessengerSimulator()
    settings.MESSENGER_TOKEN, settings.MESSENGER_PAGE_ID = simulator.token, PAGE
    for _ in _running(simulator, settings):
        yield simulator


@pytest.fixture
def alone(transactional_db: None, rasa: FakeRasa) -> Iterator[Served]:
    """The door, listening, with the platforms that a test has turned on before."""
    door = Served()
    door.start()
    yield door
    door.stop()


@pytest.fixture
def mobile(whatsapp: WhatsAppSimulator, alone: Served) -> Mobile:
    """Somebody with WhatsApp."""
    whatsapp.door = alone.url
    return Mobile(whatsapp, alone.url)


@pytest.fixture
def friend(messenger: MessengerSimulator, alone: Served) -> Friend:
    """Somebody with Messenger."""
    messenger.door = alone.url
    return Friend(messenger, alone.url)
