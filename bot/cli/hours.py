"""`python -m bot hours CITE`: what the bot knows of the hours of a Cité at an instant.

The answer, as JSON: `asked`; `cite`; `at`, in the Cité's own time; then for the reception `state` ("open", "closed"
or "unknown"), `reason` why it is unknown (none on file: "no_hours"; closed for good, probably or not open yet:
"not_open"; a public holiday of which the hours say nothing: "holiday"; the hours say so: "uncertain"; they cannot be
computed: "unreadable"), `until` when the state lasts and `next_opening` (None beyond a year), `comment` of the hours
("sur rendez-vous"), `day`, the ranges of that day {from, to, sure, comment} or None when not known, `hours`, the
expression, with its source, checked_on, as_of, and `stale`, whether it is too old to be told without its date (None
without hours); the public `holiday` and the exceptional `closure` of that day; `advisors`, the same for the advisors'
hours, or None when they have none of their own; `past_hours`, hours that were true once, never computed with;
`ahead`, None unless it is asked for: the usual week and what is to come (`hours_ahead`).
The age of the hours is counted to the day of `at`, as if the question were asked then.
"""

from __future__ import annotations

import argparse
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from bot.cli import forms, hours_ahead, moments, outside
from bot.knowledge import hours
from bot.knowledge.cite_types import Cite
from bot.knowledge.hours import HoursState, Which


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the options."""
    parser.add_argument("cite", nargs="?", metavar="CITE", help="the id of a Cité, or one of its names")
    moments.add_when(parser, "--at", "of a day, its midnight; default: now")
    parser.add_argument("--ahead", action="store_true", help="also the usual week, the next holidays and closures")
    outside.add_output_options(parser, '{"cite", "at", "ahead"}')


def run(arguments: argparse.Namespace) -> int:
    """Answer for one Cité or many."""
    request = {"cite": arguments.cite, "at": arguments.at, "ahead": arguments.ahead}
    return outside.run(arguments, answer, request, _told)


def answer(request: outside.Request) -> dict[str, Any]:
    """Answer one request {"cite", "at", "ahead"}; raises `Misasked`."""
    cite, asked, ahead = outside.cite(request), outside.when(request, "at"), outside.flag(request, "ahead")
    zone = ZoneInfo(cite.timezone)
    at = moments.begin(asked, zone) if asked else datetime.now(zone).replace(microsecond=0)
    found = hours.state(cite, at, today=at.date())
    return {
        "asked": {"cite": request["cite"], "at": request.get("at"), "ahead": ahead},
        "cite": forms.about(cite),
        "at": forms.iso(found.at),
        **_hours(cite, found, "reception"),
        "holiday": _holiday(found),
        "closure": forms.closure(found.closure) if found.closure else None,
        "advisors": _advisors(cite, at) if cite.advisor_hours else None,
        "past_hours": [forms.past_hours(past) for past in cite.past_hours],
        "ahead": hours_ahead.answer(cite, found.at.date()) if ahead else None,
    }


def _advisors(cite: Cite, at: datetime) -> dict[str, Any]:
    today = at.astimezone(ZoneInfo(cite.timezone)).date()
    return _hours(cite, hours.state(cite, at, "advisors", today=today), "advisors")


def _hours(cite: Cite, found: HoursState, which: Which) -> dict[str, Any]:
    fact = cite.hours if which == "reception" else cite.advisor_hours
    return {
        "state": ("open" if found.open else "closed") if found.known else "unknown",
        "reason": found.reason,
        "until": forms.iso(found.until),
        "next_opening": forms.iso(found.next_opening),
        "comment": found.comment,
        "day": forms.day_in_instants(hours.day(cite, found.at.date(), which, today=found.at.date())),
        "hours": fact.value if fact else None,
        **forms.provenance(fact),
        "stale": found.stale if fact else None,
    }


def _holiday(found: HoursState) -> dict[str, Any] | None:
    return {"day": forms.iso(found.holiday.day), "name": found.holiday.name("en")} if found.holiday else None


def _told(found: dict[str, Any]) -> str:
    """The answer in words for the terminal."""
    cite = found["cite"]
    lines = [f"{cite['name']} [{cite['id']}], {cite['status'].replace('_', ' ')}, at {found['at']}"]
    lines += _said("reception", found)
    if found["holiday"]:
        lines.append(f"public holiday: {found['holiday']['name']}")
    if found["closure"]:
        lines.append(f"closed {forms.span(found['closure'])}")
    lines += _said("advisors", found["advisors"]) if found["advisors"] else []
    lines += map(forms.past_line, found["past_hours"])
    lines += hours_ahead.told(found["ahead"]) if found["ahead"] else []
    return "\n".join(lines)


def _said(which: str, found: dict[str, Any]) -> list[str]:
    why = f" ({found['reason']})" if found["reason"] else ""
    until = f" until {found['until']}" if found["until"] else ""
    opening = f", next opening {found['next_opening']}" if found["next_opening"] else ""
    comment = f' "{found["comment"]}"' if found["comment"] else ""
    lines = [f"{which}: {found['state']}{why}{until}{comment}{opening}"]
    if found["hours"]:
        old = ", too old to be told without its date" if found["stale"] else ""
        lines.append(f"  {found['hours']} · {forms.dated(found)}{old}")
    return lines
