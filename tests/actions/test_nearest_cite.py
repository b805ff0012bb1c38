"""The nearest Cités, with honest words on distance, borders, doubt and closure."""

from __future__ import annotations

import re

import pytest

from actions.nearest_cite import NearestCite

from .conftest import Change, fact
from .turns import Answer, answer, place, said, where


def near(town: str, text: str = "", language: str = "fr", **metadata: str) -> Answer:
    found = [place(town)] if town else []
    return answer(NearestCite(), said("find_nearest_cite", text, found, slots={"language": language}, **metadata))


@pytest.mark.parametrize(
    ("town", "response", "cite"),
    [
        ("Marseille", "nearest_here", "marseille"),
        ("13090", "nearest", "marseille"),
        ("Liège", "nearest_here", "liege"),
        ("Lüttich", "nearest_here", "liege"),
        ("Villejuif", "nearest", "val-de-marne"),
        ("Cascais", "nearest_here", "cascais"),
        ("Le Tampon", "nearest", "la-reunion"),
        ("Brest", "nearest_far", "cotes-d-armor"),
        ("Annemasse", "nearest_abroad", "geneve"),
        ("Dunkerque", "nearest_far_abroad", "bruxelles"),
        ("Luxembourg", "nearest_far_abroad", "liege"),
        ("Bretagne", "nearest_in_area", "cotes-d-armor"),
    ],
)
def test_the_nearest_and_how_it_is_said(town: str, response: str, cite: str) -> None:
    found = near(town)
    assert found.responses[0] == response
    assert found.cards[0]["id"] == cite
    assert found.slots["cite"] == cite
    assert found.slots["place"]["name"]


def test_three_cards_with_growing_distances() -> None:
    found = near("Paris")
    here, *others = [card["distance_km"] for card in found.cards]
    assert here is None  # in the town itself
    assert len(others) == 2
    assert others == sorted(others)
    assert all(card["distance"].startswith("à environ ") for card in found.cards[1:])


@pytest.mark.parametrize("town", ["Lyon", "Brest", "Faro", "Clermont-Ferrand", "Bordeaux"])
def test_where_all_are_far_three_are_shown_with_how_far(town: str) -> None:
    found = near(town)
    distances = [card["distance_km"] for card in found.cards]
    assert len(distances) == 3 and distances == sorted(distances)
    assert all(card["distance"].startswith("à environ ") for card in found.cards)


def test_the_first_of_ones_own_country_is_among_the_three() -> None:
    assert any(card["city"] == "Belfort" for card in near("Lyon").cards)


def test_an_area_gives_no_distance() -> None:
    found = near("Bretagne")
    assert [card["distance_km"] for card in found.cards] == [None] * len(found.cards)
    assert [card["distance"] for card in found.cards] == [None] * len(found.cards)


def test_a_card_abroad_names_its_country() -> None:
    assert near("Annemasse").cards[0]["city"] == "Genève (Suisse)"
    assert near("Annemasse", language="en").cards[0]["city"] == "Genève (Switzerland)"


def test_doubt_on_the_status_is_told_with_how_to_ask() -> None:
    assert near("Brest").responses[1:] == ["status_unknown", "far_ways_here"]
    assert near("Paris").responses == ["nearest_here"]


@pytest.mark.parametrize(("town", "response"), [("Genova", "cite_closed"), ("Nîmes", "cite_probably_closed")])
def test_a_cite_that_has_closed_there_is_said_first(town: str, response: str) -> None:
    found = near(town)
    assert found.responses[0] == response
    assert all(card["id"] not in ("genova", "nimes") for card in found.cards)


def test_a_far_one_abroad_is_not_offered_where_the_country_has_one_of_unknown_address() -> None:
    assert near("Berlin").responses == ["unplaced"]


def test_where_no_town_is_known_the_cites_of_the_country_are_named() -> None:
    found = near("Montréal")
    assert found.responses == ["unplaced"]
    assert "Canada" in found.text


def test_nowhere_near() -> None:
    assert near("Tokyo").responses == ["none_near"]


def test_overseas_never_with_the_mainland() -> None:
    assert near("Cayenne").responses == ["none_near"]
    assert {card["id"] for card in near("Saint-Paul, La Réunion").cards} <= {"la-reunion", "maurice", "mayotte"}


def test_the_place_is_asked_for() -> None:
    found = near("")
    assert found.responses == ["ask_place"]
    assert found.slots["pending"] == {"ask": "place", "intent": "find_nearest_cite"}


def test_the_place_told_before_is_enough() -> None:
    found = answer(NearestCite(), said("find_nearest_cite", "où ça ?", slots={"place": where("Namur")}))
    assert found.cards[0]["id"] == "namur"


def test_a_cite_named_without_a_place_is_shown() -> None:
    found = near("", "la cité des métiers du grand genève")
    assert found.responses == ["here_is", "old_facts"]
    assert [card["id"] for card in found.cards] == ["geneve"]
    assert found.slots["cite"] == "geneve"


def test_a_closed_cite_named_is_not_shown_as_one_to_go_to() -> None:
    found = near("", "citta dei mestieri di roma")
    assert found.responses[:2] == ["cite_probably_closed", "nearest_far"]
    assert "roma" not in {card["id"] for card in found.cards}


def test_one_that_is_only_planned_is_said_to_be(change: Change) -> None:
    change("milano", status=fact("planned"))
    found = near("", "citta dei mestieri di milano")
    assert found.responses[0] == "cite_planned"
    assert "milano" not in {card["id"] for card in found.cards}
    assert near("Milano").responses[0] == "cite_planned"


def test_of_a_closed_one_whose_town_is_not_known_the_place_is_asked_for(change: Change) -> None:
    change("treviso", coordinates=None)
    assert near("", "citta dei mestieri di treviso").responses == ["cite_probably_closed", "ask_place"]


@pytest.mark.parametrize("language", ["fr", "en", "es", "it", "pt"])
def test_far_away_the_ways_that_need_no_journey_are_offered(language: str) -> None:
    found = near("Lyon", language=language)
    assert found.responses == ["nearest_far_abroad", "old_facts", "far_ways_here"]
    assert re.search(r"\b1\d\d km", found.text)
    assert "+41 22 388 44 00" in found.message("old_facts").values["how"]
    assert "/talk_to_advisor" in found.payloads


def test_how_to_reach_a_far_one_is_told_where_no_doubt_has_told_it(change: Change) -> None:
    change("cascais", phone=fact("+351 210 000 000"))
    found = near("Faro")
    assert found.responses == ["nearest_far", "far_ways"]
    assert found.message("far_ways").values["how"] == "+351 210 000 000"


def test_no_way_to_reach_a_far_one_is_promised_where_its_file_has_none(change: Change) -> None:
    change("cascais", phone=None, email=None, website=None)
    assert near("Faro").responses == ["nearest_far", "far_ways_here"]


def test_near_by_nothing_of_the_kind_is_said() -> None:
    assert not {"far_ways", "far_ways_here"} & set(near("Marseille").responses)


def test_the_demonstration_is_never_near_a_real_place() -> None:
    for town in ("Paris", "Marseille", "Lyon"):
        assert "demo" not in {card["id"] for card in near(town, cite="demo").cards}


def test_an_ambiguous_place_is_asked_about() -> None:
    found = near("Saint-Pierre")
    assert found.responses == ["which_place"]
    assert found.slots["pending"] == {"ask": "place", "intent": "find_nearest_cite"}


@pytest.mark.parametrize("status", ["closed", "probably_closed", "planned"])
def test_a_cite_is_not_offered_once_it_is_said_to_be_closed_or_only_planned(change: Change, status: str) -> None:
    change("marseille", status=fact(status))
    assert "marseille" not in {card["id"] for card in near("Marseille").cards}


@pytest.mark.parametrize("language", ["fr", "en", "es", "it", "pt"])
def test_an_associated_centre_in_the_very_town_is_told(language: str) -> None:
    found = near("Gap", language=language)
    told = found.message("centre_there")
    assert told.values["place"] == "Gap" and "Marseille" in told.values["cite"] and told.values["how"]
    assert found.cards[0]["id"] == "marseille"


def test_a_centre_that_was_known_long_ago_is_told_with_its_date() -> None:
    assert near("Meyrin").message("centre_once").values["date"] == "octobre 2019"


def test_what_is_known_of_the_centre_comes_before_what_is_known_of_its_cite(change: Change) -> None:
    address = fact("2 rue du Pont, 05000 Gap")
    change("marseille", centres=[{"town": "Gap", "address": address, "phone": fact("+33 4 92 00 00 00")}])
    told = near("Gap").message("centre_there").values
    assert (told["place"], told["how"]) == ("2 rue du Pont, 05000 Gap", "+33 4 92 00 00 00")


def test_no_centre_is_told_of_one_that_is_gone_nor_where_there_is_none(change: Change) -> None:
    assert "centre_there" not in near("Nice").responses
    change("marseille", status=fact("closed"))
    assert "centre_there" not in near("Gap").responses


@pytest.mark.parametrize("text", ["trouve une cité près de Trifouilly", "j'habite à Petaouchnok", "near Xanaduville"])
def test_a_place_that_nobody_knows_is_not_taken_for_the_one_told_before(text: str) -> None:
    found = answer(NearestCite(), said("find_nearest_cite", text, slots={"place": where("Nîmes")}))
    assert found.responses == ["place_unknown", "choose_area"]
    assert found.slots["pending"]["ask"] == "place"


@pytest.mark.parametrize(
    "text",
    ["la plus proche de chez moi ?", "près d'ici", "PRÈS DE MON DOMICILE", "the nearest to me", "cerca de mi casa"],
)
def test_words_that_are_no_name_leave_the_place_told_before(text: str) -> None:
    found = answer(NearestCite(), said("find_nearest_cite", text, slots={"place": where("Nantes")}))
    assert "place_unknown" not in found.responses
