"""What people tell of their own health, origin, beliefs, union or sexuality (`data/sensitive.yml`)."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from bot.knowledge import phrase, schema
from bot.knowledge.errors import raise_all
from bot.knowledge.paths import DATA
from bot.knowledge.phrase import Words
from bot.knowledge.text import clean
from bot.knowledge.yamlfile import Node, read_yaml

FILE = DATA / "sensitive.yml"
_HEALTH = "health"
_BETWEEN = 2  # words, between what tells that one speaks of oneself and what is told
_MARKS = re.compile(r"[.,;:!?¿¡…()\n]+")


@dataclass(frozen=True)
class Told:
    """The phrases of one language: how one begins to speak of oneself ("je suis", or "j'ai" for health), and what is
    sensitive, by kind."""

    being: frozenset[Words]
    having: frozenset[Words]
    kinds: Mapping[str, frozenset[Words]]

    def kind_in(self, said: Words) -> str | None:
        """The kind of what is told in one clause, if anything."""
        being, having = _soon_after(said, self.being), _soon_after(said, self.having)
        for kind, phrases in self.kinds.items():
            starts = being | having if kind == _HEALTH else being
            if any(_ends(said, start, phrases) for start in starts):
                return kind
        return None


def told_in(text: str) -> str | None:
    """Which kind of sensitive thing the writer tells of themselves, in any language: "health", "origin", "beliefs",
    "union" or "intimate"; None when nothing leaves no doubt."""
    for clause in _MARKS.split(clean(text)):
        said = phrase.split(clause)
        for told in load_sensitive().values():
            if kind := told.kind_in(said):
                return kind
    return None


@lru_cache(maxsize=4)
def load_sensitive(file: Path = FILE) -> Mapping[str, Told]:
    """The whole file: language → phrases. Raises `DataError` or `DataErrors`."""
    root = read_yaml(file)
    raise_all(schema.faults(root, DATA / "sensitive.schema.json"))
    return {language: _told(node) for language, node in root.items()}


def _told(node: Node) -> Told:
    parts = {name: _forms(listed) for name, listed in node.items()}
    return Told(parts.pop("being"), parts.pop("having"), parts)


def _forms(node: Node) -> frozenset[Words]:
    found: set[Words] = set()
    for each in node:
        try:
            found.update(phrase.forms(each.value))
        except ValueError as error:
            raise each.error(str(error), "see how phrases are written, at the top of the file") from None
    return frozenset(found)


def _soon_after(said: Words, phrases: frozenset[Words]) -> set[int]:
    """Where something may begin that follows one of the phrases at once, or a few words later."""
    ends = [end for start in range(len(said)) for end in _ends(said, start, phrases)]
    return {start for end in ends for start in range(end, end + _BETWEEN + 1)}


def _ends(said: Words, start: int, phrases: frozenset[Words]) -> list[int]:
    """Where the phrases end that begin at the word `start`."""
    longest = max(map(len, phrases))
    return [end for end in range(start + 1, min(start + longest, len(said)) + 1) if said[start:end] in phrases]
