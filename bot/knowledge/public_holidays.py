"""Public holidays by country and region, from the `holidays` package, with their names by language."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache

import holidays

from bot.knowledge.language import UNDERSTOOD
from bot.knowledge.text import fold

_SAINT = re.compile(r"\b(?:saints?|sainte|santos?|santa|santi|sant|san|sao)\b.*")
_SHORTEST_NAME = 6  # letters


@dataclass(frozen=True)
class Holiday:
    """A public holiday: its day, a key made of its English name ("labor_day"), its place."""

    day: date
    key: str
    country: str
    subdivision: str | None

    def name(self, language: str) -> str | None:
        """Its name in a language, or None where the package has none in it."""
        return _year(self.country, self.subdivision, self.day.year, language).get(self.day)


def holiday(country: str, subdivision: str | None, day: date) -> Holiday | None:
    """The public holiday on a day in a region, or None."""
    name = _year(country, subdivision, day.year, "en").get(day)
    if name is None:
        return None
    return Holiday(day, re.sub(r"[^a-z0-9]+", "_", name.lower()).strip("_"), country, subdivision)


def named(text: str, country: str, subdivision: str | None, after: date) -> date | None:
    """The next public holiday of a region, from `after` on, that `text` names in any language, or None.

    It finds the feasts that are only a canton's, a province's or an island's ("au Jeûne genevois", "a Sant'Ambrogio").
    """
    said = f" {fold(text)} "
    found = [
        (-len(name), day)
        for year in (after.year, after.year + 1)
        for language in UNDERSTOOD
        for day, told in _year(country, subdivision, year, language).items()
        for name in _names(told)
        if day >= after and f" {name} " in said
    ]
    return min(found)[1] if found else None


def _names(told: str) -> set[str]:
    """What a holiday is called, folded; a saint's day by the saint too: "Dia de Santo António", "Santo António"."""
    whole = {fold(re.sub(r"\(.*?\)", "", part)) for part in told.split(";")}
    saints = {match.group() for name in whole if (match := _SAINT.search(name))}
    return {name for name in whole | saints if len(name) >= _SHORTEST_NAME}


def may_be(country: str, subdivision: str | None, day: date) -> bool:
    """Whether a day is a public holiday in a region, or may become one."""
    return day in days(country, subdivision, day.year) or day in uncertain_days(country, subdivision, day.year)


def days(country: str, subdivision: str | None, year: int) -> tuple[date, ...]:
    """All the public holidays of a year in a region, in order."""
    return tuple(sorted(_year(country, subdivision, year, "en")))


def uncertain_days(country: str, subdivision: str | None, year: int) -> tuple[date, ...]:
    """The days around the holidays that hang on a moon yet to be seen, which the package marks "(estimated)"."""
    named = _year(country, subdivision, year, "en").items()
    around = (-1, 0, 1)
    return tuple(day + timedelta(days=shift) for day, name in named if "(estimated" in name for shift in around)


@lru_cache(maxsize=128)
def known_region(country: str, subdivision: str | None) -> bool:
    """Whether the package knows the country (ISO alpha-2) and its subdivision."""
    try:
        holidays.country_holidays(country, subdiv=subdivision)
    except NotImplementedError:
        return False
    return True


@lru_cache(maxsize=1024)
def _year(country: str, subdivision: str | None, year: int, language: str) -> Mapping[date, str]:
    """Day → name; empty when the package has no names of this country in this language."""
    supported = holidays.country_holidays(country, subdiv=subdivision).supported_languages
    code = next((code for code in sorted(supported) if code.split("_")[0] == language), None)
    if code is None and language != "en":
        return {}
    return dict(holidays.country_holidays(country, subdiv=subdivision, years=year, language=code))
