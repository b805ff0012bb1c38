"""Numbers to give to a person in distress, by country (`data/helplines.yml`)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from pathlib import Path

from bot.knowledge import schema
from bot.knowledge.errors import raise_all
from bot.knowledge.paths import DATA
from bot.knowledge.yamlfile import Node, read_yaml

FRENCH_OVERSEAS = frozenset({"BL", "GF", "GP", "MF", "MQ", "PM", "RE", "YT"})
"""Codes under which geographers list French territories that share France's national numbers."""


@dataclass(frozen=True)
class Helpline:
    """One number.

    `key` names its label in the catalogues of words; `hours` is "always", an OpenStreetMap
    opening_hours value, or None when not known; `languages` is empty when it is for everybody.
    """

    key: str
    number: str
    source: str
    checked_on: date
    hours: str | None = None
    languages: tuple[str, ...] = ()
    emergency: bool = False


def helplines(
    country: str | None, language: str | None = None, own: Iterable[Helpline] = ()
) -> tuple[Helpline, ...]:
    """The numbers of a country (ISO alpha-2), those that answer in the language first.

    Without a country, or for one that is not in the file: the European emergency number, whose
    label says to dial the local number elsewhere. `own`: the numbers a Cité puts in their place.
    """
    table = load_helplines()
    code = "FR" if country in FRENCH_OVERSEAS else country
    chosen = tuple(own) or table.get(code or "", ()) or table["default"]
    return tuple(sorted(chosen, key=lambda line: bool(line.languages) and language not in line.languages))


@lru_cache(maxsize=8)
def load_helplines(file: Path = DATA / "helplines.yml") -> Mapping[str, tuple[Helpline, ...]]:
    """The whole file: country code (or "default") → numbers. Raises `DataError` or `DataErrors`."""
    root = read_yaml(file)
    raise_all(schema.faults(root, DATA / "helplines.schema.json"))
    return {country: tuple(map(build_helpline, lines)) for country, lines in root.items()}


def build_helpline(node: Node) -> Helpline:
    """A number from its mapping in a file that has passed its schema."""
    value = dict(node.value)
    return Helpline(**{**value, "languages": tuple(value.get("languages", ()))})
