"""Calendar files of events, as a browser asks for them."""

from __future__ import annotations

import html
from dataclasses import replace
from datetime import datetime, timedelta, timezone
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from django.test import Client
from icalendar import Calendar

from bot.knowledge.agenda import Event, events
from bot.knowledge.cites import AgendaSource, Fact, load_cites
from bot.knowledge.event_ics import calendar_file, calendar_path
from bot.web.pages import agenda as pages

DEMO = load_cites()["demo"]
PARIS = ZoneInfo("Europe/Paris")
FROM = datetime(2026, 11, 23, tzinfo=PARIS)


def first() -> Event:
    return events(DEMO, FROM, FROM + timedelta(days=7))[0]


def read(content: bytes) -> Any:
    (component,) = Calendar.from_ical(content).walk("VEVENT")
    return component


def test_an_event_comes_as_a_calendar_file(client: Client) -> None:
    event = first()
    answer = client.get("/" + calendar_path(DEMO, event))
    assert answer.status_code == 200
    assert answer["Content-Type"] == "text/calendar; charset=utf-8"
    assert answer["Content-Disposition"] == 'attachment; filename="demo-20261123.ics"'
    component = read(answer.content)
    assert (component.start, component.end) == (event.start, event.end)
    assert str(component["SUMMARY"]) == event.title
    assert str(component["LOCATION"]) == event.location
    assert component["DTSTAMP"].dt.tzinfo is not None


def test_each_occurrence_has_its_own(client: Client) -> None:
    event = first()
    next_day = events(DEMO, FROM + timedelta(days=7), FROM + timedelta(days=8))
    (later,) = [each for each in next_day if each.key == event.key]
    found = [read(client.get("/" + calendar_path(DEMO, each)).content) for each in (event, later)]
    assert [each.start for each in found] == [event.start, later.start]
    assert found[0]["UID"] != found[1]["UID"]


def test_the_open_day_is_a_day(client: Client) -> None:
    (event,) = [each for each in events(DEMO, datetime(2027, 3, 31), datetime(2027, 4, 1)) if each.all_day]
    component = read(client.get("/" + calendar_path(DEMO, event)).content)
    assert [str(component[name].dt) for name in ("DTSTART", "DTEND")] == ["2027-03-31", "2027-04-01"]


def path(**parts: str) -> str:
    told = {"cite": "demo", "key": first().key, "start": "20261123T130000Z", **parts}
    return "/agenda/{cite}/{key}/{start}.ics".format(**told)


@pytest.mark.parametrize(
    "parts",
    [
        {"cite": "nowhere"},
        {"cite": "marseille"},
        {"cite": ".."},
        {"key": "0" * 16},
        {"key": "x"},
        {"start": "20261123T130001Z"},
        {"start": "20261123T130000"},
        {"start": "99999999T999999Z"},
        {"start": "00010101T000000Z"},
        {"start": "99991231T235959Z"},
    ],
)
def test_what_is_not_on_the_agenda_is_said_not_to_be(client: Client, parts: dict[str, str]) -> None:
    answer = client.get(path(**parts), headers={"Accept-Language": "en"})
    assert answer.status_code == 404
    assert "no longer on the calendar" in answer.content.decode()


def test_an_agenda_that_cannot_be_read_tells_nothing_of_the_event(
    client: Client, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    gone = AgendaSource(Fact("x", "here"), tmp_path / "gone.ics", None, "fr")
    monkeypatch.setattr(pages, "load_cites", lambda: {"demo": replace(DEMO, agenda=(gone,))})
    answer = client.get(path(), headers={"Accept-Language": "fr"})
    assert answer.status_code == 503
    assert "plus à l'agenda" not in html.unescape(answer.content.decode())


def test_only_read(client: Client) -> None:
    assert client.get(path()).status_code == 200
    assert client.head(path()).status_code == 200
    answer = client.put(path())
    assert (answer.status_code, answer["Allow"]) == (405, "GET, HEAD")


def test_no_more_than_so_many(client: Client, settings: Any) -> None:
    settings.RATES = {**settings.RATES, "calendar": (3, 600)}
    found = [client.get(path()) for _ in range(5)]
    assert [answer.status_code for answer in found] == [200, 200, 200, 429, 429]
    assert int(found[-1]["Retry-After"]) > 0


def test_words_of_strangers_stay_words() -> None:
    title = 'Atelier\\, "CV"; BEGIN:VEVENT\nX-EVIL:1'
    start = datetime(2026, 12, 1, 10, tzinfo=PARIS)
    event = Event("1", title, start, start, False, description="é" * 300, booking="https://example.org/a;b,c")
    content = calendar_file(DEMO, event, datetime(2026, 11, 25, tzinfo=timezone.utc))
    component = read(content)
    assert str(component["SUMMARY"]) == title
    assert "X-EVIL" not in component
    assert str(component["LOCATION"]) == DEMO.name("fr")
    assert str(component["DESCRIPTION"]).endswith("https://example.org/a;b,c")
    lines = content.split(b"\r\n")
    assert all(len(line) <= 75 for line in lines)
    assert b"\n" not in b"".join(lines)


@pytest.mark.parametrize(
    ("more", "place"),
    [
        ({}, None),
        ({"url": "https://example.org/vae"}, "https://example.org/vae"),
        ({"url": "https://example.org/vae", "booking": "https://example.org/visio"}, "https://example.org/visio"),
        ({"location": "Salle 1"}, "Salle 1"),
    ],
)
def test_what_is_followed_from_afar_is_not_at_the_cite(more: dict[str, str], place: str | None) -> None:
    start = datetime(2026, 12, 1, 10, tzinfo=PARIS)
    event = Event("1", "Webinaire", start, start + timedelta(hours=1), False, online=True, **more)
    content = calendar_file(DEMO, event, datetime(2026, 11, 25, tzinfo=timezone.utc))
    assert read(content).get("LOCATION") == place
    assert DEMO.name("fr") not in content.decode()


def test_an_end_that_is_not_known_is_not_written() -> None:
    """A DTEND must come after DTSTART: calendars refuse or mend what ends as it begins."""
    start = datetime(2026, 12, 1, 10, tzinfo=PARIS)
    content = calendar_file(DEMO, Event("1", "Forum", start, start, False), datetime(2026, 11, 25, tzinfo=timezone.utc))
    assert "DTEND" not in read(content)
