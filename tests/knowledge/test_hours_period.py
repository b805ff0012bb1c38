"""Ordinary weeks, special days and closures over weeks."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, time

from bot.knowledge import hours_period
from bot.knowledge.cite_types import Cite, Closure
from bot.knowledge.cites import Fact, load_cites

DEMO = load_cites()["demo"]
FACT = Fact("", "https://example.org/", date(2026, 11, 22))


def cite(hours: str, *closed: tuple[str, str]) -> Cite:
    spans = tuple(Closure(date.fromisoformat(first), date.fromisoformat(last), FACT) for first, last in closed)
    return replace(DEMO, hours=replace(FACT, value=hours), closures=spans)


def week(place: Cite, first: str, last: str) -> list[tuple[int, str]]:
    """Weekdays and what is open, of those that are."""
    found = hours_period.usual_week(place, date.fromisoformat(first), date.fromisoformat(last))
    return [
        (each.day.weekday(), " ".join(f"{span.start:%H:%M}-{span.end:%H:%M}" for span in each.ranges))
        for group in found.groups()
        for each in group
        if each.ranges
    ]


def test_holidays_and_closures_are_no_ordinary_days() -> None:
    """Christmas is a Friday, New Year's Day too, and the Monday between is closed for once."""
    place = cite("Mo-Fr 09:00-17:00; PH off", ("2026-12-28", "2026-12-28"))
    assert week(place, "2026-12-21", "2027-01-10") == [(day, "09:00-17:00") for day in range(5)]
    assert week(place, "2026-12-25", "2026-12-29") == [(1, "09:00-17:00")]


def test_a_change_within_the_span_is_told() -> None:
    place = cite("Mo-Fr 09:00-17:00; Jul-Aug Mo-Fr 10:00-15:00; PH off")
    found = hours_period.usual_week(place, date(2027, 6, 21), date(2027, 8, 31))
    assert found.changes == date(2027, 7, 1)
    assert hours_period.usual_week(place, date(2027, 7, 1), date(2027, 8, 31)).changes is None


def test_days_alike_stand_together() -> None:
    found = hours_period.usual_week(DEMO, date(2026, 11, 25), date(2026, 12, 22))  # from a Wednesday on
    assert [[each.day.weekday() for each in group] for group in found.groups()] == [[0, 1, 2], [3], [4], [5], [6]]


def test_only_the_days_open_in_the_evening() -> None:
    found = hours_period.usual_week(DEMO, date(2026, 11, 23), date(2026, 12, 20))
    assert [each.day.weekday() for each in found.only(time(18), time()).days] == [3]
    assert [each.day.weekday() for each in found.only(time(9), time(9, 30)).days] == []
    assert len(found.only(time(12), time(14)).days) == 6
    late = hours_period.usual_week(cite("Mo 20:00-24:00; PH off"), date(2026, 11, 23), date(2026, 11, 29))
    assert len(late.only(time(23), time()).days) == 1


def test_the_next_holidays() -> None:
    found = hours_period.next_holidays(DEMO, date(2026, 11, 25), 3)
    assert [each.day for each in found] == [date(2026, 12, 25), date(2027, 1, 1), date(2027, 3, 29)]
    shut = cite("Mo-Fr 09:00-17:00; PH off", ("2026-12-21", "2027-01-03"))
    assert hours_period.next_holidays(shut, date(2026, 11, 25), 1)[0].day == date(2027, 3, 29)


def test_closures_in_order() -> None:
    place = cite("Mo-Fr 09:00-17:00; PH off", ("2027-02-15", "2027-02-19"), ("2026-12-21", "2027-01-03"))
    found = hours_period.closures(place, date(2027, 1, 3), date(2027, 2, 15))
    assert [each.first for each in found] == [date(2026, 12, 21), date(2027, 2, 15)]
    assert hours_period.closures(place, date(2027, 1, 4), date(2027, 2, 14)) == []


def test_two_sets_of_hours() -> None:
    assert not hours_period.same_hours(DEMO, date(2026, 11, 23), date(2026, 11, 23))
    assert hours_period.same_hours(DEMO, date(2026, 11, 29), date(2026, 11, 29))  # both closed on a Sunday
