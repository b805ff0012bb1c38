"""The exceptional closures of a Cité that fall on a day, or touch a span of days."""

from __future__ import annotations

from datetime import date

from bot.knowledge.cite_types import Cite, Closure


def between(cite: Cite, first: date, last: date) -> list[Closure]:
    """Return the exceptional closures that touch a day from `first` to `last`, both included, in order."""
    found = [each for each in cite.closures if each.first <= last and first <= each.last]
    return sorted(found, key=lambda each: each.first)


def on(cite: Cite, day: date) -> Closure | None:
    """Return the exceptional closure of a day, the one that began first where several do, or None."""
    return next(iter(between(cite, day, day)), None)
