"""Where events are looked for, and how the search widens when there are none."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, time, timedelta

from actions.event_request import EventRequest
from actions.turn import Turn
from bot.knowledge import agenda, event_times, sense
from bot.knowledge.agenda import Agenda, Event, Wanted
from bot.knowledge.cite_types import Cite
from bot.knowledge.cites import load_cites
from bot.knowledge.event_times import Span
from bot.knowledge.near_choice import town_of
from bot.knowledge.nearest import FAR_KM, nearest
from bot.knowledge.places import Place

LATER = timedelta(days=120)
_MOST_CITES = 8


@dataclass(frozen=True)
class Hits:
    """The events found for a request, each title once at each Cité, by start; and the agendas they come from."""

    request: EventRequest
    events: tuple[tuple[Cite, Event], ...]
    agendas: dict[Cite, Agenda]

    @property
    def unread(self) -> list[Cite]:
        """The Cités none of whose sources could be read."""
        return [cite for cite, found in self.agendas.items() if found.unread]

    @property
    def partly(self) -> list[Cite]:
        """The Cités of which a source could not be read."""
        return [cite for cite, found in self.agendas.items() if any(not state.ok for state in found.sources)]


def search(turn: Turn, cites: Sequence[Cite], request: EventRequest) -> Hits:
    """Return what the agendas of `cites` hold for a request; what is over, or seen before, is left out."""
    found = agenda.agendas(cites, request.start, request.end, request.wanted, sense.score, request.until)
    events = [
        (cite, event)
        for cite, each in found.items()
        for event in each.events
        if _is_to_come(turn, event) and request.holds(event)
    ]
    fresh = [(cite, event) for cite, event in _one_of_each(events) if mark(cite, event) not in request.seen]
    return Hits(request, tuple(fresh), found)


def mark(cite: Cite, event: Event) -> str:
    """Return what tells an event, whatever its date, from the others: eight hexadecimal digits."""
    return hashlib.blake2b(f"{cite.id}\n{event.title}".encode("utf-8", "replace"), digest_size=4).hexdigest()


def _one_of_each(events: Iterable[tuple[Cite, Event]]) -> list[tuple[Cite, Event]]:
    """Of each title at each Cité, the first date that is not full, else the first; by start."""
    kept: dict[tuple[str, str], tuple[Cite, Event]] = {}
    for cite, event in sorted(events, key=lambda pair: (pair[1].places_left == 0, pair[1].start)):
        kept.setdefault((cite.id, event.title), (cite, event))
    return sorted(kept.values(), key=lambda pair: pair[1].start)


def wider(turn: Turn, cites: Sequence[Cite], request: EventRequest) -> tuple[str, Hits] | None:
    """Return the response that tells how far the search was widened, and what it found; None when it found nothing."""
    for response, wide in _steps(turn, request):
        hits = search(turn, cites, wide)
        if hits.events:
            return response, hits
    return None


def other_dates(turn: Turn, request: EventRequest) -> list[tuple[str, EventRequest]]:
    """Return the same request at other dates, the nearest first, each with the response that tells of them.

    Where none was asked for, what comes later than soon is no other date.
    """
    ahead = replace(request, spans=(Span(turn.now, turn.now + LATER),))
    if not request.dated:
        return [("utter_events", ahead)]
    first = datetime.combine(request.start.date(), time())
    if first <= event_times.clock(turn.now):
        return [("utter_events_wider", ahead)]
    after = replace(request, spans=(Span(first, first + LATER),))
    before = replace(request, spans=(Span(turn.now, first.replace(tzinfo=turn.now.tzinfo)),))
    return [("utter_events_wider", after), ("utter_events_sooner", before)]


def _steps(turn: Turn, request: EventRequest) -> Iterator[tuple[str, EventRequest]]:
    """First other dates, then without what was asked beside the theme, then without the theme.

    Words that are no concern may be no theme at all ("is it full?"): they are given up without a claim about it.
    """
    dates, wanted = other_dates(turn, request), request.wanted
    unthemed = replace(wanted, theme=None, words=None)
    yield from dates
    if request.guessed:
        response = "utter_events" if request.rambling else "utter_events_unsure"
        yield response, replace(request, wanted=unthemed)
        for told, later in dates:
            yield told if request.dated else response, replace(later, wanted=unthemed)
    other = [Wanted(wanted.theme, wanted.words), Wanted()] if request.filtered else [Wanted()] if wanted.theme else []
    for less in other:
        for _, later in dates:
            yield f"utter_events_other_{'kind' if request.filtered else 'theme'}", replace(later, wanted=less)


def around(turn: Turn, place: Place, within_km: float = FAR_KM) -> list[Cite]:
    """Return the offered Cités with an agenda that are within so many kilometres of a place, the nearest first."""
    cites = load_cites()
    own = turn.page_cite.id if turn.page_cite else None
    near = nearest(place, cites.values(), limit=len(cites), own=own)
    within = [each.cite for each in near if each.km <= within_km or place.kind == "country"]
    return [cite for cite in within if cite.agenda][:_MOST_CITES]


def around_cite(turn: Turn, cite: Cite, within_km: float = FAR_KM) -> list[Cite]:
    """Return the same around a Cité, itself left out; none when it is not known where it is."""
    place = town_of(cite)
    return [other for other in around(turn, place, within_km) if other != cite] if place else []


def with_agenda(turn: Turn) -> list[Cite]:
    """Return all offered Cités with an agenda, those of the country spoken of first."""
    found = [cite for cite in load_cites().values() if cite.agenda and (cite.offered or cite == turn.page_cite)]
    return sorted(found, key=lambda cite: cite.country != turn.country)[:_MOST_CITES]


def _is_to_come(turn: Turn, event: Event) -> bool:
    return event.end > turn.now or event.start >= turn.now
