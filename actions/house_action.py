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
    `may_be_mistaken`: questions on events, and follow-ups in a few words, are at times understood as what it answers.
    """

    action_name = ""
    about_cites = False
    may_be_mistaken = False

    def name(self) -> str:
        """Return the name that the domain knows."""
        return self.action_name

    def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]) -> list[EventType]:
        """Answer, and return the slots to set."""
        from actions import events_meant, follow_up, reply  # they know all actions, which are made from this class

        turn = Turn(tracker, dispatcher)
        meant = self.may_be_mistaken and ("ask_events" if events_meant.are_meant(turn) else follow_up.question(turn))
        if meant and meant != turn.answered_as:
            turn.take_as(meant)
            reply.resume(turn, meant)
        elif not (self.about_cites and look_alike.told_apart(turn)):
            self.answer(turn)
            reply.answer_second(turn)
        return turn.events()

    def answer(self, turn: Turn) -> None:
        """Say what there is to say on `turn`."""
        raise NotImplementedError
