"""A fact: a value, where it comes from, when it was checked; and how long it may be told without its date."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Generic, Literal, TypeVar

T = TypeVar("T")
Precision = Literal["year", "month", "day"]

HALF_A_YEAR, YEAR, TWO_YEARS, A_CENTURY = 183, 365, 730, 36_525
FRESH_DAYS = {
    **dict.fromkeys(("hours", "advisor_hours"), HALF_A_YEAR),
    **dict.fromkeys(("status", "phone", "email", "website", "appointment", "agenda", "helplines"), YEAR),
    **dict.fromkeys(("place_note", "access", "accessibility", "accessibility_page"), YEAR),
    **dict.fromkeys(("address", "services", "languages", "poles", "partners"), TWO_YEARS),
    **dict.fromkeys(("operator", "associated_centres"), TWO_YEARS),
    "opened": A_CENTURY,  # what has happened does not change
}
"""How many days a kind of fact, named as in a Cité's file, stays fresh; what is not named here: a year."""


@dataclass(frozen=True)
class Words:
    """A short text by language (ISO 639-1 code → text), for what cannot be a plain value."""

    by_language: Mapping[str, str]

    def get(self, language: str) -> str:
        """The text in a language, else in English, French, or the first there is."""
        for code in (language, "en", "fr"):
            if code in self.by_language:
                return self.by_language[code]
        return next(iter(self.by_language.values()))


@dataclass(frozen=True)
class Fact(Generic[T]):
    """One value with its provenance.

    `checked_on` is the day somebody last held the value against its source;
    `as_of` is the date of the source itself where known (a year or a month stands for its first
    day, `precision` says which it is); `note` is a remark that goes with the value.
    """

    value: T
    source: str
    checked_on: date | None = None
    as_of: date | None = None
    precision: Precision = "day"
    note: Words | None = None

    @property
    def dated(self) -> date | None:
        """The day the value was true for sure: that of its source where known, else of the check."""
        return self.as_of or self.checked_on

    def is_stale(self, kind: str, today: date) -> bool:
        """Whether the fact is too old to be told without its date. `kind`: a key of FRESH_DAYS."""
        end = self.fresh_until(kind)
        return end is None or today > end

    def fresh_until(self, kind: str) -> date | None:
        """The last day on which the fact may be told without its date; None when it never may."""
        return self.dated + timedelta(days=FRESH_DAYS.get(kind, YEAR)) if self.dated else None
