"""Answers that depend on nothing but the question."""

from __future__ import annotations

from actions import advisor, look_alike
from actions.house_action import HouseAction
from actions.turn import Choice, Turn
from bot.knowledge.payload import payload

_OPENING = ("greet", "ask_help", "out_of_scope", "inform", "affirm", "skip")
"""Answers after which the main subjects are offered."""
_ASIDE = ("ask_privacy", "bot_challenge")
"""What people ask before they agree to a human."""
_SUBJECTS = (
    "choose_career",
    "change_job",
    "find_training",
    "find_job",
    "create_business",
    "find_nearest_cite",
    "talk_to_advisor",
)


class Answer(HouseAction):
    """Says the response named after the intent."""

    action_name = "action_answer"

    def answer(self, turn: Turn) -> None:
        """Say utter_<intent>; a question asked while consent was awaited does not lose it."""
        if turn.intent == "ask_network" and look_alike.told_apart(turn):
            return
        say(turn, turn.intent)
        if turn.intent in _ASIDE and turn.pending.get("ask") == "advisor_consent":
            advisor.ask_consent(turn)


def say(turn: Turn, intent: str) -> None:
    """Say utter_<intent>, with the main subjects as buttons where a conversation opens."""
    turn.say(f"utter_{intent}", choices=main_subjects() if intent in _OPENING else [])


def main_subjects() -> list[Choice]:
    """Return the buttons that a conversation begins with."""
    return [Choice(payload(subject), subject) for subject in _SUBJECTS]
