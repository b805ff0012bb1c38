"""The ordinary weeks of a span: never two seasons in one, never a range over days that do not follow each other."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, time, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.knowledge import hours
from bot.knowledge.cite_types import Cite, Closure
from bot.knowledge.cites import Fact, load_cites
from bot.knowledge.hours import DayHours
from bot.knowledge.hours_period import shape
from bot.knowledge.usual_week import UsualWeek, usual_weeks

DEMO = load_cites()["demo"]
FACT = Fact("", "https://example.org/", date(2026, 11, 22))
DAYS = ("Mo", "Tu", "We", "Th", "Fr", "Sa", "Su")


def cite(hours: str, *closed: tuple[str, str]) -> Cite:
    spans = tuple(Closure(date.fromisoformat(first), date.fromisoformat(last), FACT) for first, last in closed)
    return replace(DEMO, hours=replace(FACT, value=hours), closures=spans)


def weeks(place: Cite, first: str, last: str) -> tuple[UsualWeek, ...]:
    return usual_weeks(place, date.fromisoformat(first), date.fromisoformat(last))


def told(week: UsualWeek) -> str:
    """ "Mo-We 09:00-17:00, Th …": what is open, by groups."""
    groups = ([name(each) for each in group] + [ranges(group[0])] for group in week.groups() if group[0].ranges)
    return ", ".join(f"{first}-{rest[-2]} {rest[-1]}" if rest[1:] else f"{first} {rest[0]}" for first, *rest in groups)


def name(found: DayHours) -> str:
    return DAYS[found.day.weekday()]


def ranges(found: DayHours) -> str:
    return ",".join(f"{span.start:%H:%M}-{span.end:%H:%M}" for span in found.ranges) or "off"


def dated(week: UsualWeek) -> list[str]:
    return [f"{found.day:%m-%d} {ranges(found)}" for found in week.dates]


def all_told(found: tuple[UsualWeek, ...]) -> list[tuple[str, str]]:
    return [(week.first.isoformat(), told(week)) for week in found]


def test_holidays_and_closures_are_no_ordinary_days() -> None:
    """Christmas is a Friday, New Year's Day too, and the Monday between is closed for once."""
    place = cite("Mo-Fr 09:00-17:00; PH off", ("2026-12-28", "2026-12-28"))
    for first, last in (("2026-12-21", "2027-01-10"), ("2026-12-25", "2026-12-29")):
        assert all_told(weeks(place, first, last)) == [(first, "Mo-Fr 09:00-17:00")]


def test_a_span_closed_from_end_to_end_has_no_ordinary_week() -> None:
    place = cite("Mo-Fr 09:00-17:00; PH off", ("2026-12-21", "2027-01-03"))
    (found,) = weeks(place, "2026-12-24", "2026-12-31")
    assert (found.days, found.varying, found.dates, found.changes) == ((), (), (), None)


def test_the_days_after_a_long_closure_make_no_week_of_one_day() -> None:
    place = cite("Mo-Fr 09:00-17:00; PH off", ("2027-08-01", "2027-08-31"))
    assert all_told(weeks(place, "2027-08-05", "2027-09-01")) == [("2027-08-05", "Mo-Fr 09:00-17:00")]


SUMMER = "Mo-Fr 09:00-17:00; Jul-Aug Mo-Fr 10:00-15:00; PH off"


@pytest.mark.parametrize(
    ("first", "last", "wanted"),
    [
        ("2027-06-21", "2027-08-31", [("2027-06-21", "Mo-Fr 09:00-17:00"), ("2027-07-01", "Mo-Fr 10:00-15:00")]),
        ("2027-06-28", "2027-07-25", [("2027-06-28", "Mo-Fr 09:00-17:00"), ("2027-07-01", "Mo-Fr 10:00-15:00")]),
        ("2027-06-30", "2027-07-02", [("2027-06-30", "Mo-Fr 09:00-17:00"), ("2027-07-01", "Mo-Fr 10:00-15:00")]),
        ("2027-07-01", "2027-08-31", [("2027-07-01", "Mo-Fr 10:00-15:00")]),
        ("2027-06-01", "2027-06-30", [("2027-06-01", "Mo-Fr 09:00-17:00")]),
        ("2027-09-01", "2027-09-30", [("2027-09-01", "Mo-Fr 09:00-17:00")]),
    ],
)
def test_the_weeks_of_a_summer(first: str, last: str, wanted: list[tuple[str, str]]) -> None:
    found = weeks(cite(SUMMER), first, last)
    assert all_told(found) == wanted
    assert [week.changes for week in found] == [week.first for week in found[1:]] + [None]


def test_all_the_changes_of_a_year() -> None:
    found = weeks(cite(SUMMER), "2027-05-10", "2028-05-01")
    assert [week.first.isoformat() for week in found] == ["2027-05-10", "2027-07-01", "2027-09-01"]
    assert told(found[0]) == told(found[2]) == "Mo-Fr 09:00-17:00"


def test_a_weekday_that_opens_after_the_change_is_not_told_before() -> None:
    place = cite("2026 Nov 01-2026 Dec 08 Mo-Tu 09:00-12:00; 2026 Dec 09+ Mo-Sa 14:00-18:00; PH off")
    assert all_told(weeks(place, "2026-12-07", "2026-12-31")) == [
        ("2026-12-07", "Mo-Tu 09:00-12:00"),
        ("2026-12-09", "Mo-Sa 14:00-18:00"),
    ]


def test_a_season_of_ten_days() -> None:
    place = cite("Mo-Fr 09:00-17:00; 2026 Dec 14-2026 Dec 23 Mo-Fr 09:00-12:00; PH off")
    found = weeks(place, "2026-12-01", "2026-12-31")
    assert all_told(found) == [
        ("2026-12-01", "Mo-Fr 09:00-17:00"),
        ("2026-12-14", "Mo-Fr 09:00-12:00"),
        ("2026-12-24", "Mo-Fr 09:00-17:00"),
    ]
    assert all(week.dates == () for week in found)


@pytest.mark.parametrize(
    ("expression", "dates"),
    [
        ("Mo-Fr 09:00-17:00; Dec 24 09:00-12:00; PH off", ["12-24 09:00-12:00"]),
        ("Mo-Fr 09:00-17:00, Sa[1] 10:00-13:00; PH off", ["12-05 10:00-13:00"]),
        (
            "Mo-Fr 09:00-17:00; 2026 Dec 07-2026 Dec 09 off; PH off",
            ["12-07 off", "12-08 off", "12-09 off"],
        ),
    ],
)
def test_a_few_odd_days_are_told_by_their_dates(expression: str, dates: list[str]) -> None:
    (found,) = weeks(cite(expression), "2026-11-30", "2026-12-27")
    assert told(found) == "Mo-Fr 09:00-17:00"
    assert (dated(found), found.varying, found.changes) == (dates, (), None)


@pytest.mark.parametrize("first", ["2026-11-23", "2026-12-21", "2027-01-04", "2027-03-08"])
def test_one_week_in_two_is_never_every_week(first: str) -> None:
    """2026 has a 53rd week: two odd weeks follow each other there."""
    place = cite("Tu-Fr 09:00-17:00; week 01-53/2 Mo 09:00-12:00; PH off")
    start = date.fromisoformat(first)
    (found,) = usual_weeks(place, start, start + timedelta(days=27))
    assert (told(found), found.varying) == ("Tu-Fr 09:00-17:00", (0,))
    assert all(each.day.weekday() == 0 for each in found.dates)
    assert {each.ranges != () for each in found.dates} == {True, False}
    assert all((each.day.isocalendar().week % 2 == 1) == bool(each.ranges) for each in found.dates)


def test_weeks_in_turn_are_told_one_by_one() -> None:
    turns = ("week 01-52/3 Mo-Fr 09:00-12:00", "week 02-53/3 Mo-Fr 13:00-17:00", "week 03-51/3 Mo-Fr 18:00-20:00")
    place = cite("; ".join([*turns, "PH off"]))
    assert all_told(weeks(place, "2027-02-01", "2027-02-21")) == [
        ("2027-02-01", "Mo-Fr 13:00-17:00"),
        ("2027-02-08", "Mo-Fr 18:00-20:00"),
        ("2027-02-15", "Mo-Fr 09:00-12:00"),
    ]


def test_days_alike_stand_together() -> None:
    (found,) = usual_weeks(DEMO, date(2026, 11, 25), date(2026, 12, 22))  # from a Wednesday on
    assert [[each.day.weekday() for each in group] for group in found.groups()] == [[0, 1, 2], [3], [4], [5], [6]]


def test_only_the_days_open_in_the_evening() -> None:
    (found,) = usual_weeks(DEMO, date(2026, 11, 23), date(2026, 12, 20))
    assert [each.day.weekday() for each in found.only(time(18), time()).days] == [3]
    assert [each.day.weekday() for each in found.only(time(9), time(9, 30)).days] == []
    assert len(found.only(time(12), time(14)).days) == 6
    (late,) = weeks(cite("Mo 20:00-24:00; PH off"), "2026-11-23", "2026-11-29")
    assert len(late.only(time(23), time()).days) == 1


def test_the_days_between_two_open_evenings_are_not_told_as_open() -> None:
    (found,) = weeks(cite("Mo,We,Fr 09:00-17:00; Tu,Th 12:00-20:00; PH off"), "2026-11-23", "2026-12-20")
    evenings = found.only(time(18), time())
    assert [[each.day.weekday() for each in group] for group in evenings.groups()] == [[1], [3]]
    assert told(evenings) == "Tu 12:00-20:00, Th 12:00-20:00"


def test_a_weekday_without_any_ordinary_day_cuts_the_range() -> None:
    closed = [(date(2026, 10, 27) + timedelta(days=7 * week)).isoformat() for week in range(14)]
    place = cite("Mo-Fr 09:00-17:00; PH off", *((each, each) for each in closed))
    (found,) = weeks(place, "2026-11-23", "2026-12-20")
    assert told(found) == "Mo 09:00-17:00, We-Fr 09:00-17:00"


def test_of_days_that_vary_only_those_open_then_are_kept() -> None:
    (found,) = weeks(cite("Mo-Fr 09:00-17:00; week 01-53/2 Th 12:00-20:00; PH off"), "2027-01-04", "2027-01-31")
    assert found.varying == (3,)
    assert found.only(time(18), time()).varying == (3,)
    assert found.only(time(7), time(8)).varying == ()


SPANS = st.sampled_from(["09:00-12:00", "09:00-17:00", "14:00-20:00", "off"])
WHEN = st.sampled_from(["", "Jul-Aug ", "Dec 14-Dec 23 ", "week 01-53/2 ", "2027 Mar 10-2027 Apr 20 "])
WHICH = st.sampled_from(["Mo-Fr", "Tu-Sa", "Mo,We", "Th", "Sa[1]", "Fr[2,4]"])
RULES = st.lists(st.builds("{}{} {}".format, WHEN, WHICH, SPANS), min_size=1, max_size=4)


@settings(max_examples=60, deadline=None)
@given(RULES, st.dates(date(2026, 6, 1), date(2027, 12, 1)), st.integers(0, 90))
def test_every_day_is_told_right_by_the_weeks(rules: list[str], first: date, length: int) -> None:
    """Whoever reads the weeks and the dates knows the hours of every ordinary day, and none that are wrong."""
    place = cite("; ".join([*rules, "PH off"]))
    last = first + timedelta(days=length)
    found = usual_weeks(place, first, last)
    for number in range(length + 1):
        day = hours.day(place, first + timedelta(days=number))
        if day.holiday is None:
            (week,) = (week for week in found if week.first <= day.day and (not week.changes or day.day < week.changes))
            assert _shape_told(week, day.day) == shape(day), (rules, day.day)


def _shape_told(week: UsualWeek, day: date) -> object:
    by_date = {each.day: each for each in week.dates}
    by_weekday = {each.day.weekday(): each for each in week.days}
    return shape(by_date[day] if day in by_date else by_weekday[day.weekday()])
