"""Occupations and sectors in what people type, in eight languages at once.

The names are in `data/occupations/*.tsv`, what may stand around them in `data/occupations/context.yml`.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from rapidfuzz.distance import OSA

from bot.knowledge.occupation_names import (
    Context,
    Name,
    Occupation,
    Word,
    context,
    index,
    occupations,
    words,
)
from bot.knowledge.occupation_people import is_somebody
from bot.knowledge.occupation_stems import LANGUAGES, stem

_LONGEST = 4000  # characters read; the rest of a longer text is not
_SHORTEST_MISSPELT = 7  # letters
_SHORTEST_BENT = 4  # letters: shorter names, mostly initials, have no other form ("OSS" is not "ossa")
_SHORTEST_FOREIGN = 6  # letters
_CUE_REACH, _CUED_WORDS = 6, 2  # words looked at before a name, and how many of them that are not small
_NEAREST = {"ca": "es", "nl": "en", "de": "en", "es": "en", "it": "en", "pt": "en", "en": "fr"}


@dataclass(frozen=True)
class OccupationSpan:
    """An occupation in a text: characters `start` to `end`; `label` is its French name, `kind` occupation
    or sector."""

    start: int
    end: int
    text: str
    id: str
    label: str
    kind: str


@dataclass(frozen=True)
class _Match:
    name: Name
    end: int  # index of the word after the last


def find(text: str, language: str | None = None) -> list[OccupationSpan]:
    """Return the occupations and sectors named in `text`, in its order, the longest name at each place.

    Accents, gender, number and small misspellings of long words make no difference. `language`, when
    known, keeps words of other languages out: their names then count only when none of its own is found,
    and only as they are listed. Never raises on any text.
    """
    text = text[:_LONGEST]
    row = words(text)
    if language not in LANGUAGES:
        return _read(text, row, LANGUAGES)
    others = [code for code in LANGUAGES if code != language]
    return _read(text, row, (str(language),)) or _read(text, row, others, language)


def _read(
    text: str, row: Sequence[Word], languages: Sequence[str], own: str | None = None
) -> list[OccupationSpan]:
    """Read with the names of `languages`; `own`: the text is in that other language."""
    found: list[OccupationSpan] = []
    place = 0
    while place < len(row):
        match = _longest(text, row, place, languages, own)
        if match is None:
            place += 1
            continue
        if match.name.occupation and _is_meant(text, row, place, match):
            found.append(_span(text, row, place, match.end, match.name.occupation))
        place = match.end
    return found


def label(id: str, language: str) -> str:
    """Return the name of an occupation in `language`, or in the nearest language that has it.

    Raises `KeyError` when there is no such occupation.
    """
    names = occupations()[id].names
    code: str | None = language
    while code and not names.get(code):
        code = _NEAREST.get(code)
    return names[code or "fr"][0].removeprefix("?")


def _span(text: str, row: Sequence[Word], place: int, end: int, occupation: Occupation) -> OccupationSpan:
    start, stop = row[place][1], row[end - 1][2]
    name = occupation.names["fr"][0].removeprefix("?")
    return OccupationSpan(start, stop, text[start:stop], occupation.id, name, occupation.kind)


def _longest(
    text: str, row: Sequence[Word], place: int, languages: Sequence[str], own: str | None
) -> _Match | None:
    word = row[place][0]
    if word in context().small or (own and stem(word, own) in index().by_stem[own]):
        return None
    best: _Match | None = None
    for language in languages:
        for name in _candidates(word, language, own is not None):
            end = _end(text, row, place, name, language)
            if end and (best is None or _rank(row, place, _Match(name, end)) > _rank(row, place, best)):
                best = _Match(name, end)
    return best


def _candidates(word: str, language: str, foreign: bool) -> list[Name]:
    names = index().by_stem[language]
    if foreign:
        return [name for name in names.get(stem(word, language), ()) if _is_plain(name, word)]
    found = names.get(stem(word, language), [])
    if whole := _whole(word, language):
        longer = (name for name in names.get(stem(whole, language), ()) if len(name.stems) > 1)
        return [*found, *longer]
    mended = None if found else _mended(word, language)
    return names.get(stem(mended, language), []) if mended else found


def _whole(word: str, language: str) -> str | None:
    """Return the word that `word` is short for inside a name: "auxi" is "auxiliaire"."""
    return context().shortened.get(language, {}).get(word)


def _is_plain(name: Name, word: str) -> bool:
    """Whether a foreign name may be trusted: as listed, and long enough to be no word of another language."""
    return name.heads[0] == word and not name.cued and len("".join(name.heads)) >= _SHORTEST_FOREIGN


def _rank(row: Sequence[Word], place: int, match: _Match) -> tuple[int, bool, bool]:
    """Longest first, then as listed rather than by its stem ("médecine" is not "médecin"), then sure of
    itself."""
    return match.end, match.name.heads[0] == row[place][0], not match.name.cued


def _end(text: str, row: Sequence[Word], place: int, name: Name, language: str) -> int | None:
    """Index after the last word of `name` when it stands at `place`, small words between its words left
    out."""
    if name.capitals and not text[row[place][1] : row[place][2]].isupper():
        return None
    if len(name.heads) == 1 and len(name.heads[0]) < _SHORTEST_BENT and row[place][0] != name.heads[0]:
        return None
    position, small = place + 1, context().small
    for wanted in name.stems[1:]:
        while position < len(row) and row[position][0] in small:
            position += 1
        if position >= len(row) or not _same(row[position][0], wanted, language):
            return None
        position += 1
    return position


def _same(word: str, wanted: str, language: str) -> bool:
    if stem(word, language) == wanted:
        return True
    meant = _whole(word, language) or _mended(word, language)
    return meant is not None and stem(meant, language) == wanted


def _is_meant(text: str, row: Sequence[Word], place: int, match: _Match) -> bool:
    around, occupation = context(), match.name.occupation
    assert occupation is not None, "only the name of an occupation can be meant"
    if occupation.kind == "occupation" and is_somebody(text, row, place, match.end, occupation.id):
        return False
    if not match.name.cued:
        return True
    before = [word for word, *_ in row[max(0, place - _CUE_REACH) : place]]
    alone = not place and all(word in around.small for word, *_ in row[match.end :])
    return alone or _has_cue(before, around)


def _has_cue(before: Sequence[str], around: Context) -> bool:
    """Whether one of the two words before, small ones not counted, is a cue."""
    near = [word for word in reversed(before) if word in around.cues or word not in around.small][
        :_CUED_WORDS
    ]
    return not around.cues.isdisjoint(near)


@lru_cache(maxsize=8192)
def _mended(word: str, language: str) -> str | None:
    """Return the word of an occupation's name that `word`, long enough, misspells by one letter.

    The ending must be right: "chercher" is a verb and no misspelt "chercheur".
    """
    if len(word) < _SHORTEST_MISSPELT or word in context().ordinary:
        return None
    for known in index().spellings.get((language, word[0]), ()):
        near = len(known) >= _SHORTEST_MISSPELT and abs(len(known) - len(word)) <= 1
        same_ending = known[-2:] == word[-2:] or sorted(known[-3:]) == sorted(word[-3:])
        if near and same_ending and OSA.distance(word, known, score_cutoff=1) <= 1:
            return known
    return None
