"""Each format of agenda: its recorded example, what is left out, and any damage survived."""

from __future__ import annotations

import json
from collections.abc import Sequence
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.knowledge.agenda_formats import FORMATS
from bot.knowledge.event import MAX_EVENTS, Event, plain, read_iso, web_address

FEEDS = Path(__file__).parent / "data" / "feeds"
PARIS = ZoneInfo("Europe/Paris")
START = datetime(2026, 11, 23, tzinfo=PARIS)
EXAMPLES = {
    "agenda.ics": "ics",
    "openagenda.json": "openagenda",
    "openagenda_old.json": "openagenda",
    "schema_org.html": "schema_org",
    "feed.xml": "rss",
    "atom.xml": "rss",
}


def read(kind: str, content: bytes, days: int = 100) -> list[Event]:
    listing = FORMATS[kind](content, PARIS, "fr")
    assert listing is not None
    return listing.between(START, START + timedelta(days=days))


def example(name: str) -> list[Event]:
    return read(EXAMPLES[name], (FEEDS / name).read_bytes())


def told(found: Sequence[Event]) -> list[str]:
    return [f"{event.start:%m-%d %H:%M} {event.title}" for event in found]


def test_two_events_of_one_page_have_each_their_own_key() -> None:
    nodes = [{"@type": "Event", "name": name, "startDate": "2026-12-01T10:00", "url": "https://example.org/agenda"}
             for name in ("Forum", "Salon")]  # fmt: skip
    first, second = read("schema_org", json.dumps(nodes).encode())
    assert first.key != second.key


def test_icalendar() -> None:
    found = example("agenda.ics")
    assert told(found) == ["12-01 10:00 Atelier CV", "12-15 10:00 Atelier CV", "01-15 00:00 Forum de l'alternance"]
    cv, _, forum = found
    assert (cv.location, cv.url) == ("Salle 1, Cité des métiers", "https://example.org/ateliers/cv")
    assert cv.description == "Écrire son CV avec une conseillère. Venez avec vos documents."
    assert cv.themes == ("prepare_application", "CV")
    assert (forum.all_day, forum.end - forum.start) == (True, timedelta(days=2))


def test_openagenda() -> None:
    found = example("openagenda.json")
    assert told(found) == [
        "12-01 10:00 Atelier CV et lettre", "12-02 18:00 Webinaire VAE", "12-04 14:00 Job dating du numérique",
        "12-08 10:00 Atelier CV et lettre",
    ]  # fmt: skip
    cv, webinar, full, again = found
    assert cv.location == "Cité des métiers, 1 place de la Gare, 99000 Testville"
    assert (cv.online, webinar.online) == (False, True)
    assert (cv.booking, webinar.booking) == ("https://example.org/inscription", "https://example.org/visio")
    assert (cv.places_left, full.places_left) == (None, 0)
    assert (cv.audience, cv.terms) == ("16-25", "Gratuit, sur inscription")
    assert cv.themes == ("CV", "candidature")
    assert cv.url == "https://openagenda.com/cite-des-metiers-testville/events/atelier-cv-et-lettre"
    assert (cv.key == again.key, cv.key == full.key) == (True, False)


def oa(**values: Any) -> list[Event]:
    timings = [{"begin": "2026-12-01T10:00:00+01:00", "end": "2026-12-01T12:00:00+01:00"}]
    event = {"uid": 1, "title": "Forum", "timings": timings, **values}
    return read("openagenda", json.dumps({"events": [event]}).encode())


@pytest.mark.parametrize(
    ("age", "audience"),
    [
        ({"min": 16, "max": 25}, "16-25"),
        ({"min": 45, "max": None}, "45+"),
        *(({"min": 45, "max": 99}, "45+"), ({"max": 25}, "0-25"), ({"min": 0, "max": 99}, None)),
        *(({"min": None, "max": None}, None), ({"min": True, "max": 25}, "0-25"), ({"min": 30, "max": 20}, None)),
    ],
)
def test_ages_of_openagenda(age: dict[str, Any], audience: str | None) -> None:
    (event,) = oa(age=age, conditions={"fr": "5 €"})
    assert (event.audience, event.terms) == (audience, "5 €")


@pytest.mark.parametrize(
    ("values", "online", "place"),
    [
        ({"attendanceMode": 1}, False, "Halle"),
        ({"attendanceMode": 3}, True, "Halle"),
        ({"attendanceMode": 2}, True, None),
        ({"attendanceMode": 1, "status": 3}, True, None),
    ],
)
def test_what_openagenda_moved_online_has_no_place(values: dict[str, Any], online: bool, place: str | None) -> None:
    (event,) = oa(location={"name": "Halle"}, **values)
    assert (event.online, event.location) == (online, place)


@pytest.mark.parametrize(
    "values", [{"state": 0}, {"state": 1}, {"state": -1}, {"state": {"id": 1}}, {"draft": True}, {"private": 1}]
)
def test_what_is_not_published_at_openagenda_is_left_out(values: dict[str, Any]) -> None:
    assert oa(**values) == []
    assert len(oa(state=2, draft=False, private=0)) == 1


@pytest.mark.parametrize(
    ("begin", "end", "days"),
    [
        *(("01T00:00:00", "01T23:59:00", 1), ("01T00:00:00", "02T23:59:59", 2), ("01T00:00:00", "02T00:00:00", 1)),
        *(("01T10:00:00", "01T23:59:00", None), ("01T00:00:00", "01T18:00:00", None), ("01T00:00:00", None, None)),
    ],
)
def test_whole_days_of_openagenda(begin: str, end: str | None, days: int | None) -> None:
    told = {"begin": f"2026-12-{begin}+01:00", "end": end and f"2026-12-{end}+01:00"}
    (event,) = oa(timings=[told])
    assert event.all_day is (days is not None)
    assert days is None or event.end - event.start == timedelta(days=days)


def test_openagenda_in_another_language() -> None:
    listing = FORMATS["openagenda"]((FEEDS / "openagenda.json").read_bytes(), PARIS, "en")
    assert listing is not None
    first, second, *_ = listing.between(START, START + timedelta(days=30))
    assert (first.title, first.language) == ("CV and letter workshop", "en")
    assert (second.title, second.language) == ("Webinaire VAE", "fr")


def test_the_older_export_of_openagenda() -> None:
    (event,) = example("openagenda_old.json")
    assert told([event]) == ["01-16 10:00 Portes ouvertes"]  # ten in Paris
    assert event.location == "Cité des métiers, 1 place de la Gare, Testville"
    assert event.booking == "https://example.org/portes"
    assert event.url == "https://openagenda.com/cite-testville/events/portes-ouvertes_11"
    assert event.themes == ("visite", "orientation")


def test_schema_org() -> None:
    found = example("schema_org.html")
    assert told(found) == [
        "12-01 10:00 Atelier CV & lettre", "12-02 18:00 Webinaire création d'entreprise", "01-15 00:00 Forum"
    ]  # fmt: skip
    cv, webinar, forum = found
    assert cv.location == "Cité des métiers, 1 place de la Gare, 99000 Testville"
    assert (cv.places_left, webinar.places_left, forum.places_left) == (7, 0, None)
    assert (cv.booking, cv.url) == ("https://example.org/reserver/cv", "https://example.org/agenda/cv")
    assert (cv.audience, cv.description) == ("Demandeurs d'emploi", "Écrire son CV.")
    assert (webinar.online, webinar.location, cv.online) == (True, None, False)
    assert (forum.all_day, forum.end - forum.start, forum.location) == (True, timedelta(days=2), "Halle des sports")


def ld(**values: Any) -> list[Event]:
    node = {"@type": "Event", "name": "Forum", "startDate": "2026-12-01T10:00", **values}
    return read("schema_org", json.dumps(node).encode())


@pytest.mark.parametrize(
    ("values", "place"),
    [
        ({"location": "Ici"}, "Ici"),
        ({"location": {"@type": "Place", "name": "Ici", "address": "1 rue X"}}, "Ici, 1 rue X"),
        ({"location": [{"@type": "VirtualLocation", "url": "https://x.org"}, {"@type": "Place", "name": "Là"}]}, "Là"),
        ({"location": {"@type": "Place", "address": {"addressLocality": "Lille"}}}, "Lille"),
        ({"location": {"@id": "#place"}}, None),
        ({"location": "https://example.org/visio"}, None),
        ({"location": 7}, None),
    ],
)
def test_places_of_schema_org(values: dict[str, Any], place: str | None) -> None:
    (event,) = ld(**values)
    assert event.location == place


@pytest.mark.parametrize(
    ("values", "there"),
    [
        ({"@type": "https://schema.org/EducationEvent"}, True),
        ({"@type": ["Thing", "Festival"]}, True),
        ({"@type": "EventVenue"}, False),
        ({"@type": None}, False),
        ({"eventStatus": "https://schema.org/EventRescheduled"}, True),
        ({"eventStatus": ["https://schema.org/EventCancelled"]}, False),
        ({"name": {"@value": "Forum", "@language": "fr"}}, True),
        ({"name": "  "}, False),
        ({"startDate": "9999-99-99"}, False),
    ],
)
def test_what_counts_as_an_event_of_schema_org(values: dict[str, Any], there: bool) -> None:
    assert bool(ld(**values)) is there


def test_events_within_other_things_are_found() -> None:
    inner = {"@type": "Event", "name": "Dedans", "startDate": "2026-12-01"}
    for outer in (
        {"@type": "Organization", "event": [inner]},
        {"@type": "ItemList", "itemListElement": [{"@type": "ListItem", "item": inner}]},
        {"@type": "Festival", "name": "Tout", "startDate": "2026-12-01", "subEvent": inner},
    ):
        assert "Dedans" in [event.title for event in read("schema_org", json.dumps(outer).encode())]


def test_a_page_without_json_ld_is_no_agenda_and_one_without_events_is_an_empty_one() -> None:
    assert FORMATS["schema_org"](b"<html><p>Maintenance</p></html>", PARIS, "fr") is None
    page = b'<script type="application/ld+json">{"@type": "WebPage"}</script>'
    assert read("schema_org", page) == []


def test_rss_dates_the_event_or_leaves_it_out() -> None:
    found = example("feed.xml")
    assert told(found) == ["12-01 10:00 Atelier CV", "01-15 00:00 Forum de l'alternance le 15 janvier 2027"]
    cv, forum = found
    assert (cv.announced, forum.announced) == (False, True)
    assert (cv.location, cv.url, cv.description) == ("Salle 1", "https://example.org/cv", "Écrire son CV.")
    assert (cv.end - cv.start, forum.all_day) == (timedelta(hours=2), True)


def test_atom() -> None:
    (event,) = example("atom.xml")
    assert told([event]) == ["12-01 10:00 CV workshop"]
    assert event.url == "https://example.org/cv"


def item(title: str, published: str = "Tue, 24 Nov 2026 08:00:00 +0100") -> bytes:
    return f"<rss><channel><item><title>{title}</title><pubDate>{published}</pubDate></item></channel></rss>".encode()


@pytest.mark.parametrize(
    ("fields", "days"),
    [
        *(({"startdate": "2026-12-01"}, 1), ({"startdate": "2026-12-01", "enddate": "2026-12-02"}, 2)),
        *(({"dtstart": "20261201", "dtend": "20261202"}, 1), ({"dtstart": "20261201", "dtend": "20261203"}, 2)),
        ({"dtstart": "20261201", "dtend": "20261201"}, 1),
    ],
)
def test_whole_days_of_a_feed(fields: dict[str, str], days: int) -> None:
    """The event module counts its last day in, xCal is as iCalendar."""
    told = "".join(f"<{name}>{value}</{name}>" for name, value in fields.items())
    content = f"<rss><channel><item><title>Salon</title>{told}</item></channel></rss>"
    (event,) = read("rss", content.encode())
    assert (event.all_day, event.end - event.start) == (True, timedelta(days=days))


def test_what_is_called_off_in_a_feed_is_left_out() -> None:
    assert read("rss", item("ANNULÉ : Forum le 12 décembre")) == []


@pytest.mark.parametrize(
    ("title", "start"),
    [
        ("Forum le 12 décembre", "12-12 00:00"),
        ("Forum le 12 décembre à 14h", "12-12 14:00"),
        ("Forum du 12/12/2026", "12-12 00:00"),
        ("Salon du 3 au 5 décembre", "12-03 00:00"),
        ("Forum demain", None),
        ("Forum samedi", None),
        ("Forum en janvier", None),
        ("Retour sur le forum du 5 octobre", None),
        ("Retour sur le forum du 23 novembre", None),
        ("Ouvert à 14h", None),
        ("Forum le 12 décembre et le 3 janvier", None),
    ],
)
def test_a_title_dates_only_what_does_not_depend_on_when_it_is_read(title: str, start: str | None) -> None:
    found = read("rss", item(title))
    assert [f"{event.start:%m-%d %H:%M}" for event in found] == ([start] if start else [])


def test_the_day_of_publication_is_never_the_day_of_an_event() -> None:
    assert read("rss", item("Atelier CV")) == []
    assert read("rss", item("Forum le 12 décembre", "yesterday")) == []


BOMB = b'<?xml version="1.0"?><!DOCTYPE r [<!ENTITY a "xx"><!ENTITY b "&a;&a;&a;">]><rss><channel/></rss>'
OUTSIDE = b'<!DOCTYPE r [<!ENTITY x SYSTEM "file:///etc/passwd">]><rss><channel><item><title>&x;</title></item></channel></rss>'


@pytest.mark.parametrize(
    "content",
    [
        *(BOMB, OUTSIDE, b"", b"<rss>", b"<html></html>", b"\x00\x01", b"<rss>" + b"<a>" * 100),
        b'<?xml version="1.0" encoding="nothing"?><rss/>',
    ],
)
def test_what_is_no_feed_or_a_dangerous_one_is_not_read(content: bytes) -> None:
    assert FORMATS["rss"](content, PARIS, "fr") is None


@pytest.mark.parametrize(
    "content",
    [b"", b"[]", b"{}", b'{"events": {}}', b"[" * 100_000, b"\xff", b'{"events": 1}', b"<html>", b"1" * 10_000],
)
def test_what_is_no_export_of_openagenda_is_not_read(content: bytes) -> None:
    assert FORMATS["openagenda"](content, PARIS, "fr") is None


@pytest.mark.parametrize("kind", FORMATS)
def test_another_format_is_not_taken_for_this_one(kind: str) -> None:
    for name, own in EXAMPLES.items():
        found = FORMATS[kind]((FEEDS / name).read_bytes(), PARIS, "fr")
        assert (found is not None) == (own == kind) or (kind == "schema_org" and not found.between(START, START)), name


def well_formed(found: Sequence[Event]) -> None:
    for event in found:
        assert event.title.strip() and event.title.isprintable() and len(event.title) <= 200
        assert event.start <= event.end
        assert event.start.tzinfo is PARIS and event.end.tzinfo is PARIS
        for address in (event.url, event.booking):
            assert address is None or web_address(address) == address
        for text in (event.location, event.description, event.audience, *event.themes):
            assert text is None or (text.strip() and text.isprintable())
        assert event.places_left is None or event.places_left >= 0
        assert len(event.key) == 16


def survive(kind: str, content: bytes) -> None:
    listing = FORMATS[kind](content, PARIS, "fr")
    if listing is not None:
        well_formed(listing.between(START, START + timedelta(days=400)))


@pytest.mark.parametrize("kind", FORMATS)
@settings(max_examples=100, deadline=None)
@given(content=st.binary(max_size=400))
def test_any_bytes_are_survived(kind: str, content: bytes) -> None:
    survive(kind, content)


@pytest.mark.parametrize("name", EXAMPLES)
@settings(max_examples=60, deadline=None)
@given(data=st.data())
def test_any_damage_to_an_example_is_survived(name: str, data: st.DataObject) -> None:
    whole = (FEEDS / name).read_bytes()
    for _ in range(data.draw(st.integers(1, 3))):
        start = data.draw(st.integers(0, len(whole)))
        end = data.draw(st.integers(start, min(len(whole), start + 80)))
        whole = whole[:start] + data.draw(st.binary(max_size=40)) + whole[end:]
    survive(EXAMPLES[name], whole)


json_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=20) | st.just("2026-12-01T10:00"),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner, max_size=3),
    max_leaves=6,
)


@settings(max_examples=50, deadline=None)
@given(data=st.data())
def test_any_value_in_any_field_of_openagenda_is_survived(data: st.DataObject) -> None:
    root = json.loads((FEEDS / "openagenda.json").read_text("utf-8"))
    event = root["events"][0]
    for name in data.draw(st.lists(st.sampled_from(sorted(event)), max_size=4)):
        event[name] = data.draw(json_values)
    survive("openagenda", json.dumps(root).encode())


_SCHEMA_FIELDS = (
    *("@type", "@id", "name", "startDate", "endDate", "eventStatus", "eventAttendanceMode", "location", "description"),
    *("keywords", "inLanguage", "audience", "remainingAttendeeCapacity", "offers", "url", "typicalAgeRange"),
    "identifier",
)


@settings(max_examples=80, deadline=None)
@given(st.dictionaries(st.sampled_from(_SCHEMA_FIELDS), json_values, max_size=5))
def test_any_value_in_any_field_of_schema_org_is_survived(values: dict[str, Any]) -> None:
    node = {"@type": "Event", "name": "Forum", "startDate": "2026-12-01T10:00", **values}
    survive("schema_org", json.dumps(node).encode())


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("<p>Un <b>mot</b>.</p><br/>Deux", "Un mot. Deux"),
        ("<script>alert(1)</script>&lt;b&gt; &amp;amp; <style>x{}</style>", "<b> &amp;"),
        ("for\u00admation\u200b \u202e\x00\x07\ud800\U00018cd6\u2028fin", "formation fin"),
        ("a" * 60, "a" * 49 + "…"),
        *(("<p></p>", None), (None, None), ("\x00", None), (12, "12")),
    ],
)
def test_words_of_strangers_are_made_plain(text: object, wanted: str | None) -> None:
    assert plain(text, 50) == wanted


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("2026-12-01", "2026-12-01T00:00:00+01:00"),
        ("2026-12-01T10:00", "2026-12-01T10:00:00+01:00"),
        ("2026-12-01 10:00:30", "2026-12-01T10:00:30+01:00"),
        ("2026-12-01T10:00:00Z", "2026-12-01T11:00:00+01:00"),
        ("2026-12-01T10:00:00.123456789+0200", "2026-12-01T09:00:00+01:00"),
        ("2026-12-01T10:00-05", "2026-12-01T16:00:00+01:00"),
        *((text, None) for text in ("", "2026", "2026-13-01", "2026-12-01T25:00", "0001-01-01", "9999-12-31")),
        *((value, None) for value in ("x", 5, None)),
    ],
)
def test_times_of_iso_8601(text: object, wanted: str | None) -> None:
    found = read_iso(text, PARIS)
    assert (found[0].isoformat() if found else None) == wanted


def many(count: int) -> bytes:
    lines = ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//x//FR"]
    for number in range(count):
        day = START + timedelta(minutes=30 * number)
        lines += ["BEGIN:VEVENT", f"UID:{number}", "DTSTAMP:20261101T000000Z", f"SUMMARY:Atelier {number}"]
        lines += [f"DTSTART;TZID=Europe/Paris:{day:%Y%m%dT%H%M%S}", "DESCRIPTION:" + "mots " * 30, "END:VEVENT"]
    return "\r\n".join([*lines, "END:VCALENDAR", ""]).encode()


def test_ten_thousand_events_are_read() -> None:
    listing = FORMATS["ics"](many(10_000), PARIS, "fr")
    assert listing is not None
    assert len(listing.between(START, START + timedelta(days=30))) == 30 * 48


def test_more_than_anybody_has_is_not_read() -> None:
    assert FORMATS["ics"](many(MAX_EVENTS + 1), PARIS, "fr") is None
    events = json.dumps({"events": [{}] * (MAX_EVENTS + 1)}).encode()
    assert FORMATS["openagenda"](events, PARIS, "fr") is None


@pytest.mark.timeout(60)  # a reader that looked for each end from the start again would take hours
@pytest.mark.parametrize("tag", [b"<script type=application/ld+json>", b"<script></script>"])
def test_a_page_of_unclosed_scripts_ends(tag: bytes) -> None:
    found = FORMATS["schema_org"](tag * 100_000, PARIS, "fr")
    assert found is None or not found.between(START, START + timedelta(days=30))


def test_an_event_that_has_moved_online_is_no_longer_at_its_place() -> None:
    hall = {"@type": "Place", "name": "Salle 3"}
    told = {"@type": "Event", "name": "Forum", "startDate": "2026-12-05T10:00", "location": hall}
    moved = {**told, "eventStatus": "https://schema.org/EventMovedOnline"}
    mixed = {**moved, "eventAttendanceMode": "MixedEventAttendanceMode"}
    found = [read("schema_org", json.dumps(node).encode())[0] for node in (told, moved, mixed)]
    assert [(event.online, event.location) for event in found] == [(False, "Salle 3"), (True, None), (True, "Salle 3")]


@pytest.mark.parametrize(("start", "end", "whole", "until"), [
    ("2026-12-05T00:00", "2026-12-05T23:59", True, "2026-12-06T00:00"),
    ("2026-12-05T00:00:00", "2026-12-06T23:59:59", True, "2026-12-07T00:00"),
    ("2026-12-05T00:00", "2026-12-06T00:00", True, "2026-12-06T00:00"),
    ("2026-12-05T10:00", "2026-12-05T23:59", False, "2026-12-05T23:59"),
    ("2026-12-05", "2026-12-05", True, "2026-12-06T00:00")])  # fmt: skip
def test_from_midnight_to_midnight_is_whole_days(start: str, end: str, whole: bool, until: str) -> None:
    node = {"@type": "Event", "name": "Forum", "startDate": start, "endDate": end}
    (event,) = read("schema_org", json.dumps(node).encode())
    assert (event.all_day, event.end.replace(tzinfo=None)) == (whole, datetime.fromisoformat(until))
