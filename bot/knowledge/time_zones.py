"""The time zone of a point, from the principal town of each zone (the IANA database's `zone.tab`, in `tzdata`)."""

from __future__ import annotations

import re
from datetime import datetime, timezone
from functools import lru_cache
from importlib.resources import files
from zoneinfo import ZoneInfo

from bot.knowledge.geo import distance_km

_ROW = re.compile(r"([A-Z]{2})\t([+-]\d{4,6})([+-]\d{5,7})\t(\S+)")
_SURE = 2.5
"""The nearest zone is sure when the others of the country are that many times further: Barcelona lies 500 km from
Madrid and 2,200 from the Canary Islands, Québec 500 from Moncton and 730 from Toronto, whose time it has."""
_TRIED = tuple(datetime(2026, month, 15, tzinfo=timezone.utc) for month in (1, 4, 7, 10))


def zones_of(territory: str, lat: float, lon: float) -> list[str]:
    """The time zones that a point of a land (ISO code) may have, likeliest first: one when it is sure, or none known.

    Zones that keep the same time nowadays count as one: that of the land's first town.
    """
    found: dict[tuple[object, ...], tuple[float, str]] = {}
    for name, zone_lat, zone_lon in _rows().get(territory, ()):
        km = distance_km(lat, lon, zone_lat, zone_lon)
        kept = found.get(_time(name))
        found[_time(name)] = (min(km, kept[0]), kept[1]) if kept else (km, name)
    ranked = sorted(found.values())
    nearest = ranked[:1]
    return [name for km, name in nearest + [other for other in ranked[1:] if other[0] < nearest[0][0] * _SURE]]


@lru_cache(maxsize=1)
def _rows() -> dict[str, list[tuple[str, float, float]]]:
    """Land → (name, degrees north, degrees east) of each zone."""
    rows: dict[str, list[tuple[str, float, float]]] = {}
    for line in (files("tzdata") / "zoneinfo" / "zone.tab").read_text("utf-8").splitlines():
        if match := _ROW.match(line):
            land, lat, lon, name = match.groups()
            rows.setdefault(land, []).append((name, _degrees(lat, 2), _degrees(lon, 3)))
    return rows


def _degrees(written: str, digits: int) -> float:
    """±DDMM, ±DDDMMSS… (ISO 6709) in degrees; `digits` are those of the degrees."""
    sign, whole, rest = written[0], written[1 : digits + 1], written[digits + 1 :]
    degrees = int(whole) + int(rest[:2]) / 60 + int(rest[2:] or 0) / 3600
    return -degrees if sign == "-" else degrees


def _time(name: str) -> tuple[object, ...]:
    return tuple(moment.astimezone(ZoneInfo(name)).utcoffset() for moment in _TRIED)
