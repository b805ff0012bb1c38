"""Starting over, and erasing."""

from __future__ import annotations

from actions import answer
from actions.house_action import HouseAction
from actions.turn import Choice, Turn
from bot.knowledge.payload import payload


class StartOver(HouseAction):
    """Forgets place, Cité and concern, and greets again."""

    action_name = "action_restart"

    def answer(self, turn: Turn) -> None:
        """Forget all but the language."""
        turn.remember(place=None, cite=None, concern=None)
        turn.say("utter_start_over")
        answer.say(turn, "greet")


class OfferErasure(HouseAction):
    """Asks to confirm before a conversation is erased."""

    action_name = "action_offer_erasure"

    def answer(self, turn: Turn) -> None:
        """Ask."""
        turn.say(
            "utter_confirm_erasure",
            choices=[Choice(payload("affirm"), "erase"), Choice(payload("deny"), "do_not_erase")],
        )
        turn.ask("erasure")
