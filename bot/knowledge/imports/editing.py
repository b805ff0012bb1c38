"""Edits of a YAML text that leave every other character as it is: comments, order, quotes and blank lines.

The places of keys and values come from PyYAML's own marks; what is replaced is the text between two of them.
Only plain facts are written: a key, or a mapping of keys to texts, numbers, dates and truth values.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import yaml

from bot.knowledge.yaml_scalar import scalar

Path = tuple[str | int, ...]
_Loader: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)  # the C one is ten times faster


class EditError(ValueError):
    """A text that cannot be edited in place; `str()` says why."""


class _Dumper(yaml.SafeDumper):
    """Writes lists further in than their key, as the Cités' files have them, and each value in full."""

    def increase_indent(self, flow: bool = False, indentless: bool = False) -> None:
        super().increase_indent(flow, False)

    def ignore_aliases(self, data: Any) -> bool:
        return True


def update(text: str, parent: Path, key: str, fact: Mapping[str, Any], order: Sequence[str]) -> str:
    """The text with the mapping `fact` under `key` of the mapping at `parent`.

    Keys of an old fact that `fact` lacks are taken out. `order`: the keys of `parent` in the order in which a new one
    takes its place. Raises `EditError` where the text would have to be laid out anew.
    """
    old = _find(text, (*parent, key))
    if old is None:
        return insert(text, parent, key, fact, order)
    if not isinstance(old, yaml.MappingNode):
        raise EditError(f'"{key}" is not a mapping')
    for name in [node.value for node, _ in old.value if node.value not in fact]:
        text = _removed(text, (*parent, key), name)
    for name, value in fact.items():
        text = _with_scalar(text, (*parent, key), name, value)
    return text


def insert(text: str, parent: Path, key: str, value: Any, order: Sequence[str]) -> str:
    """The text with a new key in the mapping at `parent`, after the last of those that come before it in `order`."""
    mapping = _mapping(text, parent)
    before = set(order[: order.index(key)])
    pairs = [pair for pair in mapping.value if pair[0].value in before] or mapping.value[:1]
    return _after(text, _end(text, pairs[-1][1]), _dumped({key: value}, mapping.start_mark.column))


def append(text: str, sequence: Path, item: Mapping[str, Any]) -> str:
    """The text with a further item in the list at `sequence`."""
    node = _find(text, sequence)
    if not isinstance(node, yaml.SequenceNode) or node.flow_style or not node.value:
        raise EditError(f'"{sequence[-1]}" is not a list over several lines')
    return _after(text, _end(text, node.value[-1]), _dumped([item], node.start_mark.column))


def load(text: str) -> Any:
    """What a text says, as plain Python."""
    return yaml.load(text, Loader=_Loader)  # a safe loader


def _with_scalar(text: str, parent: Path, key: str, value: Any) -> str:
    node = _find(text, (*parent, key))
    if node is None:
        return _with_new_scalar(text, parent, key, value)
    if yaml.SafeLoader("").construct_object(node, deep=True) == value:
        return text
    if not isinstance(node, yaml.ScalarNode):
        raise EditError(f'"{key}" is not on one line')
    return text[: node.start_mark.index] + scalar(value) + text[_end(text, node) :]


def _with_new_scalar(text: str, parent: Path, key: str, value: Any) -> str:
    """The text with a new key at the end of a fact, on the same line in a mapping between braces."""
    mapping = _mapping(text, parent, flow=True)
    end = _end(text, mapping.value[-1][1])
    if mapping.flow_style:
        return f"{text[:end]}, {key}: {scalar(value)}{text[end:]}"
    return _after(text, end, f"{' ' * mapping.start_mark.column}{key}: {scalar(value)}\n")


def _removed(text: str, parent: Path, key: str) -> str:
    mapping = _mapping(text, parent)
    name, value = next(pair for pair in mapping.value if pair[0].value == key)
    start = text.rfind("\n", 0, name.start_mark.index) + 1
    return text[:start] + text[_next_line(text, _end(text, value)) :]


def _find(text: str, path: Path) -> yaml.Node | None:
    node = yaml.compose(text, Loader=_Loader)
    for step in path:
        if isinstance(node, yaml.SequenceNode) and isinstance(step, int):
            node = node.value[step]
        elif isinstance(node, yaml.MappingNode):
            node = next((value for key, value in node.value if key.value == step), None)
        else:
            return None
    return node


def _mapping(text: str, path: Path, flow: bool = False) -> yaml.MappingNode:
    node = _find(text, path)
    if not isinstance(node, yaml.MappingNode) or not node.value or (node.flow_style and not flow):
        raise EditError("it is written on one line, between braces")
    return node


def _end(text: str, node: yaml.Node) -> int:
    """Where the text of a node ends; a block's own mark stands after the comments that follow it."""
    if isinstance(node, yaml.CollectionNode) and not node.flow_style and node.value:
        last = node.value[-1]
        return _end(text, last[1] if isinstance(last, tuple) else last)
    end = node.end_mark.index
    return len(text[:end].rstrip()) if isinstance(node, yaml.ScalarNode) and node.style in ("|", ">") else end


def _next_line(text: str, index: int) -> int:
    return (text.find("\n", index) + 1) or len(text)


def _after(text: str, index: int, block: str) -> str:
    """The text with whole lines put in after the one on which `index` stands."""
    at = _next_line(text, index)
    missing = "" if text[:at].endswith("\n") else "\n"
    return text[:at] + missing + block + text[at:]


def _dumped(value: Any, indent: int) -> str:
    written = yaml.dump(value, Dumper=_Dumper, sort_keys=False, allow_unicode=True, width=10**6)
    return "".join(f"{' ' * indent}{line}\n" for line in written.splitlines())
