"""What is on at a Cité: the events of its agenda sources, with how old what we hold is."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from bot.knowledge import feeds, ical, themes
from bot.knowledge.cite_types import AgendaSource, Cite
from bot.knowledge.ical import Event

__all__ = ["Agenda", "Event", "SourceState", "agenda", "events"]

Score = Callable[[str, list[str]], list[float]]
"""(theme, titles) → how near each title is to the theme, 1 at most: a sentence encoder's place."""
SCORE_ENOUGH = 0.4
"""Likeness of a title to a theme above which it is about it. Measured with the multilingual encoder on the
demonstration's titles: the right one 0.34 to 0.77 (seven themes, three languages), wrong ones up to 0.43,
and 0.12 at most for three themes that are not there."""


@dataclass(frozen=True)
class SourceState:
    """How one source answered: `ok` False when nothing could be had from it, now or earlier.

    `fetched_at`: when the copy that served came from the network (None for a file of ours);
    `fresh` False: the source failed and its last good copy served.
    """

    source: AgendaSource
    ok: bool
    fresh: bool = True
    fetched_at: datetime | None = None


@dataclass(frozen=True)
class Agenda:
    """The events of a span by start, and the state of each source; no source at all: `sources` is empty."""

    events: tuple[Event, ...]
    sources: tuple[SourceState, ...]


def events(
    cite: Cite, start: datetime, end: datetime, theme: str | None = None, score: Score | None = None
) -> list[Event]:
    """The events of a Cité that take place from `start` to before `end`, by start. See `agenda`."""
    return list(agenda(cite, start, end, theme, score).events)


def agenda(
    cite: Cite, start: datetime, end: datetime, theme: str | None = None, score: Score | None = None
) -> Agenda:
    """The agenda of a Cité over a span (at most 400 days; times without a zone are the Cité's).

    `theme`: words of a person, or the name of a concern, which an event may bear as a category; `score`
    lets an encoder find what plain words miss. Never raises for what a source sends or fails to send.
    """
    zone = ZoneInfo(cite.timezone)
    start, end = (moment if moment.tzinfo else moment.replace(tzinfo=zone) for moment in (start, end))
    found: list[Event] = []
    states: list[SourceState] = []
    for source in cite.agenda:
        content, state = _content(source)
        states.append(state)
        if content is not None:
            found += ical.occurrences(content, start, end, zone, source.language)
    found.sort(key=lambda event: (event.start, event.title))
    return Agenda(tuple(_on_theme(found, theme, score)), tuple(states))


def _content(source: AgendaSource) -> tuple[bytes | None, SourceState]:
    if source.url:
        copy = feeds.copy(source.url, ical.is_calendar)
        if copy is None:
            return None, SourceState(source, False, False)
        return copy.content, SourceState(source, True, copy.fresh, copy.fetched_at)
    try:
        content = source.file.read_bytes() if source.file else None
    except OSError:
        content = None
    return content, SourceState(source, content is not None)


def _on_theme(found: Sequence[Event], theme: str | None, score: Score | None) -> list[Event]:
    if not theme:
        return list(found)
    texts = list(dict.fromkeys(map(_text, found)))
    titles = list(dict.fromkeys(event.title for event in found))
    by_words = dict(zip(texts, themes.about(theme.replace("_", " "), texts), strict=True))
    by_sense = dict(zip(titles, score(theme, titles), strict=True)) if score and titles else {}
    return [
        event
        for event in found
        if theme in event.themes
        or by_words[_text(event)] >= themes.ENOUGH
        or by_sense.get(event.title, 0.0) >= SCORE_ENOUGH
    ]


def _text(event: Event) -> str:
    return " ".join(filter(None, (event.title, event.description, *event.themes)))
