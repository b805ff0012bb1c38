"""Street addresses with a house's number, as written in the network's countries; streets and numbers that stay."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot.privacy.redaction import redact

_EXAMPLES = Path(__file__).parents[2] / "data" / "nlu"

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
    ("mon adresse 12bis rue Pasteur 13001 Marseille", "mon adresse [address] 13001 Marseille"),
    ("3ter impasse des Roses", "[address]"),
    ("12 BIS RUE PASTEUR, 13001 MARSEILLE", "[address], 13001 MARSEILLE"),
    ("12/14 rue Pasteur", "[address]"),
    ("12 - 14 rue Pasteur", "[address]"),
    ("12 bis-14 rue Pasteur", "[address]"),
    ("Chaussée de Wavre 12-14, 1050 Ixelles", "[address], 1050 Ixelles"),
    ("au 12 cité Bergère", "au [address]"),
    ("16 ter rue du Faubourg Saint-Martin, 75010 Paris", "[address], 75010 Paris"),
    ("rue du Faubourg du Temple 12", "[address]"),
    ("Av. Los Aromos #456, Maipú", "[address], Maipú"),
    ("calle los aromos nro 456", "[address]"),
    ("calle Los Aromos Nro. 456", "[address]"),
    ("Hauptstraße 12, 4052 Basel", "[address], 4052 Basel"),
    ("Berliner Straße 12", "[address]"),
    ("3 imp. des Roses", "[address]"),
    ("5 all. des Tilleuls à Caen", "[address] à Caen"),
    ("12 fbg Saint Honoré", "[address]"),
    ("5 Grande Rue", "[address]"),
    ("5 Grande Rue de la Guillotière à Lyon", "[address] à Lyon"),
    ("Grand-Place 1, 7500 Tournai", "[address], 7500 Tournai"),
    ("Royal Road 12, Rose Hill", "[address], Rose Hill"),
    ("l.go Garibaldi 4", "[address]"),
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
    "cité Liège 4000",
    "cité Bruxelles 1070",
    "Cité Genève 1204",
    "cité Charleroi 6000",
    "cité des métiers de Paris 19",
    "13001 cité des métiers ?",
    "la cité la plus proche de 69003",
    "1 cité à Liège, 2 cités à Bruxelles",
    "12 Cité Liège",
    "we are 3 all looking for work",
    "alle 3 all'ufficio",
    "Google Drive 12 Go",
    "a job on the High Street, 3 days a week",
    "en 2019/2020 cours du soir",
]


@pytest.mark.parametrize(("text", "masked"), MASKED)
def test_addresses_are_masked_and_the_town_stays(text: str, masked: str) -> None:
    assert redact(text).text == masked


@pytest.mark.parametrize("text", STAYS)
def test_streets_and_numbers_apart_stay(text: str) -> None:
    assert redact(text).text == text


@pytest.mark.parametrize("path", sorted(_EXAMPLES.glob("*/find_nearest_cite.yml")), ids=lambda path: path.parent.name)
def test_who_asks_for_the_nearest_cite_keeps_the_town_and_the_postcode(path: Path) -> None:
    examples = [line for line in path.read_text("utf-8").splitlines() if line.startswith("    - ")]
    assert examples
    assert [text for text in examples if "address" in redact(text).kinds] == []
