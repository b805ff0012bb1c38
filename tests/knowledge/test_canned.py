"""Answers ready to send: shipped ones are whole, and a faulty file is refused with its line and how to mend it."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.knowledge.canned import PLACEHOLDERS, Canned, _text_faults, for_cite, load_canned
from bot.knowledge.catalogue import SPOKEN
from bot.knowledge.errors import DataError, DataErrors
from bot.knowledge.yamlfile import Node

GOOD = 'hello:\n  title: {fr: "Bonjour"}\n  text:\n    fr: "Ici {advisor}."\n'


def written(folder: Path, text: str, name: str = "answers.yml") -> Path:
    (folder / name).write_text(text, "utf-8")
    return folder


def faults(folder: Path) -> list[str]:
    with pytest.raises((DataErrors, DataError)) as raised:
        load_canned(folder)
    return str(raised.value).splitlines()


def test_those_that_are_shipped_are_in_every_language_and_all_may_use_them() -> None:
    shipped = load_canned()
    assert len(shipped) >= 10
    for each in shipped:
        assert set(each.texts) == set(each.titles) == set(SPOKEN), each.name
        assert len({each.needs(language) for language in SPOKEN}) == 1, each.name
    assert for_cite("demo") == for_cite("") == list(shipped)


def test_placeholders_are_filled_in_and_nothing_is_made_up() -> None:
    where = Canned("where", {"fr": "Où"}, {"fr": "{cite} : {address}", "en": "{cite}: {address}"})
    assert where.filled("fr", {"cite": "Demo", "address": "1 rue {x}"}) == "Demo : 1 rue {x}"
    assert where.filled("fr", {"cite": "Demo"}) is None


def test_who_reads_another_language_is_given_the_nearest() -> None:
    both = Canned("x", {"fr": "Titre"}, {"fr": "Oui", "en": "Yes"})
    french = Canned("x", {"fr": "Titre"}, {"fr": "Oui"})
    basque = Canned("x", {"fr": "Titre"}, {"eu": "Bai"})
    assert [each.language_for("it") for each in (both, french, basque)] == ["en", "fr", "eu"]
    assert (both.filled("fr", {}), french.title("pt")) == ("Oui", "Titre")


@pytest.mark.parametrize(
    ("text", "line", "told"),
    [
        (GOOD.replace("{advisor}", "{name}"), 4, 'the placeholder "{name}" is not known. Mend: use one of {advisor}'),
        (GOOD.replace("{advisor}", "{advisor"), 4, "the braces do not match"),
        (GOOD.replace("{advisor}", "{}"), 4, 'the placeholder "{}" is not known'),
        (GOOD.replace('"Bonjour"', '"Bonjour {cite}"'), 2, "a title holds braces"),
        (GOOD.replace("  title", "  titel"), 1, '"title" is missing'),
        (GOOD + "  cites: [atlantis]\n", 5, 'no Cité is called "atlantis"'),
        (GOOD.replace("fr:", "french:"), 2, "ISO 639-1"),
        ("[]", 1, "is not a mapping"),
        ("hello: [", 1, "not valid YAML"),
    ],
)
def test_a_fault_is_named_with_its_line_and_mend(tmp_path: Path, text: str, line: int, told: str) -> None:
    found = faults(written(tmp_path, text))
    assert any(each.startswith(f"{tmp_path / 'answers.yml'}:{line}: ") and told in each for each in found), found
    assert all("Mend: " in each for each in found)


def test_two_of_the_same_name_in_two_files(tmp_path: Path) -> None:
    written(written(tmp_path, GOOD), GOOD, "b.yml")
    (told,) = faults(tmp_path)
    assert told.startswith(f"{tmp_path / 'b.yml'}:1: there are two") and "answers.yml" in told


def test_one_for_some_cites_only(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (found,) = load_canned(written(tmp_path, GOOD + "  cites: [demo]\n"))
    assert found.cites == ("demo",)
    monkeypatch.setattr("bot.knowledge.canned.load_canned", lambda: (found,))
    assert (for_cite("demo"), for_cite("marseille")) == ([found], [])


@given(st.text(alphabet="{}a[]!:.ü ", min_size=2, max_size=20))
def test_whatever_is_written_is_taken_whole_or_refused(text: str) -> None:
    if not _text_faults(Node(Path("x.yml"), 1, text, {})):
        assert Canned("x", {"fr": "t"}, {"fr": text}).filled("fr", dict.fromkeys(PLACEHOLDERS, "v")) is not None
