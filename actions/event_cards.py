"""An event in words ready to show."""

from __future__ import annotations

from datetime import timedelta

from actions.turn import Turn
from bot.knowledge import wording
from bot.knowledge.agenda import Event
from bot.knowledge.catalogue import Catalogue
from bot.knowledge.cite_types import Cite
from bot.knowledge.event_ics import calendar_path
from bot.knowledge.geo import nation


def card(turn: Turn, cite: Cite, event: Event, elsewhere: bool = False) -> dict[str, str | None]:
    """Return the card of an event; what is unknown is None. `elsewhere`: the Cité is told as well.

    `calendar` is an address within the door.
    """
    return {
        "kind": "event",
        "title": event.title,
        "when": _when_there(turn, cite, event),
        "cite": _whose(turn, cite) if elsewhere else None,
        "place": event.location,
        "details": _details(turn, event),
        "url": event.url,
        "booking": event.booking if event.places_left != 0 else None,
        "calendar": calendar_path(cite, event),
    }


def when(turn: Turn, event: Event) -> str:
    """Return when an event takes place: "mardi 1er décembre, 10 h – 12 h"."""
    last = event.end - timedelta(days=1) if event.all_day else event.end
    first_day, last_day = (wording.day(each.date(), turn.language, turn.now.date()) for each in (event.start, last))
    if event.all_day:
        return first_day if last.date() <= event.start.date() else _days(turn, first_day, last_day)
    begin = wording.time(event.start, turn.language)
    if event.end == event.start:
        return f"{first_day}, {begin}"
    if _ends_that_day(event):
        return f"{first_day}, {wording.hours_range(event.start.time(), event.end.time(), turn.language)}"
    return _days(turn, f"{first_day}, {begin}", f"{last_day}, {wording.time(event.end, turn.language)}")


def _when_there(turn: Turn, cite: Cite, event: Event) -> str:
    """When it takes place; whose time that is, where one may follow from a place with another."""
    told = when(turn, event)
    same = event.start.utcoffset() == event.start.astimezone(turn.now.tzinfo).utcoffset()
    if same or event.all_day or not event.online:
        return told
    return _word(turn, "time_there", when=told, city=cite.city)


def _whose(turn: Turn, cite: Cite) -> str:
    """The name of a Cité, with its country when that is another one than the conversation's."""
    name = cite.name(turn.language)
    abroad = turn.country and nation(turn.country) != nation(cite.country)
    return f"{name} ({wording.country_name(cite.territory, turn.language)})" if abroad else name


def _ends_that_day(event: Event) -> bool:
    return (event.end - timedelta(seconds=1)).date() == event.start.date()


def _days(turn: Turn, first: str, last: str) -> str:
    return _word(turn, "from_to", first=first, last=last)


def _details(turn: Turn, event: Event) -> str | None:
    told = [
        _word(turn, "online") if event.online else None,
        _word(turn, "full") if event.places_left == 0 else None,
        _word(turn, "places_left", count=event.places_left) if event.places_left else None,
        _word(turn, "audience", audience=event.audience) if event.audience else None,
        _word(turn, "terms", terms=event.terms) if event.terms else None,
        _word(turn, "date_announced") if event.announced else None,
    ]
    return " · ".join(filter(None, told)) or None


def _word(turn: Turn, key: str, **values: object) -> str:
    return Catalogue.load().text(f"card.{key}", turn.language, **values)
