"""Something else altogether, or a place that is not known where one was asked for."""

from __future__ import annotations

from actions import answer, reply
from actions.house_action import HouseAction
from actions.turn import Turn


class OutOfScope(HouseAction):
    """Says kindly what the assistant is for."""

    action_name = "action_out_of_scope"
    may_be_mistaken = True
    about_cites = True

    def answer(self, turn: Turn) -> None:
        """Where a place was asked for, a few words may be one; else say utter_out_of_scope."""
        if reply.may_be_place(turn):
            reply.to_place(turn, unclear=True)
        else:
            answer.say(turn, turn.intent)
