"""Opening hours at fixed instants: clock changes, holidays, midnight, leap day; a day and its instants agree."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, time, timezone
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.knowledge import public_holidays
from bot.knowledge.cite_types import Cite, Closure, Notice
from bot.knowledge.cites import Fact, load_cites
from bot.knowledge.hours import DayHours, HoursState, day, next_opening, state
from bot.knowledge.opening import HoursError, check_expression, evaluator, week, with_holidays

CITES = load_cites()
DEMO = CITES["demo"]
TODAY = date(2026, 11, 23)
CHRISTMAS = date(2026, 12, 25)  # a Friday


def cite(hours: str, like: str = "paris", **changes: Any) -> Cite:
    """A Cité of the directory with other hours."""
    fact = Fact(hours, "https://example.org/", date(2026, 11, 22))
    return replace(CITES[like], hours=fact, status_fact=replace(CITES["paris"].status_fact), **changes)


def at(text: str, place: Cite = DEMO) -> HoursState:
    return state(place, datetime.fromisoformat(text), today=TODAY)


def told(found: HoursState) -> tuple[bool | None, str | None, str | None]:
    """Open or not, until when, next opening, as short texts in the Cité's time."""
    until, opening = (f"{m:%m-%d %H:%M}" if m else None for m in (found.until, found.next_opening))
    return found.open, until, opening


# the demonstration: Mo-We,Fr 09:30-17:30; Th 09:30-19:00; Sa 10:00-13:00; PH off
@pytest.mark.parametrize(
    ("moment", "wanted"),
    [
        ("2026-11-23T09:29", (False, "11-23 09:30", "11-23 09:30")),  # a Monday
        ("2026-11-23T09:30", (True, "11-23 17:30", "11-24 09:30")),
        ("2026-11-23T17:29", (True, "11-23 17:30", "11-24 09:30")),
        ("2026-11-23T17:30", (False, "11-24 09:30", "11-24 09:30")),
        ("2026-11-26T18:00", (True, "11-26 19:00", "11-27 09:30")),  # Thursday evening
        ("2026-11-27T18:00", (False, "11-28 10:00", "11-28 10:00")),  # Friday evening
        ("2026-11-28T12:59", (True, "11-28 13:00", "11-30 09:30")),  # Saturday
        ("2026-11-28T13:00", (False, "11-30 09:30", "11-30 09:30")),
        ("2026-11-29T11:00", (False, "11-30 09:30", "11-30 09:30")),  # Sunday
        ("2026-12-24T18:30", (True, "12-24 19:00", "12-26 10:00")),  # before Christmas
        ("2026-12-25T11:00", (False, "12-26 10:00", "12-26 10:00")),  # Christmas, a Friday
        ("2026-12-31T20:00", (False, "01-02 10:00", "01-02 10:00")),  # over the New Year
        ("2027-01-01T11:00", (False, "01-02 10:00", "01-02 10:00")),
        ("2027-05-01T11:00", (False, "05-03 09:30", "05-03 09:30")),  # 1 May, a Saturday
        ("2027-05-17T11:00", (False, "05-18 09:30", "05-18 09:30")),  # Pentecost Monday
        ("2027-07-14T11:00", (False, "07-15 09:30", "07-15 09:30")),  # 14 July, a Wednesday
        ("2028-02-29T11:00", (True, "02-29 17:30", "03-01 09:30")),  # leap day, a Tuesday
    ],
)
def test_the_demonstration(moment: str, wanted: tuple[bool, str, str]) -> None:
    assert told(at(moment)) == wanted


@pytest.mark.parametrize(
    ("day_", "key", "french", "english"),
    [
        (date(2027, 5, 1), "labor_day", "Fête du Travail", "Labor Day"),
        (date(2027, 7, 14), "national_day", "Fête nationale", "National Day"),
        (date(2027, 5, 17), "whit_monday", "Lundi de Pentecôte", "Whit Monday"),
    ],
)
def test_a_holiday_is_named(day_: date, key: str, french: str, english: str) -> None:
    found = day(DEMO, day_, today=TODAY)
    assert (found.known, found.ranges) == (True, ())
    assert found.holiday is not None
    assert found.holiday.key == key
    assert (found.holiday.name("fr"), found.holiday.name("en")) == (french, english)
    assert found.holiday.name("pt") is None


def test_an_ordinary_day() -> None:
    found = day(DEMO, date(2026, 11, 26), today=TODAY)
    assert [(f"{each.start:%H:%M}", f"{each.end:%H:%M}", each.sure) for each in found.ranges] == [
        ("09:30", "19:00", True)
    ]
    assert (found.known, found.holiday, found.reason) == (True, None, None)


def test_a_closed_day_is_known_to_be_closed() -> None:
    assert day(DEMO, date(2026, 11, 29), today=TODAY) == DayHours(
        date(2026, 11, 29), True, source="fictional, for demonstration", dated=date(2026, 11, 22)
    )


def test_advisors_have_their_own_hours() -> None:
    noon = datetime(2026, 11, 23, 13, 0)
    assert state(DEMO, noon, "advisors", TODAY).open is False
    assert state(DEMO, noon, "reception", TODAY).open is True
    ranges = day(DEMO, noon.date(), "advisors", TODAY).ranges
    assert [f"{each.start:%H:%M}-{each.end:%H:%M}" for each in ranges] == ["10:00-12:30", "13:30-17:00"]


def test_reunion_has_its_own_holiday() -> None:
    hours, moment = "Mo-Fr 09:00-17:00; PH off", "2027-12-20T11:00"
    island, mainland = at(moment, cite(hours, "la-reunion")), at(moment, cite(hours))
    assert island.open is False
    assert island.holiday is not None
    assert island.holiday.name("fr") == "Abolition de l'esclavage"
    assert (mainland.open, mainland.holiday) == (True, None)


def test_a_holiday_that_hangs_on_the_moon_is_not_sure() -> None:
    around = public_holidays.uncertain_days("MU", None, 2027)
    assert around == (date(2027, 3, 9), date(2027, 3, 10), date(2027, 3, 11))
    assert public_holidays.uncertain_days("FR", "RE", 2027) == ()


def test_geneva_has_its_own_holiday() -> None:
    found = at("2027-09-09T11:00", cite("Mo-Fr 09:00-17:00; PH off", "geneve"))
    assert found.open is False
    assert found.holiday is not None
    assert found.holiday.name("fr") == "Jeûne genevois"


def test_the_zone_is_that_of_the_cite() -> None:
    island = cite("Mo-Fr 09:00-17:00; PH off", "la-reunion")
    early = datetime(2026, 11, 23, 6, 0, tzinfo=timezone.utc)  # 10:00 on the island, 07:00 in Paris
    found = state(island, early, today=TODAY)
    assert (found.open, found.at.hour) == (True, 10)
    assert found.until == datetime(2026, 11, 23, 13, 0, tzinfo=timezone.utc)
    assert state(cite("Mo-Fr 09:00-17:00"), early, today=TODAY).open is False


@pytest.mark.parametrize(
    ("moment", "open_", "until"),
    [  # Paris goes from 02:00+01 to 03:00+02 on 28 March 2027, from 03:00+02 to 02:00+01 on 31 October
        ("2027-03-28T00:30+00:00", True, "2027-03-28T03:00+00:00"),  # 01:30+01 until 05:00+02
        ("2027-03-28T02:59+00:00", True, "2027-03-28T03:00+00:00"),
        ("2027-03-28T03:00+00:00", False, "2027-03-28T23:00+00:00"),
        ("2027-10-30T23:30+00:00", True, "2027-10-31T04:00+00:00"),  # 01:30+02 until 05:00+01
        ("2027-10-31T00:30+00:00", True, "2027-10-31T04:00+00:00"),  # 02:30, the first time
        ("2027-10-31T01:30+00:00", True, "2027-10-31T04:00+00:00"),  # 02:30, the second time
        ("2027-10-31T04:00+00:00", False, "2027-11-01T00:00+00:00"),
    ],
)
def test_clock_changes(moment: str, open_: bool, until: str) -> None:
    found = at(moment, cite("Mo-Su 01:00-05:00; PH 01:00-05:00"))
    assert found.open is open_
    assert found.until == datetime.fromisoformat(until)


@pytest.mark.parametrize(
    ("like", "moment", "said"),
    [
        ("paris", "2027-03-28T02:30", "2027-03-28T03:30+02:00"),  # Paris has no 02:30 that night
        ("paris", "2025-03-28T02:30", "2025-03-28T02:30+01:00"),  # nor 366 days later, where the search ends
        ("chile", "2026-09-06T00:00", "2026-09-06T01:00-03:00"),  # Santiago has no midnight that night
        ("chile", "2025-09-05T00:30", "2025-09-05T00:30-04:00"),
    ],
)
def test_an_hour_that_the_clock_leaves_out(like: str, moment: str, said: str) -> None:
    found = at(moment, cite("Mo-Su 09:00-18:00; PH 09:00-18:00", like))
    assert found.at.isoformat(timespec="minutes") == said
    assert (found.open, found.until and found.until.hour) == (False, 9)


def test_a_day_without_midnight_has_its_hours() -> None:
    (only,) = day(cite("Mo-Su 09:00-18:00; PH off", "chile"), date(2026, 9, 6), today=TODAY).ranges
    assert (only.start.isoformat(), only.end.isoformat()) == ("2026-09-06T09:00:00-03:00", "2026-09-06T18:00:00-03:00")


def test_the_doors_open_the_first_time_that_an_hour_comes() -> None:
    night = cite("Mo-Su 02:30-05:00; PH 02:30-05:00")
    found = at("2027-10-30T23:45+00:00", night)  # 01:45+02, and 02:30 comes twice
    assert found.until is not None
    assert found.until.isoformat() == "2027-10-31T02:30:00+02:00"
    (only,) = day(night, date(2027, 10, 31), today=TODAY).ranges
    assert only.start.isoformat() == "2027-10-31T02:30:00+02:00"


def test_hours_that_cannot_be_computed_are_unknown() -> None:
    """The directory is refused with such hours; should they come all the same, nothing is told and nothing breaks."""
    for expression in ("", "tous les jours", "Mo-Fr 09:00", "SH off", "PH Mo 09:00-10:00"):
        found = at("2026-11-24T11:00", cite(expression))
        assert (found.known, found.open, found.reason) == (False, None, "unreadable")
        assert day(cite(expression), date(2026, 11, 24)).reason == "unreadable"
        assert next_opening(cite(expression), datetime(2026, 11, 24)) is None


def test_holidays_count_to_the_end_of_the_year_ahead() -> None:
    """From New Year's Eve, the year searched ends in the year after the next."""
    found = at("2026-12-31T23:00", cite("Jan 01 10:00-12:00; PH off"))
    assert told(found) == (False, None, None)


def test_a_day_of_clock_change_is_whole() -> None:
    (whole,) = day(cite("24/7; PH 00:00-24:00"), date(2027, 3, 28), today=TODAY).ranges
    assert whole.end.timestamp() - whole.start.timestamp() == 23 * 3600


def test_hours_over_midnight() -> None:
    late = cite("Fr 22:00-02:00; PH off")
    assert told(at("2026-11-27T23:00", late)) == (True, "11-28 02:00", "12-04 22:00")
    assert told(at("2026-11-28T01:59", late)) == (True, "11-28 02:00", "12-04 22:00")
    assert at("2026-11-28T02:00", late).open is False
    (evening,) = day(late, date(2026, 11, 27), today=TODAY).ranges
    (night,) = day(late, date(2026, 11, 28), today=TODAY).ranges
    assert (evening.end, night.start) == (night.start, evening.end)


@pytest.mark.parametrize(
    ("hours", "holiday", "night", "opening"),
    [
        ("Mo-Fr 18:00-02:00; PH off", False, False, "12-28 18:00"),
        ("Mo-Fr 18:00-02:00; PH 10:00-12:00", False, False, "12-28 18:00"),
        ("Mo-Fr 18:00-02:00; PH 20:00-01:00", True, True, "12-28 18:00"),
        ("Mo-Fr 18:00-02:00", None, None, "12-28 18:00"),
    ],
)
def test_a_night_that_a_holiday_took_does_not_open_at_midnight(
    hours: str, holiday: bool | None, night: bool | None, opening: str
) -> None:
    late = cite(hours)
    assert at("2026-12-25T23:00", late).open is holiday
    found = at("2026-12-26T00:30", late)
    assert (found.open, told(found)[2]) == (night, opening)
    assert bool(day(late, date(2026, 12, 26), today=TODAY).ranges) is (night is not False)
    assert at("2026-12-25T00:30", late).open is (None if holiday is None else False)


def test_a_night_that_other_hours_took_does_not_open_at_midnight() -> None:
    said = Notice(date(2026, 12, 3), date(2026, 12, 3), date(2026, 11, 22), "Mo-Su 10:00-12:00")
    early = replace(said, first=date(2026, 12, 4), last=date(2026, 12, 4), hours="Mo-Su 00:00-03:00")
    late = cite("Mo-Fr 18:00-02:00; PH off", notices=(said,))
    assert told(at("2026-12-03T13:00", late)) == (False, "12-04 18:00", "12-04 18:00")
    assert at("2026-12-04T01:00", late).open is False
    assert at("2026-12-04T01:00", replace(late, notices=(said, early))).open is True  # announced for that very hour


def test_until_midnight() -> None:
    assert told(at("2026-11-23T23:30", cite("Mo 20:00-24:00; PH off"))) == (
        True,
        "11-24 00:00",
        "11-30 20:00",
    )


def test_a_holiday_of_which_the_hours_say_nothing_is_not_guessed() -> None:
    silent = cite("Mo-Fr 09:00-17:00")
    found = at("2027-07-14T11:00", silent)
    assert (found.known, found.open, found.reason) == (False, None, "holiday")
    assert found.next_opening == datetime(2027, 7, 15, 9, tzinfo=ZoneInfo("Europe/Paris"))
    one = day(silent, date(2027, 7, 14), today=TODAY)
    assert (one.known, one.reason) == (False, "holiday")
    assert at("2027-07-13T11:00", silent).open is True
    assert next_opening(silent, datetime(2027, 7, 13, 18)) == found.next_opening


@pytest.mark.parametrize(
    ("rule", "christmas", "new_year"),
    [
        *(("Dec 25 off", [], None), ("Dec 25,Jan 01 off", [], []), ("2026 Dec 25 10:00-12:00", ["10:00"], None)),
        ("2026 Dec 25 Mo-Su off; Jan 01 Mo-Su 11:00-12:00", [], ["11:00"]),
        *(("Sa off", None, None), ("Dec 24-26 10:00-12:00", None, None), ("Dec 25+ 10:00-12:00", None, None)),
        ("Dec 25 off; Fr 09:00-16:00", None, None),  # the rule that follows says otherwise of every Friday
    ],
)
def test_what_is_said_of_a_holidays_very_date_is_told(
    rule: str, christmas: list[str] | None, new_year: list[str] | None
) -> None:
    found = [day(cite(f"Mo-Fr 09:00-17:00; {rule}"), each, today=TODAY) for each in (CHRISTMAS, date(2027, 1, 1))]
    opened = [[f"{span.start:%H:%M}" for span in one.ranges] if one.known else None for one in found]
    assert opened == [christmas, new_year]


def test_what_is_said_of_the_very_date_holds_whatever_the_moon(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(public_holidays, "uncertain_days", lambda *_: (CHRISTMAS, date(2026, 12, 28)))
    moonlit = cite("Mo-Fr 09:00-17:00; PH off; 2026 Dec 25 10:00-12:00", timezone="Europe/Brussels")
    assert [day(moonlit, each, today=TODAY).known for each in (CHRISTMAS, date(2026, 12, 28))] == [True, False]
    evaluator.cache_clear()


def test_hours_that_say_that_they_do_not_know() -> None:
    found = at("2026-11-23T11:00", cite('Mo-Fr 09:00-17:00 unknown "sur rendez-vous"; PH off'))
    assert (found.known, found.open, found.reason) == (False, None, "uncertain")
    assert found.comment == "sur rendez-vous"


def test_a_comment_is_kept() -> None:
    (one,) = day(cite('Mo 09:00-12:00 "sur rendez-vous"; PH off'), date(2026, 11, 23), today=TODAY).ranges
    assert (one.comment, one.sure) == ("sur rendez-vous", True)


def test_exceptional_closures() -> None:
    fact = Fact("", "https://example.org/", date(2026, 11, 22))
    shut = cite(
        "Mo-Fr 09:00-17:00; PH off", closures=(Closure(date(2026, 11, 24), date(2026, 11, 25), fact),)
    )
    found = at("2026-11-24T11:00", shut)
    assert told(found) == (False, "11-26 09:00", "11-26 09:00")
    assert found.closure is shut.closures[0]
    assert day(shut, date(2026, 11, 25), today=TODAY).ranges == ()
    assert day(shut, date(2026, 11, 25), today=TODAY).closure is shut.closures[0]
    assert at("2026-11-23T17:30", shut).next_opening == found.next_opening


def test_unknown_hours_are_said_to_be() -> None:
    found = at("2026-11-24T11:00", CITES["marseille"])
    assert (found.known, found.open, found.until, found.next_opening, found.reason) == (
        *(False, None, None, None),
        "no_hours",
    )
    assert day(CITES["marseille"], date(2026, 11, 24)).known is False
    assert day(CITES["marseille"], date(2027, 5, 1)).holiday is not None


@pytest.mark.parametrize("name", ["genova", "nimes"])
def test_a_closed_cite_has_no_hours(name: str) -> None:
    gone = replace(CITES[name], hours=Fact("24/7", "here", date(2026, 11, 22)))
    assert at("2026-11-24T11:00", gone).reason == "not_open"
    assert day(gone, date(2026, 11, 24)).reason == "not_open"


def test_hours_older_than_six_months_are_stale() -> None:
    place, moment = cite("Mo-Fr 09:00-17:00; PH off"), datetime(2027, 5, 25, 11)
    assert state(place, moment, today=date(2027, 5, 24)).stale is False
    found = state(place, moment, today=date(2027, 5, 25))
    assert (found.stale, found.dated, found.open) == (True, date(2026, 11, 22), True)
    assert day(place, moment.date(), today=date(2027, 5, 25)).stale is True
    assert state(DEMO, moment, today=date(2030, 1, 1)).stale is False  # imaginary hours do not age


def test_the_date_of_the_source_counts_for_age() -> None:
    old = replace(
        CITES["paris"], hours=Fact("Mo-Fr 09:00-17:00", "here", date(2026, 11, 22), date(2025, 1, 1))
    )
    assert at("2026-11-24T11:00", old).stale is True


def test_never_open_again() -> None:
    found = at("2026-11-24T11:00", cite("2020 Mo-Fr 09:00-17:00; PH off"))
    assert told(found) == (False, None, None)


def test_always_open() -> None:
    assert told(at("2026-11-24T11:00", cite("24/7; PH 00:00-24:00"))) == (True, None, None)


@pytest.mark.parametrize(
    ("expression", "wanted"),
    [
        ("Mo-Fr 09:00-17:00; PH off", "Mo-Fr 09:00-17:00; 2027 May 01 off"),
        ("Mo-Fr,PH 09:00-17:00", "Mo-Fr 09:00-17:00; 2027 May 01 09:00-17:00"),
        ("PH,Sa off", "Sa off; 2027 May 01 off"),
        ("Mo,PH,We 09:00-10:00", "Mo,We 09:00-10:00; 2027 May 01 09:00-10:00"),
        ('Mo-Fr 09:00-17:00 "PH; closed"', 'Mo-Fr 09:00-17:00 "PH; closed"; 2027 May 01 unknown'),
        ("Mo-Fr 09:00-17:00", "Mo-Fr 09:00-17:00; 2027 May 01 unknown"),
    ],
)
def test_public_holidays_are_written_out(expression: str, wanted: str) -> None:
    assert with_holidays(expression, [date(2027, 5, 1)]) == wanted


@pytest.mark.parametrize(
    "expression",
    [
        *("", "9h-17h", "Mo-Fr 09:00", "SH off", "Jul PH off", "PH Mo 09:00-10:00", "PH +1 day 10:00-12:00"),
        *("Mo-Fr 10:00+", "Mo-Fr sunrise-sunset", "Feb 30 10:00-12:00", "Jun 31 off", "Mo-Fr 09:00-17:00, PH off"),
        *("Mo-Fr 09:00-17:00; Dec 25 PH off", "Mo-Fr 09:00-17:00; Dec 25 SH off"),
    ],
)
def test_what_cannot_be_evaluated_is_refused(expression: str) -> None:
    with pytest.raises(HoursError):
        check_expression(expression)


@pytest.mark.parametrize(
    ("expression", "fault"),
    [
        ('"sur rendez-vous"', "day and night"),
        ('Mo-Fr "sur rendez-vous"; PH off', "day and night"),
        ('Mo-Fr 09:00-12:00, Sa "sur rendez-vous"; PH off', "day and night"),
        ('Mo-Fr 09:00-12:00 || "sur rendez-vous"', "day and night"),
        ("Mo-Fr; PH off", "day and night"),
        ("Mo-Fr open; PH off", "day and night"),
        ('Mo-Fr 09:00-17:00; PH "fermé"', "day and night"),
        ("PH off; Mo-Fr 09:00-17:00", "on public holidays too"),
        ("PH off, Mo-Fr 09:00-17:00", "on public holidays too"),
        ("Mo-Fr 09:00-17:00; PH off; Jul-Aug Mo-Fr 10:00-15:00", "on public holidays too"),
        ("Mo-Fr 09:00-17:00; PH off; 2027 Jul 05-2027 Aug 20 10:00-15:00", "on public holidays too"),
        ("Mo-Fr 09:00-17:00; PH off; 2027 Jul 05+ 10:00-15:00", "on public holidays too"),
        ("PH off; 10:00-15:00", "on public holidays too"),
        *(("Mo-Fr 09:00-09:00", "day and night"), ("Mo-Fr 09:00-12:00,14:00 - 14:00; PH off", "day and night")),
        ("Mo-Fr 00:00-00:00; PH off", "day and night"),
    ],
)
def test_what_would_be_told_otherwise_than_meant_is_refused(expression: str, fault: str) -> None:
    with pytest.raises(HoursError, match=fault) as caught:
        check_expression(expression)
    assert caught.value.mend


@pytest.mark.parametrize(
    "expression",
    [
        *("24/7", "24/7; PH off", "Mo,We 09:00-12:00,13:30-17:00; PH off", "PH,Sa off; Dec 24 09:00-12:00"),
        *("Mo-Fr 09:00-17:00; PH 10:00-12:00; Dec 25,Jan 01 off", "Mo-Fr 09:00-17:00; PH off; 2027 May 01 10:00-12:00"),
        *('Mo-Fr 09:00-17:00; PH off; Sa unknown "sur rendez-vous"', 'Mo-Fr unknown "sur rendez-vous"; PH off'),
        *("Mo-Fr 09:00-17:00; PH off; Jul 05-Aug 20 off", "PH off; Dec 24,Dec 31 Mo-Fr 09:00-12:00"),
        *('Mo-Fr 09:00-17:00; PH off || unknown "appelez"', 'Mo-Fr 09:00-12:00 "le matin, sans rendez-vous"; PH off'),
        "Mo-Fr 09:00-17:00; Jul-Aug Mo-Fr 10:00-15:00; PH off",
    ],
)
def test_what_says_what_is_meant_is_taken(expression: str) -> None:
    check_expression(expression)


def test_an_ordinary_week() -> None:
    days = week("Mo-We,Fr 12:00-18:00; Th 14:00-20:00; Sa 09:00-12:00")
    assert [len(ranges) for ranges in days] == [1, 1, 1, 1, 1, 1, 0]
    assert days[3] == ((time(14), time(20)),)
    assert week("Mo 20:00-24:00")[0] == ((time(20), time(0)),)


DAYS = ["Mo", "Tu", "We", "Th", "Fr", "Sa", "Su"]
MINUTES = st.integers(0, 95).map(lambda quarter: quarter * 15)


def clock(minutes: int) -> str:
    return f"{minutes // 60:02}:{minutes % 60:02}"


@st.composite
def expressions(draw: st.DrawFn) -> str:
    rules = []
    for _ in range(draw(st.integers(1, 4))):
        first, last = draw(st.sampled_from(DAYS)), draw(st.sampled_from(DAYS))
        bounds = sorted(draw(st.lists(MINUTES, min_size=2, max_size=4, unique=True)))
        pairs = zip(bounds[::2], bounds[1::2], strict=False)
        spans = ",".join(f"{clock(start)}-{clock(end)}" for start, end in pairs)
        month = draw(st.sampled_from(["", "Jul-Aug ", "Dec "]))
        rules.append(f"{month}{first}-{last} {draw(st.sampled_from([spans, spans, 'off']))}")
    return "; ".join([*rules, draw(st.sampled_from(["PH off", "PH 10:00-12:00"]))])


PARIS = ZoneInfo("Europe/Paris")


@settings(max_examples=100, deadline=None)
@given(expressions(), st.dates(date(2024, 1, 1), date(2030, 12, 31)), st.integers(0, 1439))
def test_a_day_and_its_instants_agree(expression: str, day_: date, minute: int) -> None:
    place = cite(expression)
    moment = datetime.combine(day_, time(minute // 60, minute % 60), PARIS)
    within = any(each.start <= moment < each.end for each in day(place, day_, today=TODAY).ranges)
    if 120 <= minute < 180 and day_.month in (3, 10):  # an hour that may not exist, or exist twice
        return
    assert state(place, moment, today=TODAY).open == within


@pytest.mark.parametrize("far", [date(1, 1, 1), date(9998, 12, 31), date(9999, 12, 31)])
def test_of_a_year_without_a_calendar_nothing_is_told(far: date) -> None:
    cite = load_cites()["demo"]
    assert not day(cite, far).known
    assert not state(cite, datetime.combine(far, time(10))).known
