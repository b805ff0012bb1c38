"""What is announced at the desk: read, refused, and counted in the hours exactly as a closure of a file is."""

from __future__ import annotations

import logging
from collections.abc import Callable
from copy import deepcopy
from dataclasses import replace
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from bot.cli import check
from bot.cli.main import main
from bot.knowledge import closures, hours, kept, notices, usual_week
from bot.knowledge.cite_types import Cite, Closure, Notice
from bot.knowledge.cites import Fact, load_cites
from bot.knowledge.opening import within

DEMO = load_cites()["demo"]  # Mo-We,Fr 09:30-17:30; Th 09:30-19:00; Sa 10:00-13:00; PH off
TODAY = date(2026, 11, 25)
CLOSED = {"kind": "closed", "from": "2026-12-01", "to": "2026-12-02", "announced": "2026-11-25"}
OTHER = {"kind": "hours", "from": "2026-12-07", "to": "2026-12-13", "announced": "2026-11-25",
         "hours": "Mo-Fr 10:00-12:00"}  # fmt: skip
WORD = {"kind": "word", "from": "2026-12-01", "to": "2026-12-31", "announced": "2026-11-25",
        "words": {"fr": "L'ascenseur est en panne."}}  # fmt: skip
Write = Callable[..., Path]


@pytest.fixture
def write(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Write:
    """A function (*announcements, cite="demo") that writes a Cité's file in a folder of its own."""
    monkeypatch.setattr(notices, "FOLDER", tmp_path)

    def written(*announcements: Any, cite: str = "demo") -> Path:
        file = tmp_path / f"{cite}.yml"
        file.write_text(yaml.safe_dump({"cite": cite, "announcements": list(announcements)}), "utf-8")
        return file

    return written


def faults(file: Path) -> str:
    found = notices.read_notices(file)
    assert isinstance(found, list), found
    return "\n".join(map(str, found))


def open_hours(cite: Cite, day: date, which: hours.Which = "reception") -> list[str] | None:
    found = hours.day(cite, day, which, TODAY)
    return [f"{each.start:%H:%M}-{each.end:%H:%M}" for each in found.ranges] if found.known else None


def test_all_three_kinds_are_read(write: Write) -> None:
    closed, other, word = notices.read_notices(write(CLOSED, OTHER, WORD))
    assert isinstance(closed, Closure) and isinstance(other, Notice) and isinstance(word, Notice)
    assert (closed.first, closed.last, closed.announced) == (date(2026, 12, 1), date(2026, 12, 2), TODAY)
    assert (closed.fact.source, closed.fact.checked_on) == (notices.SOURCE, TODAY)
    assert (other.hours, other.words) == ("Mo-Fr 10:00-12:00", None)
    assert word.words is not None and word.words.get("it") == "L'ascenseur est en panne."


def test_closed_days_are_closed_as_those_of_a_file(write: Write) -> None:
    write(CLOSED)
    cite = notices.announced(DEMO)
    of_a_file = replace(DEMO, closures=(Closure(date(2026, 12, 1), date(2026, 12, 2), Fact("", "x", TODAY)),))
    for day in (date(2026, 11, 30) + timedelta(days=number) for number in range(4)):
        for which in ("reception", "advisors"):
            assert open_hours(cite, day, which) == open_hours(of_a_file, day, which)  # type: ignore[arg-type]
    assert open_hours(cite, date(2026, 12, 1)) == []
    state = hours.state(cite, datetime(2026, 12, 1, 11), today=TODAY)
    assert (state.open, state.next_opening) == (False, datetime(2026, 12, 3, 9, 30, tzinfo=state.at.tzinfo))
    assert state.closure is not None and state.closure.announced == TODAY


def test_other_hours_hold_on_their_days_alone(write: Write) -> None:
    write(OTHER)
    cite = notices.announced(DEMO)
    assert open_hours(cite, date(2026, 12, 4)) == ["09:30-17:30"]
    assert open_hours(cite, date(2026, 12, 7)) == ["10:00-12:00"]
    assert open_hours(cite, date(2026, 12, 12)) == []  # a Saturday, open in other weeks
    assert open_hours(cite, date(2026, 12, 14)) == ["09:30-17:30"]
    assert open_hours(cite, date(2026, 12, 7), "advisors") is None  # nothing was said of them
    assert open_hours(cite, date(2026, 12, 14), "advisors") == ["10:00-12:30", "13:30-17:00"]


def test_a_holiday_within_other_hours_stays_one_unless_it_is_meant_alone(write: Write) -> None:
    write({**OTHER, "from": "2026-12-21", "to": "2027-01-03", "hours": "10:00-12:00"})
    cite = notices.announced(DEMO)
    assert open_hours(cite, date(2026, 12, 24)) == ["10:00-12:00"]
    assert open_hours(cite, date(2026, 12, 25)) == []
    assert open_hours(cite, date(2026, 12, 27)) == ["10:00-12:00"]  # a Sunday: no weekday was said
    write({**OTHER, "from": "2026-12-25", "to": "2026-12-25", "hours": "10:00-12:00"})
    assert open_hours(notices.announced(DEMO), date(2026, 12, 25)) == ["10:00-12:00"]


def test_a_closure_of_the_file_wins_over_other_hours(write: Write) -> None:
    write(OTHER)
    shut = Closure(date(2026, 12, 8), date(2026, 12, 8), Fact("", "x", TODAY))
    cite = notices.announced(replace(DEMO, closures=(shut,)))
    assert open_hours(cite, date(2026, 12, 8)) == []
    assert open_hours(cite, date(2026, 12, 9)) == ["10:00-12:00"]


def test_a_word_changes_no_hours(write: Write) -> None:
    write(WORD)
    cite = notices.announced(DEMO)
    assert open_hours(cite, date(2026, 12, 1)) == ["09:30-17:30"]
    assert not closures.is_exceptional(cite, date(2026, 12, 1))
    assert len(closures.notices(cite, date(2026, 12, 31), date(2027, 1, 9))) == 1
    assert closures.notices(cite, date(2027, 1, 1), date(2027, 1, 9)) == []  # over


def test_the_usual_week_knows_nothing_of_hours_for_once(write: Write) -> None:
    usual = usual_week.usual_weeks(DEMO, TODAY, date(2026, 12, 20), today=TODAY)
    write(OTHER)
    assert usual_week.usual_weeks(notices.announced(DEMO), TODAY, date(2026, 12, 20), today=TODAY) == usual


@pytest.mark.parametrize(
    ("entry", "told"),
    [
        ({**CLOSED, "to": "2026-11-30"}, "it ends before it begins. Mend: exchange from and to"),
        ({**CLOSED, "to": "2026-02-30"}, '"2026-02-30" is no date'),
        ({**CLOSED, "to": "2028-01-01"}, "it lasts for more than a year"),
        ({**CLOSED, "hours": "10:00-12:00"}, "without the hours, or hours of something else"),
        ({**WORD, "words": {}}, "Mend: write the text by language"),
        ({key: value for key, value in WORD.items() if key != "words"}, "there are no words"),
        ({key: value for key, value in OTHER.items() if key != "hours"}, "without the hours"),
        ({**OTHER, "hours": "Mo-Fr 12:00-10:00"}, "are not understood"),
        ({**OTHER, "hours": "Mo-Fr 10:00-25:30"}, "are not understood"),
        ({**OTHER, "hours": "Dec 24 10:00-12:00"}, "are not understood"),
        ({**OTHER, "hours": "PH off"}, "Mend: write weekdays and times"),
        ({**CLOSED, "kind": "open"}, "write one of: closed, hours, word"),
        ({**CLOSED, "until": "x"}, 'the key "until" is not known'),
    ],
)
def test_what_is_wrong_is_told_with_file_line_and_mend(write: Write, entry: dict[str, Any], told: str) -> None:
    file = write(entry)
    assert told in faults(file)
    assert f"{file}:" in faults(file) and "Mend:" in faults(file)


def test_two_things_for_the_same_days_are_refused_and_words_are_not(write: Write) -> None:
    assert "something else is announced for these days" in faults(write(CLOSED, {**OTHER, "from": "2026-12-02"}))
    assert len(notices.read_notices(write(CLOSED, WORD, deepcopy(WORD)))) == 3


def test_a_file_of_another_cite_is_refused(write: Write) -> None:
    file = write(CLOSED)
    assert 'these are announcements of "demo"' in faults(file.rename(file.with_name("caen.yml")))


def test_a_faulty_file_is_logged_and_takes_nothing_from_the_directory(
    write: Write, caplog: pytest.LogCaptureFixture
) -> None:
    write({**CLOSED, "to": "2026-11-30"})
    with caplog.at_level(logging.ERROR):
        assert notices.announced(DEMO) is DEMO
    assert "it ends before it begins" in caplog.text and "demo.yml:" in caplog.text


def test_a_running_process_tells_at_once_what_is_announced(write: Write, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(kept, "LOOK_EVERY_S", 0.0)
    load_cites.cache_clear()
    assert open_hours(load_cites()["demo"], date(2026, 12, 1)) == ["09:30-17:30"]
    file = write(CLOSED)
    assert open_hours(load_cites()["demo"], date(2026, 12, 1)) == []
    file.unlink()
    assert open_hours(load_cites()["demo"], date(2026, 12, 1)) == ["09:30-17:30"]
    load_cites.cache_clear()


def test_check_reads_them(write: Write, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    monkeypatch.setattr(check, "_PARTS", {"Announcements": check._notices})
    write(CLOSED)
    assert main(["check", "--no-rasa"]) == 0
    write(CLOSED, cite="atlantis")
    write({**OTHER, "hours": "always"})
    assert main(["check", "--no-rasa"]) == 1
    told = capsys.readouterr().err
    assert 'atlantis.yml:1: there is no Cité "atlantis". Mend: remove the file' in told
    assert 'the hours "always" are not understood' in told


@given(st.text(max_size=40))
def test_no_text_for_hours_makes_it_stumble(text: str) -> None:
    node = notices.Node(Path("demo.yml"), 1, text, {})
    assert all(fault.mend for fault in notices._hours(node))


@given(
    st.dates(date(2026, 1, 1), date(2027, 12, 1)),
    st.integers(0, 60),
    st.sets(st.dates(date(2026, 1, 1), date(2028, 1, 1)), max_size=20),
)
def test_the_spans_of_other_hours_cover_all_days_but_the_holidays(first: date, days: int, holidays: set[date]) -> None:
    last = first + timedelta(days=days)
    rules = [rule.split(" off")[0] for rule in within(first, last, "10:00-12:00", holidays) if rule.endswith(" off")]
    covered: list[date] = []
    for rule in rules:
        start, end = (datetime.strptime(each, "%Y %b %d").date() for each in rule.split("-"))
        covered += [start + timedelta(days=number) for number in range((end - start).days + 1)]
    whole = [first + timedelta(days=number) for number in range(days + 1)]
    assert covered == ([day for day in whole if day not in holidays] if days else whole)
