"""Which Cité a structure is: by name and town; look-alikes and doubts are told, never guessed."""

from __future__ import annotations

import pytest

from bot.knowledge.cites import load_cites
from bot.knowledge.imports.recognition import Clue, recognise

CITES = load_cites()


def told(
    name: str, town: str | None = None, postcode: str | None = None, *types: str
) -> tuple[str, str | None, str | None]:
    verdict = recognise(Clue(name, town, postcode, types=frozenset(types)), CITES)
    if verdict is None:
        return ("nothing", None, None)
    return (verdict.kind, verdict.cite.id if verdict.cite else ",".join(verdict.candidates) or None, verdict.town)


@pytest.mark.parametrize(
    ("name", "town", "postcode", "cite"),
    [
        ("Cité des métiers de Limoges", "Limoges", "87000", "limoges"),
        ("CITE DES METIERS DE LIMOGES", "LIMOGES CEDEX 1", "87000", "limoges"),
        ("Cite-des-Metiers", "Limoges", "87100", "limoges"),
        ("CDM Limoges", "Limoges", "87000", "limoges"),
        ("Cités des Métiers du Limousin", "Limoges", "87000", "limoges"),
        (
            "Association Cité des métiers de Marseille et de Provence-Alpes-Côte d'Azur",
            "Marseille",
            "13002",
            "marseille",
        ),
        ("Cité des métiers", "Marseille 2e Arrondissement", "13002", "marseille"),
        ("Cité des métiers de Paris", "Paris", "75019", "paris"),
        ("La Cité des Métiers de Saint-Quentin-en-Yvelines", "Trappes", "78190", "saint-quentin-en-yvelines"),
        ("Cité des métiers de St-Quentin", "Saint-Quentin", "02100", "saint-quentin-aisne"),
        ("Cité des métiers du Val-de-Marne", "Choisy-le-Roi", "94600", "val-de-marne"),
        ("Cité des métiers du Bas-Rhin", "Strasbourg", "67000", "bas-rhin"),
        ("Cité des métiers de la Réunion", "Saint-Pierre", "97410", "la-reunion"),
    ],
)
def test_a_cite_by_its_name_and_town(name: str, town: str, postcode: str, cite: str) -> None:
    assert told(name, town, postcode) == ("cite", cite, None)


@pytest.mark.parametrize(
    ("name", "town", "postcode", "cite", "centre"),
    [
        ("Cité des métiers de Gap", "GAP", "05000", "marseille", "Gap"),
        ("Cité des métiers de Marseille - Antenne de Martigues", "Martigues", "13500", "marseille", "Martigues"),
        ("Centre associé Cité des métiers", "Annemasse", "74100", "geneve", "Annemasse"),
        ("Cité des métiers de Marseille, point relais", "Digne-les-Bains", "04000", "marseille", "Digne-les-Bains"),
        ("Cité des métiers", "Aulnay-sous-Bois", "93600", "grand-roissy-le-bourget", "Aulnay-sous-Bois"),
    ],
)
def test_an_associated_centre(name: str, town: str, postcode: str, cite: str, centre: str) -> None:
    assert told(name, town, postcode) == ("centre", cite, centre)


@pytest.mark.parametrize(
    ("name", "town", "postcode", "candidates"),
    [
        ("Cité des métiers de Marseille", "Lyon", "69001", "marseille"),
        ("Cité des métiers de Marseille", "Limoges", "87000", "marseille,limoges"),
        ("Cité des métiers de Marseille", None, None, "marseille"),
        ("Apec à la Cité des métiers de Marseille", "Marseille", "13002", "marseille"),
        ("Cité des métiers d'art", "Limoges", "87000", "limoges"),
        ("Antenne de la Cité des métiers", "Limoges", "87000", "limoges"),
        ("Cité des métiers de Marseille", "Annemasse", "74100", "marseille,geneve"),
        ("Cité des métiers de Saint-Pierre", "Saint-Pierre", "67140", "la-reunion,bas-rhin"),
        ("Cité des métiers", "Strasbourg", "67000", "bas-rhin"),
    ],
)
def test_a_doubt_is_told_with_who_it_may_be(name: str, town: str | None, postcode: str | None, candidates: str) -> None:
    assert told(name, town, postcode) == ("ambiguous", candidates, None)


@pytest.mark.parametrize(
    "name",
    [
        "Cité de l'emploi de Marseille",
        "Cités de l'Emploi",
        "Cité des Métiers et des Compétences",
        "Maison des métiers de Limoges",
        "Campus des Métiers et des Qualifications",
        "Salon La Cité des métiers",
        "Parking Cité des métiers",
    ],
)
def test_look_alikes_are_told_apart(name: str) -> None:
    assert told(name, "Marseille", "13002")[0] == "look_alike"


def test_one_that_the_directory_does_not_have() -> None:
    assert told("Cité des métiers de Lens", "Lens", "62300") == ("absent", None, None)
    assert told("CDM", "Lens", "62300")[0] == "look_alike"


def test_the_type_of_older_releases_stands_for_the_name() -> None:
    assert told("Cité des métiers PACA", "Marseille", "13002", "CITMET")[:2] == ("cite", "marseille")
    assert told("Espace Marseille", "Marseille", "13002", "CITMET")[:2] == ("ambiguous", "marseille")
    assert told("Espace Marseille", "Marseille", "13002", "CCAS")[0] == "nothing"


@pytest.mark.parametrize(
    "name", ["Mission locale de Marseille", "Centre de formation aux métiers", "Cité scolaire", ""]
)
def test_nothing_of_a_cite(name: str) -> None:
    assert told(name, "Marseille", "13002")[0] == "nothing"
    assert not Clue(name).worth_a_look


def test_the_demonstration_is_never_recognised() -> None:
    assert told("Cité des métiers de démonstration", "Demo")[0] == "absent"


def test_a_point_alone_places_a_structure() -> None:
    limoges = CITES["limoges"]
    assert limoges.lat is not None and limoges.lon is not None
    near = recognise(Clue("Cité des métiers", lat=limoges.lat + 0.01, lon=limoges.lon), CITES)
    assert near is not None and near.cite is limoges
