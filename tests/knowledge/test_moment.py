"""The moment at which something is said."""

from __future__ import annotations

from datetime import datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.knowledge.moment import moment


@pytest.mark.parametrize(
    ("told", "zone", "wanted"),
    [
        ("2026-11-24T10:30", "Indian/Reunion", "2026-11-24T10:30:00+04:00"),
        ("2026-11-24T10:30:00+01:00", "Indian/Reunion", "2026-11-24T13:30:00+04:00"),
        ("2026-11-24T10:30:00Z", "Europe/Paris", "2026-11-24T11:30:00+01:00"),
        ("2026-07-01T22:30:00.500z", "Europe/Paris", "2026-07-02T00:30:00.500000+02:00"),
        ("2026-11-24T10:30:00.5+0100", "Europe/Paris", "2026-11-24T10:30:00.500000+01:00"),
        ("2026-11-24", None, "2026-11-24T00:00:00+01:00"),
        ("2026-11-24T10:30", "Europe", "2026-11-24T10:30:00+01:00"),
        ("2026-11-24T10:30", "Nowhere/Town", "2026-11-24T10:30:00+01:00"),
        ("2026-11-24T10:30", "../etc/passwd", "2026-11-24T10:30:00+01:00"),
        ("2026-11-24T10:30", "é" * 300, "2026-11-24T10:30:00+01:00"),
    ],
)
def test_a_time_is_told_in_the_zone(told: str, zone: str | None, wanted: str) -> None:
    assert moment(told, zone).isoformat() == wanted


@pytest.mark.parametrize("told", [None, "", "tomorrow", 5, ["2026-11-24"], "2026-13-40", "Z"])
def test_what_is_no_time_is_now(told: object) -> None:
    assert abs(datetime.now(timezone.utc) - moment(told)) < timedelta(seconds=5)


@given(st.text() | st.none() | st.integers(), st.text() | st.none() | st.integers())
def test_it_never_raises_and_has_a_zone(told: object, zone: object) -> None:
    assert moment(told, zone).utcoffset() is not None


@pytest.mark.parametrize("told", ["0001-01-01T00:00:00+14:00", "9999-12-31T23:59:00-12:00"])
def test_the_ends_of_time(told: str) -> None:
    assert moment(told, "Pacific/Kiritimati").tzinfo is not None
