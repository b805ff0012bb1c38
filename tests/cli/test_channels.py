"""`python -m bot channels`: what is on, what is missing, and registering at the platforms."""

from __future__ import annotations

from typing import Any

import pytest

from bot.cli.main import main
from bot.web.channels import telegram
from bot.web.channels.meta import verify_token
from tests.web.channels.conftest import _settings, alone, friend, messenger, mobile, platform, twilio, whatsapp
from tests.web.channels.messenger_simulator import Friend, MessengerSimulator
from tests.web.channels.meta_simulator import APP
from tests.web.channels.telegram_simulator import TelegramSimulator
from tests.web.channels.twilio_simulator import TwilioSimulator
from tests.web.channels.whatsapp_simulator import Mobile, WhatsAppSimulator
from tests.web.conftest import rasa

__all__ = ["_settings", "alone", "friend", "messenger", "mobile", "platform", "rasa", "twilio", "whatsapp"]
pytestmark = pytest.mark.django_db(transaction=True)
WEBHOOK = "https://bot.example/channels/telegram/"


def test_what_is_missing_is_named(settings: Any, capsys: pytest.CaptureFixture[str]) -> None:
    settings.PUBLIC_URL = settings.TELEGRAM_TOKEN = ""
    assert main(["channels"]) == 0
    assert "telegram: off, missing PUBLIC_URL, TELEGRAM_TOKEN" in capsys.readouterr().out.splitlines()
    assert main(["channels", "register"]) == 1
    assert "No messaging app is on" in capsys.readouterr().err
    assert main(["channels", "register", "telegram"]) == 1
    assert main(["channels", "register", "pigeon"]) == 2


@pytest.mark.parametrize("address", ["http://bot.example", "bot.example"])
def test_an_address_that_no_platform_would_call_is_told(
    platform: TelegramSimulator, settings: Any, capsys: pytest.CaptureFixture[str], address: str
) -> None:
    settings.PUBLIC_URL = address
    assert main(["channels"]) == 0
    assert "PUBLIC_URL is no https address" in capsys.readouterr().out
    assert main(["channels", "register", "telegram"]) == 1
    assert "PUBLIC_URL is no https address" in capsys.readouterr().err
    assert platform.calls == []


def test_what_is_on_is_told(platform: TelegramSimulator, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["channels"]) == 0
    lines = capsys.readouterr().out.splitlines()
    at = lines.index("telegram: on, 0 to send, 0 never arrived")
    assert lines[at + 1] == f"  webhook {WEBHOOK}"


def test_registering_sets_the_webhook_and_the_menus(
    platform: TelegramSimulator, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["channels", "register", "telegram"]) == 0
    assert f"telegram: webhook set to {WEBHOOK}" in capsys.readouterr().out
    assert (platform.webhook["url"], platform.webhook["secret_token"]) == (WEBHOOK, telegram._secret())
    named = {language: [each["command"] for each in menu] for language, menu in platform.commands.items()}
    assert named[""] == named["fr"] == ["start", "help", "langue", "effacer"]
    assert named["en"] == ["start", "help", "language", "erase"]
    assert sorted(named) == ["", "en", "es", "fr", "it", "pt"]


@pytest.mark.parametrize("status", [0, 401, 429, 500])
def test_a_refusal_is_told_without_the_token(
    platform: TelegramSimulator, status: int, capsys: pytest.CaptureFixture[str]
) -> None:
    platform.trouble.statuses = [status]
    assert main(["channels", "register", "telegram"]) == 1
    printed = capsys.readouterr()
    assert "not registered" in printed.err
    assert "ABC-DEF" not in printed.out + printed.err


def test_twilio_s_number_gets_our_address_and_the_rest_is_told(
    twilio: TwilioSimulator, settings: Any, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["channels", "register", "sms"]) == 0
    assert twilio.number == {"SmsUrl": "https://bot.example/channels/sms/", "SmsMethod": "POST"}
    settings.TWILIO_SMS_FROM = "MG" + "0" * 32
    assert main(["channels", "register", "sms"]) == 0
    assert "in Twilio's console, give MG000" in capsys.readouterr().out
    settings.TWILIO_SMS_FROM = "+33100000000"
    assert main(["channels", "register", "sms"]) == 1
    assert "no such number" in capsys.readouterr().err


def test_whatsapp_is_registered_and_calls_back_at_once(
    mobile: Mobile, whatsapp: WhatsAppSimulator, settings: Any, capsys: pytest.CaptureFixture[str]
) -> None:
    settings.META_APP_ID, settings.SEND_TIMEOUT = APP, 10.0  # Meta calls back before it answers
    assert main(["channels", "register", "whatsapp"]) == 0
    told = whatsapp.told["subscription"]
    assert (told["object"], told["fields"]) == ("whatsapp_business_account", "messages")
    assert told["callback_url"] == "https://bot.example/channels/whatsapp/"
    assert whatsapp.told["account"] == {}
    named = [each["command_name"] for each in whatsapp.told["commands"]["commands"]]
    assert named == ["start", "help", "langue", "effacer"]
    assert "no WHATSAPP_TEMPLATE" in capsys.readouterr().out


def test_what_must_be_done_by_hand_for_whatsapp_is_told(
    whatsapp: WhatsAppSimulator, settings: Any, capsys: pytest.CaptureFixture[str]
) -> None:
    settings.WHATSAPP_ACCOUNT_ID = ""
    assert main(["channels", "register", "whatsapp"]) == 0
    printed = capsys.readouterr().out
    assert f"in the app's dashboard (Webhooks, whatsapp_business_account), give {WEBHOOK[:-9]}whatsapp/" in printed
    assert verify_token() in printed and "give WHATSAPP_ACCOUNT_ID" in printed
    assert settings.META_APP_SECRET not in printed
    whatsapp.errors = [(400, 100, 0)]
    assert main(["channels", "register", "whatsapp"]) == 0
    assert "the commands were not taken (100)" in capsys.readouterr().out


def test_messenger_is_registered_with_its_greeting_and_its_menu(
    friend: Friend, messenger: MessengerSimulator, settings: Any, capsys: pytest.CaptureFixture[str]
) -> None:
    settings.META_APP_ID, settings.SEND_TIMEOUT = APP, 10.0  # Meta calls back before it answers
    assert main(["channels", "register", "messenger"]) == 0
    assert messenger.told["subscription"]["object"] == "page"
    assert "messaging_postbacks" in messenger.told["page"]["subscribed_fields"]
    profile = messenger.told["profile"]
    assert len(profile["greeting"]) == 6 and "Human Agent" in capsys.readouterr().out
    menus = {menu["locale"]: menu["call_to_actions"] for menu in profile["persistent_menu"]}
    assert [item["title"] for item in menus["pt_PT"]][-1] == "Apagar a minha conversa"


@pytest.mark.parametrize("status", [0, 429, 500])
def test_a_refusal_by_meta_is_told_without_its_tokens(
    messenger: MessengerSimulator, status: int, capsys: pytest.CaptureFixture[str]
) -> None:
    messenger.trouble.statuses = [status]
    assert main(["channels", "register", "messenger"]) == 1
    printed = capsys.readouterr()
    assert "not registered" in printed.err and messenger.token not in printed.out + printed.err
