"""`python -m bot events CITE`: what is on at a Cité, as the bot would find it.

The answer, as JSON: `asked`; `cite`; the span `from`, `to` in the Cité's own time; `events` by start, each with
title, start, end, all_day, place, url, themes, description, language, uid; `sources`, the state of each agenda:
address or file (`agenda`), ok (something could be had, now or earlier), fresh (False: the source failed and its last
good copy serves), fetched_at (None for a file of ours), with where the agenda's address comes from. No source: it is
not known what is on.
"""

from __future__ import annotations

import argparse
from datetime import datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from bot.cli import forms, moments, outside
from bot.cli.misuse import Misasked
from bot.knowledge import agenda, sense
from bot.knowledge.cite_types import Cite

_SPAN = timedelta(days=30)
_LONGEST = timedelta(days=400)


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the options."""
    parser.add_argument("cite", nargs="?", metavar="CITE", help="the id of a Cité, or one of its names")
    moments.add_when(parser, "--from", "default: now")
    moments.add_when(parser, "--to", "a day is included; default: 30 days later")
    parser.add_argument("--theme", help="words, or the name of a concern (prepare_application)")
    outside.add_output_options(parser, '{"cite", "from", "to", "theme"}')


def run(arguments: argparse.Namespace) -> int:
    """Answer for one Cité or many."""
    request = {name: getattr(arguments, name) for name in ("cite", "from", "to", "theme")}
    return outside.run(arguments, answer, request, _told)


def answer(request: outside.Request) -> dict[str, Any]:
    """Answer one request {"cite", "from", "to", "theme"}; raises `Misasked`."""
    cite = outside.cite(request)
    start, end = _span(request, cite)
    theme = outside.optional_text(request, "theme")
    found = agenda.agenda(cite, start, end, theme, _score if theme else None)
    return {
        "asked": {name: request.get(name) for name in ("cite", "from", "to", "theme")},
        "cite": forms.about(cite),
        "from": forms.iso(start),
        "to": forms.iso(end),
        "events": [forms.event(event) for event in found.events],
        "sources": [forms.agenda_source(state) for state in found.sources],
    }


def _score(words: str, texts: list[str]) -> list[float]:
    """By sense as the bot does, but for as long as it takes."""
    sense.load()
    return sense.score(words, texts, budget_s=float("inf"))


def _span(request: outside.Request, cite: Cite) -> tuple[datetime, datetime]:
    """The span asked about, in the Cité's zone: a day alone goes from its midnight, or to the next one."""
    zone = ZoneInfo(cite.timezone)
    first, last = outside.when(request, "from"), outside.when(request, "to")
    start = moments.begin(first, zone) if first else datetime.now(zone).replace(microsecond=0)
    end = moments.end(last, zone) if last else start + _SPAN
    if end <= start:
        raise Misasked('"to" is not after "from": exchange them')
    if end - start > _LONGEST:
        raise Misasked(f'from "from" to "to" are more than {_LONGEST.days} days: ask for less at a time')
    return start, end


def _told(found: dict[str, Any]) -> str:
    """The answer in words for the terminal."""
    cite = found["cite"]
    lines = [f"{cite['name']} [{cite['id']}], from {found['from']} to {found['to']}"]
    lines += [_event_line(event) for event in found["events"]] or ["no event"]
    lines += [_source_line(source) for source in found["sources"]] or ["no agenda on file: not known what is on"]
    return "\n".join(lines)


def _event_line(event: dict[str, Any]) -> str:
    when = event["start"][:10] if event["all_day"] else event["start"][:16].replace("T", " ")
    parts = (f"{when} {event['title']}", event["place"], event["url"], ", ".join(event["themes"]))
    return " · ".join(filter(None, parts))


def _source_line(source: dict[str, Any]) -> str:
    served = "good" if source["fresh"] else "fails, its last copy serves"
    read = f", read at {source['fetched_at']}" if source["fetched_at"] else ""
    return f"source {source['agenda']}: {served if source['ok'] else 'fails, nothing kept'}{read}"
