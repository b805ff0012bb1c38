"""Look-alikes: recognised in a message, sourced, worded, and refused with line and mend when they are wrong."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot.knowledge.catalogue import SPOKEN, Catalogue
from bot.knowledge.cites import load_cites
from bot.knowledge.errors import DataErrors
from bot.knowledge.look_alikes import FILE, find_look_alike, load_look_alikes, wording_faults


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("C'est quand le SALON de la Cité des métiers ?", "geneve_expo"),
        ("la cité des métiers, l'expo", "geneve_expo"),
        ("cite des metiers geneve salon 2026", "geneve_expo"),
        ("Cité des métiers et des compétences Souss-Massa", "cmc_morocco"),
        ("la CMC au Maroc", "cmc_morocco"),
        ("cites de l’emploi", "cites_emploi"),
        ("Cité des Compagnons à Champigny", "cite_artisanale"),
        ("piazza dei mestieri milano", "piazza_mestieri"),
        ("la cité éducative", "cite_educative"),
        ("salone Orientamenti a Genova", "orientamenti"),
        ("cité de la musique", "other_cite"),
        ("y a-t-il une cité de l'emploi près de chez moi ?", "cites_emploi"),
        ("C'est où, la cité de l'emploi la plus proche ?", "cites_emploi"),
        ("je ne suis pas d'ici. où est le salon de la cité des métiers ?", "geneve_expo"),
        ("quando apre la Piazza dei Mestieri, per favore?", "piazza_mestieri"),
    ],
)
def test_recognised(text: str, wanted: str) -> None:
    found = find_look_alike(text)
    assert found is not None and found.id == wanted


@pytest.mark.parametrize(
    "text",
    [
        "",
        "la cité des métiers de Genève est ouverte ?",
        "un salon des métiers à Lyon",
        "je cherche un emploi dans la cité",
        "orientamenti per mio figlio",
        "la cité des sciences",
        "quelle différence avec la cité des métiers, et la cité de l'emploi, c'est pareil que la cité des métiers ?",
        "quand est le salon de la Cité des métiers de Marseille ?",
        "La Cité des métiers de Genève, est-ce que c'est près de Palexpo ?",
        "ma cité. Emploi, formation : où aller ?",
    ],
)
def test_not_recognised(text: str) -> None:
    assert find_look_alike(text) is None


@pytest.mark.parametrize(
    "text",
    [
        "j'ai visité le salon Cité des métiers de Genève, où est la Cité la plus proche ?",
        "J'étais hier à la cité de l'emploi. Vous ouvrez quand ?",
        "la cité de l'emploi m'a envoyée, où est-ce que je peux aller ?",
        "La cité éducative, non merci, je veux voir une conseillère chez vous",
        "j'habite derrière la cité éducative",
        "I went to the Cité de l'emploi but where is your place?",
        "I live near the Cité éducative, what is around?",
        "estuve en la Piazza dei Mestieri, ¿dónde hay algo en Milán?",
        "abito vicino alla Piazza dei Mestieri",
        "moro ao lado da Cité de la musique",
        "ich war in der Cité de l'emploi, wo seid ihr?",
        "ik was in de Cité de l'emploi",
        "he estat a la Piazza dei Mestieri",
        "je cherche un conseiller, pas la cité de l'emploi",
    ],
)
def test_what_is_only_mentioned_is_left_alone(text: str) -> None:
    assert find_look_alike(text) is None


@pytest.mark.parametrize("text", ["c'est quand le salon de la cité des métiers ?", "la cité des métiers expo"])
def test_what_may_be_said_of_a_real_cite_is_told_apart_only_where_the_other_is(text: str) -> None:
    assert find_look_alike(text, "FR") is None
    assert find_look_alike(text, "CH") is find_look_alike(text) is not None


def test_a_full_name_is_recognised_from_any_country() -> None:
    found = find_look_alike("les cités des métiers et des compétences", "FR")
    assert found is not None and found.id == "cmc_morocco"


def test_no_name_of_a_cite_is_taken_for_a_look_alike() -> None:
    for cite in load_cites().values():
        for name in (*cite.names.values(), *cite.also_called, f"Cité des métiers de {cite.city}"):
            assert find_look_alike(name) is None, name


def test_each_is_sourced_and_worded_in_every_language() -> None:
    words = Catalogue.load()
    assert wording_faults(words) == []
    for one in load_look_alikes():
        assert one.source and one.checked_on.year >= 2026
        assert all(words.has(f"look_alikes.{one.id}", language) for language in SPOKEN)


def _changed(tmp_path: Path, old: str, new: str) -> Path:
    file = tmp_path / "look_alikes.yml"
    text = FILE.read_text("utf-8")
    assert old in text
    file.write_text(text.replace(old, new, 1), "utf-8")
    return file


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ("near: geneve", "near: atlantis", 'there is no Cité "atlantis"'),
        ("near: geneve", "nearby: geneve", '"nearby" is not known'),
        ("checked_on: 2026-11-22", "checked_on: yesterday", "form"),
    ],
)
def test_a_wrong_file_names_its_line_and_mend(tmp_path: Path, old: str, new: str, message: str) -> None:
    file = _changed(tmp_path, old, new)
    with pytest.raises(DataErrors, match=message) as raised:
        load_look_alikes(file)
    assert all(error.line > 1 for error in raised.value.errors)


def test_one_without_words_is_told(tmp_path: Path) -> None:
    file = _changed(tmp_path, "id: geneve_expo", "id: wordless")
    (fault,) = wording_faults(Catalogue.load(), file)
    assert "wordless" in str(fault)
