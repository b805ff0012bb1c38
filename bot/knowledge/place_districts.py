"""Districts of Paris, Lyon and Marseille that a number names: "13e à Marseille", "le 19e arrondissement"."""

from __future__ import annotations

import re
from collections.abc import Sequence

from bot.knowledge.gazetteer import Hit, Rank, gazetteer
from bot.knowledge.place_codes import DISTRICT_CITIES
from bot.knowledge.place_tokens import Token
from bot.knowledge.place_words import place_words

_ORDINAL = re.compile(r"(\d{1,2})(?:e|er|ere|em|eme|ieme|nd|nde|th|st|rd|o|a|de)")
_DISTRICT = frozenset({"arrondissement", "arrondissements", "arrdt", "arrond", "arr", "ardt", "district", "distrito"})
_LINKS = frozenset({"a", "de", "du", "d", "sur", "in", "of", "en", "di", "le", "dans"})
_CITIES = frozenset(city.lower() for city in DISTRICT_CITIES)
_MOST_LINKS = 2
_ENGLISH = ("th", "st", "rd", "nd")
_FIRST = "1er"  # the one French ordinal that is a date
_BEFORE_THE_FIRST = frozenset({"le", "du", "au", "avant"})
_DAY = frozenset({"dia", "day", "jour", "giorno"})
_IN = frozenset({"in", "of", "from", "dans", "sur", "en"})


def district(words: Sequence[Token], start: int) -> tuple[int, list[Hit]] | None:
    """The districts that the words from `start` on name by an ordinal, and where they end.

    The word "arrondissement" or the city must follow: a bare "13e" is anything, and "on the 14th in Paris" is a day.
    Without the city, the districts of that number in each of the three.
    """
    number = _number(words[start].word)
    if not number:
        return None
    end = start + 1
    named = end < len(words) and words[end].word in _DISTRICT
    end += named
    if not named and _is_day(words, start):
        return None
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
            if not named and (_has_month(words, at) or at > end and _is_day(words, at)):
                return None
            return (at + 1 + named, hits) if hits else None
        if words[at].word not in _LINKS:
            break
    return None


def _number(word: str) -> int:
    """The number of an ordinal; 0 for anything else."""
    found = _ORDINAL.fullmatch(word) if word[0].isdigit() else None
    return int(found[1]) if found else 0


def _is_day(words: Sequence[Token], at: int) -> bool:
    """Whether an ordinal is a day of the month: "le 1er à Lyon", "open the 14th in Paris"."""
    earlier, last = ["", "", *(word.word for word in words[max(0, at - 2) : at])][-2:]
    if _has_month(words, at) or last in _DAY:
        return True
    if words[at].word == _FIRST:
        return last in _BEFORE_THE_FIRST and earlier not in _IN
    return words[at].word.endswith(_ENGLISH) and last == "the" and earlier not in ("", *_IN)


def _has_month(words: Sequence[Token], at: int) -> bool:
    """Whether a month, or another word that follows a number, stands after an ordinal: "1er mai"."""
    after = [word.word for word in words[at + 1 : at + 3] if word.word not in ("of", "de", "di")]
    return bool(after) and after[0] in place_words().units


def _city_after(words: Sequence[Token], at: int) -> tuple[int, str] | None:
    for place in range(at, min(at + 1 + _MOST_LINKS, len(words))):
        if words[place].word in _CITIES:
            return place + 1, words[place].word
        if words[place].word not in _LINKS:
            return None
    return None


def _hits(city: str, number: int) -> list[Hit]:
    return [hit for hit in gazetteer().hits(f"{city} {number}") if hit.rank == Rank.NAME]
