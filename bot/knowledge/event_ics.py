"""One event as a calendar file (RFC 5545), for the calendar of whoever wants to go there."""

from __future__ import annotations

from datetime import datetime, timezone

from icalendar import Calendar
from icalendar import Event as Component

from bot.knowledge.cite_types import Cite
from bot.knowledge.event import Event

STAMP = "%Y%m%dT%H%M%SZ"
"""The form of a start in an address: UTC."""


def calendar_path(cite: Cite, event: Event) -> str:
    """Return the address, within the door, that serves the file of an event."""
    return f"agenda/{cite.id}/{event.key}/{event.start.astimezone(timezone.utc):{STAMP}}.ics"


def calendar_file(cite: Cite, event: Event, now: datetime) -> bytes:
    """Return the file: one event, its times in UTC or its days; an end that is not known is left out.

    The Cité stands for a place that is not told, but for what one follows from afar: there its link does, if any.
    The description ends with the address where one signs up, since calendars show no other link than that of the event.
    """
    component = Component()
    component.add("uid", f"{event.key}-{event.start.astimezone(timezone.utc):{STAMP}}@{cite.id}")
    component.add("dtstamp", now.astimezone(timezone.utc))
    for name, moment in (("dtstart", event.start), ("dtend", event.end)):
        if name == "dtstart" or moment > event.start:
            component.add(name, moment.date() if event.all_day else moment.astimezone(timezone.utc))
    component.add("summary", event.title)
    if place := _place(cite, event):
        component.add("location", place)
    if told := "\n".join(filter(None, (event.description, event.booking))):
        component.add("description", told)
    if event.url or event.booking:
        component.add("url", event.url or event.booking)
    calendar = Calendar()
    calendar.add("prodid", "-//Cités des métiers//assistant//FR")
    calendar.add("version", "2.0")
    calendar.add("method", "PUBLISH")
    calendar.add_component(component)
    return bytes(calendar.to_ical())


def _place(cite: Cite, event: Event) -> str | None:
    if event.location or not event.online:
        return event.location or cite.name(event.language or "")
    return event.booking or event.url
