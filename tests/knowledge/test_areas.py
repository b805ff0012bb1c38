"""Countries and regions in which there are Cités, as places to choose from."""

from __future__ import annotations

from dataclasses import replace

from bot.knowledge.areas import countries_with, regions_with
from bot.knowledge.cites import load_cites

CITES = load_cites()


def test_every_country_of_a_cite_is_offered_the_one_that_has_most_first() -> None:
    places = countries_with(CITES.values())
    assert places[0].name == "France"
    assert {place.country for place in places} == {cite.country for cite in CITES.values()}
    assert all(place.kind == "country" for place in places)


def test_the_regions_of_a_country_that_have_one() -> None:
    places = regions_with(CITES.values(), "BE")
    assert [place.name for place in places] == ["Wallonie", "Bruxelles-Capitale"]
    assert all(place.kind in ("region", "department") and place.country == "BE" for place in places)


def test_overseas_regions_are_there_with_their_territory() -> None:
    territories = {place.name: place.territory for place in regions_with(CITES.values(), "FR")}
    assert territories["La Réunion"] == "RE"
    assert territories["Île-de-France"] == "FR"


def test_of_two_towns_of_one_name_the_one_where_the_cite_is_counts() -> None:
    aisne = replace(CITES["marseille"], city="Saint-Denis", lat=48.9362, lon=2.3574)
    assert [place.name for place in regions_with([aisne], "FR")] == ["Île-de-France"]
    island = replace(aisne, lat=-20.8823, lon=55.4504)
    assert [place.name for place in regions_with([island], "FR")] == ["La Réunion"]


def test_a_cite_that_lies_nowhere_counts_for_no_region() -> None:
    assert regions_with([replace(CITES["marseille"], lat=None)], "FR") == []
    assert regions_with([replace(CITES["marseille"], city="Zzyzzyx")], "FR") == []
    assert regions_with([], "FR") == []
