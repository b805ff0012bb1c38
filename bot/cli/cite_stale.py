"""`python -m bot cite stale`: the facts that have grown old, with the source to look at."""

from __future__ import annotations

import argparse
import json
from datetime import date
from typing import Any

from bot.cli import forms, outside
from bot.knowledge.cite_facts import OldFact, stale
from bot.knowledge.cites import load_cites
from bot.knowledge.facts import A_CENTURY


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the options."""
    parser.add_argument("--days", type=_days, default=0, metavar="N", help="also what will be old within N days")
    parser.add_argument("--cite", metavar="CITE", help="only one Cité, by its id or name")
    parser.add_argument("--json", action="store_true", help="print one JSON object a line")


def run(arguments: argparse.Namespace) -> int:
    """Print one fact a line, the oldest first; 0 whatever there is."""
    only = [outside.cite({"cite": arguments.cite})] if arguments.cite else None
    found = stale(only or load_cites().values(), date.today(), arguments.days)
    for old in found:
        told = as_dict(old)
        print(json.dumps(told, ensure_ascii=False) if arguments.json else _line(told))
    if not arguments.json:
        many = "1 fact" if len(found) == 1 else f"{len(found)} facts"
        print(f"{many} to compare with the source" if found else "nothing has grown old")
    return 0


def _days(told: str) -> int:
    """A number of days ahead, as the type of an option."""
    if not (told.isdecimal() and len(told) <= len(str(A_CENTURY)) and int(told) <= A_CENTURY):
        raise argparse.ArgumentTypeError(f'"{told}" is no number of days from 0 to {A_CENTURY}')
    return int(told)


def as_dict(old: OldFact) -> dict[str, Any]:
    """The fact as plain JSON: `cite`, its `fact` (key of the file), where it comes from, `fresh_until`, the `file`.

    `centre`: the town of the associated centre that it is of, else None.
    """
    return {
        "cite": old.cite.id,
        "fact": old.key,
        "centre": old.centre,
        **forms.provenance(old.fact),
        "fresh_until": forms.iso(old.until),
        "file": f"data/cites/{old.cite.file.name}",
    }


def _line(told: dict[str, Any]) -> str:
    whose = f"{told['cite']} ({told['centre']})" if told["centre"] else told["cite"]
    return f"{told['as_of'] or told['checked_on'] or 'no date':10}  {whose}  {told['fact']}  {told['source']}"
