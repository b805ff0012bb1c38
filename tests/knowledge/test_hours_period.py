"""Public holidays to come, and days alike."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from bot.knowledge import hours_period
from bot.knowledge.cite_types import Cite, Closure
from bot.knowledge.cites import Fact, load_cites

DEMO = load_cites()["demo"]
FACT = Fact("", "https://example.org/", date(2026, 11, 22))


def cite(hours: str, *closed: tuple[str, str]) -> Cite:
    spans = tuple(Closure(date.fromisoformat(first), date.fromisoformat(last), FACT) for first, last in closed)
    return replace(DEMO, hours=replace(FACT, value=hours), closures=spans)


def test_the_next_holidays() -> None:
    found = hours_period.next_holidays(DEMO, date(2026, 11, 25), 3)
    assert [each.day for each in found] == [date(2026, 12, 25), date(2027, 1, 1), date(2027, 3, 29)]
    shut = cite("Mo-Fr 09:00-17:00; PH off", ("2026-12-21", "2027-01-03"))
    assert hours_period.next_holidays(shut, date(2026, 11, 25), 1)[0].day == date(2027, 3, 29)


def test_two_sets_of_hours() -> None:
    assert not hours_period.same_hours(DEMO, date(2026, 11, 23), date(2026, 11, 23))
    assert hours_period.same_hours(DEMO, date(2026, 11, 29), date(2026, 11, 29))  # both closed on a Sunday
