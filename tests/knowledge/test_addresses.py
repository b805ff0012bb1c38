"""Street addresses in a message: what is certainly one, and that nothing else is ever taken."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.knowledge.addresses import address_in
from bot.knowledge.text import fold


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("12 rue Pasteur, Lyon", "12 rue Pasteur, Lyon"),
        ("j'habite au 12 bis rue de la Paix à Trifouilly et je cherche", "12 bis rue de la Paix à Trifouilly"),
        ("Je suis 3, place de l'Église 01250 Corveissiat. Mon nom", "3, place de l'Église 01250"),
        ("3 avenue Jean Jaurès 69007 Lyon, je m'appelle Zoé", "3 avenue Jean Jaurès 69007 Lyon"),
        ("3 chemin du Moulin, Vauxbuisson-le-Haut et je suis Zoé", "3 chemin du Moulin, Vauxbuisson-le-Haut"),
        ("chemin des Vignes 14, 1242 Satigny", "chemin des Vignes 14, 1242 Satigny"),
        ("I live at 221b Baker Street in Dicker because of work", "221b Baker Street in Dicker"),
        ("calle Mayor 5, 28013 Villarriba, y busco trabajo", "calle Mayor 5, 28013"),
        ("abito in via Roma 10 a Borgosotto", "via Roma 10 a Borgosotto"),
        ("moro na rua das Flores 33, em Aldeiazinha", "rua das Flores 33, em Aldeiazinha"),
        ("ich wohne Hauptstraße 7 in Kleinstadt und suche", "Hauptstraße 7 in Kleinstadt"),
        ("Kerkstraat 12 te Dorpje", "Kerkstraat 12 te Dorpje"),
        ("12 rue pasteur 69007 [phone]", "12 rue pasteur 69007"),
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
        "12 rue Pasteur",
        "Paris 11e",
        "ma strada",
        "I took the wrong road",
        "12 rue Pasteur Marie Dupont",
        "12 rue Pasteur, Marie Dupont",
        "12 rue Pasteur chez Marie Dupont à Trifouilly",
        "12 rue Pasteur demandez à Marie",
        "12 rue pasteur demandez à marie",
        "il m'a frappée 3 place de mon mari à Lille",
        "3 place pour mon fils handicapé à Lyon",
        "j'ai fait 2 ans de prison, place à Lyon",
        "I lost 3 jobs on the street in London",
        "12 rue Pasteur à pied",
        "12 rue Pasteur - Marie à Trifouilly",
        "12 rue Pasteur à côté de Zoé",
    ],
)
def test_not_found(text: str) -> None:
    assert address_in(text) is None


_PRIVATE = ["Marie", "Dupont", "Zoé", "violent", "enceinte", "dépression", "mari", "Müller", "García"]
_STREETS = ["12 rue Pasteur", "3 place de la Paix", "via Roma 10", "Hauptstraße 7", "5 Baker Street", "8 av Jean Bart"]
_TOWNS = ["", " à Trifouilly", " 69007 Lyon", ", 69007", ", Vauxbuisson-le-Haut", " in Kleinstadt", ", Lyon"]
_BETWEEN = [" ", ", ", ". ", " et je suis ", " chez ", " c'est ", " because I am ", ", je m'appelle ", "\n", " - "]
_MIXED = ["3", "12", "rue", "place", "à", "de", "la", "69007", "chez", "Marie", ",", ".", "je", "Baker", "street"]


@given(
    st.lists(st.sampled_from(_PRIVATE), max_size=4),
    st.sampled_from(_BETWEEN),
    st.sampled_from(_STREETS),
    st.sampled_from(_BETWEEN + [""]),
    st.lists(st.sampled_from(_PRIVATE), max_size=2),
    st.sampled_from(_TOWNS),
    st.sampled_from(_BETWEEN),
    st.lists(st.sampled_from(_PRIVATE), max_size=4),
)  # fmt: skip
def test_no_name_and_no_trouble_ever_leaves(
    first: list[str], a: str, street: str, b: str, inside: list[str], town: str, c: str, last: list[str]
) -> None:
    middle = b + " ".join(inside) if inside else ""
    found = address_in(" ".join(first) + a + street + middle + town + c + " ".join(last))
    leaked = set(fold(found or "").split()) & {fold(word) for word in _PRIVATE}
    # Of "12 rue Pasteur Marie à Lyon", nobody can tell that it is not the street of a Pasteur Marie. Written without a
    # blank, the first word is part of the street's last one.
    after = inside if b else inside[1:]
    assert not leaked or len(set(after)) == 1 and leaked == {fold(after[0])} and b in (" ", "")


@given(st.text(max_size=500))
def test_it_is_always_a_short_part_of_the_text(text: str) -> None:
    found = address_in(text)
    assert found is None or found in text
    assert found is None or not set(found) & set(".!?;\n:[]()")


@given(st.lists(st.sampled_from(_MIXED), max_size=12))
def test_words_in_any_order_give_nothing_that_is_not_numbered_and_placed(words: list[str]) -> None:
    found = address_in(" ".join(words))
    assert found is None or not {"je", "chez"} & set(found.split())
    assert found is None or any(word.isdigit() for word in found.split())


def test_a_long_message_is_not_sent_whole() -> None:
    assert address_in("12 rue des Lilas " + "mot " * 60) is None
