"""Not sure what was meant: offer the likely readings; after two failures, a human."""

from __future__ import annotations

from actions import advisor, reply
from actions.house_action import HouseAction
from actions.turn import Choice, Turn
from bot.knowledge.catalogue import Catalogue
from bot.knowledge.payload import payload

_READINGS = 3
_PATIENCE = 2
_NOT_READINGS = {"nlu_fallback", "out_of_scope", "affirm", "deny", "skip", "inform", "greet", "goodbye", "thank"}
"""Intents that nobody needs to be offered: saying them again is as short."""


class Clarify(HouseAction):
    """Offers up to three readings of an unclear message and "none of these"."""

    action_name = "action_clarify"
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
    readings = _readings(turn)
    if failures >= _PATIENCE:
        advisor.offer(turn, "utter_not_understood_twice")
    elif readings:
        turn.say("utter_which_reading", choices=[*readings, Choice(payload("deny"), "none_of_these")])
        turn.ask("clarify")
    else:
        turn.say("utter_rephrase")
    turn.remember(failures=failures)


def _readings(turn: Turn) -> list[Choice]:
    ranking = turn.tracker.latest_message.get("intent_ranking") or []
    likely = [entry["name"] for entry in ranking if entry["name"] not in _NOT_READINGS]
    catalogue = Catalogue.load()
    return [
        Choice(payload(name), title=catalogue.text(f"readings.{name}", turn.language)) for name in likely[:_READINGS]
    ]
