"""Yes, no, no matter, and bare information: they answer the question asked just before."""

from __future__ import annotations

from collections.abc import Callable

from actions import advisor, answer, cite_fact, events, nearest_cite, opening_hours
from actions.house_action import HouseAction
from actions.turn import Turn


class Reply(HouseAction):
    """Answers `affirm`, `deny`, `skip` and `inform` in the light of the pending question."""

    action_name = "action_reply"

    def answer(self, turn: Turn) -> None:
        """Hand the reply to whoever asked."""
        _TO_QUESTION.get(str(turn.pending.get("ask")), _to_nothing)(turn)


def resume(turn: Turn, question: str) -> None:
    """Answer the intent `question`, which waited for a place."""
    _WAITING.get(question, lambda told: cite_fact.say_fact(told, question))(turn)


def _to_place(turn: Turn) -> None:
    question = str(turn.pending.get("intent"))
    if turn.said_place() or turn.said_candidates():
        resume(turn, question)
    elif turn.intent == "inform" and not turn.pending.get("again"):
        turn.say("utter_place_unknown")
        turn.ask("place", intent=question, again=True)
    else:
        turn.say("utter_without_place")


def _to_consent(turn: Turn) -> None:
    if turn.intent == "skip":
        turn.say("utter_advisor_cancelled")
    elif turn.intent in ("affirm", "deny"):
        advisor.call(turn, turn.intent == "affirm")
    else:
        advisor.ask_consent(turn)


def _to_offer(turn: Turn) -> None:
    if turn.intent == "affirm":
        advisor.ask_consent(turn)
    else:
        turn.say("utter_rephrase")


def _to_readings(turn: Turn) -> None:
    """None of the readings was meant: ask for other words, still counting the failure."""
    if turn.intent == "inform":
        _to_nothing(turn)
        return
    turn.say("utter_rephrase")
    turn.remember(failures=turn.tracker.get_slot("failures"))


def _to_erasure(turn: Turn) -> None:
    if turn.intent == "affirm":
        turn.say("utter_erased", custom={"erase": True})
    else:
        turn.say("utter_not_erased")


def _to_nothing(turn: Turn) -> None:
    if turn.intent == "inform" and (turn.said_place() or turn.said_candidates()):
        nearest_cite.find_nearest(turn)
    else:
        answer.say(turn, turn.intent)


_TO_QUESTION: dict[str, Callable[[Turn], None]] = {
    "place": _to_place,
    "advisor_consent": _to_consent,
    "offer_advisor": _to_offer,
    "clarify": _to_readings,
    "erasure": _to_erasure,
}
_WAITING: dict[str, Callable[[Turn], None]] = {
    "find_nearest_cite": nearest_cite.find_nearest,
    "ask_opening_hours": opening_hours.say_hours,
    "ask_events": events.say_events,
}
