"""What counts as telling something sensitive of oneself, and what does not."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.knowledge.errors import DataError, DataErrors
from bot.knowledge.sensitive import load_sensitive, told_in

TOLD = [
    ("Je suis séropositif, est-ce que je dois le dire à mon patron ?", "health"),
    ("j'ai un cancer du sein et je cherche à reprendre à mi-temps", "health"),
    ("JE SUIS BIPOLAIRE", "health"),
    ("je souffre d'une sclérose en plaques", "health"),
    ("je suis d'origine algérienne et on ne me rappelle jamais", "origin"),
    ("je suis musulmane et je porte le foulard", "beliefs"),
    ("je suis témoin de Jéhovah", "beliefs"),
    ("je suis syndiquée à la CGT", "union"),
    ("Je suis homosexuel, mes collègues se moquent", "intimate"),
    ("étant lesbienne, j'ai peur de le dire", "intimate"),
    ("I'm HIV positive, can I train as a nurse?", "health"),
    ("I am a practising Muslim", "beliefs"),
    ("I have multiple sclerosis", "health"),
    ("I am gay", "intimate"),
    ("soy gitana y busco trabajo", "origin"),
    ("tengo un cáncer", "health"),
    ("sono sieropositivo", "health"),
    ("sono omosessuale", "intimate"),
    ("sou muçulmana", "beliefs"),
    ("tenho um cancro", "health"),
]

ORDINARY = [
    "je veux changer de métier, je suis à Marseille",
    "je suis en situation de handicap, quelle formation ?",
    "j'ai la RQTH",
    "je suis enceinte, quels sont mes droits ?",
    "j'ai 52 ans",
    "je suis sans papiers, ai-je le droit de travailler ?",
    "je cherche du travail dans un lycée catholique",
    "une association de lutte contre le sida recrute ?",
    "c'est quoi un syndicat ?",
    "je suis infirmière en service de cancérologie",
    "je suis chauffeur poids lourd, permis C",
    "je suis prof de diabétologie",
    "travailler au noir c'est risqué ?",
    "je suis payé au noir depuis un an",
    "estoy trabajando en negro",
    "sono pagato in nero",
    "je suis prof d'arabe",
    "I was black listed by my boss",
    "j'ai travaillé à Trans, en Provence",
    "je suis arrivé d'Algérie, mon diplôme est-il reconnu ?",
    "je veux mourir",
    "I am looking for a job as a Catholic school teacher in Rome",
    "I am a nurse in a cancer ward",
    "I am a trade union lawyer",
    "soy camarera en un bar negro de deudas",
    "sono un'infermiera, vorrei lavorare con malati di cancro",
    "j'ai un ami musulman qui cherche un emploi",
    "tengo un amigo gay",
    "la clienta era musulmana",
    "sou enfermeira e quero trabalhar em oncologia",
    "",
    "…",
]


@pytest.mark.parametrize(("text", "kind"), TOLD)
def test_what_is_told_of_oneself(text: str, kind: str) -> None:
    assert told_in(text) == kind


@pytest.mark.parametrize("text", ORDINARY)
def test_what_is_not(text: str) -> None:
    assert told_in(text) is None


@given(st.text(max_size=300))
def test_any_text_is_read(text: str) -> None:
    assert told_in(text) in (None, "health", "origin", "beliefs", "union", "intimate")


def test_it_is_rare_among_what_people_write() -> None:
    """Among the thousands of training examples, written by all sorts of people, hardly one."""
    from bot.knowledge.paths import DATA

    texts = [path.read_text("utf-8") for path in (DATA / "nlu").rglob("*.yml")]
    lines = [line.strip("- ") for text in texts for line in text.splitlines()][::10]
    heard = [line for line in lines if told_in(line)]
    assert len(lines) > 3000
    assert len(heard) < len(lines) / 500, heard


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("fr: [a]\n", 1),
        ("fr:\n  being: [je suis]\n", 1),
        ("FR: {}\n", 1),
        ("", 1),
    ],
)
def test_a_faulty_file_is_refused_with_its_line(tmp_path: Path, text: str, line: int) -> None:
    file = tmp_path / "sensitive.yml"
    file.write_text(text, "utf-8")
    with pytest.raises((DataError, DataErrors)) as raised:
        load_sensitive(file)
    assert f"{file}:{line}" in str(raised.value)


def test_a_faulty_phrase_is_refused_with_its_line(tmp_path: Path) -> None:
    parts = "".join(f"  {kind}: [mot]\n" for kind in ("health", "origin", "beliefs", "union", "intimate", "having"))
    file = tmp_path / "sensitive.yml"
    file.write_text(f"fr:\n{parts}  being: ['je (suis']\n", "utf-8")
    with pytest.raises(DataError, match=r"sensitive\.yml:8"):
        load_sensitive(file)
