"""`python -m bot cite new|show|check|stale`: the file of a Cité, for its staff."""

from __future__ import annotations

import argparse
import sys
from datetime import date
from os.path import exists, isdir, isfile  # False of a name that no file can have, where Path raises
from pathlib import Path

from bot.cli import cite_new, cite_show, cite_stale
from bot.knowledge import new_cite
from bot.knowledge.cite_names import shared
from bot.knowledge.cites import Cite, read_cite, readable
from bot.knowledge.errors import DataError
from bot.knowledge.paths import DATA

_PARTS = {
    "new": (cite_new, "write the file of a Cité that has none"),
    "show": (cite_show, "print all that is known of a Cité, and what is missing or not confirmed"),
    "stale": (cite_stale, "list the facts that have grown old, the oldest first"),
}


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the four commands and their options."""
    parts = parser.add_subparsers(dest="part", required=True, metavar="new|show|check|stale")
    for name, (module, summary) in _PARTS.items():
        module.add_arguments(parts.add_parser(name, help=summary, description=summary))
    summary = "check the files of Cités: each fault with its file, line and mend"
    check = parts.add_parser("check", help=summary, description=summary)
    known = "files, anywhere, or ids of the directory (default: all of data/cites)"
    check.add_argument("files", nargs="*", type=_file, metavar="FILE", help=known)


def run(arguments: argparse.Namespace) -> int:
    """Run one of the four; returns its exit code."""
    if arguments.part == "check":
        return _check(arguments.files or sorted((DATA / "cites").glob("*.yml")))
    return _PARTS[arguments.part][0].run(arguments)


def _file(told: str) -> Path:
    """The file of that name, else that of the Cité of that id."""
    known = DATA / "cites" / f"{told}.yml"
    return known if new_cite.is_id(told) and isfile(known) and not exists(told) else Path(told)


def _check(files: list[Path]) -> int:
    """Print every fault of the files; 1 when there is one. An agenda is looked for in `agenda`, beside their folder."""
    found = [_read(file) for file in files]
    faults = [fault for each in found if isinstance(each, list) for fault in each]
    faults += _shared([each for each in found if isinstance(each, Cite)])
    for fault in faults:
        print(fault, file=sys.stderr)
    many = "1 file" if len(files) == 1 else f"{len(files)} files"
    print(f"{many}: {f'{len(faults)} to mend' if faults else 'good'}")
    return 1 if faults else 0


def _read(file: Path) -> Cite | list[DataError]:
    if isdir(file):
        return [DataError(file, 1, "this is a folder", "name the files in it")]
    if file.suffix != ".yml":
        return [DataError(file, 1, "this is no file of a Cité", "name a file that ends with .yml, or an id")]
    return read_cite(file, date.today())


def _shared(given: list[Cite]) -> list[DataError]:
    """The names that the Cités given share, or have of others in the directory, which those of the same id replace."""
    ids, files = {cite.id for cite in given}, {cite.file for cite in given}
    others = [cite for cite in readable(DATA / "cites") if cite.id not in ids]
    return [fault for fault in shared([*others, *given]) if fault.file in files]
