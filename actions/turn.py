"""One turn of a conversation, as the actions see it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from rasa_sdk import Tracker
from rasa_sdk.events import EventType, SlotSet
from rasa_sdk.executor import CollectingDispatcher

from bot.knowledge.cite_types import Cite
from bot.knowledge.cites import load_cites
from bot.knowledge.home import told_as_home
from bot.knowledge.language import DEFAULT
from bot.knowledge.moment import moment
from bot.knowledge.places import Place

_ELSEWHERE = ("work_abroad", "recognise_foreign_diploma", "out_of_scope", "ask_network")
"""Intents in which a place is not where one is ("who is the president of France?"), unless it is told as one's home."""


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
    asked in an earlier turn is forgotten unless `ask` asks one again. A place that the message tells is remembered
    at once, and the Cité spoken of before is left: it was that of another place.
    """

    tracker: Tracker
    dispatcher: CollectingDispatcher
    _slots: dict[str, Any] = field(default_factory=lambda: {"pending": None, "failures": 0})
    _taken_as: str | None = None

    def __post_init__(self) -> None:
        """Remember the place told."""
        self._remember_place()

    def take_as(self, intent: str) -> None:
        """Read the message as another intent than the one it was understood as; a place may then be where one is."""
        self._taken_as = intent
        self._remember_place()

    def _remember_place(self) -> None:
        told = self.said_place()
        if told:
            self.remember(place=told.as_dict(), cite=None)

    @property
    def language(self) -> str:
        """Two-letter code of the conversation's language."""
        return self.slot("language") or DEFAULT

    @property
    def intent(self) -> str:
        """Name of the intent of this message; the likeliest one where that is not sure."""
        return self._taken_as or str(self.tracker.get_intent_of_latest_message() or "")

    @property
    def answered_as(self) -> str:
        """Name of the intent by which this message's action was chosen, `nlu_fallback` where none is sure."""
        return str(self.tracker.get_intent_of_latest_message(skip_fallback_intent=False) or "")

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
        """ISO code of the country the conversation is about, from the place, else a Cité that exists."""
        lands = {place.country for place in self.said_candidates()}
        if len(lands) == 1:
            return lands.pop()
        if self.place:
            return self.place.country
        real = [cite for cite in (self.cite, self.page_cite) if cite and not cite.fictional]
        return real[0].country if real else None

    @property
    def now(self) -> datetime:
        """The time that the channel tells, else the clock, in the page's Cité's time zone."""
        return moment(self.metadata.get("now"), self.page_cite.timezone if self.page_cite else None)

    def slot(self, name: str) -> Any:
        """Return the value of a slot, as set in this turn or before."""
        return self._slots[name] if name in self._slots else self.tracker.get_slot(name)

    def entities(self, kind: str) -> list[Any]:
        """Return the values of this message's entities of a kind, in the order of the text."""
        return [entity["value"] for entity in self._found(kind)]

    def said_place(self) -> Place | None:
        """Return where this message says that the person is, when it is sure which place: a home before others."""
        return next((place for place in map(_place, self._said_places()) if place), None)

    def said_candidates(self) -> list[Place]:
        """Return the places among which this message does not tell, when it names none that is sure."""
        if self.said_place():
            return []
        unsure = [value["candidates"] for value in self._said_places() if "candidates" in value]
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

    def hand(self, custom: dict[str, Any]) -> None:
        """Hand the door something to carry out, without words."""
        self.dispatcher.utter_message(json_message=custom)

    def remember(self, **slots: Any) -> None:
        """Set slots."""
        self._slots.update(slots)

    def ask(self, name: str, **details: Any) -> None:
        """Note that the answer just given asks the person something."""
        self.remember(pending={"ask": name, **details})

    def events(self) -> list[EventType]:
        """Return the slots that this turn sets."""
        return [SlotSet(name, value) for name, value in self._slots.items()]

    def _found(self, kind: str) -> list[dict[str, Any]]:
        found = [entity for entity in self.tracker.latest_message.get("entities") or [] if entity["entity"] == kind]
        return sorted(found, key=lambda entity: entity.get("start") or 0)

    def _said_places(self) -> list[dict[str, Any]]:
        """The values of the places named, homes first; those that are elsewhere are left out."""
        found = self._found("place")
        homes = [entity for entity in found if told_as_home(self.text, entity.get("start") or 0)]
        others = [] if self.intent in _ELSEWHERE else [entity for entity in found if entity not in homes]
        return [entity["value"] for entity in (*homes, *others)]


def _place(value: Any) -> Place | None:
    return Place.from_dict(value) if isinstance(value, dict) and "lat" in value else None
