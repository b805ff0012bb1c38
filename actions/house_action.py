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
    `mistaken_for_events`: questions on events are at times understood as what it answers.
    """

    action_name = ""
    about_cites = False
    mistaken_for_events = False

    def name(self) -> str:
        """Return the name that the domain knows."""
        return self.action_name

    def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]) -> list[EventType]:
        """Answer, and return the slots to set."""
        from actions import events_meant, reply  # they know all actions, which are made from this class

        turn = Turn(tracker, dispatcher)
        if self.mistaken_for_events and events_meant.are_meant(turn):
            turn.take_as("ask_events")
            reply.resume(turn, "ask_events")
        elif not (self.about_cites and look_alike.told_apart(turn)):
            self.answer(turn)
            reply.answer_second(turn)
        return turn.events()

    def answer(self, turn: Turn) -> None:
        """Say what there is to say on `turn`."""
        raise NotImplementedError
