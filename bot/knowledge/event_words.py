"""The words by which people say which events they look for (`data/agenda/words.yml`)."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache

from bot.knowledge import schema
from bot.knowledge.errors import raise_all
from bot.knowledge.paths import DATA
from bot.knowledge.text import fold
from bot.knowledge.yamlfile import read_yaml

FILE = DATA / "agenda" / "words.yml"
_RADIUS = re.compile(r"(?<![\d.,])(\d{1,3})\s*(?:km|kil[oóò]m|quil[oóô]m|chilom)", re.IGNORECASE)
_LONGEST_THEME = 8  # words: beyond, a message is a story


@dataclass(frozen=True)
class EventWords:
    """The phrases of all languages together, folded."""

    online: frozenset[str]
    free: frozenset[str]
    audiences: dict[str, frozenset[str]]
    empty: frozenset[str]


@lru_cache(maxsize=1)
def load_event_words() -> EventWords:
    """Read the file; raises `DataErrors` with its faults."""
    root = read_yaml(FILE)
    raise_all(schema.faults(root, FILE.with_suffix(".schema.json")))
    raw = root.value
    return EventWords(
        online=_phrases(raw["online"].values()),
        free=_phrases(raw["free"].values()),
        audiences={name: _phrases(listed.values()) for name, listed in raw["audiences"].items()},
        empty=frozenset(word for phrase in _phrases(raw["empty"].values()) for word in phrase.split()),
    )


def asks_online(text: str) -> bool:
    """Tell whether a message asks for what one can follow from afar."""
    return _says(text, load_event_words().online)


def asks_free(text: str) -> bool:
    """Tell whether a message asks for what has free places."""
    return _says(text, load_event_words().free)


def audience(text: str) -> str | None:
    """Return for whom a message asks, a name of `audiences`, or None."""
    return next((name for name, words in load_event_words().audiences.items() if _says(text, words)), None)


def is_for(text: str, audience: str) -> bool:
    """Tell whether what is said of an event names an audience; an unknown audience is never named."""
    return _says(text, load_event_words().audiences.get(audience, frozenset()))


def radius_km(text: str) -> float | None:
    """Return the distance that a message names ("à moins de 30 km"), or None."""
    found = _RADIUS.search(text)
    return float(found[1]) if found and int(found[1]) else None


def theme(text: str, cut: Iterable[tuple[int, int]] = ()) -> str | None:
    """Return the words of a message that name a theme, as typed, or None: what is left without the empty words.

    `cut`: the places (start, end) of dates and places in `text`.
    """
    for start, end in sorted(cut, reverse=True):
        text = f"{text[:start]} {text[end:]}"
    tokens = [(word, fold(word)) for word in re.findall(r"[^\W_]+", _RADIUS.sub(" ", text))]
    said = f" {' '.join(folded for _, folded in tokens)} "
    for phrase in _marks():
        said = said.replace(f" {phrase} ", "  ")
    left = set(said.split()) - load_event_words().empty
    words = [word for word, folded in tokens if folded in left and len(folded) > 1 and not folded.isdigit()]
    return " ".join(words) if 0 < len(words) <= _LONGEST_THEME else None


@lru_cache(maxsize=1)
def _marks() -> list[str]:
    """The phrases that say something else than a theme, the longest first."""
    known = load_event_words()
    return sorted(known.online | known.free | frozenset().union(*known.audiences.values()), key=len, reverse=True)


def _says(text: str, phrases: frozenset[str]) -> bool:
    said = f" {fold(text)} "
    return any(f" {phrase} " in said or f" {phrase}s " in said for phrase in phrases)


def _phrases(listed: Iterable[str]) -> frozenset[str]:
    return frozenset(fold(phrase) for phrases in listed for phrase in phrases.split(",") if phrase.strip())
