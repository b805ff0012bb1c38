"""Districts of Paris, Lyon and Marseille that a number names: "13e à Marseille", "le 19e arrondissement"."""

from __future__ import annotations

import re
from collections.abc import Sequence

from bot.knowledge.gazetteer import Hit, Rank, gazetteer
from bot.knowledge.place_codes import DISTRICT_CITIES
from bot.knowledge.place_tokens import Token

_ORDINAL = re.compile(r"(\d{1,2})(?:e|er|ere|em|eme|ieme|nd|nde|th|st|rd|o|a|de)")
_DISTRICT = frozenset({"arrondissement", "arrondissements", "arrdt", "arrond", "arr", "ardt", "district", "distrito"})
_LINKS = frozenset({"a", "de", "du", "d", "sur", "in", "of", "en", "di", "le", "dans"})
_CITIES = frozenset(city.lower() for city in DISTRICT_CITIES)
_MOST_LINKS = 2


def district(words: Sequence[Token], start: int) -> tuple[int, list[Hit]] | None:
    """The districts that the words from `start` on name by an ordinal, and where they end.

    The word "arrondissement" or the city must follow: a bare "13e" is anything. Without the city, the districts
    of that number in each of the three.
    """
    number = _number(words[start].word)
    if not number:
        return None
    end = start + 1
    named = end < len(words) and words[end].word in _DISTRICT
    end += named
    city = _city_after(words, end)
    if city:
        return city[0], _hits(city[1], number)
    hits = [hit for one in _CITIES for hit in _hits(one, number)] if named else []
    return (end, hits) if hits else None


def beside(words: Sequence[Token], city: str, end: int) -> tuple[int, list[Hit]] | None:
    """The district whose ordinal stands after its city's name: "Paris, dans le 15e", "Paris 20th arrondissement"."""
    if city not in _CITIES:
        return None
    for at in range(end, min(end + 1 + _MOST_LINKS, len(words))):
        number = _number(words[at].word)
        if number:
            hits = _hits(city, number)
            named = at + 1 < len(words) and words[at + 1].word in _DISTRICT
            return (at + 1 + named, hits) if hits else None
        if words[at].word not in _LINKS:
            break
    return None


def _number(word: str) -> int:
    """The number of an ordinal; 0 for anything else."""
    found = _ORDINAL.fullmatch(word) if word[0].isdigit() else None
    return int(found[1]) if found else 0


def _city_after(words: Sequence[Token], at: int) -> tuple[int, str] | None:
    for place in range(at, min(at + 1 + _MOST_LINKS, len(words))):
        if words[place].word in _CITIES:
            return place + 1, words[place].word
        if words[place].word not in _LINKS:
            return None
    return None


def _hits(city: str, number: int) -> list[Hit]:
    return [hit for hit in gazetteer().hits(f"{city} {number}") if hit.rank == Rank.NAME]
