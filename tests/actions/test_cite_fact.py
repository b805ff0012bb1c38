"""Plain questions on a Cité: from the charter, then from what is known of one."""

from __future__ import annotations

import pytest

from actions.cite_fact import CiteFact
from bot.knowledge.catalogue import SPOKEN, Catalogue
from bot.knowledge.cites import load_cites

from .conftest import Change, fact
from .turns import Answer, answer, place, said, where


def ask(question: str, town: str = "", text: str = "", language: str = "fr", **metadata: str) -> Answer:
    entities = [place(town)] if town else []
    return answer(CiteFact(), said(question, text, entities, slots={"language": language}, **metadata))


@pytest.mark.parametrize("language", SPOKEN)
@pytest.mark.parametrize(
    "question", ["ask_cost", "ask_audience", "ask_documentation", "ask_services", "ask_appointment"]
)
def test_the_charter_answers_without_a_place(question: str, language: str) -> None:
    found = ask(question, language=language)
    assert found.responses == [question]
    assert found.messages[0].language == language
    assert "/find_nearest_cite" in found.payloads


@pytest.mark.parametrize("question", ["ask_directions", "ask_contact"])
def test_what_depends_on_the_cite_asks_for_the_place(question: str) -> None:
    found = ask(question)
    assert found.responses == ["ask_place"]
    assert found.slots["pending"] == {"ask": "place", "intent": question}


def test_directions_give_the_sourced_address_a_map_and_what_is_not_known() -> None:
    found = ask("ask_directions", "Marseille")
    assert found.responses == ["directions", "accessibility_unknown", "contact_stale"]
    assert "décembre 2022" in found.text
    assert "4-10 rue des Consuls" in found.text
    assert "https://www.openstreetmap.org/search?query=4-10%20rue" in found.text


def test_an_accessibility_that_is_known_is_told(change: Change) -> None:
    change("marseille", accessibility=fact({"fr": "De plain-pied.", "en": "Step-free."}))
    found = ask("ask_directions", "Marseille", language="en")
    assert found.responses == ["directions", "contact_stale"]
    assert "Step-free." in found.text


def test_directions_without_an_address_say_how_to_ask(change: Change) -> None:
    change("cotes-d-armor", place_note=None)
    found = ask("ask_directions", "Saint-Brieuc")
    assert "directions_unknown" in found.responses
    assert "https://www.reseaucitesdesmetiers.org" in found.text


def test_nobody_is_sent_to_the_demonstration() -> None:
    found = ask("ask_directions", cite="demo")
    assert "imaginaire" in found.text
    assert "openstreetmap" not in found.text


def test_contact_gives_only_what_is_sourced() -> None:
    found = ask("ask_contact", "Marseille")
    assert found.responses == ["contact", "no_phone", "contact_stale"]
    assert "https://www.citedesmetiers.fr" in found.text
    assert "04 96 11" not in found.text  # it stands under `unconfirmed`


def test_an_old_phone_number_comes_with_its_date(change: Change) -> None:
    change("namur", phone=fact("+32 81 00 00 00", as_of="2019-03"))
    found = ask("ask_contact", "Namur")
    assert found.responses == ["contact", "contact_stale"]
    assert "mars 2019" in found.text
    change("namur", phone=fact("+32 81 00 00 00"))
    assert ask("ask_contact", "Namur").responses == ["contact"]


def test_without_any_contact_one_is_told_where_to_ask() -> None:
    found = ask("ask_contact", "Saint-Brieuc")
    assert "contact_unknown" in found.responses


def test_services_known_of_the_cite_come_after_the_charter() -> None:
    found = ask("ask_services", "Marseille")
    assert found.responses == ["ask_services", "services_of", "poles_of", "old_facts"]
    assert "2017" in found.messages[3].text
    assert "des ateliers" in found.messages[1].text
    assert "création d'activité" in found.messages[2].text


def test_the_cite_of_the_page_counts_too() -> None:
    assert ask("ask_appointment", cite="demo").responses == ["ask_appointment", "appointment_of"]
    assert ask("ask_appointment").responses == ["ask_appointment"]


def test_the_place_told_before_counts_too() -> None:
    found = answer(CiteFact(), said("ask_services", "quoi ?", slots={"place": where("Marseille")}))
    assert "services_of" in found.responses


@pytest.mark.parametrize("language", SPOKEN)
def test_every_service_and_kind_of_appointment_in_the_directory_is_worded(language: str) -> None:
    words = Catalogue.load()
    for cite in load_cites().values():
        for service in cite.services.value if cite.services else ():
            assert words.has(f"services.{service}", language), (cite.id, service)
        if cite.appointment:
            assert words.has(f"appointment.{cite.appointment.value}", language), cite.id
