"""The moment at which something is said, as a channel tells it."""

from __future__ import annotations

from datetime import datetime, time
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from bot.knowledge import iso

_DEFAULT_ZONE = "Europe/Paris"


def moment(told: object, timezone: object = None) -> datetime:
    """Return the time `told` (ISO 8601 text), in the zone of that IANA name; the clock's when it is no time.

    A time without an offset is the zone's own; Europe/Paris stands for a zone that is missing or unknown.
    """
    zone = _zone(timezone)
    try:
        found = iso.read(told) if isinstance(told, str) else datetime.now(zone)
        found = found if isinstance(found, datetime) else datetime.combine(found, time())
        return found.astimezone(zone) if found.tzinfo else found.replace(tzinfo=zone)
    except (ValueError, OverflowError):
        return datetime.now(zone)


def _zone(name: object) -> ZoneInfo:
    try:
        return ZoneInfo(name) if isinstance(name, str) else ZoneInfo(_DEFAULT_ZONE)
    except (ZoneInfoNotFoundError, ValueError, OSError):  # "Europe" is a folder
        return ZoneInfo(_DEFAULT_ZONE)
