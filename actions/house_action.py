"""The common form of the house's actions."""

from __future__ import annotations

from typing import Any

from rasa_sdk import Action, Tracker
from rasa_sdk.events import EventType
from rasa_sdk.executor import CollectingDispatcher

from actions import look_alike
from actions.turn import Turn


class HouseAction(Action):
    """An action that answers one turn. Subclasses set `action_name` and write `answer`.

    `about_cites`: it answers questions on Cités, so that what only looks like one must be told apart first.
    """

    action_name = ""
    about_cites = False

    def name(self) -> str:
        """Return the name that the domain knows."""
        return self.action_name

    def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]) -> list[EventType]:
        """Answer, and return the slots to set."""
        from actions import reply  # it knows all actions, which are made from this class

        turn = Turn(tracker, dispatcher)
        if not (self.about_cites and look_alike.told_apart(turn)):
            self.answer(turn)
            reply.answer_second(turn)
        return turn.events()

    def answer(self, turn: Turn) -> None:
        """Say what there is to say on `turn`."""
        raise NotImplementedError
