"""Hours against a table reasoned by hand: clocks, midnight, holidays of nine countries, closures, seasons, comments."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, timezone
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest
import yaml

from bot.knowledge.cite_types import Cite, Closure
from bot.knowledge.cites import Fact, load_cites
from bot.knowledge.hours import state

FACT = Fact("", "https://example.org/", date(2026, 11, 22))
GROUPS = yaml.safe_load((Path(__file__).parent / "data" / "hours.yml").read_text("utf-8"))
CASES = [(group, case) for group in GROUPS for case in group["cases"]]


def cite(group: dict[str, Any]) -> Cite:
    country, subdivision, zone = group["place"].split()
    bounds = [tuple(map(date.fromisoformat, span.split(".."))) for span in group.get("closed", ())]
    return replace(
        load_cites()["demo"],
        hours=replace(FACT, value=group["hours"]),
        country=country,
        subdivision=None if subdivision == "-" else subdivision,
        timezone=zone,
        closures=tuple(Closure(first, last, FACT) for first, last in bounds),
    )


def moment(text: str, near: datetime) -> datetime:
    """A time of the table, in the zone of `near`, from whose year or day it borrows what it leaves out."""
    text, utc = text.removesuffix("Z"), text.endswith("Z")
    missing = {5: f"{near:%Y-%m-%d} ", 11: f"{near:%Y}-"}.get(len(text), "")
    found = datetime.fromisoformat(missing + text)
    return found.replace(tzinfo=timezone.utc if utc else near.tzinfo).astimezone(near.tzinfo)


def test_the_table_is_long_enough_and_says_nothing_twice() -> None:
    told = [(group["hours"], group["place"], str(group.get("closed")), case) for group, case in CASES]
    assert len(set(told)) == len(told) >= 300


@pytest.mark.parametrize(("group", "case"), CASES, ids=lambda part: part if isinstance(part, str) else part["place"])
def test_table(group: dict[str, Any], case: str) -> None:
    at, kind, until, following, *comment = (part.strip() for part in case.split("|"))
    zone = ZoneInfo(group["place"].split()[2])
    asked = moment(at, datetime(2026, 1, 1, tzinfo=zone))
    found = state(cite(group), asked, today=date(2026, 11, 23))
    wanted = None if until == "-" else moment(until, asked)
    opening = wanted if following == "=" else None if following == "-" else moment(following, asked)
    told = "unknown" if not found.known else "open" if found.open else "closed"
    assert told == kind
    assert [each and each.isoformat() for each in (found.until, found.next_opening)] == [
        each and each.isoformat() for each in (wanted, opening)
    ]
    assert (found.comment or "") == "".join(comment)
