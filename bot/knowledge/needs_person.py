"""What somebody may say, whatever the subject, for which a person is to be offered (`data/needs_person.yml`)."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path

from bot.knowledge import phrase, schema
from bot.knowledge.errors import raise_all
from bot.knowledge.paths import DATA
from bot.knowledge.phrase import Words
from bot.knowledge.text import clean
from bot.knowledge.yamlfile import Node, read_yaml

FILE = DATA / "needs_person.yml"


def said_in(text: str) -> bool:
    """Whether one of the phrases, of any language, stands in a text."""
    said, phrases = phrase.split(clean(text)), load_phrases()
    longest = max(map(len, phrases))
    ends = ((start, end) for start in range(len(said)) for end in range(start + 1, start + longest + 1))
    return any(said[start:end] in phrases for start, end in ends)


@lru_cache(maxsize=4)
def load_phrases(file: Path = FILE) -> frozenset[Words]:
    """All the phrases of the file, of all languages together. Raises `DataError` or `DataErrors`."""
    root = read_yaml(file)
    raise_all(schema.faults(root, DATA / "needs_person.schema.json"))
    return frozenset(form for _, listed in root.items() for each in listed for form in _forms(each))


def _forms(node: Node) -> list[Words]:
    try:
        return phrase.forms(node.value)
    except ValueError as error:
        raise node.error(str(error), "see how phrases are written, at the top of the file") from None
