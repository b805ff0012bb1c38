"""Occupations people type: a table by hand, the gazetteer itself, and any text at all."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.knowledge import occupation_names
from bot.knowledge.errors import DataErrors
from bot.knowledge.occupation_stems import LANGUAGES, stem
from bot.knowledge.occupations import find, label

TABLE = Path(__file__).parent / "data" / "occupations.txt"
ROWS = [
    tuple(part.strip() for part in line.split("|"))
    for line in TABLE.read_text(encoding="utf-8").splitlines()
    if line and not line.startswith("#")
]
HEAD = "id\tkind\tfr\ten\tes\tit\tpt\tnl\tde\tca\n"


@pytest.mark.parametrize(("language", "text", "meant"), ROWS)
def test_table(language: str, text: str, meant: str) -> None:
    found = find(text, None if language == "?" else language)
    assert (" ; ".join(span.id for span in found) or "-") == meant


def test_there_are_enough() -> None:
    rows = occupation_names.occupations().values()
    assert len(rows) >= 350
    for language, least in {
        "fr": 350,
        "en": 350,
        "es": 350,
        "it": 350,
        "pt": 350,
        "nl": 100,
        "de": 100,
        "ca": 100,
    }.items():
        assert sum(bool(row.names[language]) for row in rows) >= least, language


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_label_is_found_again(language: str) -> None:
    """Each occupation's first name, after a cue, is found and is that occupation or one that shares the
    name."""
    cue = {
        "fr": "devenir",
        "en": "become",
        "es": "ser",
        "it": "diventare",
        "pt": "ser",
        "nl": "worden",
        "de": "werden",
        "ca": "ser",
    }
    lost = []
    for row in occupation_names.occupations().values():
        name = label(row.id, language)
        if row.names[language] and not any(
            span.id == row.id for span in find(f"{cue[language]} {name}", language)
        ):
            lost.append((row.id, name))
    assert lost == []


def test_span_and_label() -> None:
    (span,) = find("Comment devenir Aide-Soignante ?", "fr")
    assert (span.text, span.id, span.label, span.kind) == (
        "Aide-Soignante",
        "nursing_assistant",
        "aide-soignant",
        "occupation",
    )
    assert find("la logistique", "fr")[0].kind == "sector"


def test_labels_by_language() -> None:
    assert label("nurse", "en") == "nurse"
    assert label("psychomotor_therapist", "de") == "psychomotor therapist"
    with pytest.raises(KeyError):
        label("no_such_trade", "fr")


@pytest.mark.parametrize(
    ("language", "one", "other"),
    [
        ("fr", "agricultrices", "agriculteur"),
        ("fr", "sociaux", "social"),
        ("fr", "mecanicienne", "mecanicien"),
        ("es", "profesoras", "profesor"),
        ("it", "cuochi", "cuoca"),
        ("pt", "artesoes", "artesao"),
        ("en", "policewomen", "policeman"),
        ("de", "lehrerinnen", "lehrer"),
    ],
)
def test_forms_of_a_trade_share_a_stem(language: str, one: str, other: str) -> None:
    assert stem(one, language) == stem(other, language)


@pytest.mark.parametrize(
    ("one", "other"), [("boulangerie", "boulanger"), ("coiffer", "coiffeur"), ("pharmacie", "pharmacien")]
)
def test_other_words_keep_apart(one: str, other: str) -> None:
    assert stem(one, "fr") != stem(other, "fr")


def test_faults_are_all_named(tmp_path: Path) -> None:
    rows = [
        "a\toccupation\tun\t\t\t\t\t\t\t",
        "a\toccupation\tdeux\t\t\t\t\t\t\t",
        "b\ttrade\ttrois\t\t\t\t\t\t\t",
        "c\tsector\t\t\t\t\t\t\t\t",
        "d\tsector",
    ]
    (tmp_path / "x.tsv").write_text(HEAD + "\n".join(rows), encoding="utf-8")
    with pytest.raises(DataErrors) as caught:
        occupation_names.occupations(tmp_path)
    assert [fault.line for fault in caught.value.errors] == [3, 4, 5, 6]


@settings(max_examples=300, deadline=None)
@given(st.text(max_size=400), st.sampled_from([None, *LANGUAGES]))
def test_any_text(text: str, language: str | None) -> None:
    last = 0
    for span in find(text, language):
        assert last <= span.start < span.end <= len(text)
        assert span.text == text[span.start : span.end]
        last = span.end


@pytest.mark.parametrize("unit", ["agent de ", "infirmier ", "a", "de ", "aide à "])
def test_a_long_text_of_one_word_again_and_again(unit: str) -> None:
    text = (unit * 2000)[:2000]
    assert all(span.text == text[span.start : span.end] for span in find(text, "fr"))
