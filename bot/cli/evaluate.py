"""`python -m bot evaluate`: how well labelled messages are understood, language by language.

Each language has one line: messages, share where the first intent is right, share where it is among the first three,
share of the messages of four words or more whose language is told, F1 of places, dates and occupations (an overlap
counts), recall/precision of distress, of the wish for a human and of what is out of scope.
"""

from __future__ import annotations

import argparse
import json
import os
import time
from pathlib import Path

from bot.cli import train
from bot.cli.labelled import ENTITIES, Agreement, agreements, read
from bot.cli.parse import in_order, load
from bot.knowledge.paths import ROOT

MESSAGES = ROOT / "tests" / "nlu" / "messages"
_WATCHED = ("express_distress", "talk_to_advisor", "out_of_scope")
_COLUMNS = ("messages", "first", "in three", "language", *ENTITIES, "distress", "human", "off topic")


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the options."""
    parser.add_argument("files", nargs="*", type=Path, help="YAML files of labelled messages (tests/nlu/messages)")
    parser.add_argument("--misses", action="store_true", help="print each message that was not understood, as JSON")


def run(arguments: argparse.Namespace) -> int:
    """Print the table."""
    if not train.is_up_to_date() and not train.train():
        return 1
    os.environ.update(train.quiet_environment())
    understand = load()
    messages = [one for path in arguments.files or sorted(MESSAGES.glob("*.yml")) for one in read(path)]
    started = time.monotonic()
    found = agreements(zip(messages, in_order(understand, ({"text": one.text} for one in messages))))
    seconds = time.monotonic() - started
    print("    " + "".join(f"{name:>12}" for name in _COLUMNS))
    for agreement in found:
        print(_line(agreement))
    print(f"{1000 * seconds / max(1, len(messages)):.0f} ms a message, on {os.cpu_count()} cores")
    if arguments.misses:
        _print_misses(found)
    return 0


def _line(found: Agreement) -> str:
    shares = [found.first, found.among_three]
    values = [str(found.messages), *(f"{share / found.messages:.3f}" for share in shares)]
    values.append(f"{found.told_language / max(1, found.long_enough):.3f}")
    values += [f"{found.f1(entity):.2f}" for entity in ENTITIES]
    values += [f"{found.recall(intent):.2f}/{found.precision(intent):.2f}" for intent in _WATCHED]
    return f"{found.language:4}" + "".join(f"{value:>12}" for value in values)


def _print_misses(found: list[Agreement]) -> None:
    for agreement in found:
        for intent, heard, text in agreement.misses:
            line = {"language": agreement.language, "intent": intent, "understood": heard, "text": text}
            print(json.dumps(line, ensure_ascii=False))
