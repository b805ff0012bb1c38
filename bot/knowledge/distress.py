"""Words of despair or violence that leave no doubt, in every language."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from bot.knowledge import phrase
from bot.knowledge.paths import DATA
from bot.knowledge.phrase import Words
from bot.knowledge.text import clean
from bot.knowledge.yamlfile import Node, read_yaml

_FILE = DATA / "distress.yml"
_PARTS = ("same", "harmless", "heard")
_MARKS = re.compile(r"[.,;:!?¿¡…()]+")
_STRUCK = ""  # stands where harmless words stood, so that the words around them do not meet
_END = " "  # in a tree of words, marks that a phrase ends here

Tree = dict[str, Any]
"""Phrases word by word: "veux mourir" is {"veux": {"mourir": {" ": {}}}}."""


@dataclass(frozen=True)
class Phrases:
    """Those of one language: `same` gives the words that a word counts as."""

    same: Mapping[str, Words]
    harmless: Tree
    heard: Tree

    def are_in(self, clauses: Iterable[Words]) -> bool:
        """Tell whether one of the phrases is heard once the harmless ones are struck out.

        Harmless words end where a clause ends ("no quiero vivir, a qué hora abren"); what is heard may go on beyond.
        """
        said = [word for clause in clauses for word in self._without_harmless(clause)]
        return next(_found(said, self.heard), None) is not None

    def _without_harmless(self, clause: Words) -> list[str]:
        said = _plain(clause, self.same)
        for start, length in list(_found(said, self.harmless)):
            said[start : start + length] = [_STRUCK] * length
        return said


def is_said(text: str) -> bool:
    """Tell whether `text` holds one of the phrases of `data/distress.yml`, whatever its language."""
    clauses = [phrase.split(clause) for clause in _MARKS.split(clean(text))]
    return any(phrases.are_in(clauses) for phrases in load_phrases().values())


@lru_cache(maxsize=1)
def load_phrases() -> Mapping[str, Phrases]:
    """Return the phrases of every language; raises `DataError` when the file is wrong."""
    root = read_yaml(_FILE)
    if not isinstance(root.value, dict) or not root.value:
        raise root.error("expected phrases for each language", 'write "fr:" and, under it, "heard: [je veux mourir]"')
    return {language: _phrases(node) for language, node in root.items()}


def _phrases(node: Node) -> Phrases:
    if not isinstance(node.value, dict) or set(node.value) != set(_PARTS):
        raise node.error(f"expected {', '.join(_PARTS)} and nothing else", "give the three of them")
    same = _same(node["same"])
    return Phrases(same, _tree(node["harmless"], same), _tree(node["heard"], same))


def _same(node: Node) -> dict[str, Words]:
    """What each word counts as: {"veu": ("veux",)} from "veux: [veu]"."""
    if not isinstance(node.value, dict):
        raise node.error("expected words and those that count as the same", 'write "veux: [veut, veu]"')
    found: dict[str, Words] = {}
    for written, listed in node.items():
        plain = phrase.split(str(written))
        for words in _forms(listed):
            if len(words) != 1 or found.setdefault(words[0], plain) != plain:
                raise listed.error(f'"{" ".join(words)}" is several words, or counts as two', "keep one word, once")
    return found


def _tree(node: Node, same: Mapping[str, Words]) -> Tree:
    tree: Tree = {}
    for form in _forms(node):
        branch = tree
        for word in _plain(form, same):
            branch = branch.setdefault(word, {})
        branch[_END] = {}
    return tree


def _forms(node: Node) -> Iterator[Words]:
    """All forms of the phrases that are listed."""
    if not isinstance(node.value, list) or not all(isinstance(each, str) for each in node.value):
        raise node.error("expected a list of phrases", 'write "[je veux mourir, …]", in quotes what is not plain text')
    for each in node:
        try:
            yield from phrase.forms(each.value)
        except ValueError as error:
            raise each.error(str(error), "see how phrases are written, at the top of the file") from None


def _plain(words: Iterable[str], same: Mapping[str, Words]) -> list[str]:
    return [plain for word in words for plain in same.get(word, (word,))]


def _found(said: list[str], tree: Tree) -> Iterator[tuple[int, int]]:
    """Where the phrases of `tree` stand in what is said: first word and number of words."""
    for start in range(len(said)):
        branch = tree
        for end in range(start, len(said)):
            branch = branch.get(said[end], {})
            if not branch:
                break
            if _END in branch:
                yield start, end + 1 - start
