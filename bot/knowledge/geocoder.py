"""Where a street address is, asked of a geocoder on the network; off unless the environment names one.

`GEOCODER`: "ban" (France's national address service, on the Géoplateforme), "nominatim" (OpenStreetMap), or empty: off.
`GEOCODER_URL`: another address of the same service. It is sent the words of the address and nothing else, is given two
seconds, and is left alone for a minute when it fails: the answer is then that the place is not known.

Sources of the two forms: https://geoservices.ign.fr/documentation/services/services-geoplateforme/geocodage (`search`:
GeoJSON, features with `geometry.coordinates` [longitude, latitude] and `properties` score, city, postcode, context) and
https://nominatim.org/release-docs/latest/api/Search/ (`format=jsonv2&addressdetails=1`: a list with lat, lon, address).
"""

from __future__ import annotations

import json
import logging
import os
import time
from collections import OrderedDict
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from math import isfinite
from typing import Any
from urllib.parse import urlencode

from bot.knowledge.fetch import Limits, fetch
from bot.knowledge.gazetteer import Place
from bot.knowledge.geo import FRENCH_TERRITORIES, nation
from bot.knowledge.text import fold

LIMITS = Limits(2.0, 256 * 1024, 0, public_only=False, by_proxy=False, accept="application/json")
"""Its address is the installer's choice, so it may be inside; no redirect or proxy may send the words elsewhere."""
REST_S = 60.0
"""A service that failed is left alone as long."""
_LONGEST_QUERY = 200
_KEPT = 1_000
_LEAST_SCORE = 0.5
_DIGITS = 2  # of the degrees kept: about a kilometre, so that nothing remembers the house
_LONGEST_NAME = 80
_NOT_TOWNS = frozenset({"house_number", "road", "country", "country_code", "state", "region"})
_log = logging.getLogger(__name__)


@dataclass(frozen=True)
class Service:
    """One kind of geocoder: its public address, its parameters besides the text, and how its answer is read."""

    url: str
    parameters: Callable[[str, str | None], dict[str, str]]
    read: Callable[[Any, str], Place | None]


@dataclass
class Geocoder:
    """A geocoder with what it answered before, kept in memory only. `url`, when given, replaces the service's own."""

    service: Service
    url: str = ""
    _answers: OrderedDict[tuple[str, str | None], Place | None] = field(default_factory=OrderedDict)
    _failed_at: float | None = None

    def locate(self, address: str, country: str | None = None) -> Place | None:
        """The town in which an address is, at about a kilometre; None when it is not found or the service fails.

        `country` (ISO 3166-1) narrows the search where the service can.
        """
        asked = (" ".join(address.split())[:_LONGEST_QUERY], country)
        if asked in self._answers:
            self._answers.move_to_end(asked)
            return self._answers[asked]
        if not asked[0] or self._rests():
            return None
        try:
            place = self.service.read(self._ask(*asked), asked[0])
        except (OSError, ValueError, TypeError, KeyError, IndexError, AttributeError, RecursionError) as error:
            self._failed_at = time.monotonic()
            _log.warning("the geocoder failed: %s", type(error).__name__)  # never the words that were asked
            return None
        self._keep(asked, place)
        return place

    def _ask(self, address: str, country: str | None) -> Any:
        query = urlencode(self.service.parameters(address, country))
        url = f"{self.url or self.service.url}?{query}"
        return json.loads(fetch(url, LIMITS).body or b"")

    def _rests(self) -> bool:
        return self._failed_at is not None and time.monotonic() - self._failed_at < REST_S

    def _keep(self, asked: tuple[str, str | None], place: Place | None) -> None:
        self._answers[asked] = place
        if len(self._answers) > _KEPT:
            self._answers.popitem(last=False)


def locate(address: str, country: str | None = None) -> Place | None:
    """The town of an address by the geocoder that the environment names; None without one."""
    found = _configured(os.environ.get("GEOCODER", ""), os.environ.get("GEOCODER_URL", ""))
    return found.locate(address, country) if found else None


@lru_cache(maxsize=4)
def _configured(name: str, url: str) -> Geocoder | None:
    if name and name not in SERVICES:
        _log.error("GEOCODER is %r: write one of %s, or nothing", name, ", ".join(SERVICES))
    return Geocoder(SERVICES[name], url) if name in SERVICES else None


def _read_ban(answer: Any, asked: str) -> Place | None:
    """The first feature of a GeoJSON FeatureCollection, unless its score says that it is but a guess."""
    features = answer["features"]
    if not features or features[0]["properties"]["score"] < _LEAST_SCORE:
        return None
    lon, lat = features[0]["geometry"]["coordinates"][:2]
    told = features[0]["properties"]
    if not _agrees(asked, [told.get(key) for key in ("city", "postcode", "oldcity", "district", "locality")]):
        return None
    code = str(told.get("citycode") or told.get("postcode") or "")
    context = str(told.get("context") or "").split(",")
    admin = context[1].strip() if len(context) > 1 else None
    return _place(told["city"], FRENCH_TERRITORIES.get(code[:3], "FR"), (lat, lon), admin, told.get("postcode"))


def _read_nominatim(answer: Any, asked: str) -> Place | None:
    """The first of the list; its town is under one of several keys, by its size."""
    if not answer:
        return None
    told: Mapping[str, Any] = answer[0]["address"]
    if not _agrees(asked, [value for key, value in told.items() if key not in _NOT_TOWNS]):
        return None
    town = next((told[key] for key in ("city", "town", "village", "municipality", "hamlet") if told.get(key)), None)
    code = str(told["country_code"]).upper()
    if code == "FR":
        code = FRENCH_TERRITORIES.get(str(told.get("postcode"))[:3], code)
    point = (answer[0]["lat"], answer[0]["lon"])
    return _place(town, code, point, told.get("county") or told.get("state"), told.get("postcode"))


def _agrees(asked: str, names: Iterable[Any]) -> bool:
    """Whether the address names the town found: that of a street of many towns would be a guess."""
    words = f" {fold(asked)} "
    return any(f" {fold(str(name))} " in words for name in names if name)


def _place(town: Any, territory: str, point: tuple[Any, Any], admin: Any, postcode: Any) -> Place | None:
    """The town as a place; None without a name. Raises ValueError on degrees that are none."""
    lat, lon = map(float, point)
    if not (isfinite(lat) and isfinite(lon) and abs(lat) <= 90 and abs(lon) <= 180):
        raise ValueError("not degrees")
    if not isinstance(town, str) or not town.strip():
        return None
    return Place(
        town.strip()[:_LONGEST_NAME],
        nation(territory),
        territory,
        round(lat, _DIGITS),
        round(lon, _DIGITS),
        0,
        admin if isinstance(admin, str) else None,
        "town",
        postcode if isinstance(postcode, str) else None,
        approximate=True,
    )


def _ban_parameters(address: str, _: str | None) -> dict[str, str]:
    return {"q": address, "limit": "1", "autocomplete": "0", "index": "address"}


def _nominatim_parameters(address: str, country: str | None) -> dict[str, str]:
    narrowed = {"countrycodes": country.lower()} if country else {}
    return {"q": address, "format": "jsonv2", "addressdetails": "1", "limit": "1", **narrowed}


SERVICES = {
    "ban": Service("https://data.geopf.fr/geocodage/search", _ban_parameters, _read_ban),
    "nominatim": Service("https://nominatim.openstreetmap.org/search", _nominatim_parameters, _read_nominatim),
}
