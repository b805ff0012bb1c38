"""The catalogues: reading, the nearest language, faults named where they stand."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.knowledge.catalogue import Catalogue, parity_faults, placeholders
from bot.knowledge.errors import DataError

HOUSE = Catalogue.load()


def catalogue(folder: Path, **files: str) -> Catalogue:
    """A catalogue of files given as fr="…", or door__fr="…" for door/fr.yml."""
    for name, text in files.items():
        file = folder / (name.replace("__", "/") + ".yml")
        file.parent.mkdir(exist_ok=True)
        file.write_text(text, encoding="utf-8")
    return Catalogue.load(folder)


def refusal(folder: Path, **files: str) -> DataError:
    with pytest.raises(DataError) as caught:
        catalogue(folder, **files)
    return caught.value


# Reading


def test_keys_are_joined_with_dots_and_texts_are_filled(tmp_path: Path) -> None:
    words = catalogue(tmp_path, fr="a:\n  b:\n    c: 'Bonjour {name}'\nd: Oui\n")
    assert words.text("a.b.c", "fr", name="Zoé") == "Bonjour Zoé"
    assert words.text("d", "fr") == "Oui"


def test_the_entry_knows_its_file_and_line(tmp_path: Path) -> None:
    entry = catalogue(tmp_path, fr="# remark\na:\n  b: un\n").entries["fr"]["a.b"]
    assert (entry.file, entry.line) == (tmp_path / "fr.yml", 3)


def test_folders_are_merged(tmp_path: Path) -> None:
    words = catalogue(tmp_path, fr="a: un\n", door__fr="door:\n  b: deux\n", concerns__fr="c: trois\n")
    assert sorted(words.entries["fr"]) == ["a", "c", "door.b"]


def test_folded_text_loses_its_last_newline_only(tmp_path: Path) -> None:
    words = catalogue(tmp_path, fr="a: >-\n  un\n  deux\nb: |\n  un\n  {list}\n")
    assert words.text("a", "fr") == "un deux"
    assert words.text("b", "fr", list="• x\n• y") == "un\n• x\n• y"


def test_braces_in_a_value_are_left_alone(tmp_path: Path) -> None:
    assert catalogue(tmp_path, fr="a: '{title}'\n").text("a", "fr", title="{cite} {0}") == "{cite} {0}"


@given(st.text(st.characters(codec="utf-8", exclude_categories=["Cs"]), max_size=40))
def test_any_value_is_shown_as_it_is(value: str) -> None:
    assert HOUSE.text("utterances.utter_know", "fr", know=value) == value


# The nearest language


@pytest.mark.parametrize(
    ("asked", "worded", "told"),
    [
        ("fr", "fr en", "fr"),
        ("en", "fr en", "en"),
        ("es", "fr en", "en"),
        ("es", "fr", "fr"),
        ("ca", "fr en es", "es"),
        ("ca", "fr en", "en"),
        ("de", "fr en es", "en"),
        ("nl", "fr", "fr"),
        ("zz", "fr en", "fr"),  # never heard of
        ("fr", "en", "fr"),  # French falls back on nothing
        ("en", "it", "en"),
    ],
)
def test_language_in_which_a_key_is_told(tmp_path: Path, asked: str, worded: str, told: str) -> None:
    words = catalogue(tmp_path, **{code: f"a: {code}\n" for code in worded.split()})
    assert words.language_of("a", asked) == told


def test_the_fallback_is_key_by_key(tmp_path: Path) -> None:
    words = catalogue(tmp_path, fr="a: un\nb: deux\nc: trois\n", en="a: one\nb: two\n", es="a: uno\n")
    assert [words.text(key, "ca") for key in "abc"] == ["uno", "two", "trois"]


def test_a_part_is_taken_from_the_nearest_language_that_words_each_key(tmp_path: Path) -> None:
    words = catalogue(tmp_path, fr="w:\n  a: un\n  b: deux\nwide: non\n", en="w:\n  a: one\n")
    assert words.part("w", "en") == {"a": "one", "b": "deux"}
    assert words.part("w", "fr") == {"a": "un", "b": "deux"}
    assert words.part("none", "fr") == {}


def test_has_looks_in_one_language_or_in_all(tmp_path: Path) -> None:
    words = catalogue(tmp_path, fr="a: un\n", it="b: due\n")
    found = [words.has("a"), words.has("b"), words.has("a", "it"), words.has("b", "it"), words.has("c")]
    assert found == [True, True, False, True, False]


def test_an_unworded_key_and_a_missing_value_are_errors(tmp_path: Path) -> None:
    words = catalogue(tmp_path, fr="a: 'à {place}'\n")
    with pytest.raises(KeyError):
        words.text("b", "fr")
    with pytest.raises(KeyError, match="place"):
        words.text("a", "fr", town="Lille")


# Placeholders


@pytest.mark.parametrize(
    ("text", "names"),
    [("rien", ""), ("{a} et {b}, {a}", "a b"), ("{{a}} {b}", "b"), ("{a:>3} {b!r}", "a b")],
)
def test_placeholders(text: str, names: str) -> None:
    assert placeholders(text) == frozenset(names.split())


@pytest.mark.parametrize("text", ["{a", "a}", "{a {b}"])
def test_braces_that_do_not_match(text: str) -> None:
    with pytest.raises(ValueError):
        placeholders(text)


# Refusals and differences, named where they stand


@pytest.mark.parametrize(
    ("text", "line", "word"),
    [
        ("a: un\nb: deux\na: trois\n", 3, '"a" stands twice'),
        ("a: un\nb:\n  c: '{place'\n", 3, 'braces of "b.c"'),
        ("a: un\nb: 3\n", 2, '"b" is not a text'),
        ("a: un\nb:\n", 2, '"b" is not a text'),
        ("a: un\nb: yes\n", 2, '"b" is not a text'),
        ("a: un\nyes: oui\n", 2, "not plain text"),
        ("a: un\nb: 'x\n", 2, "not valid YAML"),
    ],
)
def test_refusals_name_file_and_line(tmp_path: Path, text: str, line: int, word: str) -> None:
    error = refusal(tmp_path, fr=text)
    assert (error.file, error.line, word in error.message) == (tmp_path / "fr.yml", line, True), str(error)
    assert error.mend


def test_a_key_worded_in_two_files_names_both(tmp_path: Path) -> None:
    error = refusal(tmp_path, fr="x: un\na:\n  b: un\n", door__fr="# door\na:\n  b: deux\n")
    assert (error.file, error.line) == (tmp_path / "door" / "fr.yml", 3)
    assert '"a.b" is worded twice' in error.message
    assert str(tmp_path / "fr.yml") in error.mend


def test_catalogues_that_match_have_no_fault(tmp_path: Path) -> None:
    assert parity_faults(catalogue(tmp_path, fr="a: '{x} un {y}'\n", en="a: '{y} one {x} {y}'\n")) == []


def test_a_language_without_a_file_is_not_compared(tmp_path: Path) -> None:
    words = catalogue(tmp_path, fr="a: un\n")
    assert (words.entries["en"], parity_faults(words)) == ({}, [])


def test_differences_name_the_place_and_the_language(tmp_path: Path) -> None:
    french = "a: un\nb: 'à {place}'\nc: rien\n"
    words = catalogue(
        tmp_path, fr=french, en="b: 'at {town}'\nc: '{x}'\nd: alone\n", it="a: uno\nb: '{place}'\nc: niente\n"
    )
    told = {(fault.file.name, fault.line, fault.message, fault.mend) for fault in parity_faults(words)}
    assert told == {
        ("fr.yml", 1, '"a" is not worded in en', "write it there"),
        ("en.yml", 1, 'the placeholders of "b" differ from the French ones', "use {place}"),
        ("en.yml", 2, 'the placeholders of "c" differ from the French ones', "use none"),
        ("en.yml", 3, '"d" is not in French', "add it there or take it out"),
    }
