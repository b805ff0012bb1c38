"""What bears a name much like that of a Cité des métiers and is none (`data/look_alikes.yml`)."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from pathlib import Path
from typing import Any

from bot.knowledge import phrase, schema
from bot.knowledge.catalogue import Catalogue
from bot.knowledge.cites import find_cite, load_cites
from bot.knowledge.errors import DataError, raise_all
from bot.knowledge.paths import DATA
from bot.knowledge.text import fold
from bot.knowledge.yamlfile import Node, read_yaml

FILE = DATA / "look_alikes.yml"
_SENTENCE = re.compile(r"[.?!…]+(?=\s|$)|[;\n]")
_PART = ","
_OTHER = "|"  # stands where the words of the look-alike stood

Phrases = tuple[tuple[str, ...], ...]
"""Each phrase is folded words that must all be in one sentence."""


@dataclass(frozen=True)
class LookAlike:
    """One of them: what it is, in words, stands under "look_alikes.<id>" in the catalogues.

    `doubtful` phrases may as well be said of a real Cité; `country` is where it is (ISO 3166-1); `near`: the id of the
    Cité that may have been meant.
    """

    id: str
    name: str
    country: str
    phrases: Phrases
    doubtful: Phrases
    near: str | None
    source: str
    checked_on: date


@dataclass(frozen=True)
class _Words:
    """Folded words around a name that tell whether it is what is asked for; see the file."""

    network: frozenset[str]
    ours: frozenset[str]
    landmark: frozenset[str]
    story: frozenset[str]
    after: frozenset[str]


def find_look_alike(text: str, country: str | None = None) -> LookAlike | None:
    """The look-alike that a message asks for; `country` is the conversation's (ISO 3166-1), when it is known.

    None when it names none, or only mentions one: beside a Cité, as a landmark, or as a thing of the past.
    """
    sentences = [_folded_parts(sentence) for sentence in _SENTENCE.split(text)]
    for one in load_look_alikes():
        for parts in (*one.phrases, *(one.doubtful if _may_be(one, text, country) else ())):
            for sentence in sentences:
                if all(part in _flat(sentence) for part in parts):
                    return None if _is_aside(sentences, sentence, parts) else one
    return None


@lru_cache(maxsize=4)
def load_look_alikes(file: Path = FILE) -> tuple[LookAlike, ...]:
    """All of them, in the order of the file. Raises `DataError` or `DataErrors`."""
    root = read_yaml(file)
    raise_all(schema.faults(root, DATA / "look_alikes.schema.json") or _unknown_cites(root["look_alikes"]))
    return tuple(_look_alike(node.value) for node in root["look_alikes"])


@lru_cache(maxsize=1)
def structures() -> re.Pattern[str]:
    """What finds the name of a structure that is none of ours, in words of `phrase.split`. Raises `DataError`."""
    told = read_yaml(FILE)["structures"].value
    within = "|".join(" ".join(form) for line in told["within"] for form in phrase.forms(line))
    beginning = "|".join(" ".join(phrase.split(word)) for word in told["beginning"].split(","))
    return re.compile(rf"\b(?:{within})\b|^(?:l[ae] |les )?(?:{beginning}) .*\bmetiers?\b")


def wording_faults(catalogue: Catalogue, file: Path = FILE) -> list[DataError]:
    """The look-alikes that the catalogues have no words for."""
    return [
        node["id"].error(f'no words for "{node.value["id"]}"', f"add look_alikes.{node.value['id']} to the catalogues")
        for node in read_yaml(file)["look_alikes"]
        if not catalogue.has(f"look_alikes.{node.value['id']}")
    ]


def _look_alike(value: dict[str, Any]) -> LookAlike:
    day = value["checked_on"]
    return LookAlike(
        value["id"],
        value["name"],
        value["country"],
        _phrases(value["phrases"]),
        _phrases(value.get("doubtful", [])),
        value["near"],
        value["source"],
        day if isinstance(day, date) else date.fromisoformat(day),
    )


def _phrases(lines: Iterable[str]) -> Phrases:
    return tuple(tuple(f" {fold(part)} " for part in line.split("+")) for line in lines)


@lru_cache(maxsize=1)
def _words() -> _Words:
    told = read_yaml(FILE).value
    around = (_listed(",".join(told[name].values())) for name in ("ours", "landmark", "story", "after"))
    return _Words(frozenset(map(fold, told["network"])), *around)


def _listed(words: str) -> frozenset[str]:
    return frozenset(fold(word) for word in words.split(","))


def _unknown_cites(nodes: Iterable[Node]) -> list[DataError]:
    known = load_cites()
    return [
        node["near"].error(f'there is no Cité "{node.value["near"]}"', "write the id of a file of data/cites, or null")
        for node in nodes
        if node.value["near"] not in (None, *known)
    ]


def _may_be(one: LookAlike, text: str, country: str | None) -> bool:
    """Whether words that may be said of a real Cité can mean the look-alike: there, and where no other is named."""
    named = find_cite(text)
    return country in (None, one.country) and (named is None or named.id == one.near)


def _folded_parts(sentence: str) -> list[str]:
    """The parts of a sentence between commas, folded, with a blank at both ends."""
    return [f" {fold(part)} " for part in sentence.split(_PART)]


def _flat(parts: list[str]) -> str:
    return f" {' '.join(''.join(parts).split())} "


def _is_aside(sentences: list[list[str]], sentence: list[str], name: tuple[str, ...]) -> bool:
    """Whether the look-alike is only mentioned: by what stands around its name, or since a Cité is asked for."""
    words = _words()
    own = _without(_flat(sentence), name)
    others = [_flat(other) for other in sentences if other is not sentence]
    if any(_has(text, words.network) for text in (own, *others)):
        return True
    if any(_has(text, words.ours) for text in (*_apart(sentence, name), *others)):
        return True
    *befores, after = own.split(_OTHER)
    return any(_is_before(before, words) for before in befores) or _begins(after, words.after)


def _apart(sentence: list[str], name: tuple[str, ...]) -> list[str]:
    """The parts of a sentence in which nothing of the name stands; none where a comma parts the name itself."""
    if not all(any(piece in part for part in sentence) for piece in name):
        return []
    return [part for part in sentence if not any(piece in part for piece in name)]


def _is_before(before: str, words: _Words) -> bool:
    """Whether the words before a name, article aside, make it a landmark or a thing of the past."""
    near = (before, before.rstrip().rpartition(" ")[0] + " ")
    landmark = any(text.endswith(f" {said} ") for said in words.landmark for text in near)
    return landmark or _has(before, words.story)


def _without(text: str, name: tuple[str, ...]) -> str:
    """The text with a mark where the parts of a name stood."""
    for part in name:
        text = text.replace(part, f" {_OTHER} ", 1)
    return text


def _begins(text: str, phrases: Iterable[str]) -> bool:
    return any(text.startswith(f" {said} ") for said in phrases)


def _has(text: str, phrases: Iterable[str]) -> bool:
    return any(f" {said} " in text for said in phrases)
