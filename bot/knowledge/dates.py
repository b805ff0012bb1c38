"""Dates and moments in what people type, in eight languages, made into ranges of local time.

The words are in `data/dates/<language>.yml`; how they combine is in `date_days`, `date_series`,
`date_lengths`, `date_periods` and `date_clock`.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from bot.knowledge import (
    date_clock,
    date_days,
    date_joins,
    date_lengths,
    date_periods,
    date_series,
    date_sides,
    date_words,
)
from bot.knowledge.date_lexer import Item, has_anchor, items
from bot.knowledge.date_patterns import Reading, pieces, streets
from bot.knowledge.date_pieces import Piece, moments
from bot.knowledge.date_words import ANCHORS, lexicon

LANGUAGES = date_words.LANGUAGES
_PATTERNS = (
    *date_series.PATTERNS,
    *date_days.PATTERNS,
    *date_lengths.PATTERNS,
    *date_periods.PATTERNS,
    *date_clock.PATTERNS,
)
_LONGEST = 4000  # characters read; the rest of a longer text is not


@dataclass(frozen=True)
class DateSpan:
    """A date in a text: characters `start` to `end`, and the half-open range [`from_`, `to`) in local time.

    `kind` is "day" (one whole day), "range", "instant" (`to` is None) or "recurring" ("le samedi": the
    next one); `daily` marks a habit of every day ("le soir": the next one). `side` tells that days are named to look
    to one side of them: "before", "after", "from" (they too) or "until" (they too); the range stays theirs.
    """

    start: int
    end: int
    text: str
    from_: datetime
    to: datetime | None
    kind: str
    daily: bool = False
    side: str | None = None

    def as_dict(self) -> dict[str, str | None]:
        """Return {"from", "to", "kind"}, times in ISO 8601 local time with offset, `to` None for an
        instant; and {"every": "day"} for a habit of every day, {"side"} where one is told."""
        return {
            "from": self.from_.isoformat(),
            "to": self.to.isoformat() if self.to else None,
            "kind": self.kind,
            **({"every": "day"} if self.daily else {}),
            **({"side": self.side} if self.side else {}),
        }


def find(text: str, now: datetime, language: str | None = None, expected: bool = False) -> list[DateSpan]:
    """Return the dates in `text`, in its order.

    `now` is an aware time in the zone of the answer; `language` the language of the text, when known: the
    other languages are tried only when it has no date there, with words that are theirs alone. `expected`:
    a date was just asked for, so that "le 3", "3" or "matin" is one. Never raises on any text; raises
    ValueError on a naive `now`.
    """
    if now.tzinfo is None:
        raise ValueError("now must be an aware time")
    text = text[:_LONGEST]
    if language in LANGUAGES:
        found = _read(text, now, str(language), expected)
        if found:
            return found
    others = [code for code in LANGUAGES if code != language]
    readings = [
        _read_foreign(text, now, code, expected, language is None)
        for code in others
        if has_anchor(text, code)
    ]
    masked = _masked(text, language)
    readings = [[span for span in reading if not _overlaps(span, masked)] for reading in readings]
    best = max(readings, key=_coverage, default=[])
    return best or ([] if language in LANGUAGES else _read(text, now, LANGUAGES[0], expected))


def _masked(text: str, language: str | None) -> list[Item]:
    """What the text's own language knows to be no date ("have a good weekend", "rua 25 de abril")."""
    if language not in LANGUAGES:
        return []
    row = items(text, str(language))
    in_streets = {place for street in streets("".join(item.code for item in row)) for place in street}
    never = {place for place, item in enumerate(row) if item.code == "-" and item.value == "never"}
    return [row[place] for place in sorted(never | in_streets)]


def _overlaps(span: DateSpan, masked: Sequence[Item]) -> bool:
    return any(item.start < span.end and span.start < item.end for item in masked)


def _coverage(spans: Sequence[DateSpan]) -> int:
    return sum(span.end - span.start for span in spans)


def _read(text: str, now: datetime, language: str, expected: bool) -> list[DateSpan]:
    row = items(text, language)
    return [_span(text, row, piece, now, language) for piece in _pieces(row, now, language, expected)]


def _read_foreign(text: str, now: datetime, language: str, expected: bool, alone: bool) -> list[DateSpan]:
    """Read in a language that may not be the text's: what rests on words of other languages too is left out.

    `alone`: the language of the text is not known, so that figures count as well.
    """
    row = items(text, language, mend=False)
    found = _pieces(row, now, language, expected)
    if not any(_is_own(row, piece) for piece in found):
        return []
    return [_span(text, row, piece, now, language) for piece in found if alone or _is_own(row, piece)]


def _pieces(row: list[Item], now: datetime, language: str, expected: bool) -> list[Piece]:
    reading = Reading(row, "".join(item.code for item in row), now, lexicon(language), expected)
    return date_joins.join(reading, pieces(reading, _PATTERNS))


def _is_own(row: Sequence[Item], piece: Piece) -> bool:
    return any(item.code in ANCHORS and not item.shared for item in row[piece.first : piece.last + 1])


def _span(text: str, row: Sequence[Item], piece: Piece, now: datetime, language: str) -> DateSpan:
    start, end = row[piece.first].start, row[piece.last].end
    daily = piece.kind == "recurring" and piece.days is None
    side = date_sides.side(text, row, piece, lexicon(language))
    return DateSpan(start, end, text[start:end], *moments(piece, now), daily=daily, side=side)
