"""How the words of a date combine: regular expressions over the codes of the items, each with what it means.

The codes are those of `date_words` and `date_lexer`. At each item the longest pattern that makes sense wins.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from bot.knowledge.date_lexer import Item
from bot.knowledge.date_pieces import Piece
from bot.knowledge.date_words import Lexicon


@dataclass(frozen=True)
class Reading:
    """A text being read: its items, their codes as one string, and what is known beside."""

    items: Sequence[Item]
    codes: str
    now: datetime
    words: Lexicon
    expected: bool

    @property
    def opening(self) -> bool:
        """Whether something is said of being open, of coming, of somebody being there."""
        return not self.words.opening.isdisjoint(item.folded for item in self.items)

    def before(self, place: int) -> str:
        """Code of the item before `place`; "" at the beginning."""
        return self.codes[place - 1 : place] if place else ""

    def folded(self, place: int) -> str:
        """Word of the item at `place`; "" outside the text."""
        return self.items[place].folded if 0 <= place < len(self.items) else ""


@dataclass(frozen=True)
class Found:
    """One match of a pattern."""

    reading: Reading
    match: re.Match[str]

    def value(self, *names: str) -> Any:
        """Value of the first item of the first of these groups that took part; None when none did."""
        place = self.place(*names)
        return None if place is None else self.reading.items[place].value

    def code(self, *names: str) -> str:
        """Code of that item; "" when no group took part."""
        place = self.place(*names)
        return "" if place is None else self.reading.codes[place]

    def place(self, *names: str) -> int | None:
        """Place of that item among the items."""
        known = self.match.re.groupindex
        places = (self.match.start(name) for name in names if name in known and self.match.group(name))
        return next(places, None)

    @property
    def number(self) -> int | None:
        """The number matched; an ordinal without figures is 1."""
        value = self.value("num")
        return 1 if value is None and self.code("num") == "O" else value

    @property
    def following(self) -> str:
        """Code of the item after the match; "" at the end."""
        return self.reading.codes[self.match.end() : self.match.end() + 1]

    @property
    def is_alone(self) -> bool:
        """Whether the match is all that is said."""
        start, end = self.match.span()
        return not start and set(self.reading.codes[end : end + 2]) <= set(";.")

    def piece(self, **known: Any) -> Piece:
        """Make a piece over the whole match."""
        return Piece(self.match.start(), self.match.end() - 1, **known)


_STREET = re.compile(r"rF*(?:H|[NO]\.?F?A?[Mmj]Y?)")
"""Streets and squares are named after dates: "rue du 11 novembre", "rua 25 de abril"."""

SHORT_IN = frozenset({"in", "en"})
"""Words for "in" that are said as often of where or how long a thing is."""

Resolver = Callable[[Found], Piece | None]


@dataclass(frozen=True)
class Pattern:
    """An expression over codes, and what makes a piece of a match (None: the match makes no sense)."""

    expression: re.Pattern[str]
    resolve: Resolver


def table(rows: Sequence[tuple[str, Resolver]]) -> tuple[Pattern, ...]:
    """Compile rows of (expression, resolver)."""
    return tuple(Pattern(re.compile(expression), resolve) for expression, resolve in rows)


def pieces(reading: Reading, patterns: Sequence[Pattern]) -> list[Piece]:
    """Return the pieces found from left to right, not overlapping, the longest at each item."""
    found: list[Piece] = []
    place = 0
    in_streets = {place for street in streets(reading.codes) for place in street}
    while place < len(reading.codes):
        skipped = reading.codes[place] in "-;" or place in in_streets
        piece = None if skipped else _longest(reading, patterns, place)
        if piece:
            found.append(piece)
            place = piece.last
        place += 1
    return found


def streets(codes: str) -> list[range]:
    """Return the places of the items that are names of streets or squares."""
    return [range(*match.span()) for match in _STREET.finditer(codes)]


def _longest(reading: Reading, patterns: Sequence[Pattern], place: int) -> Piece | None:
    matches = [
        (match, pattern) for pattern in patterns if (match := pattern.expression.match(reading.codes, place))
    ]
    for match, pattern in sorted(matches, key=lambda pair: -pair[0].end()):
        piece = pattern.resolve(Found(reading, match)) if match.end() > place else None
        if piece:
            return piece
    return None
