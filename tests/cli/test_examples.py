"""The training examples as files: each with the line where it stands."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest
from rasa.shared.nlu.constants import INTENT, TEXT
from rasa.shared.nlu.training_data.loading import load_data

from bot.cli import examples, label_noise
from bot.knowledge.errors import DataError

FILE = """version: "3.1"
nlu:
- intent: greet
  examples: |
    - bonjour
    - salut : ça va ?
"""


def written(folder: Path, text: str = FILE) -> Path:
    path = folder / "fr" / "greet.yml"
    path.parent.mkdir()
    path.write_text(text, "utf-8")
    return path


def test_each_example_has_its_place(tmp_path: Path) -> None:
    path = written(tmp_path)
    found = examples.read(tmp_path)
    assert [(one.text, one.intent, one.language, one.line) for one in found] == [
        ("bonjour", "greet", "fr", 5),
        ("salut : ça va ?", "greet", "fr", 6),
    ]
    assert found[1].place == "fr/greet.yml:6"
    assert path.read_text("utf-8").splitlines()[found[1].line - 1].endswith(found[1].text)


def test_what_is_read_is_what_rasa_learns_from() -> None:
    theirs = load_data(str(examples.FOLDER / "nl")).intent_examples
    ours = Counter((one.text, one.intent) for one in examples.read() if one.language == "nl")
    assert len(ours) > 1000
    assert ours == Counter((one.get(TEXT), one.get(INTENT)) for one in theirs)


def test_a_broken_file_is_named(tmp_path: Path) -> None:
    written(tmp_path, FILE.replace("intent: greet", "intent: [greet"))
    with pytest.raises(DataError) as caught:
        examples.read(tmp_path)
    assert caught.value.file.name == "greet.yml"


def test_no_example_of_ours_stands_twice() -> None:
    """Neither under two intents of a language nor under one."""
    known = examples.read()
    assert len(known) > 20_000
    groups = label_noise.same_text([f"{one.language} {one.text}" for one in known])
    assert [[known[index].place for index in group] for group in groups] == []
