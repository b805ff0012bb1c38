"""The words that leave no doubt, as a file."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot.knowledge import distress
from bot.knowledge.errors import DataError
from bot.knowledge.language import UNDERSTOOD
from bot.knowledge.paths import DATA
from bot.knowledge.yamlfile import read_yaml


@pytest.fixture
def file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setattr(distress, "_FILE", tmp_path / "distress.yml")
    distress.load_phrases.cache_clear()
    return tmp_path / "distress.yml"


@pytest.fixture(autouse=True)
def forget() -> object:
    yield
    distress.load_phrases.cache_clear()


def test_every_language_that_is_understood_has_some() -> None:
    listed = read_yaml(DATA / "distress.yml").value
    assert set(listed) == set(UNDERSTOOD)
    assert all(len(phrases) >= 8 for phrases in listed.values())


def test_every_phrase_is_heard_in_a_sentence() -> None:
    for phrases in read_yaml(DATA / "distress.yml").value.values():
        for phrase in phrases:
            assert distress.is_said(f"Bonjour ; {phrase.upper()} !"), phrase


@pytest.mark.parametrize("text", ["", "je veux mourirai", "emballer", "🙂", "x" * 2000])
def test_other_words_are_not(text: str) -> None:
    assert not distress.is_said(text)


@pytest.mark.parametrize("wrong", ["[]", "fr: je veux mourir", "fr: [1]", "fr: ['…']"])
def test_a_wrong_file_says_how_to_mend_it(file: Path, wrong: str) -> None:
    file.write_text(wrong + "\n", "utf-8")
    with pytest.raises(DataError, match="Mend"):
        distress.load_phrases()
