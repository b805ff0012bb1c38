"""Postcodes, and numbers of French departments."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from bot.knowledge.gazetteer import Hit, Place, Rank, foreign_postcodes, gazetteer
from bot.knowledge.place_tokens import Token

DISTRICT_CITIES = ("Paris", "Lyon", "Marseille")
"""The cities whose districts have postcodes of their own."""
_DEPARTMENT = re.compile(r"2[ab]|\d{2,3}")
_POSTCODE = re.compile(r"\d{4,5}|[a-z]\d[a-z]")
_CANADIAN = re.compile(r"(?:[a-z]\d){3}")
"""A Canadian postcode written whole: its first half is what is filed."""
_PREFIXES = {"b": "BE", "f": "FR", "ch": "CH", "l": "LU", "d": "DE", "i": "IT", "it": "IT", "e": "ES", "p": "PT"}
"""What may stand before a postcode on a letter, and its country."""
_FIVE_DIGITS = re.compile(r"\d{5}")


def is_postcode(word: str) -> bool:
    """Whether a word is a postcode, anywhere: a known one, or of France and Spain any of a department or province."""
    return is_filed(word) or bool(_areas(word))


def is_filed(word: str) -> bool:
    """Whether a word is a postcode that is known to exist, anywhere."""
    if _CANADIAN.fullmatch(word):
        return word[:3] in foreign_postcodes()
    known = len(word) == 5 and word in gazetteer() or word in foreign_postcodes()
    return bool(_POSTCODE.fullmatch(word)) and known


def is_department(word: str) -> bool:
    """Whether a word is the number of a department: "93", "2a", "974"."""
    return bool(_DEPARTMENT.fullmatch(word)) and word in gazetteer()


def code_hits(word: str) -> list[Hit]:
    """One hit a country for a code; it stands at its largest commune and bears that name.

    Of France and Spain, where they do not know the code, the area that its first digits tell (`Rank.AREA`).
    """
    if _CANADIAN.fullmatch(word):
        return foreign_postcodes().hits(word[:3])
    french = communes(word)
    if is_department(word):
        return french
    exact = [*_as_one(french, word), *foreign_postcodes().hits(word)]
    known = {hit.place.country for hit in exact}
    return [*exact, *(hit for hit in _areas(word) if hit.place.country not in known)]


def spelt_out(words: Sequence[Token]) -> list[Hit]:
    """The places of a code written in several words: "35 000", "B-4000", "CH 1205", "4050-263"; else none."""
    parts = [word.word for word in words]
    if len(parts) != 2:
        return []
    first, second = parts
    if first in _PREFIXES and _POSTCODE.fullmatch(second):
        return [hit for hit in code_hits(second) if hit.place.country == _PREFIXES[first]]
    if first.isdigit() and second.isdigit() and (len(first), len(second)) == (2, 3):
        return code_hits(first + second) if is_postcode(first + second) else []
    if is_portuguese(words, 0):
        return [hit for hit in code_hits(first) if hit.place.country == "PT"]
    return []


def is_portuguese(words: Sequence[Token], start: int) -> bool:
    """Whether a word and the next are a Portuguese postcode: four digits, a hyphen, three digits."""
    pair = [word.word for word in words[start : start + 2]]
    joined = len(pair) == 2 and words[start + 1].joined and words[start + 1].start == words[start].end + 1
    return joined and all(part.isdigit() for part in pair) and [len(part) for part in pair] == [4, 3]


def communes(code: str) -> list[Hit]:
    """The French communes that share a postcode, largest first; or the department of a number."""
    return [hit for hit in gazetteer().hits(code) if hit.rank == Rank.CODE]


def _areas(word: str) -> list[Hit]:
    """What the first digits of five tell: the French department, and the Spanish province.

    Of Spain's, a third digit 0 is the province's chief town.
    """
    if not _FIVE_DIGITS.fullmatch(word):
        return []
    spanish = foreign_postcodes().hits(f"es{word[:3]}") or foreign_postcodes().hits(f"es{word[:2]}")
    return [replace(hit.with_postcode(word), rank=Rank.AREA) for hit in (*communes(_department(word)), *spanish)]


def _department(code: str) -> str:
    """The number of the department of a French postcode: two digits, three overseas, a letter in Corsica."""
    if code[:2] == "20":
        return "2a" if code[2] in "01" else "2b"
    return code[:3] if code[:2] in {"97", "98"} else code[:2]


def _as_one(shared: Sequence[Hit], code: str) -> list[Hit]:
    if not shared:
        return []
    shared = [hit for hit in shared if hit.place.name not in DISTRICT_CITIES] or shared
    first = max(shared, key=lambda hit: hit.place.population)
    total = sum(hit.place.population for hit in shared) or 1
    place = first.place
    lat = sum(hit.place.lat * hit.place.population for hit in shared) / total if total > 1 else place.lat
    lon = sum(hit.place.lon * hit.place.population for hit in shared) / total if total > 1 else place.lon
    # A postcode counts as ten thousand people: which of two countries' is meant does not hang on its size.
    whole = Place(
        place.name,
        place.country,
        place.territory,
        round(lat, 4),
        round(lon, 4),
        10_000,
        place.admin,
        "postcode",
        code,
        place.approximate,
    )
    return [Hit(whole, Rank.CODE, first.admin_code, first.region)]
