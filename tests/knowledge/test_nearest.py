"""The nearest Cités: distances, borders, seas, and what is never offered."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.knowledge import gazetteer as places
from bot.knowledge.cites import load_cites
from bot.knowledge.gazetteer import Hit
from bot.knowledge.geo import distance_km, nation, reachable
from bot.knowledge.nearest import FAR_KM, REACH_KM, Near, nearest, unplaced

CITES = load_cites()


@dataclass(frozen=True)
class Place:
    lat: float
    lon: float
    country: str = "FR"
    territory: str = "FR"
    kind: str = "town"


LYON = Place(45.7485, 4.8467)
AUBAGNE = Place(43.2928, 5.5709)
VILLENEUVE = Place(48.6953, 2.4189)
CHARLEVILLE = Place(49.7714, 4.7161)
ANNEMASSE = Place(46.1946, 6.2377)
LUGANO = Place(46.0101, 8.9600, "CH", "CH")
SAINT_DENIS_RE = Place(-20.8823, 55.4504, "FR", "RE")
FORT_DE_FRANCE = Place(14.6089, -61.0733, "FR", "MQ")
CAYENNE = Place(4.9333, -52.3333, "FR", "GF")
PORT_LOUIS = Place(-20.1619, 57.4989, "MU", "MU")
MONTREAL = Place(45.5088, -73.5878, "CA", "CA")
SANTIAGO = Place(-33.4569, -70.6483, "CL", "CL")
AJACCIO = Place(41.9192, 8.7386)


def ids(place: Place, **options: object) -> list[str]:
    return [near.cite.id for near in nearest(place, CITES.values(), **options)]  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("place", "first"),
    [
        (AUBAGNE, "marseille"),
        (VILLENEUVE, "val-de-marne"),
        (LYON, "geneve"),
        (CHARLEVILLE, "charleroi"),
        (ANNEMASSE, "geneve"),
        (LUGANO, "bellinzona"),
        (SAINT_DENIS_RE, "la-reunion"),
        (FORT_DE_FRANCE, "guadeloupe"),
        (AJACCIO, "marseille"),
    ],
)
def test_the_nearest(place: Place, first: str) -> None:
    assert ids(place)[0] == first


def test_three_in_order_of_distance() -> None:
    found = nearest(VILLENEUVE, CITES.values())
    assert len(found) == 3
    assert [near.km for near in found] == sorted(near.km for near in found)
    assert 6 < found[0].km < 10
    assert len(nearest(VILLENEUVE, CITES.values(), limit=5)) == 5


def test_a_border_is_told() -> None:
    (first, *_) = nearest(ANNEMASSE, CITES.values())
    assert (first.cite.id, first.other_country, first.far) == ("geneve", True, False)
    assert nearest(AUBAGNE, CITES.values())[0].other_country is False
    assert nearest(SAINT_DENIS_RE, CITES.values())[0].other_country is False


def test_far_is_told() -> None:
    assert nearest(LYON, CITES.values())[0].far is True
    assert nearest(AUBAGNE, CITES.values())[0].far is False


def test_overseas_and_mainland_never_meet() -> None:
    assert ids(SAINT_DENIS_RE, limit=40) == ["la-reunion", "mayotte"]
    assert ids(FORT_DE_FRANCE, limit=40) == ["guadeloupe"]
    assert ids(CAYENNE, limit=40) == []  # Guadeloupe is 1,600 km away
    overseas = {"la-reunion", "mayotte", "guadeloupe"}
    assert not overseas & set(ids(LYON, limit=40))


def test_territory_wins_over_coordinates() -> None:
    """A place said to lie on the mainland gets nothing overseas, wherever its coordinates are."""
    assert ids(replace(SAINT_DENIS_RE, territory="FR"), limit=40) == []


def test_nobody_is_sent_across_an_ocean() -> None:
    assert ids(MONTREAL) == []
    assert ids(SANTIAGO) == []


def test_those_without_a_known_place_are_told_apart() -> None:
    assert [cite.id for cite in unplaced(SANTIAGO, CITES.values())] == ["chile"]
    assert [cite.id for cite in unplaced(PORT_LOUIS, CITES.values())] == ["maurice"]
    assert [cite.id for cite in unplaced(LYON, CITES.values())] == ["bas-rhin", "charente-maritime"]
    assert unplaced(SAINT_DENIS_RE, CITES.values()) == []
    missing = [replace(CITES["la-reunion"], lat=None, lon=None)]
    assert unplaced(SAINT_DENIS_RE, missing) == missing
    assert unplaced(replace(SAINT_DENIS_RE, territory="GF"), missing) == []  # Guyane lies on another ocean


def test_closed_ones_are_never_offered() -> None:
    montpellier = Place(43.6119, 3.8772)
    assert "montpellier" not in ids(montpellier, limit=40)
    assert "genova" not in ids(Place(44.4056, 8.9463, "IT", "IT"), limit=40)
    statuses = {near.cite.status for near in nearest(LYON, CITES.values(), limit=40)}
    assert statuses == {"open", "probably_open", "unknown"}


def test_an_imaginary_one_is_offered_only_on_its_own_page() -> None:
    placed = replace(CITES["demo"], lat=45.75, lon=4.85)
    cites = [placed, CITES["marseille"]]
    assert [near.cite.id for near in nearest(LYON, cites)] == ["marseille"]
    assert [near.cite.id for near in nearest(LYON, cites, own="demo")] == ["demo", "marseille"]
    assert "demo" not in ids(LYON, limit=40, own="demo")  # as it is on file, it lies nowhere


def test_of_a_country_only_its_own() -> None:
    belgium = Place(50.75, 4.5, "BE", "BE", "country")
    found = nearest(belgium, CITES.values(), limit=10)
    assert {near.cite.id for near in found} == {"bruxelles", "charleroi", "liege", "namur"}
    assert all(near.rough for near in found)
    assert nearest(LYON, CITES.values())[0].rough is False


def test_known_distances() -> None:
    paris, marseille = (48.8566, 2.3522), (43.2965, 5.3698)
    assert distance_km(*paris, *marseille) == pytest.approx(661, abs=1)
    assert distance_km(0, 0, 0, 180) == pytest.approx(20015, abs=1)
    assert distance_km(0, 179.9, 0, -179.9) == pytest.approx(22.2, abs=0.1)


LATS, LONS = st.floats(-90, 90), st.floats(-180, 180)


@given(LATS, LONS, LATS, LONS)
def test_distance_is_one_of_the_earth_both_ways(lat: float, lon: float, lat2: float, lon2: float) -> None:
    km = distance_km(lat, lon, lat2, lon2)
    assert 0 <= km <= 20016
    assert km == pytest.approx(distance_km(lat2, lon2, lat, lon), abs=1e-6)


@given(LATS, LONS, st.sampled_from(["FR", "RE", "BE", "MQ", "CA"]))
def test_what_is_offered_anywhere_is_right(lat: float, lon: float, territory: str) -> None:
    place = Place(lat, lon, nation(territory), territory)
    found: list[Near] = nearest(place, CITES.values(), limit=40)
    assert all(near.cite.offered and near.km <= REACH_KM for near in found)
    assert all(near.far == (near.km > FAR_KM) for near in found)
    assert all(reachable(territory, near.cite.territory) for near in found)


_ROWS = places.gazetteer().hits("lille")[:1] + [
    hit
    for name in (
        "brest", "st pierre", "namur", "lugano", "irun", "cascais", "montreal", "cayenne", "papeete", "ajaccio",
        "mamoudzou", "port louis", "strasbourg", "genova", "santiago", "les abymes", "noumea", "andorra la vella",
    )
    for hit in places.gazetteer().hits(name)
]  # fmt: skip


@settings(max_examples=60, deadline=None)
@given(st.sampled_from(_ROWS), st.integers(1, 40))
def test_the_nearest_are_those_that_brute_force_finds(hit: Hit, limit: int) -> None:
    """Distances here are angles between vectors, and the rule for overseas is written out again."""
    place = hit.place
    overseas = {"RE", "YT", "GP", "MQ", "GF", "PM", "BL", "MF", "NC", "PF", "WF"}
    expected = []
    for cite in CITES.values():
        if cite.lat is None or cite.lon is None or not cite.offered:
            continue
        parted = "FR" in (place.territory, cite.territory) and {place.territory, cite.territory} & overseas
        km = _arc_km(place.lat, place.lon, cite.lat, cite.lon)
        if not parted and km <= REACH_KM and (place.kind != "country" or place.country == cite.country):
            expected.append((km, cite.id))
    found = nearest(place, CITES.values(), limit=limit)
    assert [near.cite.id for near in found] == [id for _, id in sorted(expected)[:limit]]
    assert [near.km for near in found] == pytest.approx([km for km, _ in sorted(expected)[:limit]], abs=1e-3)


_TERRITORIES = ["FR", "RE", "GP", "YT", "MQ", "GF"]


@settings(max_examples=50, deadline=None)
@given(
    st.lists(st.tuples(LATS, LONS, st.sampled_from(_TERRITORIES)), max_size=12),
    LATS,
    LONS,
    st.sampled_from(_TERRITORIES),
)
def test_overseas_and_mainland_never_meet_wherever_they_lie(
    lying: list[tuple[float, float, str]], lat: float, lon: float, territory: str
) -> None:
    cites = [
        replace(CITES["marseille"], id=str(number), lat=lat, lon=lon, territory=land)
        for number, (lat, lon, land) in enumerate(lying)
    ]
    found = nearest(Place(lat, lon, "FR", territory), cites, limit=12)
    assert all((near.cite.territory == "FR") == (territory == "FR") for near in found)


def _arc_km(lat: float, lon: float, lat2: float, lon2: float) -> float:
    one, two = (
        np.array([np.cos(phi) * np.cos(lam), np.cos(phi) * np.sin(lam), np.sin(phi)])
        for phi, lam in (np.radians((lat, lon)), np.radians((lat2, lon2)))
    )
    return float(6371.0088 * np.arctan2(np.linalg.norm(np.cross(one, two)), one @ two))


def test_territories() -> None:
    assert nation("RE") == "FR"
    assert nation("BE") == "BE"
    assert not reachable("FR", "RE")
    assert reachable("RE", "YT")
    assert reachable("BE", "FR")
