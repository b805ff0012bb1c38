"""Yes, no, no matter, and bare information: they answer the question asked just before."""

from __future__ import annotations

from collections.abc import Callable

from actions import address, advisor, answer, areas, cite_fact, distress, events, guide, nearest_cite, opening_hours
from actions.house_action import HouseAction
from actions.turn import Choice, Turn
from bot.knowledge import unknown_place
from bot.knowledge.addresses import address_in
from bot.knowledge.concerns import load_concerns
from bot.knowledge.payload import payload
from bot.knowledge.text import words

_LONGEST_PLACE = 4  # words, unless they are an address


class Reply(HouseAction):
    """Answers `affirm`, `deny`, `skip` and `inform` in the light of the pending question."""

    action_name = "action_reply"
    may_be_mistaken = True

    def answer(self, turn: Turn) -> None:
        """Hand the reply to whoever asked."""
        _TO_QUESTION.get(str(turn.pending.get("ask")), _to_nothing)(turn)


def resume(turn: Turn, question: str) -> None:
    """Answer the intent `question`, which waited for a place or for another answer."""
    if question in _WAITING:
        _WAITING[question](turn)
    elif question in load_concerns():
        guide.guide(turn, question)
    else:
        cite_fact.say_fact(turn, question)


def answer_second(turn: Turn) -> None:
    """Answer what the message asked besides ("c'est gratuit et vous ouvrez quand ?"), its first request answered.

    Not to somebody who suffers.
    """
    if turn.intent != "express_distress":
        _answer_too(turn, next(iter(turn.entities("also_asked")), None))


def _answer_too(turn: Turn, second: str | None) -> None:
    """Answer a second request; where the first has asked for a place, it waits for it too.

    Where the first has asked something else, one thing at a time: that question comes first.
    """
    asked = turn.slot("pending")
    if second and not asked:
        resume(turn, second)
    elif second and asked["ask"] == "place":
        turn.remember(pending={**asked, "also": second})


def may_be_place(turn: Turn) -> bool:
    """Tell whether a message that was not understood may name a place, since one was asked for."""
    short = len(words(turn.text)) <= _LONGEST_PLACE or bool(address_in(turn.text))
    return turn.pending.get("ask") == "place" and short


def to_place(turn: Turn, unclear: bool = False) -> None:
    """Answer the question that waited for a place; without one, ask once more, then do without.

    `unclear`: the message was not understood, and may be a place that is not known.
    """
    question = str(turn.pending.get("intent"))
    if turn.said_place() or turn.said_candidates() or address.locate(turn):
        resume(turn, question)
        _answer_too(turn, turn.pending.get("also"))
    elif (unclear or turn.intent == "inform") and not turn.pending.get("again"):
        turn.say("utter_place_unknown")
        turn.say("utter_choose_area", choices=areas.choices(turn))
        turn.remember(pending={**turn.pending, "again": True})
    else:
        turn.say("utter_without_place", choices=[Choice(payload("talk_to_advisor"), "talk_to_advisor")])


def _to_country(turn: Turn) -> None:
    """The country was assumed: guide again where another one is told."""
    if turn.said_place():
        guide.guide_elsewhere(turn, str(turn.pending["intent"]), str(turn.pending["assumed"]))
    else:
        _to_nothing(turn)


def _to_distress(turn: Turn) -> None:
    if turn.said_place():
        distress.say_numbers(turn)
    else:
        _to_nothing(turn)


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
    elif turn.intent == "inform":
        _to_nothing(turn)
    else:
        turn.say("utter_deny")


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
    where = turn.said_place() or turn.said_candidates() or unknown_place.announced(turn.text)
    if turn.intent == "inform" and where:
        nearest_cite.find_nearest(turn)
    else:
        answer.say(turn, turn.intent)


_TO_QUESTION: dict[str, Callable[[Turn], None]] = {
    "place": to_place,
    "country": _to_country,
    "distress_country": _to_distress,
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
