"""The time zone of a point of a land."""

from __future__ import annotations

import pytest

from bot.knowledge.places import find
from bot.knowledge.time_zones import zones_of


@pytest.mark.parametrize(
    ("town", "country", "zones"),
    [
        ("Lille", "FR", ["Europe/Paris"]),
        ("Le Tampon", "FR", ["Indian/Reunion"]),
        ("Cayenne", "FR", ["America/Cayenne"]),
        ("Charleroi", "BE", ["Europe/Brussels"]),
        ("Málaga", "ES", ["Europe/Madrid"]),
        ("Las Palmas de Gran Canaria", "ES", ["Atlantic/Canary"]),
        ("Ponta Delgada", "PT", ["Atlantic/Azores"]),
        ("Konstanz", "DE", ["Europe/Berlin"]),
        ("Vancouver", "CA", ["America/Vancouver"]),
        ("Santiago", "CL", ["America/Santiago"]),
        ("Port-Louis", "MU", ["Indian/Mauritius"]),
    ],
)
def test_sure(town: str, country: str, zones: list[str]) -> None:
    place = find(town, country).place
    assert place is not None
    assert zones_of(place.territory, place.lat, place.lon) == zones


def test_between_two_zones_both_are_likely() -> None:
    quebec, puerto_montt = zones_of("CA", 46.81, -71.21), zones_of("CL", -41.47, -72.94)
    assert {"America/Toronto", "America/Halifax"} <= set(quebec)
    assert {"America/Santiago", "America/Coyhaique"} == set(puerto_montt)


def test_a_land_that_is_not_known_has_none() -> None:
    assert zones_of("XX", 0, 0) == []
