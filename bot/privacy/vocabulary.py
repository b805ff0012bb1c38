"""The words that the search for personal data knows, kept as files in `words/`."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from functools import cache
from pathlib import Path

import yaml

from bot.privacy.tokens import Word

_FOLDER = Path(__file__).parent / "words"


class Phrases:
    """Phrases of one word or more, found among words by their folded forms."""

    def __init__(self, phrases: Iterable[str]) -> None:
        self._by_first: dict[str, list[tuple[str, ...]]] = {}
        for phrase in {tuple(phrase.split()) for phrase in phrases}:
            self._by_first.setdefault(phrase[0], []).append(phrase)
        for known in self._by_first.values():
            known.sort(key=len, reverse=True)

    def length(self, words: Sequence[Word], at: int) -> int:
        """How many words the longest phrase that begins at `at` has; 0 where none does."""
        for phrase in self._by_first.get(words[at].folded, ()) if at < len(words) else ():
            if all(at + n < len(words) and words[at + n].folded == part for n, part in enumerate(phrase)):
                return len(phrase)
        return 0


@cache
def listed(file: str, section: str) -> tuple[str, ...]:
    """A section of `words/<file>.yml`: what stands between its commas, in order."""
    return tuple(part.strip() for part in _sections(file)[section].split(","))


@cache
def known(file: str, section: str) -> frozenset[str]:
    """A section of `words/<file>.yml`, to look words up in."""
    return frozenset(listed(file, section))


@cache
def phrases(file: str, section: str) -> Phrases:
    """A section of `words/<file>.yml`, to find in a text."""
    return Phrases(listed(file, section))


@cache
def either(file: str, section: str) -> str:
    """A pattern for any entry of a section of `words/<file>.yml`, the longest first.

    Between two words of an entry at most three signs may stand.
    """
    entries = sorted(listed(file, section), key=len, reverse=True)
    return "|".join(re.escape(entry).replace(r"\ ", r"\W{1,3}") for entry in entries)


@cache
def words_of(name: str) -> frozenset[str]:
    """The words of `words/<name>.txt`; lines that begin with # are left out."""
    lines = (_FOLDER / f"{name}.txt").read_text("utf-8").splitlines()
    return frozenset(word for line in lines if not line.startswith("#") for word in line.split())


@cache
def _sections(file: str) -> dict[str, str]:
    return yaml.safe_load((_FOLDER / f"{file}.yml").read_text("utf-8"))
