"""The names by which people call the Cités, and those that two of them may not share."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import lru_cache

from bot.knowledge.cite_types import Cite
from bot.knowledge.errors import DataError
from bot.knowledge.text import fold
from bot.knowledge.yamlfile import Node, read_yaml

_SHORT = {"st": "saint", "ste": "sainte"}


def named_form(text: str) -> str:
    """A name without what does not matter in it: accents, case, signs, "St" for "Saint"."""
    return " ".join(_SHORT.get(word, word) for word in fold(text).split())


@lru_cache(maxsize=8)
def by_name(cites: tuple[Cite, ...]) -> dict[str, frozenset[str]]:
    """Form of a name, an id or a town → the ids of the Cités it stands for."""
    keys: dict[str, set[str]] = {}
    for cite in cites:
        for key in {*_own(cite), _town(cite)} - {""}:
            keys.setdefault(key, set()).add(cite.id)
    return {name: frozenset(ids) for name, ids in keys.items()}


def shared(cites: Iterable[Cite]) -> Iterator[DataError]:
    """A fault for each name, other name or id that a Cité shares with one before it: neither would be found by it.

    The town may be the same, and then also be a name of each: people are then asked which Cité they mean.
    """
    first: dict[str, Cite] = {}
    for cite in cites:
        for key in sorted(_own(cite)):
            other = first.setdefault(key, cite)
            if other is not cite and not key == _town(cite) == _town(other):
                yield _fault(key, cite, other)


def taken(name: str, cites: Iterable[Cite]) -> Cite | None:
    """The Cité that is called so already, by more than its town; None when the name is free."""
    key = named_form(name)
    return next((cite for cite in cites if key in _own(cite) and key != _town(cite)), None)


def bears(text: str, cite: Cite) -> bool:
    """Whether a text is what a Cité is called, or holds one of its names in full: its town alone is none."""
    form = named_form(text)
    return form in _own(cite) or any(f" {named_form(name)} " in f" {form} " for name in cite.names.values())


def _own(cite: Cite) -> set[str]:
    return {named_form(name) for name in (cite.id, *cite.names.values(), *cite.also_called)} - {""}


def _town(cite: Cite) -> str:
    return named_form(cite.city or "")


def _fault(key: str, cite: Cite, other: Cite) -> DataError:
    node, known = (_node(read_yaml(one.file), key) for one in (cite, other))
    return node.error(
        f'"{node.value}" is also what {other.file.name}:{known.line} is called, so that neither would be found by it',
        "give one of the two another name, or take it out there",
    )


def _node(root: Node, key: str) -> Node:
    """Where a file has the name of that form."""
    named = [root["id"], *root["names"], *(root.get("also_called") or ())]
    return next(node for node in named if named_form(node.value) == key)
