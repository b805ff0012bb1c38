"""Misspelt names: what is forgiven, and what is not guessed."""

from __future__ import annotations

import pytest

from bot.knowledge import places


@pytest.mark.parametrize(
    ("text", "country", "name"),
    [
        *(("cherbour", "FR", "Cherbourg-en-Cotentin"), ("roubais", "BE", "Roubaix"), ("anemasse", "CH", "Annemasse")),
        *(("lisbone", "FR", "Lisboa"), ("marakech", None, "Marrakesh"), ("vilefranche sur saone", "FR", None)),
        *(("waremne", "BE", "Waremme"), ("maubege", "BE", "Maubeuge"), ("tourcouin", "BE", "Tourcoing")),
        ("villefranch", "FR", None),
        *(("siant-nazaire", "FR", "Saint-Nazaire"), ("sainnt denis", "RE", "Saint-Denis")),
        *(("siante-marie", "RE", "Sainte-Marie"), ("fort-dee-france", "MQ", "Fort-de-France")),
        *(("nmaur", "BE", "Namur"), ("tuors", "FR", "Tours")),
    ],
)
def test_a_slip_in_a_name_is_forgiven(text: str, country: str | None, name: str | None) -> None:
    found = places.find(text, country)
    assert found
    assert name is None or found.place and found.place.name == name


@pytest.mark.parametrize("text", ["boltierre", "vaize", "waremne", "paillacco"])
def test_a_slip_is_not_taken_for_a_small_or_distant_town_abroad(text: str) -> None:
    found = places.find(text, "FR")
    assert found.place is None or found.place.country == "FR"


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("j'habite à Siant-Nazaire", "Saint-Nazaire"),
        ("une formation de sante à Brest", "Brest"),
        ("santé, Denis", None),
    ],
)
def test_a_slip_in_saint_is_forgiven_in_a_sentence(text: str, name: str | None) -> None:
    assert [span.found.place and span.found.place.name for span in places.spans(text)] == ([name] if name else [])
