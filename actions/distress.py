"""Somebody who suffers: numbers to call and a human, whatever else was said."""

from __future__ import annotations

from actions.cite_words import words
from actions.house_action import HouseAction
from actions.turn import Choice, Turn
from bot.knowledge.helplines import Helpline, helplines
from bot.knowledge.payload import payload


class Distress(HouseAction):
    """Gives the country's numbers and offers a human."""

    action_name = "action_distress"

    def answer(self, turn: Turn) -> None:
        """Answer with care; nothing else of the message is answered first."""
        cite = turn.page_cite or turn.cite
        lines = helplines(turn.country, turn.language, cite.helplines if cite else ())
        numbers = "\n".join(_line(turn, line) for line in lines)
        turn.say("utter_distress")
        turn.say("utter_helplines", numbers=numbers)
        turn.say("utter_distress_human", choices=[Choice(payload("talk_to_advisor"), "talk_to_advisor")])


def _line(turn: Turn, line: Helpline) -> str:
    return f"• {line.number} – {words(f'helplines.{line.key}', turn.language)}"
