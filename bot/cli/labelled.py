"""Messages with what a careful advisor hears in them.

A file is a YAML list (`labelled.schema.json`): {"intent", "messages": [{"text", "or", "towns"}, …]}. In a text,
"[Lyon](place)" marks an entity; `or` names the intent, or the intents, that would be as fair a reading. `towns` tells
which place is meant by words marked as one: {"Genf": "Genève CH"}, its name in the gazetteer and its country; a list of
several when the person must be asked which. The language is the first two letters of the file's name.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from bot.knowledge import schema
from bot.knowledge.errors import DataError, raise_all
from bot.knowledge.yamlfile import Node, read_yaml

ENTITIES = ("place", "date", "occupation")
_SCHEMA = Path(__file__).with_suffix(".schema.json")
_MARK = re.compile(r"\[([^\]]+)\]\((\w+)\)")


@dataclass(frozen=True)
class Span:
    """An entity of a text: characters `start` to `end`, half-open; `towns` where it is told which place is meant."""

    entity: str
    start: int
    end: int
    towns: tuple[str, ...] = ()


@dataclass(frozen=True)
class Labelled:
    """A message, the intents that are right for it (the likeliest first) and its entities."""

    text: str
    language: str
    intents: tuple[str, ...]
    spans: tuple[Span, ...]


def read(path: Path) -> list[Labelled]:
    """Return the messages of one file; raises `DataErrors`, or `DataError` when it is no YAML, with file and line."""
    root = read_yaml(path)
    raise_all(schema.faults(root, _SCHEMA))
    entries = [(block["intent"].value, entry) for block in root for entry in block["messages"]]
    raise_all(fault for _, entry in entries for fault in _unmarked_towns(entry))
    return [_labelled(intent, entry.value, path.name[:2]) for intent, entry in entries]


def _unmarked_towns(entry: Node) -> Iterator[DataError]:
    marked = {mark[1] for mark in _MARK.finditer(entry["text"].value) if mark[2] == "place"}
    for words, town in entry["towns"].items() if "towns" in entry else ():
        if words not in marked:
            yield town.error(f'"{words}" is not marked as a place in the text', f"write [{words}](place) there")


def _labelled(intent: str, entry: dict[str, Any], language: str) -> Labelled:
    towns = entry.get("towns") or {}
    text, spans, position = "", [], 0
    for mark in _MARK.finditer(entry["text"]):
        text += entry["text"][position : mark.start()]
        spans.append(Span(mark[2], len(text), len(text) + len(mark[1]), _several(towns.get(mark[1]))))
        text += mark[1]
        position = mark.end()
    intents = (intent, *_several(entry.get("or")))
    return Labelled(text + entry["text"][position:], language, intents, tuple(spans))


def _several(value: str | list[str] | None) -> tuple[str, ...]:
    return (value,) if isinstance(value, str) else tuple(value or ())
