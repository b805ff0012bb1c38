"""Somebody who suffers: numbers to call and a human, whatever else was said."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import islice

from actions.cite_words import words
from actions.guide import usual_country
from actions.house_action import HouseAction
from actions.readings import readings
from actions.turn import Choice, Turn
from bot.knowledge import distress, wording
from bot.knowledge.concerns import load_concerns
from bot.knowledge.helplines import Helpline, helplines
from bot.knowledge.payload import payload


class Distress(HouseAction):
    """Gives the country's numbers and offers a human."""

    action_name = "action_distress"

    def answer(self, turn: Turn) -> None:
        """Answer with care; nothing else of the message is answered.

        Where despair was heard without its very words, the likeliest concern stands beside the human: it may be all
        that was meant.
        """
        turn.say("utter_distress")
        sure = distress.is_said(turn.text)
        say_numbers(turn, () if sure else islice(readings(turn, load_concerns().__contains__), 1))


def say_numbers(turn: Turn, others: Iterable[Choice] = ()) -> None:
    """Say whom to call, and offer a human, or `others`. Where the country is not known, ask, the likely one's told."""
    cite = turn.page_cite or turn.cite
    lines = helplines(turn.country, turn.language, cite.helplines if cite else ())
    turn.say("utter_helplines", numbers=_numbers(turn, lines))
    if turn.country is None and not (cite and cite.helplines):
        _say_likely(turn, lines)
    turn.say("utter_distress_human", choices=[Choice(payload("talk_to_advisor"), "talk_to_advisor"), *others])


def _say_likely(turn: Turn, said: tuple[Helpline, ...]) -> None:
    country = usual_country(turn.language)
    told = {line.number for line in said}
    lines = [line for line in helplines(country, turn.language) if line.number not in told]
    if lines:
        where = wording.in_country(country, turn.language)
        turn.say("utter_helplines_perhaps", where=where, numbers=_numbers(turn, lines))
    else:
        turn.say("utter_helplines_country")
    turn.ask("distress_country")


def _numbers(turn: Turn, lines: Iterable[Helpline]) -> str:
    return "\n".join(_line(turn, line) for line in lines)


def _line(turn: Turn, line: Helpline) -> str:
    return f"• {line.number} – {words(f'helplines.{line.key}', turn.language)}"
