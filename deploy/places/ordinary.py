"""Ordinary words that a misspelt name of a place must not be mistaken for ("demain" is not Denain).

Source: PyPI `pyspellchecker` 0.9 (MIT), spellchecker/resources/XX.json.gz: {word: occurrences} in subtitles.
"""

from __future__ import annotations

import gzip
import json
from collections.abc import Iterator
from pathlib import Path

from bot.knowledge.gazetteer import Rank, gazetteer
from bot.knowledge.place_typos import closest
from bot.knowledge.text import fold

_LANGUAGES = ("fr", "en", "es", "it", "pt", "nl", "de")
_RARE = 0.5e-6  # a word's share of all words; rarer ones are mostly names and mistakes
_SHORTEST = 5  # letters; shorter words are never taken for a misspelt name


def write(resources: Path, target: Path) -> int:
    """Write the folded words that are close to some name, one a line, gzipped; returns how many there are."""
    words = sorted(
        {
            word
            for language in _LANGUAGES
            for word in _frequent(resources / f"{language}.json.gz")
            if _matters(word)
        }
    )
    target.write_bytes(gzip.compress("\n".join(words).encode(), mtime=0))
    return len(words)


def _matters(word: str) -> bool:
    """Whether the word is near a name, is an alternate name, or makes a name with an article."""
    if any(f"{article} {word}" in gazetteer() for article in ("la", "le", "les", "l")):
        return True
    if word in gazetteer():
        return gazetteer().best_rank(word) > Rank.NAME
    return len(word) >= _SHORTEST and bool(closest(word))


def _frequent(path: Path) -> Iterator[str]:
    counts: dict[str, int] = json.loads(gzip.decompress(path.read_bytes()))
    least = sum(counts.values()) * _RARE
    for word, count in counts.items():
        folded = fold(word)
        if count >= least and folded.isalpha():
            yield folded
