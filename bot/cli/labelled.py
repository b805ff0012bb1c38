"""Messages with what a careful advisor hears in them, and how far what is understood agrees.

A file is a YAML list: {"intent", "messages": [{"text", "or"}, …]}. In a text, "[Lyon](place)" marks an entity; `or`
names the intent, or the intents, that would be as fair a reading. The language is the first two letters of the file's
name.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import yaml

ENTITIES = ("place", "date", "occupation")
_MARK = re.compile(r"\[([^\]]+)\]\((\w+)\)")
_SHORT = 4  # words: shorter ones hardly tell a language
_SHOWN = 100  # characters


@dataclass(frozen=True)
class Span:
    """An entity of a text: characters `start` to `end`, half-open."""

    entity: str
    start: int
    end: int


@dataclass(frozen=True)
class Labelled:
    """A message, the intents that are right for it (the likeliest first) and its entities."""

    text: str
    language: str
    intents: tuple[str, ...]
    spans: tuple[Span, ...]


@dataclass
class Agreement:
    """Counts over messages of one language."""

    language: str
    messages: int = 0
    first: int = 0
    among_three: int = 0
    told_language: int = 0
    long_enough: int = 0
    intents: Counter[tuple[str, str]] = field(default_factory=Counter)  # ("right" | "missed" | "wrong", intent)
    spans: Counter[tuple[str, str]] = field(default_factory=Counter)  # ("found" | "marked" | "true" | "told", entity)
    misses: list[tuple[str, str, str]] = field(default_factory=list)  # intent, what was understood, text

    def add(self, message: Labelled, understood: dict[str, Any]) -> None:
        """Count one message and what `parse` prints of it."""
        ranked = [entry["intent"] for entry in understood["ranking"]]
        self.messages += 1
        self.among_three += bool(set(message.intents) & set(ranked[:3]))
        if len(message.text.split()) >= _SHORT:
            self.long_enough += 1
            self.told_language += understood["language"] == message.language
        self._add_intent(message, ranked[0])
        self._add_spans(message, understood["entities"])

    def recall(self, intent: str) -> float:
        """Return which share of the messages of an intent was heard as such."""
        return _share(self.intents["right", intent], self.intents["missed", intent])

    def precision(self, intent: str) -> float:
        """Return which share of the messages heard as an intent was of it."""
        return _share(self.intents["right", intent], self.intents["wrong", intent])

    def f1(self, entity: str) -> float:
        """Return the F1 of an entity; an overlap counts as found."""
        recall = self.spans["found", entity] / max(1, self.spans["marked", entity])
        precision = self.spans["true", entity] / max(1, self.spans["told", entity])
        return 2 * recall * precision / (recall + precision) if recall + precision else 0.0

    def _add_intent(self, message: Labelled, heard: str) -> None:
        if heard in message.intents:
            self.first += 1
            self.intents["right", heard] += 1
            return
        self.intents["missed", message.intents[0]] += 1
        self.intents["wrong", heard] += 1
        self.misses.append((message.intents[0], heard, message.text[:_SHOWN]))

    def _add_spans(self, message: Labelled, told: Sequence[dict[str, Any]]) -> None:
        for entity in ENTITIES:
            marked = [span for span in message.spans if span.entity == entity]
            found = [Span(entity, one["start"], one["end"]) for one in told if one["entity"] == entity]
            self.spans["marked", entity] += len(marked)
            self.spans["told", entity] += len(found)
            self.spans["found", entity] += sum(_overlaps(span, found) for span in marked)
            self.spans["true", entity] += sum(_overlaps(span, marked) for span in found)


def read(path: Path) -> list[Labelled]:
    """Return the messages of one file."""
    blocks = yaml.safe_load(path.read_text("utf-8"))
    return [_labelled(block["intent"], entry, path.name[:2]) for block in blocks for entry in block["messages"]]


def agreements(messages: Iterable[tuple[Labelled, dict[str, Any]]]) -> list[Agreement]:
    """Count messages and what `parse` prints of them, by language, in the order met."""
    found: dict[str, Agreement] = {}
    for message, understood in messages:
        found.setdefault(message.language, Agreement(message.language)).add(message, understood)
    return list(found.values())


def _labelled(intent: str, entry: dict[str, Any], language: str) -> Labelled:
    others = entry.get("or") or []
    intents = (intent, *([others] if isinstance(others, str) else others))
    text, spans, position = "", [], 0
    for mark in _MARK.finditer(entry["text"]):
        text += entry["text"][position : mark.start()]
        spans.append(Span(mark[2], len(text), len(text) + len(mark[1])))
        text += mark[1]
        position = mark.end()
    return Labelled(text + entry["text"][position:], language, intents, tuple(spans))


def _overlaps(span: Span, others: Iterable[Span]) -> bool:
    return any(span.start < other.end and other.start < span.end for other in others)


def _share(part: int, rest: int) -> float:
    return part / (part + rest) if part + rest else 1.0
