"""An event in words ready to show."""

from __future__ import annotations

from actions.turn import Turn
from bot.knowledge import event_lines, wording
from bot.knowledge.agenda import Event
from bot.knowledge.catalogue import Catalogue
from bot.knowledge.cite_types import Cite
from bot.knowledge.event_ics import calendar_path
from bot.knowledge.geo import nation


def card(turn: Turn, cite: Cite, event: Event, elsewhere: bool = False) -> dict[str, str | None]:
    """Return the card of an event; what is unknown is None. `elsewhere`: the Cité is told as well.

    `calendar` is an address within the door; `language` is that of the title: as its source tells, else that of the
    place; None where both are unknown.
    """
    return {
        "kind": "event",
        "title": event.title,
        "language": event.language or _of_the_place(cite),
        "when": _when_there(turn, cite, event),
        "cite": _whose(turn, cite) if elsewhere else None,
        "place": event.location,
        "details": event_lines.details(event, turn.language),
        "url": event.url,
        "booking": event.booking if event.places_left != 0 else None,
        "calendar": calendar_path(cite, event),
    }


def when(turn: Turn, event: Event) -> str:
    """Return when an event takes place: "mardi 1er décembre, 10 h – 12 h"."""
    return event_lines.when(event, turn.language, turn.now.date())


def _when_there(turn: Turn, cite: Cite, event: Event) -> str:
    """When it takes place; whose time that is, where one may follow from a place with another."""
    told = when(turn, event)
    same = event.start.utcoffset() == event.start.astimezone(turn.now.tzinfo).utcoffset()
    if same or event.all_day or not event.online:
        return told
    return _word(turn, "time_there", when=told, city=cite.city)


def _of_the_place(cite: Cite) -> str | None:
    """The language in which a Cité is named, where it is named in one."""
    return next(iter(cite.names)) if len(cite.names) == 1 else None


def _whose(turn: Turn, cite: Cite) -> str:
    """The name of a Cité, with its country when that is another one than the conversation's."""
    name = cite.name(turn.language)
    abroad = turn.country and nation(turn.country) != nation(cite.country)
    return f"{name} ({wording.country_name(cite.territory, turn.language)})" if abroad else name


def _word(turn: Turn, key: str, **values: object) -> str:
    return Catalogue.load().text(f"card.{key}", turn.language, **values)
