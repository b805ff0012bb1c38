"""Answers that depend on nothing but the question."""

from __future__ import annotations

from actions.house_action import HouseAction
from actions.turn import Turn


class Answer(HouseAction):
    """Says the response named after the intent."""

    action_name = "action_answer"

    def answer(self, turn: Turn) -> None:
        """Say utter_<intent>."""
        turn.say(f"utter_{turn.intent}")
