"""What an advisor has at hand: facts that are known, with their age; events; nothing made up."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime
from zoneinfo import ZoneInfo

import pytest

from bot.knowledge import desk_facts
from bot.knowledge.cite_types import Cite
from bot.knowledge.cites import load_cites
from bot.knowledge.facts import Fact

NOON = datetime(2026, 11, 25, 12, 0, tzinfo=ZoneInfo("Europe/Paris"))  # a Wednesday
TODAY = date(2026, 11, 22)


def demo(**facts: object) -> Cite:
    return replace(load_cites()["demo"], **facts)  # type: ignore[arg-type]


def test_hours_are_told_as_they_are_now() -> None:
    told = {each.key: each for each in desk_facts.facts(demo(), "fr", NOON)}
    assert told["hours"].text == "Ouvert jusqu'à 17 h 30"
    assert told["hours"].checked_on == TODAY and not told["hours"].stale
    assert "phone" not in told and "address" not in told


def test_a_fact_that_is_old_is_marked_and_fills_no_placeholder() -> None:
    old = Fact("01 00 00 00 00", "a page", TODAY, date(2019, 10, 1), "month")
    cite = demo(phone=old, email=Fact("cite@example.org", "a page", TODAY))
    told = {each.key: each for each in desk_facts.facts(cite, "fr", NOON)}
    assert told["phone"].stale and told["phone"].as_of == "octobre 2019"
    known = desk_facts.values(cite, "fr", NOON)
    assert known["email"] == "cite@example.org" and "phone" not in known
    assert known["cite"] == cite.name("fr")


@pytest.mark.parametrize("status", ["closed", "probably_closed", "planned"])
def test_of_a_cite_that_is_gone_nothing_is_told(status: str) -> None:
    cite = demo(status_fact=Fact(status, "a page", TODAY))
    assert desk_facts.facts(cite, "fr", NOON) == []


def test_hours_that_are_not_sure_are_not_told() -> None:
    doubtful = demo(status_fact=Fact("unknown", "a page", TODAY))
    without = demo(hours=None)
    for cite in doubtful, without:
        assert "hours" not in {each.key for each in desk_facts.facts(cite, "fr", NOON)}


def test_the_next_events_are_a_line_each() -> None:
    coming = desk_facts.coming(demo(), "fr", NOON)
    assert coming.known and not coming.unread and 1 <= len(coming.events) <= 5
    assert all(" · " in each.text and each.key == "event" for each in coming.events)
    none = desk_facts.coming(demo(agenda=()), "fr", NOON)
    assert (none.events, none.known, none.unread) == ((), False, False)
