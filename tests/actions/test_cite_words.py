"""A Cité in words ready to show."""

from __future__ import annotations

from datetime import datetime

import pytest

from actions.cite_words import NETWORK_SITE, card, hours_line, how_to_ask, line, map_link
from bot.knowledge.catalogue import SPOKEN
from bot.knowledge.cites import load_cites
from bot.knowledge.hours import state
from bot.knowledge.nearest import nearest
from bot.knowledge.places import find

from .conftest import Change, fact
from .turns import said, turn

CITES = load_cites()


def at(text: str) -> datetime:
    return datetime.fromisoformat(f"2026-11-{text}:00+01:00")


def test_a_card_holds_only_what_is_sourced() -> None:
    found = card(turn(said("find_nearest_cite")), CITES["marseille"])
    assert found == {
        "kind": "cite",
        "id": "marseille",
        "name": "Cité des métiers de Marseille et de Provence-Alpes-Côte d'Azur",
        "city": "Marseille",
        "distance_km": None,
        "distance": None,
        "address": "4-10 rue des Consuls, Marseille (2e arrondissement, près du Vieux-Port)",
        "phone": None,  # the file has one under `unconfirmed`
        "website": "https://www.citedesmetiers.fr",
        "map": map_link(CITES["marseille"]),
        "hours": "Horaires non confirmés",
    }


def test_a_card_with_a_distance() -> None:
    aubagne = find("Aubagne").place
    assert aubagne is not None
    (near, *_) = nearest(aubagne, CITES.values())
    found = card(turn(said("find_nearest_cite", slots={"language": "en"})), near.cite, near)
    assert found["distance_km"] == round(near.km, 1)
    assert f"{round(near.km)} km" in str(found["distance"])


@pytest.mark.parametrize("language", SPOKEN)
@pytest.mark.parametrize("cite", sorted(CITES))
def test_every_cite_has_a_card_in_every_language(cite: str, language: str) -> None:
    found = card(turn(said("find_nearest_cite", slots={"language": language})), CITES[cite])
    assert found["name"] and found["hours"]


def test_no_map_without_an_address() -> None:
    assert map_link(CITES["demo"]) is None
    link = map_link(CITES["marseille"])
    assert link is not None and " " not in link
    assert link.startswith("https://www.openstreetmap.org/search?query=4-10%20rue")


def test_how_to_ask_is_the_cites_own_ways_or_the_network(change: Change) -> None:
    assert how_to_ask(CITES["marseille"], "fr") == "https://www.citedesmetiers.fr"
    assert how_to_ask(CITES["cotes-d-armor"], "fr") == NETWORK_SITE
    change("namur", phone=fact("+32 81 00 00 00"), email=fact("info@example.org"), website=fact("https://example.org"))
    ways = how_to_ask(load_cites()["namur"], "fr")
    assert ways == "+32 81 00 00 00, info@example.org ou https://example.org"


@pytest.mark.parametrize(
    ("moment", "wanted"),
    [
        ("25T10:00", "Ouvert jusqu'à 17 h 30"),
        ("25T17:30", "Fermé, ouvre jeudi 26 novembre à 9 h 30"),
        ("29T11:00", "Fermé, ouvre lundi 30 novembre à 9 h 30"),
    ],
)
def test_the_hours_in_one_line(moment: str, wanted: str) -> None:
    assert hours_line(CITES["demo"], at(moment), "fr") == wanted


def test_the_hours_of_a_cite_that_never_opens(change: Change) -> None:
    change("namur", hours=fact("Mo-Su off"))
    assert hours_line(load_cites()["namur"], at("25T10:00"), "fr") == "Fermé"


@pytest.mark.parametrize(
    ("hours", "moment", "wanted"),
    [
        ('Mo-Fr 09:00-17:00 "sur rendez-vous"; PH off', "25T10:00", "Ouvert jusqu'à 17 h (sur rendez-vous)"),
        ('Mo 09:00-17:00 "su appuntamento"', "27T18:00", "Fermé, ouvre lundi 30 novembre à 9 h (sur rendez-vous)"),
        ("24/7; PH off", "25T10:00", "Ouvert en ce moment"),
        ("Mo-Su 18:00-24:00; PH off", "25T19:00", "Ouvert jusqu'à 24 h"),
        ("Mo-Su 18:00-02:00; PH off", "25T19:00", "Ouvert jusqu'à 2 h"),
    ],
)
def test_nobody_is_sent_for_nothing_by_one_line(change: Change, hours: str, moment: str, wanted: str) -> None:
    change("namur", hours=fact(hours))
    assert hours_line(load_cites()["namur"], at(moment), "fr") == wanted


def test_old_hours_are_not_told_as_if_they_were_sure(change: Change) -> None:
    change("namur", hours=fact("Mo-Fr 09:00-17:00", as_of="2019-05"))
    assert state(load_cites()["namur"], at("25T10:00"), today=at("25T10:00").date()).stale
    assert hours_line(load_cites()["namur"], at("25T10:00"), "fr") == "Horaires non confirmés"


def test_french_puts_a_space_before_a_colon() -> None:
    assert line("Apec", "cadres", "fr") == "• Apec : cadres"
    assert line("Apec", "managers", "en") == "• Apec: managers"
