"""The formats of agendas, each a module of its own behind one function: bytes, zone, language → `Listing` or None."""

from __future__ import annotations

from collections.abc import Callable
from zoneinfo import ZoneInfo

from bot.knowledge import ical, openagenda, rss, schema_org
from bot.knowledge.event import Listing

Read = Callable[[bytes, ZoneInfo, str | None], Listing | None]
FORMATS: dict[str, Read] = {
    "ics": ical.read,
    "openagenda": openagenda.read,
    "schema_org": schema_org.read,
    "rss": rss.read,
}
"""Key of a Cité's file → what reads it. What is not of the format gives None: the label of a server is not believed."""
