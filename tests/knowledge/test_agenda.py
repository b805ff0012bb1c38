"""Events: recurrences, exceptions, zones, whole days, bad calendars, bad networks, themes."""

from __future__ import annotations

import time
from dataclasses import replace
from datetime import date, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from icalendar import Calendar

from bot.knowledge import ical, public_holidays
from bot.knowledge.agenda import Event, agenda, events
from bot.knowledge.cites import AgendaSource, Cite, Fact, load_cites
from bot.knowledge.ical_rules import is_sane
from bot.knowledge.themes import matching

DEMO = load_cites()["demo"]
PARIS = ZoneInfo("Europe/Paris")
MONDAY = datetime(2026, 11, 23, tzinfo=PARIS)
WEEK = (MONDAY, MONDAY + timedelta(days=7))

CONCERNS = {
    *("assess_skills", "change_job", "prepare_application", "find_job", "validate_experience", "work_abroad"),
    *("create_business", "choose_career", "find_apprenticeship", "discover_occupation"),
}


def calendar(*parts: str) -> bytes:
    lines = ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//test//FR", *parts, "END:VCALENDAR", ""]
    return "\r\n".join(lines).encode()


def vevent(*lines: str, uid: str = "1", summary: str = "Atelier CV") -> str:
    head = ["BEGIN:VEVENT", f"UID:{uid}", "DTSTAMP:20261101T000000Z", f"SUMMARY:{summary}"]
    return "\r\n".join([*head, *lines, "END:VEVENT"])


def read(content: bytes, start: datetime = WEEK[0], end: datetime = WEEK[1]) -> list[Event]:
    listing = ical.read(content, PARIS, "fr")
    return listing.between(start, end) if listing else []


def starts(found: list[Event]) -> list[str]:
    return [f"{event.start:%m-%d %H:%M}" for event in found]


def from_file(file: Path) -> Cite:
    return replace(
        DEMO, agenda=(AgendaSource(Fact(file.name, "here", date(2026, 11, 22)), file, None, "fr"),)
    )


def test_a_week_of_the_demonstration() -> None:
    found = events(DEMO, *WEEK)
    assert starts(found) == [
        *("11-23 14:00", "11-24 10:00", "11-24 14:00", "11-25 14:00"),
        *("11-26 12:30", "11-26 17:00", "11-27 10:00", "11-28 10:00"),
    ]
    first = found[1]
    assert first.title == "Atelier CV et lettre de motivation"
    assert (first.end - first.start, first.all_day, first.language) == (timedelta(hours=2), False, "fr")
    assert "fictif" in (first.location or "")
    assert "fictif" in (first.description or "")
    assert {theme for event in found for theme in event.themes} <= CONCERNS


def test_the_demonstration_rests_on_public_holidays_and_lasts_for_years() -> None:
    start = datetime(2026, 11, 22, tzinfo=PARIS)
    for year in range(9):
        found = events(DEMO, start.replace(year=2026 + year), start.replace(year=2027 + year))
        assert len(found) > 380
        days = {event.start.date() for event in found}
        assert not any(public_holidays.holiday("FR", None, day) for day in days)


def test_the_open_day_lasts_a_whole_day() -> None:
    (event,) = [event for event in events(DEMO, datetime(2027, 3, 31), datetime(2027, 4, 1)) if event.all_day]
    assert event.start == datetime(2027, 3, 31, tzinfo=PARIS)
    assert event.end == datetime(2027, 4, 1, tzinfo=PARIS)
    assert not [event for event in events(DEMO, datetime(2027, 4, 1), datetime(2027, 4, 2)) if event.all_day]


def test_the_hour_stays_over_a_clock_change() -> None:
    found = [
        event for event in events(DEMO, datetime(2027, 3, 22), datetime(2027, 4, 5)) if "CV" in event.title
    ]
    assert starts(found) == ["03-23 10:00", "03-30 10:00"]
    assert {event.start.utcoffset() for event in found} == {timedelta(hours=1), timedelta(hours=2)}


@pytest.mark.parametrize(
    ("theme", "titles"),
    [
        (
            "prepare_application",
            {"Atelier CV et lettre de motivation", "S'entraîner à l'entretien d'embauche"},
        ),
        ("create_business", {"Créer son entreprise : les premiers pas"}),
        ("ateliers CV", {"Atelier CV et lettre de motivation"}),
        ("cv", {"Atelier CV et lettre de motivation"}),  # others say it in their description only
        ("VAE", {"Réunion d'information VAE"}),
        ("apprentissage", {"Forum de l'alternance et de l'apprentissage"}),
        ("étranger", {"Travailler et se former à l'étranger"}),
        ("poterie", set()),
        ("!", set()),
    ],
)
def test_themes(theme: str, titles: set[str]) -> None:
    found = events(DEMO, MONDAY, MONDAY + timedelta(days=28), theme)
    assert {event.title for event in found} == titles


def test_a_theme_may_be_found_by_its_sense() -> None:
    asked: list[tuple[str, int]] = []

    def score(theme: str, texts: list[str]) -> list[float]:
        asked.append((theme, len(texts)))
        return [0.9 if "VAE" in text else 0.1 for text in texts]

    found = events(DEMO, *WEEK, "diploma from experience", score)
    assert [event.title for event in found] == ["Réunion d'information VAE"]
    assert asked == [("diploma from experience", 16)]  # eight titles, eight descriptions


def test_rare_words_weigh_more() -> None:
    texts = ["atelier cv", "atelier entretien", "atelier vae", "forum"]
    assert matching("atelier cv", texts) == {0}
    assert matching("", texts) == set()
    assert matching("fair", ["faire le point", "job fair", "fairs"]) == {1, 2}
    assert matching("cv", []) == set()


def test_recurrences_exceptions_moves_and_cancellations() -> None:
    found = read(
        calendar(
            vevent(
                *("DTSTART;TZID=Europe/Paris:20261123T090000", "DTEND;TZID=Europe/Paris:20261123T100000"),
                *("RRULE:FREQ=DAILY;COUNT=6", "EXDATE;TZID=Europe/Paris:20261124T090000"),
            ),
            vevent(
                *(
                    "RECURRENCE-ID;TZID=Europe/Paris:20261125T090000",
                    "DTSTART;TZID=Europe/Paris:20261125T150000",
                ),
                "DTEND;TZID=Europe/Paris:20261125T160000",
                summary="Atelier CV, déplacé",
            ),
            vevent(
                *(
                    "RECURRENCE-ID;TZID=Europe/Paris:20261126T090000",
                    "DTSTART;TZID=Europe/Paris:20261126T090000",
                ),
                "STATUS:CANCELLED",
            ),
        )
    )
    assert starts(found) == ["11-23 09:00", "11-25 15:00", "11-27 09:00", "11-28 09:00"]
    assert found[1].title == "Atelier CV, déplacé"


@pytest.mark.parametrize(
    ("start", "wanted"),
    [
        ("DTSTART:20261123T090000Z", "11-23 10:00"),
        ("DTSTART:20261123T090000", "11-23 09:00"),
        ("DTSTART;TZID=America/Guadeloupe:20261123T090000", "11-23 14:00"),
        ("DTSTART;TZID=Nowhere/Here:20261123T090000", "11-23 09:00"),
        ("DTSTART;VALUE=DATE:20261123", "11-23 00:00"),
    ],
)
def test_zones(start: str, wanted: str) -> None:
    assert starts(read(calendar(vevent(start)))) == [wanted]


def test_days_without_an_end_last_one_day_and_moments_none() -> None:
    (whole,) = read(calendar(vevent("DTSTART;VALUE=DATE:20261123")))
    assert (whole.all_day, whole.end - whole.start) == (True, timedelta(days=1))
    (moment,) = read(calendar(vevent("DTSTART:20261123T090000Z")))
    assert (moment.all_day, moment.end) == (False, moment.start)


@pytest.mark.parametrize(
    ("start", "end", "there"),
    [
        ("20261122T220000Z", "20261122T230000Z", False),  # ends as the week begins
        ("20261122T220000Z", "20261122T233000Z", True),
        ("20261129T225900Z", "20261129T233000Z", True),
        ("20261129T230000Z", "20261129T233000Z", False),  # begins as the week ends
        ("20261101T000000Z", "20261231T000000Z", True),
    ],
)
def test_the_edges_of_a_span(start: str, end: str, there: bool) -> None:
    assert bool(read(calendar(vevent(f"DTSTART:{start}", f"DTEND:{end}")))) is there


def test_what_comes_from_outside_is_made_plain() -> None:
    (event,) = read(
        calendar(
            vevent(
                *("DTSTART:20261123T090000Z", "LOCATION:Salle\\n 1", "URL:https://example.org/a?b=1"),
                r"DESCRIPTION:<p>Venez <b>tous</b> &amp; toutes\, <script>alert(1)</script>" + "x" * 3000,
                "CATEGORIES:VAE,find_job",
                summary="  <i>Atelier</i>\\n CV\u202e &lt;3 ",
            )
        )
    )
    assert (event.title, event.location, event.url) == (
        "Atelier CV <3",
        "Salle 1",
        "https://example.org/a?b=1",
    )
    assert event.themes == ("VAE", "find_job")
    assert event.description is not None
    assert event.description.startswith("Venez tous & toutes, xxx")
    assert len(event.description) == 1000


@pytest.mark.parametrize(
    "url", ["javascript:alert(1)", "ftp://example.org/x", "https://a b", 'https://a"onclick']
)
def test_only_web_addresses_are_kept(url: str) -> None:
    (event,) = read(calendar(vevent("DTSTART:20261123T090000Z", f"URL:{url}")))
    assert event.url is None


@pytest.mark.parametrize(
    "lines",
    [
        ("STATUS:CANCELLED", "DTSTART:20261123T090000Z"),
        ("CLASS:PRIVATE", "DTSTART:20261123T090000Z"),
        ("DTSTART:20261123T090000Z", "RRULE:FREQ=SECONDLY"),
        ("DTSTART:20261123T090000Z", "RRULE:FREQ=HOURLY"),
        ("DTSTART:20261123T090000Z", "RRULE:FREQ=DAILY;BYMINUTE=1,2,3;BYSECOND=1,2,3"),
        ("DTSTART:yesterday",),
        ("DTSTART:20261123T990000Z",),
        ("DTSTART:20261123T090000Z", "RRULE:FREQ=NEVER"),
        ("DTSTART:20261123T090000Z", "RRULE:FREQ=DAILY;INTERVAL=0"),
        ("DTSTART:20261123T090000Z", "RRULE:FREQ=DAILY;BYMONTH=2;BYMONTHDAY=30"),
        ("DTSTART:20261123T090000Z", "RRULE:FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30"),
        ("DTSTART:00010101T090000Z", "RRULE:FREQ=DAILY"),
        (),
    ],
)
def test_one_bad_event_takes_no_other_with_it(lines: tuple[str, ...]) -> None:
    good = vevent("DTSTART:20261124T090000Z", uid="good", summary="Réunion VAE")
    found = read(calendar(vevent(*lines, uid="bad"), good))
    assert "Réunion VAE" in [event.title for event in found]
    assert len(found) <= 2


@pytest.mark.parametrize(
    "lines",
    [
        ("DTSTART:20261123T090000Z", "DTEND:20261123T100000Z"),
        ("DTSTART;TZID=Europe/Paris:20261123T090000", "LOCATION:Salle 1\\, ici\\; là\\nen bas", "CATEGORIES:a\\,b,c"),
        ('DTSTART;TZID="America/Guadeloupe":20261123T090000', "DTEND;TZID=America/Guadeloupe:20261123T093000"),
        ("DTSTART;VALUE=DATE:20261123", "DTEND;VALUE=DATE:20261125"),
        ("DTSTART:20261123T090000", "URL;VALUE=URI:https://example.org/a:b;c", "CLASS:PUBLIC", "STATUS:CONFIRMED"),
        ("DTSTART:20261123T090000Z", "DTEND:20261122T090000Z"),
        ("DTSTART:20261123T090000Z", 'DESCRIPTION;ALTREP="cid:x:y;z":Des mots', "CATEGORIES:a", "CATEGORIES:b"),
        ("DTSTART:20261123T090000Z", "SUMMARY;LANGUAGE=en-GB:Workshop"),
        ("DTSTART:20261123T090000Z", "STATUS:CANCELLED"),
        ("DTSTART:20261123T090000Z", "CLASS:CONFIDENTIAL"),
    ],
)
def test_what_is_read_without_the_library_is_what_the_library_reads(lines: tuple[str, ...]) -> None:
    """A recurrence of once makes the library read the same event."""
    summary = [] if any(line.startswith("SUMMARY") for line in lines) else ["SUMMARY:Atelier CV"]
    head = ["BEGIN:VEVENT", "UID:1", "DTSTAMP:20261101T000000Z", *summary, *lines]
    plain = read(calendar(*head, "END:VEVENT"))
    assert plain == read(calendar(*head, "RRULE:FREQ=DAILY;COUNT=1", "END:VEVENT"))
    assert len(plain) == (0 if lines[-1] in ("STATUS:CANCELLED", "CLASS:CONFIDENTIAL") else 1)


@pytest.mark.parametrize("end", ["DTEND:20261123T080000", "DURATION:-PT1H"])
@pytest.mark.parametrize("more", [[], ["RRULE:FREQ=DAILY;COUNT=1"]])
def test_an_end_before_the_beginning_moves_no_beginning(end: str, more: list[str]) -> None:
    """Who comes at the hour of the end comes to a closed door."""
    (event,) = read(calendar(vevent("DTSTART:20261123T090000", end, *more)))
    assert (event.start.hour, event.end) == (9, event.start)


def test_an_event_without_a_title_is_left_out() -> None:
    assert read(calendar(vevent("DTSTART:20261123T090000Z", summary=""))) == []


@pytest.mark.parametrize(
    "content", [b"", b"<html>oops</html>", b"\xff\xfe\x00", b"BEGIN:VCALENDAR", b"BEGIN:X\nEND:Y"]
)
def test_what_is_no_calendar_gives_nothing(content: bytes) -> None:
    assert read(content) == []
    assert ical.read(content, PARIS, "fr") is None


@pytest.mark.parametrize("lines", [(), ("RRULE:FREQ=WEEKLY;COUNT=1",)])
def test_a_whole_day_that_ends_as_it_begins_lasts_that_day(lines: tuple[str, ...]) -> None:
    (event,) = read(calendar(vevent("DTSTART;VALUE=DATE:20261123", "DTEND;VALUE=DATE:20261123", *lines)))
    assert (event.all_day, event.end - event.start) == (True, timedelta(days=1))
    later = MONDAY + timedelta(hours=15)
    assert read(calendar(vevent("DTSTART;VALUE=DATE:20261123", "DTEND;VALUE=DATE:20261123", *lines)), later)


@pytest.mark.parametrize("start", ["DTSTART;TZID=Europe/Paris:20261123T090000", "DTSTART:20261123T080000Z"])
def test_the_last_day_of_a_series_counts_whatever_its_hour(start: str) -> None:
    found = read(calendar(vevent(start, "RRULE:FREQ=DAILY;UNTIL=20261125")))
    assert starts(found) == ["11-23 09:00", "11-24 09:00", "11-25 09:00"]


def test_a_calendar_that_calls_off_tells_of_nothing_on() -> None:
    assert read(calendar("METHOD:CANCEL", vevent("DTSTART:20261123T090000Z"))) == []
    assert len(read(calendar("METHOD:PUBLISH", vevent("DTSTART:20261123T090000Z")))) == 1


@pytest.mark.parametrize(
    ("rule", "sane"),
    [
        *(("FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30", False), ("FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=29", True)),
        *(("FREQ=DAILY;BYMONTH=2;BYMONTHDAY=31", False), ("FREQ=MONTHLY;BYMONTH=4,6;BYMONTHDAY=31,-31", False)),
        *(("FREQ=MONTHLY;BYDAY=MO;BYSETPOS=7", False), ("FREQ=MONTHLY;BYDAY=MO;BYSETPOS=-1", True)),
        *(("FREQ=MONTHLY;BYDAY=6MO", False), ("FREQ=MONTHLY;BYDAY=5MO", True), ("FREQ=YEARLY;BYDAY=20MO", True)),
        ("FREQ=YEARLY;BYDAY=MO,TU;BYMONTH=3;BYSETPOS=2", True),
        *(("FREQ=DAILY;INTERVAL=7;BYDAY=MO", False), ("FREQ=DAILY;INTERVAL=7;BYDAY=TU", True)),
        *(("FREQ=MONTHLY;BYMONTHDAY=30;BYDAY=1MO", False), ("FREQ=MONTHLY;BYMONTHDAY=7;BYDAY=1MO", True)),
        *(("FREQ=YEARLY;BYYEARDAY=1;BYMONTH=2", False), ("FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=29;BYDAY=TU", True)),
        ("FREQ=YEARLY;BYWEEKNO=53;BYDAY=MO;BYMONTH=6", False),
        ("FREQ=DAILY;INTERVAL=7;BYDAY=MO;UNTIL=20270101T000000Z", False),
        ("FREQ=WEEKLY;UNTIL=20270101T000000Z;BYDAY=WE", True),
    ],
)
def test_a_rule_that_no_day_fulfils_is_not_followed_for_ever(rule: str, sane: bool) -> None:
    """Following one takes a second each, and a calendar may hold thousands."""
    event = Calendar.from_ical(calendar(vevent("DTSTART:20261124T090000Z", f"RRULE:{rule}"))).walk("VEVENT")[0]
    began = time.monotonic()
    assert is_sane(event) is sane
    assert time.monotonic() - began < 0.2


@pytest.mark.parametrize(
    ("rule", "found"),
    [
        *(("BYHOUR=9;BYMINUTE=0", 3), ("BYHOUR=9;BYMINUTE=0;BYSECOND=0", 3), ("BYMINUTE=0", 3)),
        *(("BYHOUR=10", 0), ("BYHOUR=9,10", 0), ("BYMINUTE=0,30", 0)),
    ],
)
def test_a_rule_may_say_again_at_what_time_it_is(rule: str, found: int) -> None:
    event = vevent("DTSTART;TZID=Europe/Paris:20261123T090000", f"RRULE:FREQ=DAILY;COUNT=3;{rule}")
    assert starts(read(calendar(event))) == ["11-23 09:00", "11-24 09:00", "11-25 09:00"][:found]


@pytest.mark.parametrize("fold", [b"\r\n ", b"\n\t"])
def test_a_line_may_be_folded_within_a_letter(fold: bytes) -> None:
    content = calendar(vevent("DTSTART:20261123T090000Z", summary="Café de l'emploi"))
    cut = content.index("é".encode()) + 1
    (event,) = read(content[:cut] + fold + content[cut:])
    assert event.title == "Café de l'emploi"


def test_asking_twice_gives_the_same() -> None:
    content = calendar(vevent("DTSTART:20261123T090000Z", "RRULE:FREQ=DAILY"))
    assert read(content) == read(content)
    assert len(read(content)) == 7


def test_a_span_is_bounded() -> None:
    found = events(DEMO, MONDAY, MONDAY + timedelta(days=36500))
    assert found[-1].start <= MONDAY + timedelta(days=400)


@settings(max_examples=150, deadline=None)
@given(st.binary(max_size=300), st.integers(0, 400))
def test_any_damage_is_survived(damage: bytes, place: int) -> None:
    whole = calendar(
        vevent("DTSTART:20261123T090000Z", "RRULE:FREQ=WEEKLY"), vevent("DTSTART:20261124T090000Z")
    )
    read(whole[:place] + damage + whole[place + len(damage) :])


def test_a_missing_file_is_told(tmp_path: Path) -> None:
    found = agenda(from_file(tmp_path / "none.ics"), *WEEK)
    assert found.events == ()
    assert [source.ok for source in found.sources] == [False]


def test_without_a_source_there_is_none() -> None:
    assert agenda(load_cites()["marseille"], *WEEK).sources == ()


def test_a_file_that_changes_is_read_again(tmp_path: Path) -> None:
    file = tmp_path / "a.ics"
    file.write_bytes(calendar(vevent("DTSTART:20261123T090000Z")))
    assert starts(events(from_file(file), *WEEK)) == ["11-23 10:00"]
    file.write_bytes(calendar(vevent("DTSTART:20261124T090000Z")))
    assert starts(events(from_file(file), *WEEK)) == ["11-24 10:00"]
