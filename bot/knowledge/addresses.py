"""Whether a text holds a street address, and which part of it that is.

Only what is certainly an address is taken, for nothing but it may be looked up elsewhere: a number, a street, and a
postcode or a town, in the places where an address has them. What might be a person's name or words of a sentence is
left out, or makes all of it doubtful: then there is none. Words are those of `data/places/streets.yml`.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

from bot.knowledge.gazetteer import Rank, gazetteer
from bot.knowledge.paths import DATA
from bot.knowledge.place_codes import is_postcode
from bot.knowledge.place_tokens import Token, sequences, tokens
from bot.knowledge.place_words import place_words
from bot.knowledge.text import fold
from bot.knowledge.yamlfile import read_yaml

_LONGEST_TEXT = 400
_MOST_NAMES = 3  # words of a street's name, particles aside
_MOST_IN_A_ROW = 2  # of them without a particle between: "Jean Jaurès"
_NUMBER_PARTS = frozenset({"bis", "ter", "quater", "a", "b", "c"})
_TOWN_PEOPLE = 2_000  # of a town that is known by its name alone
_BREAKS = ".!?;:\n()[]{}<>\"«»|/"


@dataclass(frozen=True)
class _Streets:
    before: frozenset[str]
    after: frozenset[str]
    ends: tuple[str, ...]
    particles: frozenset[str]
    links: frozenset[str]
    stops: frozenset[str]


@dataclass(frozen=True)
class _Address:
    """A text and its words, in which an address is sought."""

    text: str
    words: list[Token]

    def at(self, position: int) -> tuple[int, int] | None:
        """The span, in characters, of the address whose street word is there."""
        street = self._street(position)
        place = self._place(street[1]) if street else None
        if not street or not place:
            return None
        return self.words[street[0]].start, self.words[place - 1].end

    def _street(self, at: int) -> tuple[int, int] | None:
        """First and last (exclusive) word of the number and the street's name."""
        word, streets = self.words[at].word, _streets()
        if word in streets.before:
            return self._named_after(at)
        if word in streets.after:
            return self._named_before(at)
        if word.endswith(streets.ends) and len(word) > max(map(len, streets.ends)) and self._is_number(at + 1):
            return at, at + 2
        return None

    def _named_after(self, at: int) -> tuple[int, int] | None:
        """ "12 bis rue Pasteur", "via Roma 10"."""
        end = self._name_end(at + 1)
        if end is None:
            return None
        start = self._number_before(at)
        if start is not None:
            return start, end
        return (at, end + 1) if self._is_number(end) and not self._is_measure(end) else None

    def _named_before(self, at: int) -> tuple[int, int] | None:
        """ "221b Baker Street": names with a capital between the number and the street's word."""
        start = at
        while start > 0 and at - start <= _MOST_IN_A_ROW and self._follows(start) and not self._is_number(start - 1):
            start -= 1
        named = start < at and all(self._is_capital(place) for place in range(start, at))
        return (start - 1, at + 1) if named and self._is_number(start - 1) and self._follows(start) else None

    def _name_end(self, at: int) -> int | None:
        """Where the street's name ends: particles and up to three names, all written as names or none."""
        names: list[int] = []
        while at < len(self.words) and self._follows(at):
            word = self.words[at].word
            if word in _streets().links and names or self._is_number(at) or is_postcode(word):
                break
            if word in _streets().particles:
                at += 1
                continue
            if word in _streets().stops or not word.isalpha():
                return None
            names.append(at)
            at += 1
        return at if self._are_one_name(names, at) else None

    def _are_one_name(self, names: list[int], end: int) -> bool:
        """Whether names make one street's: few, alike in their capitals, the last one not a particle."""
        capitals = {self._is_capital(at) for at in names}
        most = _MOST_IN_A_ROW if capitals == {True} else 1
        crowded = any(later - first == most for first, later in zip(names, names[most:]))
        return len(capitals) == 1 and names[-1] == end - 1 and len(names) <= _MOST_NAMES and not crowded

    def _place(self, at: int) -> int | None:
        """Where the postcode or the town after a street ends; None without one that is certain."""
        if at >= len(self.words) or not self._is_near(at):
            return None
        word = self.words[at].word
        if len(word) >= 4 and is_postcode(word) and not self._is_measure(at):
            return self._town(at + 1, announced=False) or at + 1
        if word in _streets().links:
            return self._town(at + 1, announced=True) if at + 1 < len(self.words) and self._follows(at + 1) else None
        return self._town(at, announced=False)

    def _town(self, at: int, announced: bool) -> int | None:
        """Where a town's name ends, if it is one: known, of a town's form, or announced and with a capital."""
        if at >= len(self.words) or not self._is_near(at):
            return None
        known = next((end for end, name in sequences(self.words, at) if _is_town(name)), None)
        if known:
            return known
        end = self._hyphened(at)
        inner = {word.word for word in self.words[at + 1 : end - 1]}
        if end > at + 1 and inner & _streets().particles:
            return end
        return end if announced and self._is_capital(at) and self.words[at].word not in _streets().stops else None

    def _hyphened(self, at: int) -> int:
        """Where a word and those joined to it by hyphens end."""
        end = at + 1
        while end < len(self.words) and self._between(end) in ("-", "‐"):
            end += 1
        return end

    def _number_before(self, at: int) -> int | None:
        if self._is_number(at - 1) and self._is_near(at):
            return at - 1
        part = at >= 2 and self.words[at - 1].word in _NUMBER_PARTS and self._follows(at) and self._follows(at - 1)
        return at - 2 if part and self._is_number(at - 2) else None

    def _is_number(self, at: int) -> bool:
        """Whether there is a house number there: "12", "12b"."""
        word = self.words[at].word if 0 <= at < len(self.words) else ""
        return word[:1].isdigit() and len(word) <= 4 and (word.isdigit() or word[:-1].isdigit())

    def _is_measure(self, at: int) -> bool:
        """Whether what follows a number is a unit: "la route dure 45 minutes"."""
        return not place_words().units.isdisjoint(word.word for word in self.words[at + 1 : at + 2])

    def _is_capital(self, at: int) -> bool:
        return self.words[at].raw[0].isupper()

    def _between(self, at: int) -> str:
        """What stands between a word and the one before it."""
        return self.text[self.words[at - 1].end : self.words[at].start]

    def _follows(self, at: int) -> bool:
        """Whether nothing but blanks, or a hyphen or an apostrophe without any, stands before a word."""
        between = self._between(at)
        dashed = "-" in between and between != "-"
        return self.words[at].joined and not dashed and not any(mark in between for mark in _BREAKS)

    def _is_near(self, at: int) -> bool:
        """Whether at most a comma stands before a word."""
        return self._between(at).replace(",", " ", 1).strip(" -'’") == "" if at else True


def address_in(text: str) -> str | None:
    """The address that a text holds, as written: "12 bis rue Pasteur, 69007 Lyon"; None when none is certain.

    A number, a street's word and its name, then a postcode, or a town that is known, has a town's form
    ("Vauxbuisson-le-Haut"), or follows "à" with a capital.
    """
    address = _Address(text[:_LONGEST_TEXT], tokens(text[:_LONGEST_TEXT]))
    for at in range(len(address.words)):
        found = address.at(at)
        if found:
            return text[found[0] : found[1]]
    return None


def _is_town(name: str) -> bool:
    """Whether a key is the own name of a town that is no ordinary word."""
    known = name in gazetteer() and gazetteer().best_rank(name) == Rank.NAME
    return known and gazetteer().population(name) >= _TOWN_PEOPLE and not place_words().is_common(name)


@lru_cache(maxsize=1)
def _streets() -> _Streets:
    lists = read_yaml(DATA / "places" / "streets.yml").value
    before, after, ends, particles, links, stops = (
        [fold(part) for part in lists[name].split(",")]
        for name in ("before", "after", "ends", "particles", "links", "stops")
    )
    return _Streets(
        frozenset(before), frozenset(after), tuple(ends), frozenset(particles), frozenset(links), frozenset(stops)
    )
