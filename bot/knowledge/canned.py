"""Answers ready to send from the advisors' desk (`data/desk/canned/*.yml`), with placeholders for facts.

A file is a mapping: the name of an answer → its `title` and its `text` by language (ISO 639-1), and, where only some
Cités use it, their ids in `cites`. Placeholders in braces are those of `PLACEHOLDERS`.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from bot.knowledge import schema
from bot.knowledge.catalogue import placeholders
from bot.knowledge.cites import load_cites
from bot.knowledge.errors import DataError, raise_all
from bot.knowledge.kept import kept, stamp
from bot.knowledge.paths import DATA
from bot.knowledge.yamlfile import Node, read_yaml

FOLDER = DATA / "desk" / "canned"
PLACEHOLDERS = ("advisor", "cite", "address", "hours", "phone", "email", "site", "access")
"""What may stand in braces: the advisor's name as people see it, the Cité's name, and facts of the Cité."""
_NEAREST = ("en", "fr")  # for who reads a language in which an answer is not written


@dataclass(frozen=True)
class Canned:
    """One answer: `titles` and `texts` by language; `cites` is empty when all may use it."""

    name: str
    titles: Mapping[str, str]
    texts: Mapping[str, str]
    cites: tuple[str, ...] = ()

    def title(self, language: str) -> str:
        """The title in a language, else in the nearest in which it is written."""
        return self.titles[_written(self.titles, language)]

    def language_for(self, language: str) -> str:
        """The language in which somebody who reads `language` is given it."""
        return _written(self.texts, language)

    def needs(self, language: str) -> frozenset[str]:
        """The placeholders of the text that somebody who reads `language` is given."""
        return placeholders(self.texts[self.language_for(language)])

    def filled(self, language: str, values: Mapping[str, str]) -> str | None:
        """The text with its placeholders filled in, or None when a value is not known: none is made up."""
        if not self.needs(language) <= values.keys():
            return None
        return self.texts[self.language_for(language)].format(**values).strip()


@kept(lambda folder: stamp(folder, ".yml"))
def load_canned(folder: Path = FOLDER) -> tuple[Canned, ...]:
    """All of them, by file then in the order of each; a change is seen at the next call. Raises `DataErrors`."""
    read = [read_yaml(file) for file in sorted(folder.glob("*.yml"))]
    raise_all(fault for root in read for fault in schema.faults(root, DATA / "desk" / "canned.schema.json"))
    named = [(name, node) for root in read for name, node in root.items()]
    raise_all([*_twice(named), *(fault for _, node in named for fault in _faults(node))])
    return tuple(_canned(name, node) for name, node in named)


def for_cite(cite: str) -> list[Canned]:
    """Those that a Cité (its id) may use."""
    return [each for each in load_canned() if not each.cites or cite in each.cites]


def _canned(name: str, node: Node) -> Canned:
    value = node.value
    return Canned(name, value["title"], value["text"], tuple(value.get("cites", ())))


def _written(texts: Mapping[str, str], language: str) -> str:
    return next((code for code in (language, *_NEAREST) if code in texts), next(iter(texts)))


def _twice(named: list[tuple[str, Node]]) -> list[DataError]:
    first: dict[str, Node] = {}
    return [
        node.error(f'there are two answers "{name}"', f"rename one (the other is in {first[name].file})")
        for name, node in named
        if first.setdefault(name, node) is not node
    ]


def _faults(node: Node) -> list[DataError]:
    texts = [fault for text in node["text"] for fault in _text_faults(text)]
    titles = [
        title.error("a title holds braces", "write it without: it is for the advisor alone")
        for title in node["title"]
        if {"{", "}"} & set(title.value)
    ]
    return [*titles, *texts, *_unknown_cites(node)]


def _text_faults(text: Node) -> list[DataError]:
    known = ", ".join(f"{{{name}}}" for name in PLACEHOLDERS)
    try:
        unknown = placeholders(text.value) - set(PLACEHOLDERS)
    except ValueError as error:
        return [text.error(f"the braces do not match ({error})", f"write one of {known}")]
    return [text.error(f'the placeholder "{{{name}}}" is not known', f"use one of {known}") for name in sorted(unknown)]


def _unknown_cites(node: Node) -> list[DataError]:
    return [
        cite.error(f'no Cité is called "{cite.value}"', "write the id of a file of data/cites, without .yml")
        for cite in node.get("cites") or ()
        if cite.value not in load_cites()
    ]
