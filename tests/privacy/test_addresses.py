"""Street addresses with a house's number, as written in the network's countries; streets and numbers that stay."""

from __future__ import annotations

import pytest

from bot.privacy.redaction import redact

MASKED = [
    ("12 bis rue Pasteur et je cherche", "[address] et je cherche"),
    ("8 rue pasteur montreuil 93100", "[address] montreuil 93100"),
    ("12 rue du 8 mai 1945, 93200 Saint-Denis", "[address], 93200 Saint-Denis"),
    ("J'habite au 12, rue Notre-Dame.", "J'habite au [address]."),
    ("j'habite au 3 de la rue Pasteur", "j'habite au [address]"),
    ("22 rue de l'Hôtel-de-Ville à Beauvais", "[address] à Beauvais"),
    ("appartement 3, 12 place du marché, bât B", "[address]"),
    ("Boulevard Tirou 45/3 Charleroi", "[address] Charleroi"),
    ("Avenue de la Gare, 12, 1003 Lausanne", "[address], 1003 Lausanne"),
    ("Kerkstraat 12, 1000 Brussel", "[address], 1000 Brussel"),
    ("10 St James's Park Road", "[address]"),
    ("Apartment 5, 18 Saint Jean Road, Quatre Bornes", "[address], Quatre Bornes"),
    ("123 main st apt 4", "[address]"),
    ("1250 René-Lévesque Blvd West, Montréal", "[address], Montréal"),
    ("Avda. de la Constitución, 24, 2ºB", "[address]"),
    ("calle mayor número 3 en Irun", "[address] en Irun"),
    ("calle 5 de mayo 33", "[address]"),
    ("Av. Vicuña Mackenna 4860, Macul", "[address], Macul"),
    ("via Mazzini 14 a Treviso", "[address] a Treviso"),
    ("via dei mille 21 int. 2", "[address]"),
    ("Rua Augusta, 123, 2.º esq, 1100-053 Lisboa", "[address], 1100-053 Lisboa"),
    ("Avenida 25 de Abril, n.º 8", "[address]"),
]
STAYS = [
    "rue de la République à Marseille, c'est ouvert ?",
    "rendez-vous rue Nationale à 14h30",
    "rue Nationale 12 mars",
    "2 cours de français, 1 place en formation",
    "5 min de route de la gare",
    "un cours d'étalage, 1 100 euros",
    "Rose Hill form 4 à Rose Hill",
    "10 years on the road, 3 jobs in one place",
    "via mail 2 volte",
    "corso OSS 1000 ore",
    "dopo le 17 c'è ancora qualcuno?",
    "rua Augusta 1100-053 Lisboa",
    "69003 Lyon, 1204 Genève",
]


@pytest.mark.parametrize(("text", "masked"), MASKED)
def test_addresses_are_masked_and_the_town_stays(text: str, masked: str) -> None:
    assert redact(text).text == masked


@pytest.mark.parametrize("text", STAYS)
def test_streets_and_numbers_apart_stay(text: str) -> None:
    assert redact(text).text == text
