"""When events are looked for: days, moments, habits, several dates, in the time of each Cité."""

from __future__ import annotations

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.knowledge import dates
from bot.knowledge.event import Event
from bot.knowledge.event_times import AHEAD, Span, clock, spans

NOW = datetime(2026, 11, 25, 10, tzinfo=ZoneInfo("Europe/Paris"))  # a Wednesday


def asked(text: str, language: str = "fr") -> list[Span]:
    return spans([span.as_dict() for span in dates.find(text, NOW, language)], NOW)


def event(start: str, hours: float = 0, zone: str = "Europe/Paris") -> Event:
    at = datetime.fromisoformat(f"2026-{start}").replace(tzinfo=ZoneInfo(zone))
    return Event("1", "Forum", at, at + timedelta(hours=hours), False)


def holds(text: str, *found: Event, language: str = "fr") -> list[bool]:
    named = asked(text, language)
    assert named, text
    return [any(span.holds(each) for span in named) for each in found]


def test_a_moment_is_what_goes_on_or_begins_soon() -> None:
    on, soon, over, later, next_day = (
        *(event("11-28T14:00", 2), event("11-28T16:30", 1), event("11-28T13:00", 2), event("11-28T17:30", 1)),
        event("11-29T09:00", 1),
    )
    assert holds("samedi à 15h", on, soon, over, later, next_day) == [True, True, False, False, False]
    assert holds("samedi à 15h", event("11-28T15:00"), event("11-28T00:00", 24)) == [True, True]


def test_a_moment_ends_with_its_day() -> None:
    assert holds("samedi à 23h", event("11-28T23:30"), event("11-29T00:30")) == [True, False]


@pytest.mark.parametrize(
    ("language", "text"),
    [
        *(("fr", "tous les jeudis"), ("fr", "le jeudi"), ("en", "on Thursdays"), ("en", "every Thursday")),
        *(("es", "los jueves"), ("it", "ogni giovedì"), ("pt", "todas as quintas-feiras"), ("de", "donnerstags")),
    ],
)
def test_a_habit_is_each_of_its_days(language: str, text: str) -> None:
    thursdays = [event(f"{day}T17:00", 1) for day in ("11-26", "12-03", "12-17")]
    assert holds(text, *thursdays, event("11-27T17:00", 1), language=language) == [True] * 3 + [False]


def test_an_evening_of_every_day_and_all_weekends() -> None:
    found = event("11-25T19:00", 1), event("11-27T19:00", 1), event("11-27T10:00", 1)
    assert holds("vous faites quoi le soir ?", *found) == [True, True, False]
    found = event("11-28T10:00", 1), event("12-06T10:00", 1), event("12-07T10:00", 1)
    assert holds("le week-end", *found) == [True, True, False]


def test_a_habit_at_an_hour_is_that_hour_of_each_day() -> None:
    found = event("12-03T17:30", 1), event("12-03T10:00", 1)
    assert holds("tous les jeudis à 17h", *found) == [True, False]


def test_several_dates_all_count() -> None:
    found = event("11-28T10:00", 1), event("12-01T10:00", 1), event("11-30T10:00", 1)
    assert holds("samedi, ou alors mardi", *found) == [True, True, False]


def test_a_day_is_that_of_the_cite_and_now_is_the_same_everywhere() -> None:
    assert holds("samedi", event("11-28T23:00", 1, "Indian/Reunion")) == [True]
    assert holds("samedi", event("11-29T01:00", 1, "Indian/Reunion")) == [False]
    assert holds("maintenant", event("11-25T13:30", 1, "Indian/Reunion")) == [True]  # 10:30 in Paris
    assert holds("maintenant", event("11-25T10:30", 1, "Indian/Reunion")) == [False]


@pytest.mark.parametrize(
    ("language", "text", "held"),
    [
        *(("fr", "avant le 15 décembre", "26 27 28 10 11 14"), ("fr", "d'ici vendredi", "26 27")),
        *(("fr", "après le 10 décembre", "11 14 15 20"), ("fr", "à partir du 10 décembre", "10 11 14 15 20")),
        *(("fr", "dans les 15 jours", "26 27 28 10"), ("fr", "avant le week-end", "26 27")),
        *(("fr", "après le 10 et avant le 20 décembre", "11 14 15"), ("fr", "du 10 au 14 décembre", "10 11 14")),
        *(("fr", "les 11 et 15 décembre", "11 15"), ("fr", "pas avant le 15 décembre", "15 20")),
        *(("fr", "avant hier", ""), ("en", "since yesterday", ""), ("es", "desde ayer", "26 27 28 10 11 14 15 20")),
        *(("en", "by Friday", "26 27"), ("en", "before 15 December", "26 27 28 10 11 14")),
        *(("en", "after the 10th of December", "11 14 15 20"), ("en", "from 14 December", "14 15 20")),
        *(("es", "antes del viernes", "26"), ("es", "a partir del 14 de diciembre", "14 15 20")),
        *(("it", "entro venerdì", "26 27"), ("it", "dopo il 10 dicembre", "11 14 15 20")),
        *(("pt", "até sexta", "26 27"), ("pt", "depois do dia 10 de dezembro", "11 14 15 20")),
    ],
)
def test_a_day_with_a_side_opens_the_span(language: str, text: str, held: str) -> None:
    days = ["11-26", "11-27", "11-28", "12-10", "12-11", "12-14", "12-15", "12-20"]
    found = holds(text, *(event(f"{day}T10:00", 1) for day in days), language=language)
    assert [day[3:] for day, is_held in zip(days, found) if is_held] == held.split()


@pytest.mark.parametrize("value", [[], ["x", "y", 0], ["2026-11-25", "2026-11-26"], [1, 2, 3], ["2026-11-25"] * 3])
def test_what_a_button_did_not_keep_is_not_read(value: list[object]) -> None:
    with pytest.raises((ValueError, TypeError)):
        Span.from_list(value)


@given(st.datetimes(datetime(2026, 1, 1), datetime(2027, 1, 1)), st.integers(0, 3000), st.sampled_from([0, 1, 7]))
def test_a_span_is_kept_as_it_is(start: datetime, minutes: int, every: int) -> None:
    span = Span(start, start + timedelta(minutes=minutes), every)
    assert Span.from_list(span.as_list()) == span
    assert clock(span.start) <= clock(span.last) <= clock(span.end) + AHEAD
