"""Not sure what was meant: offer the likely readings; after two failures, a human."""

from __future__ import annotations

from itertools import islice

from actions import advisor, reply
from actions.house_action import HouseAction
from actions.readings import readings
from actions.turn import Choice, Turn
from bot.knowledge.payload import payload

_READINGS = 3
_PATIENCE = 2
_NOT_READINGS = {"nlu_fallback", "out_of_scope", "affirm", "deny", "skip", "inform", "greet", "goodbye", "thank"}
"""Intents that nobody needs to be offered: saying them again is as short."""


class Clarify(HouseAction):
    """Offers up to three readings of an unclear message and "none of these"."""

    action_name = "action_clarify"
    may_be_mistaken = True
    about_cites = True

    def answer(self, turn: Turn) -> None:
        """Offer readings, or a human after two failures in a row; where a place was asked for, a few words are one."""
        if reply.may_be_place(turn):
            reply.to_place(turn, unclear=True)
        else:
            failed(turn)


def failed(turn: Turn) -> None:
    """Count a failure and answer it."""
    failures = int(turn.tracker.get_slot("failures") or 0) + 1
    likely = list(islice(readings(turn, _is_reading), _READINGS))
    if failures >= _PATIENCE:
        advisor.offer(turn, "utter_not_understood_twice")
    elif likely:
        turn.say("utter_which_reading", choices=[*likely, Choice(payload("deny"), "none_of_these")])
        turn.ask("clarify")
    else:
        turn.say("utter_rephrase")
    turn.remember(failures=failures)


def _is_reading(intent: str) -> bool:
    return intent not in _NOT_READINGS
