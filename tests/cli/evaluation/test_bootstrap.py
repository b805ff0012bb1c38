"""Intervals: around the score, narrower with more messages, never of no width."""

from __future__ import annotations

import math

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.stats import binomtest

from bot.cli.evaluation.bootstrap import Interval, difference, f1, share


@settings(max_examples=20, deadline=None)
@given(st.lists(st.booleans(), min_size=1, max_size=80))
def test_a_share_lies_between_its_bounds(values: list[bool]) -> None:
    found = share(values)
    assert found.value == pytest.approx(sum(values) / len(values), abs=1e-6)
    assert 0.0 <= found.low <= found.value + 1e-6
    assert found.value - 1e-6 <= found.high <= 1.0


@pytest.mark.parametrize("messages", [100, 1000, 10_000])
def test_the_bounds_are_those_of_the_normal_law_when_there_are_many(messages: int) -> None:
    found = share([number % 5 != 0 for number in range(messages)])
    half = 1.96 * math.sqrt(0.8 * 0.2 / messages)
    assert found.low == pytest.approx(0.8 - half, abs=half / 4)
    assert found.high == pytest.approx(0.8 + half, abs=half / 4)


@pytest.mark.parametrize(("messages", "low"), [(1, 0.2065), (8, 0.6756), (188, 0.98)])
def test_where_all_are_right_something_may_still_be_missed(messages: int, low: float) -> None:
    """Every draw is the same: the bound is Wilson's, as statistics' books give it."""
    assert share([True] * messages) == Interval(1.0, pytest.approx(low, abs=1e-4), 1.0)
    assert share([False] * messages) == Interval(0.0, 0.0, pytest.approx(1 - low, abs=1e-4))
    assert f1([(1, 1, 1, 1)] * messages + [(0, 0, 0, 0)] * 9) == Interval(1.0, pytest.approx(low, abs=1e-4), 1.0)


def test_the_bound_where_all_are_right_is_that_of_a_known_library() -> None:
    theirs = binomtest(40, 40).proportion_ci(method="wilson")
    assert share([True] * 40).low == pytest.approx(theirs.low, abs=1e-5)


def test_nothing_to_measure_is_an_error() -> None:
    with pytest.raises(ValueError, match="no messages"):
        share([])


def test_the_f1_is_of_all_entities_together() -> None:
    found = f1([(1, 1, 1, 1), (1, 0, 2, 0), (2, 2, 2, 2), (0, 0, 0, 0)])
    assert found.value == pytest.approx(2 * (3 / 4) * (3 / 5) / (3 / 4 + 3 / 5))
    assert found.low < found.value < found.high


def test_no_entity_at_all_has_no_score() -> None:
    assert f1([]) is None
    assert f1([(0, 0, 0, 0)] * 3) is None


def test_messages_without_entities_tell_nothing_of_them() -> None:
    some = [(1, 1, 1, 1), (1, 0, 0, 0), (1, 1, 2, 1)]
    assert f1([*some, *[(0, 0, 0, 0)] * 500]) == f1(some)


def test_a_difference_is_taken_message_by_message() -> None:
    """Each errs on one message in five; on the same ones, nothing lies between them, on others much may."""
    ours = [number % 5 != 0 for number in range(200)]
    theirs = [number % 5 != 1 for number in range(200)]
    found = difference(theirs, ours)
    assert found.value == pytest.approx(0.0, abs=1e-6)
    assert -0.12 < found.low < -0.05 < 0.05 < found.high < 0.12
    worse = [right and number % 10 != 3 for number, right in enumerate(ours)]
    found = difference(worse, ours)
    assert found.value == pytest.approx(-0.1)
    assert found.low < found.value < found.high < 0.0


def test_a_difference_may_be_of_one_message() -> None:
    found = difference([False], [True])
    assert (found.value, found.low) == (-1.0, -1.0)
    assert found.high < 0.0


def test_the_figures_are_the_same_at_each_run() -> None:
    values = [number % 3 == 0 for number in range(50)]
    assert share(values) == share(values)
