"""The exceptional closures and the announcements of a Cité that fall on a day, or touch a span of days."""

from __future__ import annotations

from datetime import date

from bot.knowledge.cite_types import Cite, Closure, Notice


def between(cite: Cite, first: date, last: date) -> list[Closure]:
    """Return the exceptional closures that touch a day from `first` to `last`, both included, in order."""
    found = [each for each in cite.closures if each.first <= last and first <= each.last]
    return sorted(found, key=lambda each: each.first)


def on(cite: Cite, day: date) -> Closure | None:
    """Return the exceptional closure of a day, the one that began first where several do, or None."""
    return next(iter(between(cite, day, day)), None)


def notices(cite: Cite, first: date, last: date) -> list[Notice]:
    """Return what was announced for a day from `first` to `last`, both included, closures aside, in order."""
    found = [each for each in cite.notices if each.first <= last and first <= each.last]
    return sorted(found, key=lambda each: each.first)


def is_exceptional(cite: Cite, day: date) -> bool:
    """Tell whether a day is closed for once, or has other hours for once."""
    return on(cite, day) is not None or any(each.hours for each in notices(cite, day, day))
