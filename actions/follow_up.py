"""A follow-up in a few words ("et en janvier ?", "et à Lyon ?") asks again what was answered just before."""

from __future__ import annotations

from collections.abc import Iterator

from actions import event_request
from actions.turn import Turn
from bot.knowledge import event_words
from bot.knowledge.text import words

_ANSWERS = {
    "ask_events": ("utter_events", "utter_no_events", "utter_no_more_events", "utter_no_agenda", "utter_agenda_"),
    "ask_opening_hours": ("utter_open_", "utter_closed_", "utter_hours_"),
}
"""How the responses that answer a question begin."""
_LONGEST = 7  # words


def question(turn: Turn) -> str | None:
    """Return the intent that the message asks again for the day or place it names, "ask_events" or "ask_opening_hours".

    None where it says more than that, or names a place without following on ("et…"), or where a question of ours waits.
    """
    if turn.pending or not _is_bare(turn):
        return None
    said = list(_said_before(turn))
    answered = (intent for intent, begins in _ANSWERS.items() if any(each.startswith(begins) for each in said))
    return next(answered, None)


def _is_bare(turn: Turn) -> bool:
    language = event_request.language_of(turn)
    follows = event_words.follows_on(turn.text, language)
    if len(words(turn.text)) > _LONGEST or not (turn.entities("date") or (turn.entities("place") and follows)):
        return False
    return event_words.says_nothing_else(turn.text, language, event_request.cut(turn, language))


def _said_before(turn: Turn) -> Iterator[str]:
    """The responses that answered the message before this one."""
    messages = 0
    for event in reversed(turn.tracker.events):
        messages += event.get("event") == "user"
        if messages > 1:
            return
        if messages == 1 and event.get("event") == "bot":
            yield str((event.get("metadata") or {}).get("utter_action") or "")
