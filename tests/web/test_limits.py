"""Rate limits."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import RequestFactory

from bot.web.conversations.errors import Refused
from bot.web.limits import Rates, address


class Clock:
    now = 1000.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def clock(settings: Any) -> Clock:
    settings.RATES = {"few": (3, 30)}
    return Clock()


def test_so_many_pass_and_then_one_at_a_time(clock: Clock) -> None:
    rates = Rates(clock)
    for _ in range(3):
        rates.hit("few", "a")
    with pytest.raises(Refused) as refused:
        rates.hit("few", "a")
    assert (refused.value.code, refused.value.status, refused.value.retry_after) == ("too_many", 429, 10)
    rates.hit("few", "b")
    clock.now += 10
    rates.hit("few", "a")
    with pytest.raises(Refused):
        rates.hit("few", "a")


def test_a_refused_one_does_not_count(clock: Clock) -> None:
    rates = Rates(clock)
    for _ in range(50):
        try:
            rates.hit("few", "a")
        except Refused:
            clock.now += 0.1
    clock.now += 10
    rates.hit("few", "a")


def test_who_has_gone_is_forgotten(clock: Clock, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("bot.web.limits._PRUNE_ABOVE", 5)
    rates = Rates(clock)
    for number in range(5):
        rates.hit("few", str(number))
    clock.now += 100
    rates.hit("few", "new")
    assert len(rates._full_at) == 1


@pytest.mark.parametrize(
    ("sender", "kept"),
    [
        ("192.0.2.7", "192.0.2.7"),
        ("2001:db8:1:2:3:4:5:6", "2001:db8:1:2::/64"),
        ("", "unknown"),
        ("testclient", "unknown"),
    ],
)
def test_what_stands_for_an_address(sender: str, kept: str) -> None:
    assert address(RequestFactory().get("/", REMOTE_ADDR=sender)) == kept
