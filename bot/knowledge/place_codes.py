"""Postcodes, and numbers of French departments."""

from __future__ import annotations

import re
from collections.abc import Sequence

from bot.knowledge.gazetteer import Hit, Place, Rank, foreign_postcodes, gazetteer
from bot.knowledge.place_choice import Found, choose

_DEPARTMENT = re.compile(r"2[ab]|\d{2,3}")
_FRENCH_POSTCODE = re.compile(r"\d{5}")


def is_postcode(word: str) -> bool:
    """Whether a word is a postcode that exists, anywhere."""
    return len(word) > 2 and (bool(_FRENCH_POSTCODE.fullmatch(word)) and word in gazetteer()
                              or word in foreign_postcodes())


def is_department(word: str) -> bool:
    """Whether a word is the number of a department: "93", "2a", "974"."""
    return bool(_DEPARTMENT.fullmatch(word)) and word in gazetteer()


def find_code(word: str, country: str | None) -> Found:
    """The place of a postcode or of a department's number."""
    return choose(code_hits(word), country)


def code_hits(word: str) -> list[Hit]:
    """One hit a country for a code; it stands at its largest commune and bears that name."""
    french = [hit for hit in gazetteer().hits(word) if hit.rank == Rank.CODE]
    if is_department(word):
        return french
    return [*_as_one(french, word), *foreign_postcodes().hits(word)]


def communes(code: str) -> list[Hit]:
    """The French communes that share a postcode, largest first."""
    return [hit for hit in gazetteer().hits(code) if hit.rank == Rank.CODE]


def _as_one(shared: Sequence[Hit], code: str) -> list[Hit]:
    if not shared:
        return []
    first = max(shared, key=lambda hit: hit.place.population)
    total = sum(hit.place.population for hit in shared) or 1
    place = first.place
    lat = sum(hit.place.lat * hit.place.population for hit in shared) / total if total > 1 else place.lat
    lon = sum(hit.place.lon * hit.place.population for hit in shared) / total if total > 1 else place.lon
    # A postcode counts as ten thousand people: which of two countries' is meant does not hang on its size.
    whole = Place(place.name, place.country, place.territory, round(lat, 4), round(lon, 4), 10_000, place.admin,
                  "postcode", code, place.approximate)
    return [Hit(whole, Rank.CODE, first.admin_code, first.region)]
