"""A question about opening hours: the Cité it is about, what is asked for, and the hours that answer it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from actions import cite_words
from actions.turn import Choice, Turn
from bot.knowledge import hours, hours_asked, hours_period, public_holidays
from bot.knowledge.cite_types import Cite
from bot.knowledge.hours import DayHours, Which
from bot.knowledge.hours_asked import Asked
from bot.knowledge.payload import payload

_LONGEST_KEPT = 300  # characters of a question that waits for a place


@dataclass(frozen=True)
class Question:
    """What is asked of `cite`; `now` is the time there."""

    turn: Turn
    cite: Cite
    now: datetime
    asked: Asked

    @staticmethod
    def of(turn: Turn, cite: Cite) -> Question:
        """Read the question of this turn, or the one that waited for a place, by the clock of `cite`."""
        now = turn.now.astimezone(ZoneInfo(cite.timezone))
        text, found = kept(turn), turn.entities("date")
        elsewhere = now.utcoffset() != turn.now.utcoffset() and bool(found) and bool(turn.text)
        if (text and not found) or elsewhere:
            text = turn.text if elsewhere else text
            found = hours_asked.read_at(text, now, cite.timezone, turn.language) or found
        found = found or _local_holiday(text or turn.text, cite, now)
        return Question(turn, cite, now, hours_asked.asked(text or turn.text, found, now, turn.language))

    @property
    def today(self) -> date:
        """The day that it is at the Cité."""
        return self.now.date()

    @property
    def language(self) -> str:
        """The language of the answer."""
        return self.turn.language

    @property
    def how(self) -> str:
        """How to ask the Cité."""
        return cite_words.how_to_ask(self.cite, self.language)

    @property
    def shows_tables(self) -> bool:
        """Whether the answer is read where a table can be shown: in our own window or page."""
        return self.turn.metadata.get("channel") in ("widget", "page")

    @property
    def tells_week(self) -> bool:
        """Whether the usual week goes with the answer for now, in words: no table shows it, no day is asked for."""
        return not self.shows_tables and not self.turn.entities("date")

    def day(self, day: date, which: Which = "reception") -> DayHours:
        """The hours of a day."""
        return hours.day(self.cite, day, which, self.today)

    def advisors(self, days: list[date]) -> list[DayHours]:
        """The hours of the advisors on these days; empty when they are not known, or the same as the reception's."""
        if self.cite.advisor_hours is None:
            return []
        if self.cite.hours and hours_period.same_hours(self.cite, min(days), max(days)):
            return []
        return [self.day(each, "advisors") for each in days]

    def say(self, response: str, custom: dict[str, Any] | None = None, **values: Any) -> None:
        """Answer with the Cité's name and the usual buttons."""
        name = self.cite.name(self.language)
        self.turn.say(response, choices=_choices(), custom=custom, cite=name, **values)


def _local_holiday(text: str, cite: Cite, now: datetime) -> list[dict[str, Any]]:
    """A public holiday of the Cité's own region that the text names, as the dates of a message hold it; else none."""
    day = public_holidays.named(text, cite.country, cite.subdivision, now.date()) if text else None
    if day is None:
        return []
    midnight = datetime.combine(day, time(), now.tzinfo)
    return [{"from": midnight.isoformat(), "to": (midnight + timedelta(days=1)).isoformat(), "kind": "day"}]


def kept(turn: Turn) -> str:
    """Return the question about hours that waited for a place, as it was written; empty when none did."""
    return str(turn.pending.get("said") or "")


def keep(turn: Turn) -> None:
    """Keep the question while a place is asked for, so that the day it names is not forgotten."""
    waiting, text = turn.slot("pending"), turn.text if turn.entities("date") else kept(turn) or turn.text
    if waiting and text:
        turn.remember(pending={**waiting, "said": text[:_LONGEST_KEPT]})


def _choices() -> list[Choice]:
    return [
        Choice(payload("ask_events"), "ask_events"),
        Choice(payload("ask_directions"), "ask_directions"),
        Choice(payload("talk_to_advisor"), "talk_to_advisor"),
    ]
