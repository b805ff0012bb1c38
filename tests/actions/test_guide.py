"""Guidance: every concern, in every language, for every country, with two bodies at least where it is France."""

from __future__ import annotations

import pytest

from actions.guide import Guide
from bot.knowledge.catalogue import SPOKEN, Catalogue
from bot.knowledge.concerns import CONCERNS, guidance, load_concerns

from .turns import Answer, answer, place, said, where


def guided(concern: str, town: str = "", language: str = "fr", **slots: object) -> Answer:
    known = {"place": where(town)} if town else {}
    entities = [place(town)] if town else []
    return answer(Guide(), said(concern, "…", entities, slots={"language": language, **known, **slots}))


@pytest.mark.parametrize("language", SPOKEN)
@pytest.mark.parametrize("concern", CONCERNS)
def test_every_concern_has_a_useful_answer_in_every_language(concern: str, language: str) -> None:
    found = guided(concern, "Marseille", language)
    assert found.responses == ["know", "who_helps", "next_step"]
    assert {message.language for message in found.messages} == {language}
    bodies = [line for line in found.message("who_helps").text.splitlines() if line.startswith("•")]
    assert len(bodies) == len(guidance(load_concerns()[concern], "FR")) >= 2
    assert all(len(line.split(":", 1)[1]) > 15 for line in bodies)
    assert "Marseille" in found.message("next_step").text
    assert found.slots["concern"] == concern


@pytest.mark.parametrize("concern", CONCERNS)
def test_the_buttons_lead_on(concern: str) -> None:
    paths = {"/talk_to_advisor", "/ask_documentation", f'/ask_events{{"concern": "{concern}"}}'}
    assert paths | {"/find_nearest_cite"} == set(guided(concern).payloads)
    assert paths | {"/ask_opening_hours"} == set(guided(concern, "Marseille").payloads)


@pytest.mark.parametrize(
    "town", ["Marseille", "Liège", "Genève", "Milano", "Barcelona", "Porto", "Port-Louis", "Montréal"]
)
@pytest.mark.parametrize("concern", CONCERNS)
def test_the_bodies_are_those_of_the_persons_country(concern: str, town: str) -> None:
    country = where(town)["country"]
    shown = guided(concern, town).text
    for body in guidance(load_concerns()[concern], country):
        assert body.name in shown
    if country != "FR":
        assert not any(body.name in shown for body in guidance(load_concerns()[concern], "FR")
                       if body.name not in {each.name for each in guidance(load_concerns()[concern], country)})


def test_without_a_country_it_is_said_which_one_is_spoken_of() -> None:
    found = guided("change_job")
    assert found.responses[1] == "who_helps_perhaps"
    assert "en France" in found.text


@pytest.mark.parametrize(("language", "where_"), [("es", "España"), ("it", "Italia"), ("pt", "Portugal")])
def test_the_language_tells_which_country_is_likely(language: str, where_: str) -> None:
    assert where_ in guided("find_job", language=language).message("who_helps_perhaps").text


def test_overseas_has_the_bodies_of_france() -> None:
    found = guided("find_job", "Saint-Paul, La Réunion")
    assert "France Travail" in found.text


def test_the_nearest_cite_is_told_once_a_place_is_known() -> None:
    found = guided("find_training", "Aubagne")
    assert "Cité des métiers de Marseille" in found.message("next_step").text
    assert found.slots["cite"] == "marseille"


def test_a_far_cite_is_said_to_be_far() -> None:
    assert "loin" in guided("find_training", "Brest").message("next_step").text


def test_the_page_gives_the_cite_without_a_distance() -> None:
    found = answer(Guide(), said("find_training", "…", cite="demo"))
    assert "km" not in found.message("next_step").text
    assert found.slots["cite"] == "demo"


def test_an_ambiguous_place_is_asked_about_after_the_answer() -> None:
    found = answer(Guide(), said("find_job", "du boulot à Saint-Denis", [place("Saint-Denis")]))
    assert found.responses[0] == "know"
    assert found.responses[-1] == "which_place"
    assert found.slots["pending"]["ask"] == "place"


def test_no_fact_of_france_is_told_to_somebody_abroad() -> None:
    for concern in CONCERNS:
        for language in SPOKEN:
            assert "CPF" not in guided(concern, "Liège", language).message("know").text, concern


@pytest.mark.parametrize("language", SPOKEN)
@pytest.mark.parametrize("concern", CONCERNS)
def test_where_one_s_own_case_counts_a_person_is_offered_first(concern: str, language: str) -> None:
    found = guided(concern, "Marseille", language)
    offered = found.payloads[0] == "/talk_to_advisor"
    assert offered is (load_concerns()[concern].advisor == "soon")
    assert (Catalogue.load().text("utterances.utter_advisor_soon", language) in found.text) is offered


def test_whoever_has_left_school_is_offered_a_person_first_whatever_the_concern() -> None:
    for text, first in [("j'ai arrêté le lycée, quelle formation ?", True), ("quelle formation ?", False)]:
        found = answer(Guide(), said("find_training", text))
        assert (found.payloads[0] == "/talk_to_advisor") is first
