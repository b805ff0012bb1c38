"""A YAML file held against a JSON Schema (draft 7): every fault with its line and its mend.

A schema may carry `"mend"` beside any rule: the sentence that tells how to put a fault right.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import date
from difflib import get_close_matches
from functools import lru_cache
from pathlib import Path
from typing import Any

from jsonschema import Draft7Validator

from bot.knowledge.errors import DataError
from bot.knowledge.yamlfile import Node

_TYPES = {"string": "text", "object": "a mapping (key: value)", "array": "a list", "null": "null"}


@lru_cache(maxsize=16)
def validator(schema: Path) -> Draft7Validator:
    """The validator of a schema file; raises `jsonschema.SchemaError` if that is no schema."""
    document = json.loads(schema.read_text(encoding="utf-8"))
    Draft7Validator.check_schema(document)
    return Draft7Validator(document)


def faults(root: Node, schema: Path) -> list[DataError]:
    """All the faults of a file against a schema file, in the order of its lines."""
    found = validator(schema).iter_errors(_jsonable(root.value))
    return sorted((error for fault in found for error in _told(root, fault)), key=lambda error: error.line)


def _jsonable(value: Any) -> Any:
    if isinstance(value, dict):
        return {str(key): _jsonable(item) for key, item in value.items()}
    if isinstance(value, list):
        return [_jsonable(item) for item in value]
    return value.isoformat() if isinstance(value, date) else value


def _told(root: Node, fault: Any) -> Iterator[DataError]:
    node = root.at(*fault.absolute_path)
    where = ".".join(map(str, fault.absolute_path)) or "the file"
    if fault.validator == "additionalProperties":
        yield from _unknown_keys(node, fault)
    elif fault.validator == "required":
        yield _missing_key(node, where, fault)
    else:
        message, mend = _sentence(fault)
        if isinstance(fault.instance, str) and fault.instance in node:  # a key, refused by propertyNames
            node = node[fault.instance]
        yield node.error(f"{where}: {message}", fault.schema.get("mend") or mend)


def _missing_key(node: Node, where: str, fault: Any) -> DataError:
    key = fault.message.split("'")[1]
    how = fault.schema.get("mend") or fault.schema.get("properties", {}).get(key, {}).get("mend")
    return node.error(f'"{key}" is missing in {where}', f'add "{key}:"' + (f"; {how}" if how else ""))


def _unknown_keys(node: Node, fault: Any) -> Iterator[DataError]:
    known = list(fault.schema.get("properties", {}))
    for key in fault.instance:
        if key in known or any(pattern for pattern in fault.schema.get("patternProperties", {})):
            continue
        close = get_close_matches(key, known, 1)
        mend = f'write "{close[0]}"' if close else f"remove it; known here: {', '.join(known)}"
        yield (node.get(key) or node).error(f'the key "{key}" is not known', mend)


def _sentence(fault: Any) -> tuple[str, str]:
    rule, wanted = fault.validator, fault.validator_value
    shown = json.dumps(fault.instance, ensure_ascii=False)[:80]
    if rule == "enum":
        return f"{shown} is not one of the values known", f"write one of: {', '.join(map(str, wanted))}"
    if rule == "type":
        names = [wanted] if isinstance(wanted, str) else wanted
        kinds = " or ".join(_TYPES.get(name, f"a {name}") for name in names)
        return f"{shown} is not {kinds}", f"write {kinds}"
    if rule == "anyOf":
        return f"{shown} lacks a part", "give at least one of the keys that carry the value"
    if rule == "pattern":
        return f"{shown} does not have the right form", f"write something of the form {wanted}"
    return fault.message, "correct it as the documentation of the file tells"
