"""Questions on events that are understood as something else: they name a concern, or hardly anything."""

from __future__ import annotations

from actions import event_request
from actions.turn import Turn
from bot.knowledge import event_words
from bot.knowledge.concerns import load_concerns
from bot.knowledge.text import words

_LONGEST = 8  # words: beyond, a forum is only mentioned
_SHORT = 4  # words that need no date to be about an event
_BEGINNING = 2  # words: "un forum pour…"
_AROUND = frozenset({"find_nearest_cite", "out_of_scope", "inform"})


def are_meant(turn: Turn) -> bool:
    """Tell whether the message asks for events, whatever it was understood as."""
    text, language = turn.text, event_request.language_of(turn)
    if not text or turn.pending.get("ask") == "place":
        return False
    return (
        _is_forum(turn, text, language)
        or event_words.asks_something_online(text)
        or _is_within(turn, text, language)
    )


def _is_forum(turn: Turn, text: str, language: str) -> bool:
    """ "forum alternance en janvier"."""
    said = words(text)
    begins = event_words.names_gathering(" ".join(said[:_BEGINNING]), language)
    short = len(said) <= (_LONGEST if begins or turn.entities("date") else _SHORT)
    return short and turn.intent in load_concerns() and event_words.names_gathering(text, language)


def _is_within(turn: Turn, text: str, language: str) -> bool:
    """ "what's on within 50 km of Lille on Saturday?"."""
    around = turn.intent in _AROUND and bool(turn.entities("date")) and event_words.radius_km(text)
    return bool(around) and event_words.says_nothing_else(text, language, event_request.cut(turn, language))
