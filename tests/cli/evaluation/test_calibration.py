"""Whether confidence means something."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.cli.evaluation.calibration import Bin, measure
from tests.cli.evaluation.judging import judged


def test_what_is_right_as_often_as_it_is_sure_has_no_error() -> None:
    found = measure([judged("greet", "greet" if number % 5 else "deny", confidence=0.8) for number in range(150)])
    assert found.bins == [Bin(10, pytest.approx(0.8), pytest.approx(0.8))] * 15
    assert found.error == pytest.approx(0.0)


def test_who_is_always_sure_and_half_the_time_wrong_errs_by_half() -> None:
    found = measure([judged("greet", "greet" if number % 2 else "deny", confidence=1.0) for number in range(300)])
    assert found.error == pytest.approx(0.5)


def test_too_little_confidence_is_an_error_too() -> None:
    assert measure([judged("greet", "greet", confidence=0.7)] * 40).error == pytest.approx(0.3)


@settings(max_examples=50, deadline=None)
@given(st.lists(st.tuples(st.floats(0, 1), st.booleans()), max_size=60))
def test_bins_share_the_messages_evenly_from_the_least_sure_to_the_surest(found: list[tuple[float, bool]]) -> None:
    measured = measure([judged("greet", "greet" if right else "deny", confidence=sure) for sure, right in found])
    sizes = [one.messages for one in measured.bins]
    assert sum(sizes) == len(found)
    assert not sizes or max(sizes) - min(sizes) <= 1
    means = [one.confidence for one in measured.bins]
    assert all(low <= high + 1e-9 for low, high in zip(means, means[1:]))
    assert 0.0 <= measured.error <= 1.0
