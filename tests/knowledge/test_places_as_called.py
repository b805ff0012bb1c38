"""Places by what people call them (islands, quarters, nicknames), and as they write it (figures, initials)."""

from __future__ import annotations

import pytest

from bot.knowledge import places


@pytest.mark.parametrize(
    ("text", "country", "name", "admin"),
    [
        *(("ile de re", "FR", "Île de Ré", "Charente-Maritime"), ("île d'oléron", None, "Île d'Oléron", None)),
        *(("a noirmoutier", "FR", "Noirmoutier-en-l'Île", "Vendée"), ("belle-ile", "FR", "Belle-Île-en-Mer", None)),
        *(("ste clotilde", "RE", "Sainte-Clotilde", "La Réunion"), ("minorque", "FR", "Menorca", None)),
        *(("chiloé", "CL", "Chiloé", None), ("black river", "MU", "Rivière Noire", None)),
        *(("wazemmes", "FR", "Wazemmes", "Nord"), ("le mirail", None, "Le Mirail", "Haute-Garonne")),
        *(("au mirail", "FR", "Mirail", None), ("au neudorf", "FR", "Neudorf", "Bas-Rhin")),
        *(("les minguettes", "FR", "Les Minguettes", "Rhône"), ("poblenou", "ES", "El Poblenou", None)),
        *(("porte de versailles", "FR", "Porte de Versailles", "Paris"), ("pigalle", "FR", "Pigalle", "Paris")),
        *(("la ville rose", "FR", "Toulouse", None), ("la cite phoceenne", None, "Marseille", None)),
        *(("sainté", "FR", "Saint-Étienne", "Loire"), ("st-é", "FR", "Saint-Étienne", "Loire")),
        *(("porte d'italie", "FR", "Porte d'Italie", "Paris"), ("rouyn", "CA", "Rouyn-Noranda", None)),
        *(("dans le 9-5", "FR", "Val-d'Oise", None), ("neuf un", "FR", "Essonne", None)),
    ],
)
def test_what_people_call_a_place(text: str, country: str | None, name: str, admin: str | None) -> None:
    place = places.find(text, country).place
    assert place is not None
    assert place.name == name
    assert admin is None or place.admin == admin


@pytest.mark.parametrize(
    ("text", "country", "name"),
    [
        *(("3 rivieres", "CA", "Trois-Rivières"), ("les 3 ilets", "MQ", "Les Trois-Îlets")),
        *(("4 bornes", "MU", "Quatre Bornes"), ("3-bassins", "RE", "Les Trois-Bassins")),
        *(("st paul 3 chateaux", "FR", "Saint-Paul-Trois-Châteaux"), ("2 montagnes", "CA", "Deux-Montagnes")),
        *(("dans les 2 sevres", "FR", "Deux-Sèvres"), ("6 fours", "FR", "Six-Fours-les-Plages")),
    ],
)
def test_a_number_in_a_name_may_be_written_in_figures(text: str, country: str, name: str) -> None:
    place = places.find(text, country).place
    assert place is not None
    assert place.name == name


def test_a_number_in_a_name_in_a_sentence() -> None:
    assert [span.text for span in places.spans("je vis à 3 rivières au québec")][0] == "3 rivières"
    assert not places.spans("j'ai 3 enfants et 2 diplômes")


@pytest.mark.parametrize(
    ("text", "country", "name"),
    [("s. joão da madeira", "PT", "São João da Madeira"), ("S.Giovanni Lupatoto", "IT", "San Giovanni Lupatoto")],
)
def test_a_saint_may_be_an_initial(text: str, country: str, name: str) -> None:
    place = places.find(text, country).place
    assert place is not None
    assert place.name == name


@pytest.mark.parametrize(
    "text", ["je veux travailler aux USA", "je vais aux usa", "trabajar en usa", "work in the usa", "vengo dagli USA"]
)
def test_a_country_by_its_initials(text: str) -> None:
    assert [span.found.place and span.found.place.country for span in places.spans(text)] == ["US"]


@pytest.mark.parametrize("text", ["como se usa isto", "lui usa il computer", "g besoin de lavis de qqn", "mon CV"])
def test_words_that_are_written_like_a_country_or_a_town(text: str) -> None:
    assert places.spans(text) == []
