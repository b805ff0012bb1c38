"""Districts of the three French cities by their number, told from days of the month."""

from __future__ import annotations

import pytest

from bot.knowledge.places import spans


def named(text: str) -> list[str]:
    return [span.found.place.name for span in spans(text) if span.found.place]


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("on the 14th in Paris", "Paris"),
        ("what's on the 14th of December in Paris?", "Paris"),
        ("are you open the 2nd in Lyon?", "Lyon"),
        ("qu'est-ce qu'il y a le 14 à Paris ?", "Paris"),
        ("est-ce ouvert le 1er à Lyon ?", "Lyon"),
        ("vous êtes ouverts à Paris le 1er ?", "Paris"),
        ("à Paris le 1er mai", "Paris"),
        ("Paris 1er mai", "Paris"),
        ("événements du 1er à Marseille", "Marseille"),
        ("no dia 14 em Paris", "Paris"),
        ("el 14 en París", "Paris"),
    ],
)
def test_a_day_is_no_district(text: str, wanted: str) -> None:
    assert named(text) == [wanted]


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("I live in the 15th in Paris", "Paris 15e"),
        ("the 15th arrondissement in Paris", "Paris 15e"),
        ("the 2nd in Lyon", "Lyon 2e"),
        ("paris 15th", "Paris 15e"),
        ("le 14e à Paris", "Paris 14e"),
        ("le 13e à Marseille", "Marseille 13e"),
        ("j'habite dans le 1er à Lyon", "Lyon 1er"),
        ("à Lyon, dans le 1er", "Lyon 1er"),
        ("Lyon 1er", "Lyon 1er"),
        ("Paris, dans le 15e", "Paris 15e"),
    ],
)
def test_a_district_stays_one(text: str, wanted: str) -> None:
    assert named(text) == [wanted]
