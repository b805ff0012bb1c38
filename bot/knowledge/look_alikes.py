"""What bears a name much like that of a Cité des métiers and is none (`data/look_alikes.yml`)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from pathlib import Path

from bot.knowledge import schema
from bot.knowledge.catalogue import Catalogue
from bot.knowledge.cites import load_cites
from bot.knowledge.errors import DataError, raise_all
from bot.knowledge.paths import DATA
from bot.knowledge.text import fold
from bot.knowledge.yamlfile import Node, read_yaml

FILE = DATA / "look_alikes.yml"
_CITE = (
    "cite des metiers",
    "cites des metiers",
    "citta dei mestieri",
    "cidade das profissoes",
    "ciudad de los oficios",
)


@dataclass(frozen=True)
class LookAlike:
    """One of them: what it is, in words, stands under "look_alikes.<id>" in the catalogues.

    `phrases`: each is folded words that must all be in a message; `near`: the id of the Cité that may have been meant.
    """

    id: str
    name: str
    phrases: tuple[tuple[str, ...], ...]
    near: str | None
    source: str
    checked_on: date


def find_look_alike(text: str) -> LookAlike | None:
    """The look-alike that a message asks for; None when it names none, or names it only beside a Cité des métiers."""
    wanted = f" {fold(text)} "
    for one in load_look_alikes():
        for parts in one.phrases:
            if all(f" {part} " in wanted for part in parts):
                return None if _beside_a_cite(wanted, parts) else one
    return None


@lru_cache(maxsize=4)
def load_look_alikes(file: Path = FILE) -> tuple[LookAlike, ...]:
    """All of them, in the order of the file. Raises `DataError` or `DataErrors`."""
    root = read_yaml(file)
    raise_all(schema.faults(root, DATA / "look_alikes.schema.json") or _unknown_cites(root))
    return tuple(_look_alike(node) for node in root)


def wording_faults(catalogue: Catalogue, file: Path = FILE) -> list[DataError]:
    """The look-alikes that the catalogues have no words for."""
    return [
        node["id"].error(f'no words for "{node.value["id"]}"', f"add look_alikes.{node.value['id']} to the catalogues")
        for node in read_yaml(file)
        if not catalogue.has(f"look_alikes.{node.value['id']}")
    ]


def _look_alike(node: Node) -> LookAlike:
    value = node.value
    phrases = tuple(tuple(fold(part) for part in phrase.split("+")) for phrase in value["phrases"])
    day = value["checked_on"]
    checked_on = day if isinstance(day, date) else date.fromisoformat(day)
    return LookAlike(value["id"], value["name"], phrases, value["near"], value["source"], checked_on)


def _unknown_cites(root: Node) -> list[DataError]:
    known = load_cites()
    return [
        node["near"].error(f'there is no Cité "{node.value["near"]}"', "write the id of a file of data/cites, or null")
        for node in root
        if node.value["near"] not in (None, *known)
    ]


def _beside_a_cite(wanted: str, parts: tuple[str, ...]) -> bool:
    """Whether a Cité des métiers is named too, in other words than those of the look-alike: it is then the landmark."""
    rest = wanted
    for part in parts:
        rest = rest.replace(f" {part} ", " ", 1)
    return any(f" {name} " in rest for name in _CITE)
