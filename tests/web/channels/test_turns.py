"""A flood of one person's delays that person alone, from the moment it reaches the webhook."""

from __future__ import annotations

import asyncio
import json
import threading
import time
from typing import Any

import pytest
from django.test import AsyncClient

from bot.web.channels import inbox, telegram
from bot.web.channels.platform import Incoming, Kind, Platform
from bot.web.channels.turns import Turns, fair
from tests.web.fake_rasa import FakeRasa

from .simulator import seen
from .telegram_simulator import HEADER, TelegramSimulator
from .whatsapp_simulator import Mobile, WhatsAppSimulator

pytestmark = pytest.mark.django_db(transaction=True)


def event(user: str, text: str) -> Incoming:
    return Incoming(Kind.TEXT, f"{user}{text}", user, user, text=text)


def test_everybody_s_first_comes_before_anybody_s_second() -> None:
    told = [event(user, text) for user, text in ("a1", "a2", "a3", "b1", "c1", "b2")]
    assert [each.user + each.text for each in fair(told)] == ["a1", "b1", "c1", "a2", "b2", "a3"]
    assert fair([]) == []


def test_one_at_a_time_for_each_and_nothing_is_kept() -> None:
    turns, done = Turns(), []

    async def one(key: str, name: int, seconds: float) -> None:
        async with turns.of(key):
            await asyncio.sleep(seconds)
            done.append(f"{key}{name}")

    async def all_of_them() -> None:
        slow = [asyncio.create_task(one("a", number, 0.02)) for number in range(4)]
        gone = asyncio.create_task(one("a", 9, 0.02))
        await asyncio.sleep(0.01)
        gone.cancel()
        await asyncio.gather(*slow, one("b", 0, 0.0), return_exceptions=True)

    asyncio.run(all_of_them())
    assert done == ["b0", "a0", "a1", "a2", "a3"]
    assert not turns._locks and not turns._asking


async def test_a_flood_of_calls_leaves_room_for_others(
    platform: TelegramSimulator, monkeypatch: pytest.MonkeyPatch
) -> None:
    """More calls at the same time than the door has database threads, all of one person, each of them slow."""
    at_work = threading.Semaphore(0)

    def slow(_: Platform, taken: Incoming) -> bool:
        if taken.user == "7":
            at_work.release()
            time.sleep(0.8)
        return True

    monkeypatch.setattr(inbox, "take", slow)
    flood = [asyncio.create_task(call(7, number)) for number in range(12)]
    assert await asyncio.to_thread(at_work.acquire, timeout=10)
    await asyncio.sleep(0.05)
    begun = time.monotonic()
    await call(8, 100)
    assert time.monotonic() - begun < 0.5
    assert not any(each.done() for each in flood[1:])
    for each in flood:
        each.cancel()
    await asyncio.gather(*flood, return_exceptions=True)


async def call(user: int, number: int) -> None:
    """Somebody's message, as Telegram calls."""
    message: dict[str, Any] = {"message_id": number, "chat": {"id": user, "type": "private"}, "from": {"id": user}}
    answer = await AsyncClient().post(
        "/channels/telegram/", json.dumps({"update_id": number, "message": {**message, "text": "bonjour"}}),
        content_type="application/json", headers={HEADER: telegram._secret()},
    )  # fmt: skip
    assert answer.status_code == 200


def test_in_one_batch_too_who_writes_once_does_not_wait_for_who_writes_often(
    mobile: Mobile, whatsapp: WhatsAppSimulator, rasa: FakeRasa, monkeypatch: pytest.MonkeyPatch
) -> None:
    order: list[str] = []
    take = inbox.take

    def noted(platform: Platform, taken: Incoming) -> bool:
        order.append(taken.user)
        return take(platform, taken)

    monkeypatch.setattr(inbox, "take", noted)
    other = Mobile(whatsapp, str(mobile.http.base_url), "33600000001")
    many = [mobile.message("text", {"body": f"n{number}"}) for number in range(10)]
    assert mobile.deliver(*many, other.message("text", {"body": "bonjour"})).status_code == 200
    assert order[:3] == [mobile.number, other.number, mobile.number] and len(order) == 11
    seen(lambda: other.heard, "Réponse à : bonjour")
    seen(lambda: mobile.heard, "Réponse à : n9")
    mine = [message for message in rasa.messages if message != "bonjour"]
    assert mine == [f"n{number}" for number in range(10)]
