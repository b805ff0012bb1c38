"""Whether confidence means something."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.cli.evaluation.calibration import Bin, measure
from tests.cli.evaluation.judging import judged


def test_what_is_right_as_often_as_it_is_sure_has_no_error() -> None:
    sure = [step / 20 for step in range(5, 20)]
    right = {one: ["greet" if number < 20 * one else "deny" for number in range(20)] for one in sure}
    found = measure([judged("greet", heard, confidence=one) for one in sure for heard in right[one]])
    assert found.bins == [Bin(20, pytest.approx(one), pytest.approx(one)) for one in sure]
    assert found.error == pytest.approx(0.0)


@pytest.mark.parametrize("right_ones_first", [True, False])
def test_equal_confidences_are_of_one_bin_whatever_the_order_of_the_messages(right_ones_first: bool) -> None:
    heard = [judged("greet", heard, confidence=0.5) for heard in ("greet", "deny") for _ in range(75)]
    found = measure(heard if right_ones_first else heard[::-1])
    assert found.bins == [Bin(150, 0.5, 0.5)]
    assert found.error == 0.0


def test_who_is_always_sure_and_half_the_time_wrong_errs_by_half() -> None:
    found = measure([judged("greet", "greet" if number % 2 else "deny", confidence=1.0) for number in range(300)])
    assert found.error == pytest.approx(0.5)


def test_too_little_confidence_is_an_error_too() -> None:
    assert measure([judged("greet", "greet", confidence=0.7)] * 40).error == pytest.approx(0.3)


@settings(max_examples=50, deadline=None)
@given(st.lists(st.tuples(st.floats(0, 1), st.booleans()), max_size=60, unique_by=lambda one: one[0]))
def test_bins_share_the_messages_evenly_from_the_least_sure_to_the_surest(found: list[tuple[float, bool]]) -> None:
    measured = measure([judged("greet", "greet" if right else "deny", confidence=sure) for sure, right in found])
    sizes = [one.messages for one in measured.bins]
    assert sum(sizes) == len(found)
    assert not sizes or max(sizes) - min(sizes) <= 1
    assert len(sizes) == min(15, len(found))
    means = [one.confidence for one in measured.bins]
    assert all(low <= high + 1e-9 for low, high in zip(means, means[1:]))
    assert 0.0 <= measured.error <= 1.0


@settings(max_examples=50, deadline=None)
@given(st.permutations([(step // 4 / 10, step % 3 == 0) for step in range(40)]))
def test_the_order_of_the_messages_changes_nothing(found: list[tuple[float, bool]]) -> None:
    measured = measure([judged("greet", "greet" if right else "deny", confidence=sure) for sure, right in found])
    assert [one.messages for one in measured.bins] == [4] * 10
    assert measured.error == pytest.approx(0.28)
