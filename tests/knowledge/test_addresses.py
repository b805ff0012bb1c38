"""Street addresses in a message: what is one, and that nothing but it is taken."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.knowledge.addresses import address_in


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("12 rue Pasteur, Lyon", "12 rue Pasteur, Lyon"),
        ("j'habite au 12 bis rue de la Paix à Trifouilly et je cherche", "12 bis rue de la Paix à Trifouilly"),
        ("Je suis 3, place de l'Église 01250 Corveissiat. Mon nom", "3, place de l'Église 01250 Corveissiat"),
        ("chemin des Vignes 14, Satigny", "chemin des Vignes 14, Satigny"),
        ("I live at 221b Baker Street, Upper Dicker because of work", "221b Baker Street, Upper Dicker"),
        ("calle Mayor 5, Villarriba, y busco trabajo", "calle Mayor 5, Villarriba"),
        ("abito in via Roma 10, Borgo Sotto", "via Roma 10, Borgo Sotto"),
        ("moro na rua das Flores 33, Aldeia", "rua das Flores 33, Aldeia"),
        ("ich wohne Hauptstraße 7, Kleinstadt und suche", "Hauptstraße 7, Kleinstadt"),
        ("Kerkstraat 12 Dorpje", "Kerkstraat 12 Dorpje"),
        ("12 rue Pasteur, Lyon [phone]", "12 rue Pasteur, Lyon"),
    ],
)
def test_found(text: str, wanted: str) -> None:
    assert address_in(text) == wanted


@pytest.mark.parametrize(
    "text",
    [
        "",
        "12",
        "je suis à la rue",
        "je cherche ma place dans la société",
        "un cours de 12 heures",
        "3 cours de français",
        "une place dans 2 ans",
        "la route dure 45 minutes",
        "j'ai 45 ans et 3 enfants",
        "via internet",
        "place",
        "rue",
        "12 rue",
        "Paris 11e",
        "ma strada",
        "I took the wrong road",
    ],
)
def test_not_found(text: str) -> None:
    assert address_in(text) is None


@given(st.text(max_size=500))
def test_it_is_always_a_short_part_of_the_text(text: str) -> None:
    found = address_in(text)
    assert found is None or found in text
    assert found is None or not set(found) & set(".!?;\n:[]()")


def test_a_long_message_is_not_sent_whole() -> None:
    found = address_in("12 rue des Lilas " + "mot " * 60)
    assert found is not None and len(found.split()) == 12
