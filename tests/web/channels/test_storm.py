"""Five people, a platform that fails at random, calls repeated: each hears each answer once, in order."""

from __future__ import annotations

import random
from functools import partial

import pytest

from bot.web.channels import outbox, telegram
from tests.web.fake_rasa import FakeRasa

from .simulator import seen
from .telegram_simulator import Phone, TelegramSimulator

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_each_hears_each_answer_once_and_in_order(
    phone: Phone, platform: TelegramSimulator, rasa: FakeRasa, seed: int
) -> None:
    chance = random.Random(seed)
    door, secret = str(phone._http.base_url), telegram._secret()
    people = [phone, *(Phone(platform, door, secret, 100 + number) for number in range(4))]
    for number in range(8):
        for person in people:
            platform.trouble.statuses += chance.choices([200, 500, 0, 502, 429], [5, 2, 2, 2, 1], k=2)
            update = person.message(text=f"n{number}")
            for _ in range(chance.choice([1, 1, 2])):
                assert person.deliver(update).status_code == 200
    for person in people:
        seen(partial(heard, person), "Réponse à : n7", seconds=60)
        assert person.heard[1:] == [f"Réponse à : n{number}" for number in range(8)]
    assert outbox.dead_letters() == []


def heard(person: Phone) -> list[str]:
    """What somebody has heard until now."""
    return person.heard
