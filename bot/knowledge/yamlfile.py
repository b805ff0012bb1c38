"""YAML files read with the line of every value, so that a fault can be named where it stands."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

from bot.knowledge.errors import DataError

_Loader: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)  # the C one is ten times faster


@dataclass(frozen=True)
class Node:
    """One value of a YAML file.

    `value` is plain Python (dict, list, str, int, float, bool, date, None), whole and nested;
    `line` counts from 1 and is the line of the key for what stands under a key;
    `children` holds the nodes of a mapping by key or of a list by index, else is empty.
    """

    file: Path
    line: int
    value: Any
    children: dict[Any, Node]

    def __getitem__(self, key: Any) -> Node:
        return self.children[key]

    def __contains__(self, key: Any) -> bool:
        return key in self.children

    def __iter__(self) -> Iterator[Node]:
        return iter(self.children.values())

    def get(self, key: Any) -> Node | None:
        """The node under a key or index, or None."""
        return self.children.get(key)

    def items(self) -> list[tuple[Any, Node]]:
        """Pairs (key or index, node), in the order of the file."""
        return list(self.children.items())

    def at(self, *path: Any) -> Node:
        """The deepest node there is on a path of keys and indexes (as jsonschema gives them)."""
        node = self
        for key in path:
            if key not in node.children:
                break
            node = node.children[key]
        return node

    def error(self, message: str, mend: str) -> DataError:
        """A `DataError` that names this node's file and line."""
        return DataError(self.file, self.line, message, mend)


def read_yaml(path: Path | str) -> Node:
    """Read one YAML document (UTF-8) as a tree of `Node`.

    An empty file is a node whose value is None. Raises `DataError` when the file cannot be read,
    is not YAML, holds a key twice, a key that is not plain text or a number, or an alias.
    """
    path = Path(path)
    text = _text(path)
    loader = _Loader(text)
    try:
        root = loader.get_single_node()
        if root is None:
            return Node(path, 1, None, {})
        return _Builder(path, loader).build(root, root.start_mark.line + 1)
    except yaml.YAMLError as error:
        raise _syntax_error(path, error, last=max(1, len(text.splitlines()))) from None
    except RecursionError:
        raise DataError(path, 1, "the file is nested too deeply", "flatten it") from None
    finally:
        loader.dispose()


def _text(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8")
    except UnicodeDecodeError as error:
        line = error.object[: error.start].count(b"\n") + 1
        raise DataError(path, line, "the file is not UTF-8", "save it as UTF-8") from None
    except OSError as error:
        reason = error.strerror or str(error)
        raise DataError(path, 1, f"the file cannot be read ({reason})", "check its name and rights") from None


def _syntax_error(path: Path, error: yaml.YAMLError, last: int) -> DataError:
    mark = getattr(error, "problem_mark", None) or getattr(error, "context_mark", None)
    line = min(mark.line + 1, last) if mark else 1
    problem = getattr(error, "problem", None) or getattr(error, "reason", None) or "unreadable"
    mend = "check the indentation, the quotes and the colons of this line and the one above"
    return DataError(path, line, f"not valid YAML: {problem}", mend)


class _Builder:
    def __init__(self, file: Path, loader: Any) -> None:
        self.file = file
        self.loader = loader
        self.seen: set[int] = set()

    def build(self, node: yaml.Node, line: int) -> Node:
        if id(node) in self.seen:
            raise DataError(self.file, line, "an alias (*name) is used", "write the value out in full")
        self.seen.add(id(node))
        if isinstance(node, yaml.MappingNode):
            return self._mapping(node, line)
        if isinstance(node, yaml.SequenceNode):
            return self._sequence(node, line)
        return Node(self.file, line, self._scalar(node, line), {})

    def _scalar(self, node: yaml.Node, line: int) -> Any:
        try:
            return self.loader.construct_object(node, deep=True)
        except ValueError as error:  # an impossible date, for example 2026-02-30
            mend = "correct it or put it in quotes"
            raise DataError(self.file, line, f"not a value: {error}", mend) from None

    def _mapping(self, node: yaml.MappingNode, line: int) -> Node:
        children: dict[Any, Node] = {}
        for key_node, value_node in node.value:
            key_line = key_node.start_mark.line + 1
            key = self._key(key_node, key_line)
            if key in children:
                mend = f"keep one of the two (the other is on line {children[key].line})"
                raise DataError(self.file, key_line, f'the key "{key}" stands twice', mend)
            children[key] = self.build(value_node, key_line)
        return Node(self.file, line, {key: child.value for key, child in children.items()}, children)

    def _key(self, node: yaml.Node, line: int) -> Any:
        key = self._scalar(node, line) if isinstance(node, yaml.ScalarNode) else None
        if isinstance(key, bool) or not isinstance(key, (str, int)):
            mend = 'put it in quotes ("no", "on", "yes"…)'
            raise DataError(self.file, line, "this key is not plain text", mend)
        return key

    def _sequence(self, node: yaml.SequenceNode, line: int) -> Node:
        nodes = [self.build(child, child.start_mark.line + 1) for child in node.value]
        return Node(self.file, line, [child.value for child in nodes], dict(enumerate(nodes)))
