"""Days and instants, as options and requests take them."""

from __future__ import annotations

import argparse
from datetime import date, datetime, timedelta, timezone
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.cli import moments

PARIS = ZoneInfo("Europe/Paris")


@pytest.mark.parametrize(
    ("told", "begins", "ends"),
    [
        (" 2027-05-01 ", "2027-05-01T00:00:00+02:00", "2027-05-02T00:00:00+02:00"),
        ("2027-10-31", "2027-10-31T00:00:00+02:00", "2027-11-01T00:00:00+01:00"),
        ("2027-05-01T10:00", "2027-05-01T10:00:00+02:00", "2027-05-01T10:00:00+02:00"),
        ("2027-05-01T10:00:00.5+0100", "2027-05-01T11:00:00.500000+02:00", "2027-05-01T11:00:00.500000+02:00"),
        ("2027-05-01 10:00Z", "2027-05-01T12:00:00+02:00", "2027-05-01T12:00:00+02:00"),
    ],
)
def test_a_day_is_its_midnight_or_the_next_and_an_instant_is_itself(told: str, begins: str, ends: str) -> None:
    found = moments.when(told)
    assert (moments.begin(found, PARIS).isoformat(), moments.end(found, PARIS).isoformat()) == (begins, ends)


@pytest.mark.parametrize("told", ["", " ", "demain", "01/05/2027", "2027-02-30", "20270501", "2027-05-01T25:00", "Z"])
def test_what_is_no_time_is_told_with_how_to_write_one(told: str) -> None:
    with pytest.raises(ValueError, match="is no time: write it as 2027-05-01 or 2027-05-01T10:00"):
        moments.when(told)
    with pytest.raises(argparse.ArgumentTypeError, match="is no time: write it as 2027-05-01$"):
        moments.day(told)


def test_a_year_far_away_and_a_time_where_a_day_is_asked_are_refused() -> None:
    with pytest.raises(ValueError, match="from 1990 to 2100"):
        moments.when("0203-05-01")
    with pytest.raises(argparse.ArgumentTypeError, match="more than a day"):
        moments.day("2027-05-01T10:00")
    assert moments.day(" 2027-05-01") == date(2027, 5, 1)


def test_a_day_of_a_check_has_come_or_is_tomorrow_elsewhere() -> None:
    today = date.today()
    assert moments.past_day((today + timedelta(days=1)).isoformat()) == today + timedelta(days=1)
    with pytest.raises(argparse.ArgumentTypeError, match="has not come yet"):
        moments.past_day((today + timedelta(days=2)).isoformat())
    parser = argparse.ArgumentParser(exit_on_error=False)
    moments.add_checked_on(parser)
    with pytest.raises(argparse.ArgumentError, match="has not come yet"):
        parser.parse_args(["--checked-on", "2099-01-01"])


@given(st.datetimes(datetime(1990, 1, 1), datetime(2100, 12, 31), timezones=st.none() | st.just(timezone.utc)))
def test_any_instant_is_read_as_it_is_written(instant: datetime) -> None:
    assert moments.when(instant.isoformat()) == instant
    assert moments.end(instant, PARIS) - moments.begin(instant, PARIS) == timedelta(0)
