"""The common form of the house's actions."""

from __future__ import annotations

import pytest
from rasa_sdk.executor import ActionExecutor, CollectingDispatcher

import actions
from actions.house_action import HouseAction
from bot.knowledge.paths import ROOT
from bot.knowledge.yamlfile import read_yaml

from .turns import said


def test_the_action_server_finds_every_action_of_the_domain() -> None:
    """As `rasa_sdk --actions actions` registers them."""
    executor = ActionExecutor()
    executor.register_package(actions.__name__)
    known = {name for name in executor.actions if name}
    assert known == set(read_yaml(ROOT / "domain.yml").value["actions"])


def test_an_action_gives_back_the_slots_of_its_turn() -> None:
    class Hello(HouseAction):
        action_name = "action_hello"

        def answer(self, turn: object) -> None:
            turn.remember(cite="demo")  # type: ignore[attr-defined]

    events = Hello().run(CollectingDispatcher(), said("greet"), {})
    assert Hello().name() == "action_hello"
    assert {event["name"]: event["value"] for event in events} == {"pending": None, "failures": 0, "cite": "demo"}


def test_an_action_must_answer() -> None:
    with pytest.raises(NotImplementedError):
        HouseAction().run(CollectingDispatcher(), said("greet"), {})
