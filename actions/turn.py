"""One turn of a conversation, as the actions see it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from rasa_sdk import Tracker
from rasa_sdk.events import EventType, SlotSet
from rasa_sdk.executor import CollectingDispatcher

from bot.knowledge.cite_types import Cite
from bot.knowledge.cites import load_cites
from bot.knowledge.language import DEFAULT
from bot.knowledge.places import Place


@dataclass(frozen=True)
class Choice:
    """One button: its words are the catalogue's "choices.<key>", or `title` as it is."""

    payload: str
    key: str = ""
    title: str = ""

    def as_dict(self) -> dict[str, str]:
        """Return the form in which responses take it."""
        return {"payload": self.payload, "key": self.key, "title": self.title}


@dataclass
class Turn:
    """What was said and is remembered, and what is answered.

    An action reads it, says things and sets slots; `events` then gives Rasa the slots that changed. A question
    asked in an earlier turn is forgotten unless `ask` asks one again.
    """

    tracker: Tracker
    dispatcher: CollectingDispatcher
    _slots: dict[str, Any] = field(default_factory=lambda: {"pending": None, "failures": 0})

    @property
    def language(self) -> str:
        """Two-letter code of the conversation's language."""
        return self.slot("language") or DEFAULT

    @property
    def intent(self) -> str:
        """Name of the intent of this message."""
        return str(self.tracker.get_intent_of_latest_message() or "")

    @property
    def text(self) -> str:
        """What was typed; empty for a button."""
        text = str(self.tracker.latest_message.get("text") or "")
        return "" if text.startswith("/") else text

    @property
    def metadata(self) -> dict[str, Any]:
        """What the channel told beside the text."""
        return self.tracker.latest_message.get("metadata") or {}

    @property
    def pending(self) -> dict[str, Any]:
        """The question asked in the turn before: {"ask": name, …}, or empty."""
        return self.tracker.get_slot("pending") or {}

    @property
    def page_cite(self) -> Cite | None:
        """The Cité on whose page the person writes."""
        return load_cites().get(str(self.metadata.get("cite")))

    @property
    def cite(self) -> Cite | None:
        """The Cité spoken of before."""
        return load_cites().get(str(self.slot("cite")))

    @property
    def place(self) -> Place | None:
        """Where the person is, when it is known for sure."""
        return _place(self.slot("place"))

    @property
    def country(self) -> str | None:
        """ISO code of the country the conversation is about, from the place, else the Cité."""
        for known in (self.place, self.cite, self.page_cite):
            if known is not None:
                return known.country
        return None

    @property
    def now(self) -> datetime:
        """The time that the channel tells, else the clock, in the page's Cité's time zone."""
        zone = ZoneInfo(self.page_cite.timezone if self.page_cite else "Europe/Paris")
        told = self.metadata.get("now")
        return datetime.fromisoformat(told).astimezone(zone) if told else datetime.now(zone)

    def slot(self, name: str) -> Any:
        """Return the value of a slot, as set in this turn or before."""
        return self._slots[name] if name in self._slots else self.tracker.get_slot(name)

    def entities(self, kind: str) -> list[Any]:
        """Return the values of this message's entities of a kind, in the order of the text."""
        found = [entity for entity in self.tracker.latest_message.get("entities") or [] if entity["entity"] == kind]
        return [entity["value"] for entity in sorted(found, key=lambda entity: entity.get("start") or 0)]

    def said_place(self) -> Place | None:
        """Return the place that this message names, when it is sure which one."""
        return next((place for place in map(_place, self.entities("place")) if place), None)

    def said_candidates(self) -> list[Place]:
        """Return the places among which this message does not tell, when it names none that is sure."""
        if self.said_place():
            return []
        unsure = [value["candidates"] for value in self.entities("place") if "candidates" in value]
        return [Place.from_dict(candidate) for candidate in unsure[0]] if unsure else []

    def say(
        self,
        response: str,
        choices: Sequence[Choice] = (),
        custom: dict[str, Any] | None = None,
        **values: Any,
    ) -> None:
        """Answer with a response of the catalogue, its values ready to show, and buttons."""
        payload = {"custom": custom} if custom else {}
        listed = [choice.as_dict() for choice in choices]
        self.dispatcher.utter_message(response=response, spoken=self.language, choices=listed, **payload, **values)

    def remember(self, **slots: Any) -> None:
        """Set slots."""
        self._slots.update(slots)

    def ask(self, name: str, **details: Any) -> None:
        """Note that the answer just given asks the person something."""
        self.remember(pending={"ask": name, **details})

    def events(self) -> list[EventType]:
        """Return the slots that this turn sets."""
        return [SlotSet(name, value) for name, value in self._slots.items()]


def _place(value: Any) -> Place | None:
    return Place.from_dict(value) if isinstance(value, dict) and "lat" in value else None
