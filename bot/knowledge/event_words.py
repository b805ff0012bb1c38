"""The words by which people say which events they look for (`data/agenda/words.yml`)."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property, lru_cache
from typing import Any, Literal
from unicodedata import normalize

from bot.knowledge import schema
from bot.knowledge.errors import raise_all
from bot.knowledge.language import DEFAULT
from bot.knowledge.paths import DATA
from bot.knowledge.text import fold
from bot.knowledge.yamlfile import read_yaml

FILE = DATA / "agenda" / "words.yml"
_RADIUS = re.compile(r"(?<![\d.,])(\d{1,3})\s*(?:km|kil[oóò]m|quil[oóô]m|chilom)", re.IGNORECASE)
_BREAK = re.compile(r"\s*[\[\](){}|:;!/*•]\s*|(?:^|\s+)[-–—]+(?:\s+|$)")  # between the parts of a title
_CAPITALS = re.compile(r"(?:[^\W\d_a-z]|·){4,}(?=\s+\w)")
_LONGEST_THEME = 8  # words: beyond, a message is a story


ANY = "any"
"""The language of the words that mean the same in all of them."""


@dataclass(frozen=True)
class Phrase:
    """Words that go together, in lower case: as written, and folded."""

    written: tuple[str, ...]
    folded: str

    def stands_in(self, said: str, words: Iterable[str]) -> bool:
        """Tell whether it stands in a text, as it is or in the plural; `said` is the text folded, `words` as typed.

        An accent that is not typed is forgiven, one that is typed counts: in Portuguese, "país" is no parent ("pais").
        """
        if f" {self.folded} " not in said and f" {self.folded}s " not in said:
            return False
        return all(any(_is_same(typed, word) for typed in words) for word in self.written)


@dataclass(frozen=True)
class Remarks:
    """What a part of a title may be, and what it may begin with, folded."""

    whole: frozenset[str]
    begin: tuple[str, ...]

    def are_in(self, parts: Iterable[str]) -> bool:
        """Tell whether one of the parts of a title is one of them."""
        return any(part in self.whole or part.startswith(self.begin) for part in parts)

    @staticmethod
    def of(phrases: Iterable[Phrase]) -> Remarks:
        """Make them of phrases; those of several words may begin a part."""
        folded = [phrase.folded for phrase in phrases]
        return Remarks(frozenset(folded), tuple(f"{each} " for each in folded if " " in each))


@dataclass(frozen=True)
class EventWords:
    """The phrases of one language."""

    online: tuple[Phrase, ...]
    free: tuple[Phrase, ...]
    gathering: tuple[Phrase, ...]
    something: tuple[Phrase, ...]
    following: frozenset[str]
    cancelled: Remarks
    full: Remarks
    audiences: dict[str, tuple[Phrase, ...]]
    empty: frozenset[str]

    @cached_property
    def marks(self) -> list[str]:
        """The phrases that say something else than a theme, folded, the longest first."""
        found = (*self.online, *self.free, *(phrase for phrases in self.audiences.values() for phrase in phrases))
        return sorted({phrase.folded for phrase in found}, key=len, reverse=True)


@lru_cache(maxsize=1)
def load_event_words() -> dict[str, EventWords]:
    """Read the file, by language; raises `DataErrors` with its faults."""
    root = read_yaml(FILE)
    raise_all(schema.faults(root, FILE.with_suffix(".schema.json")))
    raw = root.value
    return {language: _of_language(raw, language) for language in sorted(raw["empty"].keys() - {ANY})}


def asks_online(text: str, language: str) -> bool:
    """Tell whether a message asks for what one can follow from afar."""
    return _says(text, _words(language).online)


def asks_free(text: str, language: str) -> bool:
    """Tell whether a message asks for what has free places."""
    return _says(text, _words(language).free)


def names_gathering(text: str, language: str) -> bool:
    """Tell whether a message names a meeting that is an event whatever it is about: a forum, a fair."""
    return _says(text, _words(language).gathering)


def asks_something_online(text: str) -> bool:
    """Tell whether a message asks, in any language, for something to follow from afar, and for nothing else."""
    return any(
        asks_online(text, language) and _says(text, words.something) and says_nothing_else(text, language)
        for language, words in load_event_words().items()
    )


def follows_on(text: str, language: str) -> bool:
    """Tell whether a message begins as a follow-up does: "et à Lyon ?"."""
    return next(iter(fold(text).split()), "") in _words(language).following


def audience(text: str, language: str) -> str | None:
    """Return for whom a message asks, a name of `audiences`, or None."""
    return next((name for name, phrases in _words(language).audiences.items() if _says(text, phrases)), None)


@lru_cache(maxsize=50_000)
def is_for(text: str, audience: str, language: str | None) -> bool:
    """Tell whether what is said of an event names an audience; an unknown audience is never named.

    `language`: that of the text; when it is not known, all of them count.
    """
    return any(_says(text, words.audiences.get(audience, ())) for words in _of_text(language))


@lru_cache(maxsize=20_000)
def remark(title: str, language: str | None) -> Literal["cancelled", "full"] | None:
    """Return what the title of an event, in `language` if that is known, says beside: it is off, or full."""
    parts, known = _parts(title), _of_text(language)
    if any(words.cancelled.are_in(parts) for words in known):
        return "cancelled"
    return "full" if any(words.full.are_in(parts) for words in known) else None


def is_from_afar(place: str, language: str | None) -> bool:
    """Tell whether what an agenda gives as a place is none ("En ligne (lien par courriel)")."""
    first = fold(re.split(r"[,;:(–—-]", place)[0])
    return any(first == phrase.folded for words in _of_text(language) for phrase in words.online)


def radius_km(text: str) -> float | None:
    """Return the distance that a message names ("à moins de 30 km"), or None."""
    found = _RADIUS.search(text)
    return float(found[1]) if found and int(found[1]) else None


def theme(text: str, language: str, cut: Iterable[tuple[int, int]] = ()) -> str | None:
    """Return the words of a message that name a theme, as typed, or None: what is left without the empty words.

    None where nothing is left, and where too much is for a theme. `cut`: the places (start, end) of dates and places.
    """
    words = _left(text, language, cut)
    return " ".join(words) if 0 < len(words) <= _LONGEST_THEME else None


def says_nothing_else(text: str, language: str, cut: Iterable[tuple[int, int]] = ()) -> bool:
    """Tell whether nothing is left of a message without the empty words: it names no theme and tells no story."""
    return not _left(text, language, cut)


def _left(text: str, language: str, cut: Iterable[tuple[int, int]]) -> list[str]:
    for start, end in sorted(cut, reverse=True):
        text = f"{text[:start]} {text[end:]}"
    tokens = [(word, fold(word)) for word in _typed(_RADIUS.sub(" ", text))]
    said = f" {' '.join(folded for _, folded in tokens)} "
    for phrase in _words(language).marks:
        said = said.replace(f" {phrase} ", "  ")
    left = set(said.split()) - _words(language).empty
    return [word for word, folded in tokens if folded in left and len(folded) > 1 and not folded.isdigit()]


def in_context(theme: str, text: str) -> str:
    """Return the words of a theme with those between them in a message: the sense of "montar empresa" is less clear."""
    words = theme.split()
    found = re.search(rf"\b{words[0]}\b.{{0,60}}\b{words[-1]}\b", text) if len(words) > 1 else None
    return found[0] if found else theme


def _of_text(language: str | None) -> list[EventWords]:
    """The words of a language, those of all where it is not known."""
    known = load_event_words()
    return [known[language]] if language in known else list(known.values())


def _parts(title: str) -> list[str]:
    """The parts of a title that stand by themselves, and a first word in capitals, folded."""
    capitals = _CAPITALS.match(title)
    return [fold(part) for part in (*_BREAK.split(title), *([capitals[0]] if capitals else [])) if part]


def _words(language: str) -> EventWords:
    known = load_event_words()
    return known.get(language) or known[DEFAULT]


def _says(text: str, phrases: Iterable[Phrase]) -> bool:
    said, words = _read(text)
    return any(phrase.stands_in(said, words) for phrase in phrases)


@lru_cache(maxsize=20_000)
def _read(text: str) -> tuple[str, tuple[str, ...]]:
    """A text folded, and its words in lower case as typed: made once for an agenda, however often it is asked."""
    return f" {fold(text)} ", tuple(dict.fromkeys(_typed(text.lower())))


def _typed(text: str) -> list[str]:
    return re.findall(r"[^\W_]+", normalize("NFC", text))


def _is_same(typed: str, word: str) -> bool:
    if typed in (word, f"{word}s"):
        return True
    return typed.isascii() and typed in (fold(word), f"{fold(word)}s")


def _of_language(raw: dict[str, Any], language: str) -> EventWords:
    def phrases(by_language: dict[str, str]) -> tuple[Phrase, ...]:
        listed = ",".join(by_language[code] for code in (language, ANY) if code in by_language)
        found = (tuple(_typed(each.lower())) for each in listed.split(","))
        return tuple(Phrase(words, fold(" ".join(words))) for words in found if words)

    return EventWords(
        online=phrases(raw["online"]),
        free=phrases(raw["free"]),
        gathering=phrases(raw["gathering"]),
        something=phrases(raw["something"]),
        following=frozenset(phrase.folded for phrase in phrases(raw["following"])),
        cancelled=Remarks.of(phrases(raw["cancelled"])),
        full=Remarks.of(phrases(raw["full"])),
        audiences={name: phrases(listed) for name, listed in raw["audiences"].items()},
        empty=frozenset(word for phrase in phrases(raw["empty"]) for word in phrase.folded.split()),
    )
