"""The changes of an import written into the Cités' files: all of them, checked, or none."""

from __future__ import annotations

import json
import os
import shutil
import tempfile
from collections import defaultdict
from collections.abc import Mapping
from datetime import date
from functools import lru_cache
from pathlib import Path
from typing import Any

from bot.knowledge.cites import SCHEMA, Cite, read_cite
from bot.knowledge.errors import DataError, raise_all
from bot.knowledge.imports import editing
from bot.knowledge.imports.report import Target, facts_of
from bot.knowledge.imports.values import FIELDS
from bot.knowledge.text import fold

Facts = Mapping[str, Any]


def write(cites: Mapping[str, Cite], changes: Mapping[Target, Facts]) -> list[Path]:
    """Write the facts of each target into its file; returns the files written.

    Each new file is checked as `python -m bot check` does, beside the old one, and takes its place in one step, after
    all of them were found good. Raises `DataErrors` with every fault, and then writes nothing.
    """
    by_cite: dict[str, dict[str | None, Facts]] = defaultdict(dict)
    for (id, town), facts in changes.items():
        by_cite[id][town] = facts
    if not by_cite:
        return []
    folder = next(iter(cites.values())).file.parent
    # Beside the folder of the Cités: same disk, and the agenda's files are where a check looks for them.
    with tempfile.TemporaryDirectory(prefix=".import-", dir=folder.parent) as name:
        staged = {cites[id].file: Path(name) / cites[id].file.name for id in sorted(by_cite)}
        faults = [fault for file, new in staged.items() for fault in _stage(file, new, by_cite[file.stem])]
        raise_all(faults)
        for file, new in staged.items():
            shutil.copymode(file, new)
            os.replace(new, file)
    return list(staged)


def _stage(file: Path, new: Path, changes: Mapping[str | None, Facts]) -> list[DataError]:
    """Write the new text of one file in another place; returns what is wrong with it."""
    text = file.read_bytes().decode("utf-8")
    windows = "\r\n" in text
    try:
        edited = edit(text.replace("\r\n", "\n"), changes)
    except editing.EditError as error:
        return [DataError(file, 1, f"it cannot be written into: {error}", "write each key on a line of its own")]
    new.write_bytes((edited.replace("\n", "\r\n") if windows else edited).encode("utf-8"))
    found = read_cite(new, date.today())
    return [DataError(file, f.line, f.message, f.mend) for f in found] if isinstance(found, list) else []


def edit(text: str, changes: Mapping[str | None, Facts]) -> str:
    """The text of a Cité's file with the facts given: by key, for the Cité (None) and for the town of each centre.

    Raises `EditError` where they cannot be put in so that the file says them and nothing else changes.
    """
    wanted = applied(editing.load(text), changes)
    for town, facts in changes.items():
        text = _of_target(text, town, facts)
    if editing.load(text) != wanted:
        raise editing.EditError("the file is laid out in a way that is not known")
    return text


def applied(document: Facts, changes: Mapping[str | None, Facts]) -> dict[str, Any]:
    """What a Cité's file says after the changes, as YAML gives it."""
    result = {**document, **changes.get(None, {})}
    for town, facts in changes.items():
        if town is None:
            continue
        entries = list(result.get("centres") or ())
        index = _index(entries, town)
        entries[index:] = [{"town": town, **facts_of(result, town), **facts}, *entries[index + 1 :]]
        if index < len(document.get("centres") or ()):
            entries[index]["town"] = document["centres"][index]["town"]
        result["centres"] = entries
    return result


def _of_target(text: str, town: str | None, facts: Facts) -> str:
    if town is None:
        return _with_facts(text, (), facts, _order())
    centres = editing.load(text).get("centres") or []
    index = _index(centres, town)
    if index < len(centres):
        return _with_facts(text, ("centres", index), facts, ("town", *FIELDS))
    new = {"town": town, **{key: facts[key] for key in FIELDS if key in facts}}
    if centres:
        return editing.append(text, ("centres",), new)
    return editing.insert(text, (), "centres", [new], _order())


def _with_facts(text: str, parent: editing.Path, facts: Facts, order: tuple[str, ...]) -> str:
    for key, fact in facts.items():
        text = editing.update(text, parent, key, fact, order)
    return text


def _index(entries: list[dict[str, Any]], town: str) -> int:
    """The rank of the entry of a town; one past the last where there is none."""
    return next((rank for rank, entry in enumerate(entries) if fold(entry["town"]) == fold(town)), len(entries))


@lru_cache(maxsize=1)
def _order() -> tuple[str, ...]:
    """The keys of a Cité's file, in the order of its schema."""
    return tuple(json.loads(SCHEMA.read_text(encoding="utf-8"))["properties"])
