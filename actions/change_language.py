"""Speaking another language."""

from __future__ import annotations

from actions.cite_words import words
from actions.house_action import HouseAction
from actions.turn import Choice, Turn
from bot.knowledge import language
from bot.knowledge.catalogue import SPOKEN
from bot.knowledge.payload import payload


class ChangeLanguage(HouseAction):
    """Changes to the language asked for, or offers those that are spoken."""

    action_name = "action_change_language"

    def answer(self, turn: Turn) -> None:
        """Change, offer the choice, or say which languages are only understood."""
        wanted = _wanted(turn)
        if wanted in SPOKEN:
            turn.remember(language=wanted)
            turn.say("utter_language_changed", custom={"language": wanted})
        elif wanted:
            turn.say("utter_language_understood", choices=_choices())
        else:
            turn.say("utter_which_language", choices=_choices())


def _wanted(turn: Turn) -> str | None:
    named = language.named(turn.text)
    if named or turn.text:
        return named
    chosen = turn.entities("language")
    return str(chosen[0]) if chosen else None


def _choices() -> list[Choice]:
    return [Choice(payload("change_language", language=code), title=words("language_name", code)) for code in SPOKEN]
