"""What an advisor has at hand to tell somebody: facts of a Cité and its next events, in the person's language."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from bot.knowledge import agenda, cite_lines, event_lines
from bot.knowledge.cite_types import Cite
from bot.knowledge.event import Event
from bot.knowledge.facts import Fact

_AHEAD = timedelta(days=60)
_SHOWN = 5  # events


@dataclass(frozen=True)
class Insert:
    """A text to put in an answer, and how far it may be trusted.

    `key` is that of the fact in a Cité's file ("site" for its website), or "event"; `checked_on`: the day it was last
    held against its source; `as_of`: when it was true for sure, in words; `stale`: too old to be told without that.
    """

    key: str
    text: str
    checked_on: date | None = None
    as_of: str = ""
    stale: bool = False


@dataclass(frozen=True)
class Coming:
    """The next events; `unread`: there are agendas and none can be read; `known`: there is an agenda at all;
    `read_on`: the day of the oldest copy that served, when it is more than a day old."""

    events: tuple[Insert, ...]
    unread: bool
    known: bool
    read_on: date | None


def facts(cite: Cite, language: str, now: datetime) -> list[Insert]:
    """The facts of a Cité that are known, in the order in which they are asked for; `now` in its own time."""
    return [_insert(key, fact, tell(cite, fact, language, now), language, now) for key, fact, tell in _known(cite, now)]


def values(cite: Cite, language: str, now: datetime) -> dict[str, str]:
    """The placeholders of canned answers that this Cité can fill in: its name, and the facts that are not stale."""
    fresh = {each.key: each.text for each in facts(cite, language, now) if not each.stale}
    return {"cite": cite.name(language), **fresh}


def coming(cite: Cite, language: str, now: datetime) -> Coming:
    """The next events of a Cité, a line each: title, when, where, on what terms, the address to read more."""
    found = agenda.agenda(cite, now, now + _AHEAD)
    ages = [state.fetched_at.date() for state in found.sources if state.ok and state.old and state.fetched_at]
    lines = tuple(Insert("event", _event(event, language, now.date())) for event in found.events[:_SHOWN])
    return Coming(lines, found.unread, bool(cite.agenda), min(ages, default=None))


Tell = Callable[[Cite, Fact[Any], str, datetime], str]


def _known(cite: Cite, now: datetime) -> Iterator[tuple[str, Fact[Any], Tell]]:
    if cite.gone:
        return
    if cite.hours and cite_lines.hours_are_sure(cite, now):
        yield "hours", cite.hours, _hours
    found = {"address": cite.address, "phone": cite.phone, "email": cite.email, "site": cite.website}
    yield from ((key, fact, _value) for key, fact in found.items() if fact)
    told = {"place_note": cite.place_note, "access": cite.access, "accessibility": cite.accessibility}
    yield from ((key, fact, _words) for key, fact in told.items() if fact)


def _insert(key: str, fact: Fact[Any], text: str, language: str, now: datetime) -> Insert:
    kind = "website" if key == "site" else key
    return Insert(key, text, fact.checked_on, cite_lines.dated(fact, language), fact.is_stale(kind, now.date()))


def _hours(cite: Cite, fact: Fact[Any], language: str, now: datetime) -> str:
    return cite_lines.hours_line(cite, now, language)


def _value(cite: Cite, fact: Fact[Any], language: str, now: datetime) -> str:
    return str(fact.value)


def _words(cite: Cite, fact: Fact[Any], language: str, now: datetime) -> str:
    return fact.value.get(language)


def _event(event: Event, language: str, today: date) -> str:
    parts = (event.location, event_lines.details(event, language), event.url)
    return " · ".join(filter(None, (f"{event.title}, {event_lines.when(event, language, today)}", *parts)))
