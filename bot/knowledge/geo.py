"""Distances on the Earth, and which lands lie overseas."""

from __future__ import annotations

from math import asin, cos, radians, sin, sqrt

EARTH_KM = 6371.0088  # mean radius of the WGS 84 ellipsoid (IUGG)

OVERSEAS = {
    **dict.fromkeys(("RE", "GP", "YT", "MQ", "GF", "PM", "BL", "MF", "NC", "PF", "WF"), "FR"),
    **dict.fromkeys(("AW", "BQ", "CW", "SX"), "NL"),
}
"""Territory code → the country it belongs to, for lands that a sea parts from their mainland."""

FRENCH_TERRITORIES = {
    "971": "GP", "972": "MQ", "973": "GF", "974": "RE", "976": "YT", "975": "PM", "977": "BL", "978": "MF",
    "986": "WF", "987": "PF", "988": "NC",
}  # fmt: skip
"""First three digits of a French postcode or INSEE code → the territory overseas."""


def distance_km(lat: float, lon: float, other_lat: float, other_lon: float) -> float:
    """Great-circle distance in kilometres between two points in degrees (haversine)."""
    phi, other_phi = radians(lat), radians(other_lat)
    half = sin((other_phi - phi) / 2) ** 2
    half += cos(phi) * cos(other_phi) * sin(radians(other_lon - lon) / 2) ** 2
    return 2 * EARTH_KM * asin(min(1.0, sqrt(half)))


def nation(code: str) -> str:
    """The country of a country or territory code: "RE" → "FR", "BE" → "BE"."""
    return OVERSEAS.get(code, code)


def reachable(territory: str, other: str) -> bool:
    """False when one of two territories lies overseas and the other on the mainland of its country."""
    if territory == other or nation(territory) != nation(other):
        return True
    return (territory in OVERSEAS) == (other in OVERSEAS)
