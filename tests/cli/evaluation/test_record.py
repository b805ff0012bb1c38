"""The scores written down, and what is a fall."""

from __future__ import annotations

from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st

from bot.cli.evaluation import record
from tests.cli.evaluation.judging import judged
from tests.cli.evaluation.made import HEARD


def test_what_is_written_is_read_again(tmp_path: Path) -> None:
    path = tmp_path / "scores.json"
    record.write(HEARD, path)
    assert record.read(path) == record.of(HEARD)
    assert record.of(HEARD)["all first"] == 0.75
    assert record.of(HEARD)["place resolved"] == 1.0


def test_two_points_less_may_be_chance_more_is_a_fall() -> None:
    recorded = {"fr first": 0.90, "it first": 0.95}
    assert record.falls({"fr first": 0.881, "it first": 0.97}, recorded) == []
    assert record.falls({"fr first": 0.87, "it first": 0.97}, recorded) == ["fr first: 0.870, recorded 0.900"]


@given(st.integers(0, 10_000), st.integers(0, 10_000))
def test_two_points_exactly_are_allowed_whatever_the_rounding(recorded: int, fall: int) -> None:
    """Scores are written with four figures; 0.57 - 0.02 is not quite 0.55 to a computer."""
    before, now = recorded / 10_000, (recorded - fall) / 10_000
    assert bool(record.falls({"fr first": now}, {"fr first": before})) is (fall > 200)


def test_what_cannot_be_measured_is_not_written() -> None:
    found = record.of(HEARD)
    assert "date F1" not in found
    assert "express_distress recall" not in found
    assert "fr language told" not in found


def test_what_is_no_longer_measured_is_a_fall() -> None:
    assert record.falls({}, {"nl first": 0.9}) == ["nl first: not measured"]


def test_a_fall_is_seen_in_what_is_measured() -> None:
    worse = [*HEARD, *[judged("greet", "deny")] * 4]
    assert "all first: 0.375, recorded 0.750" in record.falls(record.of(worse), record.of(HEARD))
