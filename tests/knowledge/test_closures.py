"""Exceptional closures: those of a span, in order, and the one of a day."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime

from bot.knowledge import closures, hours
from bot.knowledge.cite_types import Closure
from bot.knowledge.cites import Fact, load_cites

FACT = Fact("", "https://example.org/", date(2026, 11, 22))
WORKS = Closure(date(2026, 12, 30), date(2027, 1, 8), FACT)
WINTER = Closure(date(2026, 12, 21), date(2027, 1, 3), FACT)
FEBRUARY = Closure(date(2027, 2, 15), date(2027, 2, 19), FACT)
PLACE = replace(load_cites()["demo"], closures=(FEBRUARY, WORKS, WINTER))


def test_those_that_touch_a_span_in_order() -> None:
    assert closures.between(PLACE, date(2027, 1, 3), date(2027, 2, 15)) == [WINTER, WORKS, FEBRUARY]
    assert closures.between(PLACE, date(2027, 1, 4), date(2027, 2, 14)) == [WORKS]
    assert closures.between(PLACE, date(2027, 1, 9), date(2027, 2, 14)) == []


def test_the_one_of_a_day_is_the_same_everywhere() -> None:
    assert closures.on(PLACE, date(2026, 12, 31)) is WINTER
    assert hours.day(PLACE, date(2026, 12, 31)).closure is WINTER
    assert hours.state(PLACE, datetime(2026, 12, 31, 11)).closure is WINTER
    assert (closures.on(PLACE, date(2027, 1, 8)), closures.on(PLACE, date(2027, 1, 9))) == (WORKS, None)
