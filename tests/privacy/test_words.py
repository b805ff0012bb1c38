"""The lists of words that redaction reads, and how they are made."""

from __future__ import annotations

from pathlib import Path

import pytest
import yaml

from bot.privacy import common_words, vocabulary
from bot.privacy.tokens import cut, fold
from bot.privacy.vocabulary import Phrases, listed, words_of

_DATA = Path(__file__).parents[2] / "data"
_FOLDER = Path(vocabulary.__file__).parent / "words"
_SECTIONS = [
    (path.stem, section)
    for path in sorted(_FOLDER.glob("*.yml"))
    for section in yaml.safe_load(path.read_text("utf-8"))
]
_AS_WRITTEN = {("names", "written_titles"), ("streets", "bis")}


@pytest.mark.parametrize(("file", "section"), _SECTIONS)
def test_no_entry_is_empty_or_could_never_be_found(file: str, section: str) -> None:
    for entry in listed(file, section):
        assert entry
        if (file, section) not in _AS_WRITTEN:
            assert entry == fold(entry)


@pytest.mark.parametrize("name", ["common", "given_names", "peoples", "places"])
def test_the_lists_are_folded_words(name: str) -> None:
    words = words_of(name)
    assert len(words) > 300
    assert all([word.folded for word in cut(entry)] == [entry] for entry in words)


def test_the_longest_phrase_is_found() -> None:
    phrases = Phrases(["je suis", "je suis la", "moi"])
    words = cut("Je suis là, moi")
    assert [phrases.length(words, at) for at in range(len(words) + 1)] == [3, 0, 0, 1, 0]


def test_the_common_words_are_nearly_those_of_the_examples_of_today() -> None:
    """If not: `python -m bot.privacy.common_words data/nlu data/occupations > bot/privacy/words/common.txt`."""
    made = set(common_words.common(_DATA / "nlu", _DATA / "occupations"))
    assert len(made ^ words_of("common")) < len(made) / 20, "common.txt is stale: see bot/privacy/common_words.py"


def test_common_words_are_those_in_lower_case(tmp_path: Path) -> None:
    french = tmp_path / "examples" / "fr"
    french.mkdir(parents=True)
    (french / "x.yml").write_text("    - je vis à [Caen](place)\n    - je vis ici, Karim\n- intent: vide\n", "utf-8")
    (tmp_path / "a.tsv").write_text("mason\tmaçon\tBäcker\n", "utf-8")
    assert common_words.common(tmp_path / "examples", tmp_path) == ["je", "macon", "mason", "vis"]
