"""Door, Rasa and action server, all real: what people tell of themselves is in no file, nor what was erased."""

from __future__ import annotations

from pathlib import Path

from bot.cli.stack import Stack
from tests.web.conftest import until
from tests.web.door_process import Person, door_process
from tests.web.planted import SAID, found_in, secrets

_LANGUAGES = ("fr", "en", "es", "it", "pt")


def test_no_process_keeps_a_secret_nor_what_was_erased(stack: Stack, tmp_path: Path) -> None:
    planted = secrets(len(_LANGUAGES), seed=11)
    marks = [f"zxqv{language}" for language in _LANGUAGES]
    with door_process(tmp_path, stack.rasa_url, stack.secret) as client:
        people = [Person(client, language) for language in _LANGUAGES]
        for person, mark, words, secret in zip(people, marks, SAID, planted):
            person.say("first", f"{mark} " + words.format(secret))
        people[0].say("second", "je veux parler à quelqu'un")
        for person in people:
            until(lambda person=person: len(person.answers()) >= 2, seconds=60)
        until(lambda: set(marks) <= told(stack.folder, marks), seconds=30)
        people[1].erase()
        until(lambda: marks[1] not in told(stack.folder, marks) | told(tmp_path, marks), seconds=30)
    assert told(tmp_path, marks) == {mark for mark in marks if mark != marks[1]}
    for folder in tmp_path, stack.folder:
        assert found_in(folder, planted) == []


def told(folder: Path, marks: list[str]) -> set[str]:
    """Which of the marks stand in some file of a folder."""
    return {mark for _, mark in found_in(folder, marks)}
