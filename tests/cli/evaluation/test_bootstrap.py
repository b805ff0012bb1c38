"""Intervals: around the score, narrower with more messages."""

from __future__ import annotations

import math

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.cli.evaluation.bootstrap import Interval, f1, mean


@settings(max_examples=20, deadline=None)
@given(st.lists(st.booleans(), min_size=1, max_size=80))
def test_a_share_lies_between_its_bounds(values: list[bool]) -> None:
    found = mean(values)
    assert found.value == pytest.approx(sum(values) / len(values), abs=1e-6)
    assert 0.0 <= found.low <= found.value + 1e-6
    assert found.value - 1e-6 <= found.high <= 1.0


@pytest.mark.parametrize("messages", [100, 1000, 10_000])
def test_the_bounds_are_those_of_the_normal_law_when_there_are_many(messages: int) -> None:
    found = mean([number % 5 != 0 for number in range(messages)])
    half = 1.96 * math.sqrt(0.8 * 0.2 / messages)
    assert found.low == pytest.approx(0.8 - half, abs=half / 4)
    assert found.high == pytest.approx(0.8 + half, abs=half / 4)


@pytest.mark.parametrize("values", [[], [True]])
def test_one_message_proves_nothing(values: list[bool]) -> None:
    found = mean(values)
    assert (found.low, found.high) == (0.0, 1.0)


def test_the_f1_is_of_all_entities_together() -> None:
    found = f1([(1, 1, 1, 1), (1, 0, 2, 0), (2, 2, 2, 2), (0, 0, 0, 0)])
    assert found.value == pytest.approx(2 * (3 / 4) * (3 / 5) / (3 / 4 + 3 / 5))
    assert found.low < found.value < found.high


def test_no_entity_at_all_has_no_score() -> None:
    assert f1([]) == Interval(0.0, 0.0, 1.0)
    assert f1([(0, 0, 0, 0)] * 3).value == 0.0


def test_the_figures_are_the_same_at_each_run() -> None:
    values = [number % 3 == 0 for number in range(50)]
    assert mean(values) == mean(values)
