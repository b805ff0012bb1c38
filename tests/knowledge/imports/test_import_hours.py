"""schema.org's opening hours become OpenStreetMap's, and say the same."""

from __future__ import annotations

from datetime import date, datetime, time
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from opening_hours import OpeningHours

from bot.knowledge.imports.opening_specification import DAYS, from_specifications, from_texts
from bot.knowledge.imports.values import RefusedError
from bot.knowledge.opening import week

TODAY = date(2026, 11, 27)
NAMES = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")


def spec(days: Any = None, opens: str | None = None, closes: str | None = None, **more: Any) -> dict[str, Any]:
    found = {"@type": "OpeningHoursSpecification", "dayOfWeek": days, "opens": opens, "closes": closes, **more}
    return {key: value for key, value in found.items() if value is not None}


@pytest.mark.parametrize(
    ("specifications", "wanted"),
    [
        ([spec(list(NAMES[:5]), "09:00", "17:00")], "Mo-Fr 09:00-17:00"),
        ([spec("Monday", "09:00:00", "T12:00"), spec("Mo", "14:00", "17:00")], "Mo 09:00-12:00,14:00-17:00"),
        ([spec(["https://schema.org/Monday", "http://schema.org/Wednesday"], "9:00", "12:00")], "Mo,We 09:00-12:00"),
        (
            [spec([{"@id": "schema:Friday"}, {"@type": "DayOfWeek", "name": "Saturday"}], "09:00", "12:00")],
            "Fr,Sa 09:00-12:00",
        ),
        ([spec("Monday-Friday", "09:00", "12:00"), spec("Sunday", "00:00", "00:00")], "Mo-Fr 09:00-12:00"),
        ([spec("Saturday-Monday", "09:00", "12:00")], "Mo,Sa,Su 09:00-12:00"),
        ([spec("Mo,Tu", "09:00", "12:00"), spec("PublicHolidays")], "Mo,Tu 09:00-12:00; PH off"),
        ([spec("Friday", "22:00", "02:00")], "Fr 22:00-02:00"),
        ([spec("Friday", "00:00", "23:59")], "Fr 00:00-24:00"),
        ([spec("Friday", "18:00", "00:00")], "Fr 18:00-24:00"),
        ([spec(None, "09:00", "12:00")], "Mo-Su 09:00-12:00"),
        ([spec("Friday", "09:00", "12:00", validFrom="2020-01-01")], "Fr 09:00-12:00"),
        (
            [spec("Friday", "09:00", "12:00"), spec(validFrom="2026-12-25", validThrough="2026-12-25T23:59:59")],
            "Fr 09:00-12:00; 2026 Dec 25 Mo-Su off",
        ),
        (
            [
                spec("Friday", "09:00", "12:00"),
                spec("Friday", "10:00", "11:00", validFrom="2027-07-01", validThrough="2027-08-31"),
            ],
            "Fr 09:00-12:00; 2027 Jul 01-2027 Aug 31 Fr 10:00-11:00",
        ),
        (
            [
                spec("Friday", "09:00", "12:00"),
                spec("PublicHolidays"),
                spec("Friday", "10:00", "11:00", validFrom="2027-07-01", validThrough="2027-08-31"),
                spec("Friday", "09:00", "10:00", validFrom="2027-12-24", validThrough="2027-12-24"),
            ],
            "Fr 09:00-12:00; 2027 Jul 01-2027 Aug 31 Fr 10:00-11:00; PH off; 2027 Dec 24 Fr 09:00-10:00",
        ),
        (
            [spec("Friday", "09:00", "12:00"), spec("Monday", "09:00", "12:00", validFrom="2027-01-01")],
            "Fr 09:00-12:00; 2027 Jan 01+ off; 2027 Jan 01+ Mo 09:00-12:00",
        ),
        (
            [spec("Friday", "09:00", "12:00", validFrom="2026-09-01", validThrough="2027-06-30")],
            "unknown; 2026 Sep 01-2027 Jun 30 off; 2026 Sep 01-2027 Jun 30 Fr 09:00-12:00",
        ),
        (
            [spec("Friday", "09:00", "12:00"), spec("Monday", "09:00", "12:00", validThrough="2026-11-26")],
            "Fr 09:00-12:00",
        ),
        (  # of two weeks without an end, the one that began later
            [
                spec("Mo,Tu", "10:00", "16:00", validFrom="2026-09-01"),
                spec("Mo,Tu", "09:00", "18:00", validFrom="2024-01-01"),
                spec("Mo", "07:00", "08:00"),
            ],
            "Mo,Tu 10:00-16:00",
        ),
        (
            [spec("Mo,Tu", "09:00", "18:00"), spec("Sa", "10:00", "12:00", validFrom="2026-09-01")],
            "Mo,Tu 09:00-18:00; Sa 10:00-12:00",
        ),
        (
            [spec("Mo", "09:00", "18:00"), spec("Mo,Tu", "10:00", "16:00", validFrom="2026-12-01")],
            "Mo 09:00-18:00; 2026 Dec 01+ off; 2026 Dec 01+ Mo,Tu 10:00-16:00",
        ),
    ],
)
def test_specifications(specifications: list[dict[str, Any]], wanted: str) -> None:
    assert from_specifications(specifications, TODAY) == wanted


@pytest.mark.parametrize(
    ("specifications", "why"),
    [
        ([spec("lundi", "09:00", "12:00")], "lundi"),
        ([spec("Monday", "9h", "12h")], "9h"),
        ([spec("Monday", "09:00")], "only"),
        ([spec("Monday", "25:00", "26:00")], "25:00"),
        ([spec("Monday", "09:00", "09:00")], "from 09:00 to 09:00"),
        ([spec("Monday", "09:00:00+02:00", "12:00")], "+02:00"),
        ([spec(list(NAMES))], "every day"),
        ([], "every day"),
        ([spec("Monday", "09:00", "12:00"), spec("Monday")], "open and closed"),
        (
            [spec("PublicHolidays", validFrom="2026-12-01", validThrough="2026-12-31"), spec("Mo", "09:00", "10:00")],
            "season",
        ),
        ([spec("Monday", "09:00", "12:00", validThrough="demain")], "demain"),
        ([spec("Monday", "09:00", "12:00", validFrom="2027-02-01", validThrough="2027-01-01")], "from 2027-02-01"),
        (["Mo-Fr 09:00-12:00"], "OpeningHoursSpecification"),
        (
            [spec("Mo,Tu", "09:00", "18:00"), spec("Tu", "10:00", "16:00", validFrom="2026-09-01")],
            "since 2026-09-01",
        ),
    ],
)
def test_what_is_not_understood_is_refused_whole(specifications: list[Any], why: str) -> None:
    with pytest.raises(RefusedError) as caught:
        from_specifications(specifications, TODAY)
    assert why in str(caught.value)


@pytest.mark.parametrize(
    ("texts", "wanted"),
    [
        (["Mo-Fr 09:00-17:00"], "Mo-Fr 09:00-17:00"),
        (
            ["Mo,Tu 09:00-12:00", "Mo,Tu 14:00–17:00", "Sa 10:00 - 12:00"],
            "Mo,Tu 09:00-12:00,14:00-17:00; Sa 10:00-12:00",
        ),
        (["Mo-Fr 9:00-12:00, 13:00-17:00"], "Mo-Fr 09:00-12:00,13:00-17:00"),
        (["Su"], "Su 00:00-24:00"),
        (["Mo-Fr 09:00-17:00; PH off"], "Mo-Fr 09:00-17:00; PH off"),
    ],
)
def test_texts(texts: list[str], wanted: str) -> None:
    assert from_texts(texts) == wanted


@pytest.mark.parametrize(
    "texts", [["du lundi au vendredi"], ["Mo-Fr 9h-17h"], ["Mo 09:00-10:00", "sur rendez-vous"], []]
)
def test_texts_that_are_none(texts: list[str]) -> None:
    with pytest.raises(RefusedError):
        from_texts(texts)


def test_a_season_alone_says_nothing_of_the_rest_of_the_year() -> None:
    text = from_specifications(
        [spec("Friday", "09:00", "12:00", validFrom="2026-09-01", validThrough="2027-06-30")], TODAY
    )
    hours = OpeningHours(text)
    for at, state in (
        (datetime(2026, 11, 27, 10), "open"),
        (datetime(2026, 11, 28, 10), "closed"),
        (datetime(2027, 7, 2, 10), "unknown"),
    ):
        assert str(hours.state(at)[0]) == state


MINUTES = (
    st.lists(st.integers(0, 96), min_size=2, max_size=4, unique=True)
    .map(sorted)
    .filter(lambda cuts: len(cuts) % 2 == 0)
)
WEEKS = st.lists(st.one_of(st.just([]), MINUTES), min_size=7, max_size=7).filter(any)


def clock(quarters: int) -> str:
    return f"{quarters // 4:02}:{quarters % 4 * 15:02}"


def pairs(cuts: list[int]) -> list[tuple[int, int]]:
    return list(zip(cuts[::2], cuts[1::2]))


def wanted(days: list[list[int]]) -> tuple[tuple[tuple[time, time], ...], ...]:
    def at(quarters: int) -> time:
        return time(quarters // 4 % 24, quarters % 4 * 15)

    return tuple(tuple((at(start), at(end)) for start, end in pairs(cuts)) for cuts in days)


@settings(max_examples=60, deadline=None)
@given(WEEKS, st.randoms(use_true_random=False))
def test_any_week_comes_back_as_it_was(days: list[list[int]], random: Any) -> None:
    """As specifications in any order and as texts; no range touches the next, which would be one range."""
    said = [(day, pair) for day, cuts in enumerate(days) for pair in pairs(cuts)]
    random.shuffle(said)
    closed = [spec(NAMES[day], "00:00", "00:00") for day, cuts in enumerate(days) if not cuts]
    specifications = [spec(NAMES[day], clock(start), clock(end)) for day, (start, end) in said]
    texts = [f"{DAYS[day]} {clock(start)}-{clock(end)}" for day, (start, end) in said]
    assert week(from_specifications([*specifications, *closed], TODAY)) == wanted(days)
    assert week(from_texts(texts)) == wanted(days)
