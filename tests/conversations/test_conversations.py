"""Conversations kept as data: each `*.yml` beside this file holds a list of them, as `README.md` tells."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml

from bot.cli.stack import Stack

from .person import Person

FOLDER = Path(__file__).parent
_TURN = {"say", "choose", "intent", "shows", "hides", "buttons", "custom", "turn", "language"}


def conversations() -> Iterator[Any]:
    for path in sorted(FOLDER.glob("*.yml")):
        for told in yaml.safe_load(path.read_text(encoding="utf-8")):
            yield pytest.param(told, id=f"{path.stem}: {told['conversation']}")


@pytest.mark.parametrize("told", conversations())
def test_conversation(stack: Stack, told: dict[str, Any]) -> None:
    metadata = {"language": told.get("language", "fr"), "channel": "test", "now": "2026-11-25T10:00:00+01:00"}
    metadata |= {name: told[name] for name in ("cite", "now") if name in told}
    person = Person(stack, metadata)
    for turn in told["turns"]:
        assert set(turn) <= _TURN, f"unknown keys {set(turn) - _TURN}"
        person.choose(turn["choose"]) if "choose" in turn else person.say(turn["say"])
        _compare(turn, person)


def _compare(turn: dict[str, Any], person: Person) -> None:
    read, about = person.read(), f"\n--- {turn.get('say') or turn.get('choose')}\n{person.turn}\n{person.read()}"
    assert person.replies, "no reply" + about
    for text in turn.get("shows", []):
        assert text in read, f"“{text}” is not shown{about}"
    for text in turn.get("hides", []):
        assert text not in read, f"“{text}” is shown{about}"
    for title in turn.get("buttons", []):
        assert title in person.titles(), f"no button “{title}” among {list(person.titles())}{about}"
    if "intent" in turn:
        assert person.turn["intent"] == turn["intent"], about
    if "language" in turn:
        assert {reply["language"] for reply in person.replies if reply["text"]} == {turn["language"]}, about
    for name, value in turn.get("turn", {}).items():
        assert person.turn[name] == value, about
    customs = [reply["custom"] for reply in person.replies if reply["custom"]]
    for name, value in turn.get("custom", {}).items():
        assert any(_holds(custom.get(name), value) for custom in customs), f"{customs}{about}"


def _holds(whole: Any, part: Any) -> bool:
    """Whether `whole` has all that `part` has; nested objects alike."""
    if isinstance(part, dict):
        return isinstance(whole, dict) and all(_holds(whole.get(name), value) for name, value in part.items())
    return bool(whole == part)
