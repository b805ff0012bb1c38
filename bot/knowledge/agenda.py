"""What is on at a Cité: the events of its agenda sources, with how old what we hold is."""

from __future__ import annotations

import time
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from bot.knowledge import agenda_sources
from bot.knowledge.agenda_sources import SourceState
from bot.knowledge.cite_types import Cite
from bot.knowledge.event import MAX_DAYS, Event, merged
from bot.knowledge.event_filters import Score, Wanted, chosen

__all__ = ["Agenda", "Event", "Score", "SourceState", "Wanted", "agenda", "agendas", "events"]


@dataclass(frozen=True)
class Agenda:
    """The events of a span by start, and the state of each source; no source at all: `sources` is empty."""

    events: tuple[Event, ...]
    sources: tuple[SourceState, ...]

    @property
    def unread(self) -> bool:
        """Whether there are sources and none could be read."""
        return bool(self.sources) and not any(state.ok for state in self.sources)


def events(
    cite: Cite, start: datetime, end: datetime, theme: str | None = None, score: Score | None = None
) -> list[Event]:
    """The events of a Cité that take place from `start` to before `end`, by start. See `agenda`."""
    return list(agenda(cite, start, end, theme, score).events)


def agenda(
    cite: Cite,
    start: datetime,
    end: datetime,
    theme: str | None = None,
    score: Score | None = None,
    wanted: Wanted | None = None,
    until: float | None = None,
) -> Agenda:
    """The agenda of a Cité over a span (at most 400 days; times without a zone are the Cité's).

    `theme`: words of a person, or the name of a concern, which an event may bear as a category; `score`
    lets an encoder find what plain words miss; `wanted` says more than a theme, and takes its place.
    Never raises for what a source sends or fails to send. What was never read before is waited for a second at most,
    or until `until` (time.monotonic()) by those who have the time.
    """
    return agendas([cite], start, end, wanted or Wanted(theme=theme), score, until)[cite]


def agendas(
    cites: Iterable[Cite],
    start: datetime,
    end: datetime,
    wanted: Wanted | None = None,
    score: Score | None = None,
    until: float | None = None,
) -> dict[Cite, Agenda]:
    """The agendas of several Cités, as `agenda` gives each; one wait for all, until `until` (time.monotonic())."""
    until = time.monotonic() + agenda_sources.PATIENCE_S if until is None else until
    return {cite: _agenda(cite, start, end, wanted or Wanted(), score, until) for cite in cites}


def _agenda(
    cite: Cite, start: datetime, end: datetime, wanted: Wanted, score: Score | None, until: float
) -> Agenda:
    zone = ZoneInfo(cite.timezone)
    start, end = (moment.astimezone(zone) if moment.tzinfo else moment.replace(tzinfo=zone) for moment in (start, end))
    end = min(end, start + timedelta(days=MAX_DAYS))
    answers = [agenda_sources.listing(source, zone, until) for source in cite.agenda]
    found = merged([listing.between(start, end) for listing, _ in answers if listing])
    return Agenda(tuple(chosen(found, wanted, score)), tuple(state for _, state in answers))
