"""Places: what is found, what is asked about, what is left alone, and at what cost."""

from __future__ import annotations

import json
import math

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.knowledge import gazetteer, places
from bot.knowledge.errors import DataError
from bot.knowledge.gazetteer import homes
from bot.knowledge.geo import distance_km


def test_same_name_asks_which() -> None:
    found = places.find("Saint-Denis")
    assert found.place is None
    assert [place.territory for place in found.candidates] == ["RE", "FR"]


@pytest.mark.parametrize(("country", "admin"), [("RE", "La Réunion"), ("BE", None)])
def test_the_persons_country_comes_first(country: str, admin: str | None) -> None:
    found = places.find("Saint-Denis", country)
    assert found.place is None if admin is None else found.place is not None and found.place.admin == admin


@pytest.mark.parametrize(
    ("text", "country", "kind", "admin"),
    [
        *(("dans la Creuse", None, "department", "Creuse"), ("vers la Creuse", None, "department", "Creuse")),
        *(("la Vienne", None, "department", "Vienne"), ("Vienne", None, "town", "Isère")),
        *(("le Jura", "CH", "region", None), ("le Jura", "FR", "department", "Jura")),
        *(("Ans", "BE", "town", "Wallonie"), ("4430 Ans", None, "town", "Wallonie")),
        *(("Lille-Flandres", None, "town", "Nord"), ("près de la gare Lille-Flandres", None, "town", "Nord")),
    ],
)
def test_a_short_word_decides(text: str, country: str | None, kind: str, admin: str | None) -> None:
    place = places.find(text, country).place
    assert place is not None and (place.kind, place.admin) == (kind, admin)


@pytest.mark.parametrize("text", ["45 ans", "j'ai 45 ans", "depuis 3 ans", "45 ANS"])
def test_an_age_is_no_town(text: str) -> None:
    assert not places.find(text, "BE") and not places.spans(text, "BE", expected=True)


@pytest.mark.parametrize(
    ("text", "country"), [("1000", "BE"), ("1000", "CH"), ("1000", "PT"), ("00184", "IT")]
)
def test_a_postcode_is_of_the_persons_country(text: str, country: str) -> None:
    place = places.find(text, country).place
    assert place is not None
    assert (place.country, place.kind, place.postcode) == (country, "postcode", text)


@pytest.mark.parametrize(
    ("text", "country", "shown"),
    [
        *(("13000", None, "Marseille"), ("69000", "FR", "Lyon"), ("75000", "BE", "Paris"), ("20100", "IT", "Milano")),
        *(("40100", "IT", "Bologna"), ("20100", "FR", "Sartène"), ("13000", "ES", "Ciudad Real")),
    ],
)
def test_the_general_code_of_a_large_city_is_the_city(text: str, country: str | None, shown: str) -> None:
    place = places.find(text, country).place
    assert place is not None and (place.name, place.kind, place.postcode) == (shown, "postcode", text)


@pytest.mark.parametrize(
    ("text", "country", "shown"),
    [
        *(("38009", "FR", "Isère"), ("31062", "RE", "Haute-Garonne"), ("13233", "FR", "Bouches-du-Rhône")),
        *(("20299", "FR", "Haute-Corse"), ("97499", "FR", "La Réunion"), ("41099", "ES", "Sevilla")),
        *(("13233", "BE", "Bouches-du-Rhône"), ("F-13233", None, "Bouches-du-Rhône")),
    ],
)
def test_a_code_that_is_not_filed_is_of_the_persons_country(text: str, country: str | None, shown: str) -> None:
    place = places.find(text, country).place
    assert place is not None and (place.name, place.postcode) == (shown, text[-5:])


@pytest.mark.parametrize(
    ("text", "country", "shown"),
    [
        ("28999", None, {"Eure-et-Loir", "Provincia de Madrid"}),
        ("69190", "IT", {"Saint-Fons", "Walldorf"}),
        ("13233", "IT", set()),
        ("28999", "DE", set()),
    ],
)
def test_a_code_that_no_country_of_the_person_tells_is_asked_about(
    text: str, country: str | None, shown: set[str]
) -> None:
    found = places.find(text, country)
    assert found.place is None and {place.name for place in found.candidates} == shown


def test_a_number_that_only_begins_like_a_code_needs_words_that_announce_a_place() -> None:
    assert places.spans("le dossier 84512 est perdu", "FR") == []
    (span,) = places.spans("j'habite à 84512", "FR")
    assert span.found.place is not None and span.found.place.name == "Vaucluse"


def test_a_name_after_a_postcode_wins() -> None:
    place = places.find("62000 Lille").place
    assert place is not None and place.name == "Lille"


def test_unknown_is_neither_place_nor_candidates() -> None:
    assert places.find("asdfgh") == places.Found()


def test_a_postcode_shared_by_communes_lies_among_them() -> None:
    place = places.find("01400").place
    assert place is not None and place.kind == "postcode"
    assert math.hypot(place.lat - 46.15, place.lon - 5.0) < 0.2


def test_overseas_places_have_their_territory() -> None:
    place = places.find("97410").place
    assert place is not None and (place.country, place.territory) == ("FR", "RE")


def test_dictionary_is_json_and_comes_back() -> None:
    place = places.find("Villeurbanne").place
    assert place is not None
    kept = json.loads(json.dumps(place.as_dict()))
    assert set(kept) == {"name", "country", "territory", "lat", "lon", "admin", "kind", "postcode"}
    assert places.Place.from_dict(kept).as_dict() == place.as_dict()


def test_candidates_as_dictionary() -> None:
    kept = places.find("St Denis").as_dict()
    assert list(kept) == ["candidates"] and len(kept["candidates"]) == 2


def test_spans_give_the_text_as_written() -> None:
    text = "je suis à VITRY s/Seine, près de Paris"
    found = places.spans(text)
    assert [(text[span.start : span.end], span.text) for span in found] == [
        ("VITRY s/Seine",) * 2,
        ("Paris",) * 2,
    ]


def test_a_common_word_is_the_town_when_a_place_was_asked_for() -> None:
    assert not places.spans("tours")
    assert [span.text for span in places.spans("tours", expected=True)] == ["tours"]


def test_a_tagger_confirms_a_common_word() -> None:
    assert not places.spans("mon patron Orange refuse")
    assert [span.text for span in places.spans("direction Orange demain", names=lambda: [(10, 16)])] == ["Orange"]


def test_a_narrower_sentence_needs_no_question() -> None:
    found = places.spans("on vit à Saint-Denis, à la Réunion")
    assert found[0].found.place is not None and found[0].found.place.territory == "RE"


@pytest.mark.parametrize(
    ("text", "span", "name"),
    [
        ("j'habite dans le 13e à Marseille avec mes enfants", "13e à Marseille", "Marseille 13e"),
        ("je suis dans le 11e arrondissement de Paris", "11e arrondissement de Paris", "Paris 11e"),
        ("on vit à Lyon, dans le 7ème", "Lyon, dans le 7ème", "Lyon 7e"),
        ("I live in Paris 20th arrondissement", "Paris 20th arrondissement", "Paris 20e"),
        ("je cherche un stage dans le 19e arrondissement", "19e arrondissement", "Paris 19e"),
        ("mon code postal est 4050-263", "4050-263", "Porto"),
    ],
)
def test_districts_and_codes_in_a_sentence(text: str, span: str, name: str) -> None:
    (found,) = places.spans(text)
    assert found.text == span
    assert found.found.place is not None and found.found.place.name == name


@pytest.mark.parametrize("text", ["le 13e forum des métiers", "mon 3e entretien", "au 20e siècle", "la 1re fois"])
def test_an_ordinal_alone_is_no_district(text: str) -> None:
    assert places.spans(text) == []


def test_a_district_of_several_cities_is_asked_about() -> None:
    found = places.find("le 7e arrondissement", "FR")
    assert {place.name for place in found.candidates} == {"Paris 7e", "Lyon 7e", "Marseille 7e"}


@pytest.mark.parametrize(
    ("text", "country"), [("B-4000", "BE"), ("CH-1205", "CH"), ("L-1611", "LU"), ("D 79098", "DE"), ("4050-263", "PT")]
)
def test_a_code_that_tells_its_country_is_not_asked_about(text: str, country: str) -> None:
    place = places.find(text, "FR").place
    assert place is not None and place.country == country


@pytest.mark.parametrize(
    ("country", "first"), [("ES", "ES"), ("CL", "CL"), ("RE", "RE"), ("FR", "FR")]
)
def test_the_candidates_nearest_to_the_persons_country_come_first(country: str, first: str) -> None:
    name = "Saint-Denis" if country in ("RE", "FR") else "Santiago"
    found = places.find(name, country)
    listed = found.candidates or (found.place,)
    assert listed[0] is not None and listed[0].territory == first
    home = homes()[country]
    away = [place for place in listed if place and country not in (place.country, place.territory)]
    far = [distance_km(*home, place.lat, place.lon) for place in away]
    assert far == sorted(far)


@pytest.mark.parametrize("text", ["j'ai 35000 euros", "le 15 mars", "en 2024", "25 ans", "93 jours"])
def test_numbers_of_other_things(text: str) -> None:
    assert places.spans(text) == []


@given(st.text(max_size=300))
@settings(max_examples=200, deadline=None)
def test_any_text_is_survived_and_spans_are_in_order(text: str) -> None:
    found = places.spans(text)
    bounds = [bound for span in found for bound in (span.start, span.end)]
    assert bounds == sorted(bounds)
    assert all(span.text == text[span.start : span.end] and span.found for span in found)
    assert places.find(text).as_dict()


@given(st.sampled_from(["Marseille", "Villeurbanne", "Clermont-Ferrand", "Bruxelles", "Lausanne"]), st.data())
@settings(max_examples=60, deadline=None)
def test_one_swap_inside_a_large_towns_name_is_forgiven(name: str, data: st.DataObject) -> None:
    at = data.draw(st.integers(1, len(name) - 3))
    swapped = name[:at] + name[at + 1] + name[at] + name[at + 2 :]
    found = places.find(swapped)
    assert name in [place.name for place in (found.place, *found.candidates) if place]


def test_a_file_that_is_not_there_says_how_to_make_it(tmp_path: gazetteer.Path) -> None:
    with pytest.raises(DataError, match="compile_places"):
        gazetteer.Gazetteer(tmp_path / "none.npz")


def test_files_are_small() -> None:
    assert sum(file.stat().st_size for file in (gazetteer.DATA / "places").iterdir()) < 6_000_000


@pytest.mark.parametrize(
    ("lat", "lon", "town"),
    [
        (43.30, 5.37, "Marseille"),
        (43.29, 5.57, "Aubagne"),
        (46.19, 6.24, "Annemasse"),
        (50.85, 4.35, "Bruxelles"),
        (14.61, -61.07, "Fort-de-France"),
        (44.35, 3.60, "Florac Trois Rivières"),  # its name since 2016
        (0.0, -30.0, None),
        (90.0, 0.0, None),
    ],
)
def test_a_point_is_in_the_town_that_people_there_would_name(lat: float, lon: float, town: str | None) -> None:
    found = gazetteer.gazetteer().town_near(lat, lon, within_km=60)
    assert (found.name if found else None) == town
