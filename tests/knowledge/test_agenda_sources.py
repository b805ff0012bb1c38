"""Agendas from the network: kept, renewed in the background, and every way in which a source fails."""

from __future__ import annotations

import gzip
import json
import os
import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date, datetime, timedelta, timezone
from http.server import BaseHTTPRequestHandler
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from bot.knowledge import agenda_sources, feeds, fetch
from bot.knowledge.agenda import Agenda, agenda, agendas
from bot.knowledge.cites import AgendaSource, Cite, Fact, load_cites
from bot.knowledge.fetch import STRANGER
from tests.knowledge.site import Answer, Site, serve, serving

DEMO = load_cites()["demo"]
START = datetime(2026, 11, 23, tzinfo=ZoneInfo("Europe/Paris"))
_ENDLESS_S = 20.0  # far more than any wait meant here, far less than what these sources would take
FEEDS = Path(__file__).parent / "data" / "feeds"


def calendar(title: str) -> bytes:
    event = ["BEGIN:VEVENT", "UID:1", "DTSTAMP:20261101T000000Z", f"SUMMARY:{title}", "DTSTART:20261123T090000Z"]
    lines = ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//test//FR", *event, "END:VEVENT", "END:VCALENDAR", ""]
    return "\r\n".join(lines).encode()


GOOD, NEW = calendar("Du réseau"), calendar("Du nouveau")


@pytest.fixture
def site(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Iterator[Site]:
    monkeypatch.setenv("AGENDA_LOOPBACK", "1")
    monkeypatch.setattr(feeds, "VAR", tmp_path)
    monkeypatch.setattr(feeds, "_failed", {})
    monkeypatch.setattr(agenda_sources, "_read", {})
    monkeypatch.setattr(agenda_sources, "PATIENCE_S", 30.0)  # a busy machine is no fault of the source
    with serving() as site:
        site.answer = serve(GOOD)
        yield site
        settle()


def until(condition: Callable[[], object]) -> None:
    end = time.monotonic() + 30
    while not condition():
        assert time.monotonic() < end, "still not"
        time.sleep(0.01)


def settle() -> None:
    """Wait until nothing is being read."""
    until(lambda: not agenda_sources._running)


def at(url: str, kind: str = "ics") -> Cite:
    source = AgendaSource(Fact(url, "here", date(2026, 11, 22)), None, url, "fr", kind)
    return replace(DEMO, agenda=(source,))


def ask(site: Site, kind: str = "ics") -> Agenda:
    return agenda(at(site.url, kind), START, START + timedelta(days=60))


def titles(found: Agenda) -> list[str]:
    return [event.title for event in found.events]


def age(hours: float) -> None:
    """Make all copies so much older."""
    for file in (feeds.VAR / "agenda").glob("*.json"):
        then = time.time() - hours * 3600
        os.utime(file, (then, then))


def forget_failures() -> None:
    """The rest after a failure is over."""
    feeds._failed.clear()


def test_an_address_is_read_and_kept_for_an_hour(site: Site) -> None:
    for _ in range(3):
        found = ask(site)
        assert titles(found) == ["Du réseau"]
        assert (found.sources[0].ok, found.sources[0].fresh, found.sources[0].old) == (True, True, False)
    settle()
    assert site.asked == 1


def test_an_address_that_is_none_fails_and_is_left_alone(site: Site) -> None:
    where = "http://[::1"
    (source,) = agenda(at(where), START, START + timedelta(days=60)).sources
    settle()
    assert not source.ok and feeds.has_failed(where) and not feeds.is_due(where)


def test_a_copy_that_has_aged_serves_at_once_and_is_renewed_behind(site: Site) -> None:
    ask(site)
    age(2)
    site.answer = serve(NEW)
    assert titles(ask(site)) == ["Du réseau"]  # no wait
    settle()
    assert titles(ask(site)) == ["Du nouveau"]
    assert site.asked == 2


def test_a_question_does_not_wait_for_a_slow_source_once_there_is_a_copy(
    site: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(agenda_sources, "PATIENCE_S", 60)
    ask(site)
    age(30)
    site.answer = site.say_nothing
    found = ask(site)
    assert agenda_sources._running  # the answer is there, and the source is still being read
    assert titles(found) == ["Du réseau"]
    assert found.sources[0].old
    site.stop.set()


def test_a_copy_is_read_by_another_process_without_the_network(site: Site) -> None:
    ask(site)
    agenda_sources._read.clear()  # as in a process that has just begun
    assert titles(ask(site)) == ["Du réseau"]
    assert site.asked == 1


def test_what_has_not_changed_is_not_sent_again(site: Site) -> None:
    site.answer = serve(GOOD, ETag='"one"', Last_Modified="Mon, 23 Nov 2026 08:00:00 GMT")
    ask(site)
    age(50)
    site.answer = serve(b"", 304)
    assert ask(site).sources[0].old
    settle()
    assert (site.headers["if-none-match"], site.headers["if-modified-since"]) == (
        '"one"',
        "Mon, 23 Nov 2026 08:00:00 GMT",
    )
    found = ask(site)
    assert (titles(found), found.sources[0].old, found.sources[0].fresh) == (["Du réseau"], False, True)
    assert site.asked == 2


def test_without_a_copy_nothing_has_not_changed(site: Site) -> None:
    site.answer = serve(b"", 304)
    assert ask(site).unread
    assert "if-none-match" not in site.headers


def broken(handler: BaseHTTPRequestHandler) -> None:
    handler.wfile.write(b"nonsense")


def cut_off(handler: BaseHTTPRequestHandler) -> None:
    handler.send_response(200)
    handler.send_header("Content-Length", str(len(GOOD) + 100))
    handler.end_headers()
    handler.wfile.write(GOOD)


def loop(handler: BaseHTTPRequestHandler) -> None:
    handler.send_response(302)
    handler.send_header("Location", handler.path + "x")
    handler.end_headers()


BOMB = gzip.compress(b"x" * (STRANGER.most + 1))
FAULTS: dict[str, Answer] = {
    "error": serve(b"", 500),
    "missing": serve(b"not found", 404),
    "not a calendar": serve(b"<html>Site en maintenance</html>", Content_Type="text/calendar"),
    "empty": serve(b""),
    "half": serve(GOOD[:-40]),
    "cut off": cut_off,
    "huge": serve(b"x" * (STRANGER.most + 1)),
    "gzip bomb": serve(BOMB, Content_Encoding="gzip"),
    "not the gzip it says": serve(GOOD, Content_Encoding="gzip"),
    "half a gzip": serve(gzip.compress(GOOD)[:-12], Content_Encoding="gzip"),
    "packed otherwise": serve(GOOD, Content_Encoding="br"),
    "a zip": serve(b"PK\x03\x04" + b"\x00" * 1000, Content_Type="text/calendar"),
    "to a file": serve(b"", 302, Location="file:///etc/passwd"),
    "to ftp": serve(b"", 302, Location="ftp://127.0.0.1/agenda.ics"),
    "to the inside": serve(b"", 302, Location="http://10.0.0.1/agenda.ics"),
    "to the cloud's own address": serve(b"", 302, Location="http://169.254.169.254/latest/meta-data"),
    "to itself": loop,
    "broken": broken,
}


@pytest.mark.parametrize("name", FAULTS)
def test_the_last_good_copy_serves(site: Site, name: str) -> None:
    ask(site)
    age(30)
    site.answer = FAULTS[name]
    ask(site)
    settle()
    found = ask(site)
    assert titles(found) == ["Du réseau"]
    (source,) = found.sources
    assert (source.ok, source.fresh, source.old) == (True, False, True)
    assert source.fetched_at is not None
    assert datetime.now(timezone.utc) - source.fetched_at > timedelta(hours=29)
    asked = site.asked
    ask(site)
    settle()
    assert site.asked == asked <= 2 + STRANGER.redirects  # a source that has just failed is left alone


@pytest.mark.parametrize("name", FAULTS)
def test_without_any_copy_a_failure_is_told(site: Site, name: str) -> None:
    site.answer = FAULTS[name]
    found = ask(site)
    assert (found.events, found.unread, found.sources[0].old) == ((), True, False)


WAYS = ["drip", "drip_headers", "say_nothing"]


@pytest.mark.parametrize("way", WAYS)
def test_a_source_never_read_is_waited_for_a_moment_only(
    site: Site, monkeypatch: pytest.MonkeyPatch, way: str
) -> None:
    monkeypatch.setattr(agenda_sources, "PATIENCE_S", 0.2)
    site.answer = getattr(site, way)
    assert ask(site).unread
    assert agenda_sources._running  # the answer came, and the source still holds on
    site.stop.set()


@pytest.mark.parametrize("way", WAYS)
def test_a_source_that_holds_on_is_given_up(site: Site, monkeypatch: pytest.MonkeyPatch, way: str) -> None:
    monkeypatch.setattr(fetch, "STRANGER", replace(STRANGER, seconds=0.3))
    site.answer = getattr(site, way)
    assert ask(site).unread
    settle()
    assert feeds.has_failed(site.url)
    monkeypatch.setattr(fetch, "STRANGER", STRANGER)
    site.answer = serve(GOOD)
    forget_failures()
    assert titles(ask(site)) == ["Du réseau"]


def test_the_wait_is_one_for_all_sources(site: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(agenda_sources, "PATIENCE_S", 1.0)
    site.answer = site.say_nothing
    cites = [at(f"{site.url}/{number}") for number in range(40)]  # 40 seconds, were each waited for
    start = time.monotonic()
    found = agendas(cites, START, START + timedelta(days=7))
    assert time.monotonic() - start < _ENDLESS_S
    assert all(each.unread for each in found.values())
    site.stop.set()


def test_one_source_that_fails_takes_no_other_with_it(site: Site) -> None:
    good, bad = at(site.url), at("http://127.0.0.1:9/agenda.ics")
    found = agenda(replace(DEMO, agenda=good.agenda + bad.agenda), START, START + timedelta(days=7))
    assert titles(found) == ["Du réseau"]
    assert [state.ok for state in found.sources] == [True, False]
    assert not found.unread


def test_several_who_ask_at_once_make_one_request(site: Site) -> None:
    def slow(handler: BaseHTTPRequestHandler) -> None:
        time.sleep(0.2)
        serve(GOOD)(handler)

    site.answer = slow
    seen: list[list[str]] = []
    threads = [threading.Thread(target=lambda: seen.append(titles(ask(site)))) for _ in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert seen == [["Du réseau"]] * 6
    assert site.asked == 1


def test_a_source_that_fails_is_left_alone_longer_each_time(site: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    now = [1000.0]
    monkeypatch.setattr(feeds.time, "monotonic", lambda: now[0])
    site.answer = serve(b"", 503)
    rests = []
    for _ in range(6):
        feeds.renew(site.url, lambda content: True)
        begin, told = now[0], feeds.due_in(site.url)
        while not feeds.is_due(site.url):
            now[0] += 30
        rests.append(now[0] - begin)
        assert told == rests[-1]
    assert rests == [60, 120, 240, 480, 900, 900]


def test_a_copy_is_due_when_its_hour_is_over(site: Site) -> None:
    assert feeds.due_in(site.url) == 0
    ask(site)
    assert 3590 < feeds.due_in(site.url) <= 3600
    age(0.75)
    assert 890 < feeds.due_in(site.url) <= 900
    age(-48)  # kept while the machine's clock was two days ahead
    assert feeds.due_in(site.url) == 0


def test_the_watch_looks_again_as_soon_as_a_source_that_failed_has_rested(
    site: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Not at its next round, some minutes later: what begins to answer again is soon told."""
    monkeypatch.setattr(agenda_sources, "load_cites", lambda: {"demo": at(site.url)})
    monkeypatch.setattr(agenda_sources, "_watching", threading.Lock())
    monkeypatch.setattr(agenda_sources, "_WATCH_LEAST_S", 0.05)
    monkeypatch.setattr(feeds, "_FIRST_REST_S", 0.3)
    stop = threading.Event()
    monkeypatch.setattr(agenda_sources, "_stopped", stop)
    site.answer = serve(b"", 503)
    agenda_sources.watch()
    until(lambda: site.asked >= 2)
    site.answer = serve(GOOD)
    until(lambda: feeds.kept(site.url))
    stop.set()
    settle()
    assert not feeds.has_failed(site.url)


def test_what_no_watch_expects_does_not_end_it(site: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    rounds: list[int] = []

    def cites() -> dict[str, Cite]:
        rounds.append(1)
        if len(rounds) == 1:
            raise RuntimeError("no more threads")
        return {"demo": at(site.url)}

    monkeypatch.setattr(agenda_sources, "load_cites", cites)
    monkeypatch.setattr(agenda_sources, "_watching", threading.Lock())
    monkeypatch.setattr(agenda_sources, "_WATCH_EVERY_S", 0.05)
    stop = threading.Event()
    monkeypatch.setattr(agenda_sources, "_stopped", stop)
    agenda_sources.watch()
    until(lambda: feeds.kept(site.url))
    stop.set()
    settle()


def test_what_is_packed_is_unpacked(site: Site) -> None:
    site.answer = serve(gzip.compress(GOOD), Content_Encoding="gzip")
    assert titles(ask(site)) == ["Du réseau"]


@pytest.mark.parametrize(
    ("kind", "name", "title"),
    [
        ("openagenda", "openagenda.json", "Atelier CV et lettre"),
        ("schema_org", "schema_org.html", "Atelier CV & lettre"),
        ("rss", "feed.xml", "Atelier CV"),
        ("rss", "atom.xml", "CV workshop"),
    ],
)
def test_every_format_comes_over_the_network(site: Site, kind: str, name: str, title: str) -> None:
    site.answer = serve((FEEDS / name).read_bytes(), Content_Type="application/octet-stream")
    assert titles(ask(site, kind))[0] == title


def test_the_watch_reads_all_sources_before_anybody_asks(site: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(agenda_sources, "load_cites", lambda: {"demo": at(site.url)})
    monkeypatch.setattr(agenda_sources, "_watching", threading.Lock())
    stop = threading.Event()
    monkeypatch.setattr(agenda_sources, "_stopped", stop)
    agenda_sources.watch()
    agenda_sources.watch()
    until(lambda: feeds.kept(site.url))
    stop.set()
    settle()
    assert site.asked == 1
    site.answer = site.say_nothing
    assert titles(ask(site)) == ["Du réseau"]


def test_a_copy_spoilt_on_disk_is_fetched_again(site: Site) -> None:
    def unless_known(handler: BaseHTTPRequestHandler) -> None:
        serve(b"", 304)(handler) if "If-None-Match" in handler.headers else serve(GOOD, ETag='"one"')(handler)

    site.answer = unless_known
    ask(site)
    for file in (feeds.VAR / "agenda").glob("*.body"):
        file.write_bytes(b"spoilt")
    agenda_sources._read.clear()
    age(2)
    assert titles(ask(site)) == ["Du réseau"]


def test_a_note_spoilt_on_disk_costs_a_download_only(site: Site) -> None:
    ask(site)
    for file in (feeds.VAR / "agenda").glob("*.json"):
        file.write_text("[" if site.asked else json.dumps([]))
    age(2)
    ask(site)
    settle()
    assert site.asked == 2
    assert titles(ask(site)) == ["Du réseau"]
