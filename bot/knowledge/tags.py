"""The tags an advisor may put on a request (`data/desk/tags.yml`); their words are "desk.tag.<name>"."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path

from bot.knowledge import schema
from bot.knowledge.catalogue import SPOKEN, Catalogue
from bot.knowledge.errors import DataError, raise_all
from bot.knowledge.paths import DATA
from bot.knowledge.yamlfile import Node, read_yaml

FILE = DATA / "desk" / "tags.yml"


@lru_cache(maxsize=4)
def load_tags(file: Path = FILE) -> tuple[str, ...]:
    """Their names, in the order of the file. Raises `DataError` or `DataErrors`."""
    return tuple(node.value for node in _read(file)["tags"])


def wording_faults(catalogue: Catalogue, file: Path = FILE) -> list[DataError]:
    """The tags that some language has no words for."""
    return [
        node.error(f'no words for the tag "{node.value}" in {language}', f"add desk.tag.{node.value} to that catalogue")
        for node in _read(file)["tags"]
        for language in SPOKEN
        if not catalogue.has(f"desk.tag.{node.value}", language)
    ]


def _read(file: Path) -> Node:
    root = read_yaml(file)
    raise_all(schema.faults(root, DATA / "desk" / "tags.schema.json"))
    return root
