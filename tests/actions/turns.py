"""One turn given to an action as Rasa gives it, and what the action answers, worded as people read it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from rasa_sdk import Tracker
from rasa_sdk.executor import CollectingDispatcher

from actions.house_action import HouseAction
from actions.turn import Turn
from bot.knowledge import dates, places
from bot.knowledge.catalogue import Catalogue

NOW = "2026-11-25T10:00:00+01:00"  # a Wednesday
_SLOTS = ("language", "place", "cite", "concern", "pending", "failures")
_NOT_VALUES = {"text", "buttons", "elements", "custom", "template", "response", "image", "attachment"}
_NOT_VALUES |= {"spoken", "choices"}


def said(
    intent: str,
    text: str = "",
    entities: Sequence[dict[str, Any]] = (),
    ranking: Sequence[str] = (),
    events: Sequence[dict[str, Any]] = (),
    slots: dict[str, Any] | None = None,
    **metadata: Any,
) -> Tracker:
    """What Rasa tells an action after one message; `metadata` is the channel's (language, cite, now)."""
    message = {
        "text": text or f"/{intent}",
        "intent": {"name": intent, "confidence": 0.9},
        "intent_ranking": [{"name": name, "confidence": 0.1} for name in ranking or (intent,)],
        "entities": list(entities),
        "metadata": {"now": NOW, **metadata},
    }
    kept = {**dict.fromkeys(_SLOTS), "language": "fr", **(slots or {})}
    return Tracker("a-person", kept, message, list(events), False, None, {}, "action_listen")


def place(name: str, country: str | None = None) -> dict[str, Any]:
    """The entity of a place, resolved by the gazetteer."""
    return {"entity": "place", "start": 0, "end": len(name), "value": places.find(name, country).as_dict()}


def where(name: str) -> dict[str, Any]:
    """The slot `place` of somebody who told this town."""
    return dict(place(name)["value"])


def when(text: str, now: str = NOW) -> list[dict[str, Any]]:
    """The entities of the dates that a French text names."""
    found = dates.find(text, datetime.fromisoformat(now), "fr")
    assert found, f"no date in {text!r}"
    return [{"entity": "date", "start": span.start, "end": span.end, "value": span.as_dict()} for span in found]


def entity(kind: str, value: Any) -> dict[str, Any]:
    """An entity as the payload of a button gives it."""
    return {"entity": kind, "value": value}


@dataclass(frozen=True)
class Said:
    """One message of an answer: the response's name, its values, its words, its buttons and what goes with it."""

    response: str
    values: dict[str, Any]
    text: str
    buttons: dict[str, str]
    custom: dict[str, Any]
    language: str


@dataclass(frozen=True)
class Answer:
    """All that an action answered: its messages in order, and the slots it set."""

    messages: list[Said]
    slots: dict[str, Any]

    @property
    def responses(self) -> list[str]:
        """The names of the responses, without "utter_"; what is only handed to the door has none."""
        return [message.response.removeprefix("utter_") for message in self.messages if message.response]

    @property
    def text(self) -> str:
        """All that is read."""
        return "\n".join(message.text for message in self.messages)

    @property
    def payloads(self) -> list[str]:
        """The payloads of all buttons."""
        return [payload for message in self.messages for payload in message.buttons.values()]

    @property
    def custom(self) -> dict[str, Any]:
        """All that goes to the door beside the words."""
        return {name: value for message in self.messages for name, value in message.custom.items()}

    @property
    def cards(self) -> list[dict[str, Any]]:
        """All cards shown."""
        return [card for message in self.messages for card in message.custom.get("cards", [])]

    def message(self, response: str) -> Said:
        """The one message of that response."""
        (found,) = (each for each in self.messages if each.response == f"utter_{response}")
        return found


def turn(tracker: Tracker) -> Turn:
    """A turn whose answer is of no interest."""
    return Turn(tracker, CollectingDispatcher())


def answer(action: HouseAction, tracker: Tracker) -> Answer:
    """Run an action; every response it says must be worded, with all its values."""
    dispatcher = CollectingDispatcher()
    events = action.run(dispatcher, tracker, {})
    return answered(dispatcher, {event["name"]: event["value"] for event in events})


def answered(dispatcher: CollectingDispatcher, slots: dict[str, Any]) -> Answer:
    """What was said to `dispatcher`."""
    return Answer([_worded(message) for message in dispatcher.messages], slots)


def _worded(message: dict[str, Any]) -> Said:
    if message["response"] is None:
        return Said("", {}, "", {}, message["custom"], "")
    words, language = Catalogue.load(), message["spoken"]
    values = {name: value for name, value in message.items() if name not in _NOT_VALUES}
    buttons = {
        choice["title"] or words.text(f"choices.{choice['key']}", language): choice["payload"]
        for choice in message["choices"]
    }
    text = words.text(f"utterances.{message['response']}", language, **values)
    return Said(message["response"], values, text, buttons, message["custom"], language)
