"""Examples as the importer gives them: Rasa's messages, quicker to copy and to compare."""

from __future__ import annotations

from copy import deepcopy
from pathlib import Path

from rasa.shared.importers.rasa import RasaFileImporter
from rasa.shared.nlu.constants import INTENT, TEXT
from rasa.shared.nlu.training_data.message import Message

from bot.nlu.importer import Example, ReadOnce

DATA = """\
version: "3.1"
nlu:
- intent: greet
  metadata:
    language: fr
  examples: |
    - bonjour
    - "salut [Lyon](place)"
    - bonjour
"""


def test_what_is_read_is_what_rasa_reads_but_once(tmp_path: Path) -> None:
    (tmp_path / "nlu.yml").write_text(DATA)
    importer = ReadOnce(training_data_paths=[str(tmp_path)])
    (tmp_path / "nlu.yml").write_text(DATA.replace("greet", "goodbye"))
    ours = importer.get_nlu_data()
    (tmp_path / "nlu.yml").write_text(DATA)
    assert importer.get_nlu_data("fr") is ours
    assert {example.get(INTENT) for example in ours.training_examples} == {"goodbye"}

    plain = RasaFileImporter(training_data_paths=[str(tmp_path)]).get_nlu_data()
    once = ReadOnce(training_data_paths=[str(tmp_path)]).get_nlu_data()
    assert [example.as_dict() for example in once.training_examples] == [
        example.as_dict() for example in plain.training_examples
    ]
    assert once.fingerprint() == plain.fingerprint()


def test_an_example_equals_the_message_it_is_made_of_and_no_other() -> None:
    message = Message.build("bonjour", "greet")
    example = Example.of(message)
    assert example == message and hash(example) == hash(message)
    example.set(INTENT, "greet")
    assert example == message
    example.set(INTENT, "goodbye")
    assert example != message and message.get(INTENT) == "greet"


def test_a_copy_has_properties_of_its_own() -> None:
    example = Example.of(Message.build("bonjour", "greet"))
    copy = deepcopy(example)
    assert copy == example and isinstance(copy, Example)
    copy.set("language", "fr", add_to_output=True)
    copy.set(TEXT, "salut")
    assert copy != example and example.get(TEXT) == "bonjour" and example.output_properties == {TEXT}
