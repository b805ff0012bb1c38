"""The components that rank again: bare information, and distress first."""

from __future__ import annotations

from typing import Any

import pytest
import yaml
from hypothesis import example, given
from hypothesis import strategies as st
from rasa.shared.nlu.training_data.message import Message

from bot.knowledge.paths import ROOT
from bot.nlu.bare_information import BareInformation, is_bare
from bot.nlu.both_requests import ALSO, BothRequests
from bot.nlu.date_extractor import DateExtractor
from bot.nlu.distress_first import DistressFirst
from bot.nlu.intent_classifier import REQUESTS
from bot.nlu.occupation_extractor import OccupationExtractor
from bot.nlu.place_extractor import PlaceExtractor

from .components import created, message, ranked

EXTRACTORS = [created(component) for component in (PlaceExtractor, DateExtractor, OccupationExtractor)]
BARE, DISTRESS = created(BareInformation), created(DistressFirst, threshold=0.2)


def extracted(text: str, *ranking: tuple[str, float], **metadata: Any) -> Message:
    """A message with the entities that the pipeline finds in it."""
    found = ranked(text, *ranking) if ranking else message(text, **metadata)
    for component in EXTRACTORS:
        component.process([found])
    return found


def order(found: Message) -> list[str]:
    return [entry["name"] for entry in found.get("intent_ranking")]


def total(found: Message) -> float:
    return float(sum(entry["confidence"] for entry in found.get("intent_ranking")))


@pytest.mark.parametrize(
    "text",
    [
        "Lyon", "à Lyon", "je suis à Villeurbanne", "69100", "j'habite en Suisse", "samedi", "le 12 décembre",
        "coiffeuse", "Marseille, samedi", "I live in Porto", "soy de Barcelona", "sono di Milano", "moro em Cascais",
        "ich wohne in Genf", "ik woon in Luik", "Lyon !", "(Lyon)", "c'est à Namur",
    ],
)  # fmt: skip
def test_nothing_but_information(text: str) -> None:
    found = extracted(text, ("find_nearest_cite", 0.7), ("inform", 0.2), ("greet", 0.1))
    assert is_bare(found), found.get("entities")
    BARE.process([found])
    assert order(found) == ["inform", "find_nearest_cite", "greet"]
    assert found.get("intent") == found.get("intent_ranking")[0]
    assert total(found) == pytest.approx(1.0)


@pytest.mark.parametrize(
    "text",
    [
        "Lyon ?", "c'est ouvert à Lyon", "une formation à Namur", "je cherche samedi", "bonjour", "merci", "",
        "coiffeuse, combien ça gagne", "où à Lyon", "horaires Lyon", "changer de métier à Lyon",
    ],
)  # fmt: skip
def test_more_than_information(text: str) -> None:
    found = extracted(text, ("find_nearest_cite", 0.7), ("inform", 0.3))
    BARE.process([found])
    assert order(found) == ["find_nearest_cite", "inform"]


def test_without_a_ranking_nothing_is_done() -> None:
    for found in (message("Lyon"), message(None), ranked("Lyon")):
        BARE.process([found])
        DISTRESS.process([found])
        assert not found.get("intent_ranking")


def test_inform_is_added_when_the_classifier_does_not_know_it() -> None:
    found = extracted("Lyon", ("greet", 1.0))
    BARE.process([found])
    assert order(found) == ["inform", "greet"]
    assert total(found) == pytest.approx(1.0)


def test_distress_comes_first_from_its_threshold_on() -> None:
    found = ranked("…", ("change_job", 0.6), ("express_distress", 0.25), ("greet", 0.15))
    DISTRESS.process([found])
    assert order(found) == ["express_distress", "change_job", "greet"]
    assert [entry["confidence"] for entry in found.get("intent_ranking")] == pytest.approx([0.95, 0.04, 0.01])
    assert found.get("intent") == found.get("intent_ranking")[0]


def test_no_fallback_asks_again_after_distress() -> None:
    """The first of a long unsure ranking may be far below the threshold of the fallback."""
    found = ranked("…", ("express_distress", 0.3), ("change_job", 0.28), ("find_job", 0.2))
    DISTRESS.process([found])
    assert found.get("intent")["confidence"] == 0.95


@pytest.mark.parametrize(
    "text",
    [
        "je cherche un cv mais franchement je veux en finir avec la vie", "JE VEUX MOURIR", "i want to kill myself",
        "un corso? voglio morire", "no quiero vivir, ¿a qué hora abren?", "quero morrer", "ik wil dood",
        "ich will nicht mehr leben.", "vull morir", "mon mari me frappe et je cherche du travail", "elle veut mourir",
    ],
)  # fmt: skip
def test_words_that_leave_no_doubt_are_heard_however_sure_the_rest_is(text: str) -> None:
    found = ranked(text, ("prepare_application", 0.99), ("express_distress", 0.001))
    DISTRESS.process([found])
    assert order(found)[0] == "express_distress"


@pytest.mark.parametrize(
    "text",
    [
        "ce CV me tue", "mon job m'ennuie à mourir", "je suis mort de fatigue", "j'ai mal au ventre",
        "this is killing me", "travailler dans la prévention du suicide", "mi ammazzo di lavoro", "me muero de hambre",
        "estou morto de cansaço",
    ],
)  # fmt: skip
def test_figures_of_speech_are_not(text: str) -> None:
    found = ranked(text, ("change_job", 0.9), ("express_distress", 0.05))
    DISTRESS.process([found])
    assert order(found)[0] == "change_job"


def test_below_its_threshold_it_does_not() -> None:
    found = ranked("…", ("change_job", 0.75), ("express_distress", 0.19), ("greet", 0.06))
    DISTRESS.process([found])
    assert order(found)[0] == "change_job"


def test_the_threshold_is_a_setting() -> None:
    found = ranked("…", ("change_job", 0.8), ("express_distress", 0.15))
    created(DistressFirst, threshold=0.1).process([found])
    assert order(found)[0] == "express_distress"
    found = ranked("…", ("change_job", 0.8), ("express_distress", 0.2))
    created(DistressFirst).process([found])
    assert order(found)[0] == "express_distress"


_RANKINGS = st.lists(
    st.tuples(st.sampled_from(["express_distress", "inform", "greet", "find_job"]), st.floats(0, 1)),
    unique_by=lambda entry: entry[0], min_size=1,
).map(lambda entries: sorted(entries, key=lambda entry: -entry[1]))  # fmt: skip


@given(_RANKINGS)
@example([("express_distress", 1.0), ("inform", 2.225073858507e-311)])
def test_a_ranking_stays_a_ranking(ranking: list[tuple[str, float]]) -> None:
    found = ranked("…", *ranking)
    DISTRESS.process([found])
    confidences = [entry["confidence"] for entry in found.get("intent_ranking")]
    assert confidences == sorted(confidences, reverse=True)
    assert set(order(found)) == {name for name, _ in ranking}
    assert all(0 <= confidence <= 1 for confidence in confidences)


BOTH = created(BothRequests, asked_together=["ask_cost", "ask_opening_hours"])


def asking(*requests: str, ranking: tuple[tuple[str, float], ...]) -> Message:
    """A message in which the classifier noted two requests."""
    found = ranked("…", *ranking)
    found.set(REQUESTS, requests)
    BOTH.process([found])
    return found


@pytest.mark.parametrize(
    ("requests", "first", "also"),
    [
        (("ask_cost", "ask_opening_hours"), "ask_cost", ["ask_opening_hours"]),
        (("create_business", "ask_cost"), "create_business", ["ask_cost"]),
        (("inform", "find_job"), "find_job", []),  # one half only informs
        (("find_job", "find_training"), "ask_opening_hours", []),  # two concerns are rather one, hard to read
        (("ask_cost", "complain"), "ask_opening_hours", []),
    ],
)
def test_what_is_asked_first_comes_first_and_the_other_is_told(
    requests: tuple[str, str], first: str, also: list[str]
) -> None:
    found = asking(*requests, ranking=(("ask_opening_hours", 0.6), ("ask_cost", 0.4)))
    assert order(found)[0] == first
    assert [entity["value"] for entity in found.get("entities") if entity["entity"] == ALSO] == also


def test_nothing_is_put_before_distress() -> None:
    found = asking("ask_cost", "ask_opening_hours", ranking=(("express_distress", 0.95), ("ask_cost", 0.05)))
    assert order(found) == ["express_distress", "ask_cost"]
    assert found.get("entities") == []


def test_in_our_pipeline_distress_is_heard_before_two_requests_are_settled() -> None:
    names = [part["name"].rsplit(".", 1)[-1] for part in yaml.safe_load((ROOT / "config.yml").read_text())["pipeline"]]
    assert names.index("FourReaders") < names.index("DistressFirst") < names.index("BothRequests")
    assert names.index("BothRequests") < names.index("FallbackClassifier")
