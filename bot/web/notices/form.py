"""What is typed at the desk to announce something, and what is wrong with it, in words for whoever typed it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from bot.knowledge import closures, notices
from bot.knowledge.cites import load_cites
from bot.web.notices import publishing
from bot.web.notices.models import Kind
from bot.web.words import LANGUAGES

WEEKDAYS = ("Mo", "Tu", "We", "Th", "Fr", "Sa", "Su")
_SPANS = ("1", "2")
_LONGEST = 500  # characters of the words in one language


@dataclass
class Typed:
    """The fields as they were typed, and the faults found: field → key of the catalogue, without "notices."."""

    fields: Mapping[str, Any]
    days: list[str]
    faults: dict[str, str] = field(default_factory=dict)

    @property
    def values(self) -> dict[str, Any]:
        """What `publishing.announce` takes. Only where there is no fault."""
        first, last = self.day("first"), self.day("last") or self.day("first")
        kind = self.text("kind")
        hours = self.hours if kind == Kind.HOURS else ""
        return {"cite": self.text("cite"), "kind": kind, "first": first, "last": last, "hours": hours,
                "words": self.words}  # fmt: skip

    @property
    def words(self) -> dict[str, str]:
        """The text by language, those left empty out."""
        told = {language: self.text(f"words_{language}") for language in LANGUAGES}
        return {language: text for language, text in told.items() if text}

    @property
    def hours(self) -> str:
        """The weekdays ticked and the times: "Mo,Tu,We 10:00-12:00,14:00-16:00"; empty without times."""
        spans = [(self.text(f"opens_{number}"), self.text(f"closes_{number}")) for number in _SPANS]
        times = ",".join(f"{opens}-{closes}" for opens, closes in spans if opens or closes)
        days = [day for day in WEEKDAYS if day in self.days]
        return f"{','.join(days)} {times}" if times and days else ""

    def text(self, name: str) -> str:
        """A field, stripped."""
        return " ".join(str(self.fields.get(name) or "").split())

    def day(self, name: str) -> date | None:
        """A field as a day, or None."""
        try:
            return date.fromisoformat(self.text(name))
        except ValueError:
            return None


def read(post: Any, cites: list[str]) -> Typed:
    """Read a form (`QueryDict`) for one of the Cités that may be spoken for; its faults are in it."""
    typed = Typed(post, post.getlist("days"))
    if typed.text("cite") not in cites:
        typed.faults["cite"] = "no_cite"
    if typed.text("kind") not in Kind.values:
        typed.faults["kind"] = "no_kind"
    if not typed.faults:
        _check_days(typed)
        _check_words(typed)
        _check_hours(typed)
    return typed


def has_right_length(text: str) -> bool:
    """Whether the words in one language are neither a slip nor a speech."""
    return 2 <= len(text) <= _LONGEST


def _check_days(typed: Typed) -> None:
    first, last = typed.day("first"), typed.day("last")
    if first is None:
        typed.faults["first"] = "no_day"
    elif last is None and typed.text("last"):
        typed.faults["last"] = "no_day"
    elif last is not None and last < first:
        typed.faults["last"] = "backwards"
    elif (last or first) < publishing.today(typed.text("cite")):
        typed.faults["last"] = "over"
    elif (last or first) - first > notices.LONGEST:
        typed.faults["last"] = "too_long"
    elif typed.text("kind") != Kind.WORD:
        _check_neighbours(typed, first, last or first)


def _check_neighbours(typed: Typed, first: date, last: date) -> None:
    """Two things cannot be true of a day: one of them must be withdrawn first."""
    cite = typed.text("cite")
    others = publishing.standing(cite).exclude(kind=Kind.WORD).filter(first__lte=last, last__gte=first)
    if others.exists():
        typed.faults["first"] = "overlaps"
        return
    known = load_cites()[cite]
    if typed.text("kind") == Kind.HOURS and any(not each.announced for each in closures.between(known, first, last)):
        typed.faults["first"] = "closed_in_file"


def _check_words(typed: Typed) -> None:
    if typed.text("kind") == Kind.WORD and not typed.words:
        typed.faults["words"] = "no_words"
    if any(not has_right_length(text) for text in typed.words.values()):
        typed.faults["words"] = "words_length"


def _check_hours(typed: Typed) -> None:
    if typed.text("kind") != Kind.HOURS:
        return
    if not typed.hours:
        typed.faults["hours"] = "no_hours"
    elif not notices.are_hours(typed.hours):
        typed.faults["hours"] = "bad_hours"
