"""What the commands that measure the bot from outside share: one request or many, JSON or words.

With `--jsonl` a command reads one JSON object a line and prints one JSON object a line, in the same order, each as
soon as its request has come. A line that cannot be answered (no JSON, a Cité that nobody knows, a date that is none)
gives {"line": its number from 1, "asked": what was asked, "error": why, with how to mend it} and the next lines are
answered all the same; empty lines are passed over. The exit code is then 0: what is wrong is told line by line.
"""

from __future__ import annotations

import argparse
import json
import re
import sys
from collections.abc import Callable, Iterable, Iterator
from datetime import date, datetime
from difflib import get_close_matches
from io import TextIOWrapper
from typing import Any

from bot.cli import moments
from bot.cli.misuse import Misasked
from bot.knowledge.cite_types import Cite
from bot.knowledge.cites import load_cites, named_cites

Request = dict[str, Any]
Answer = Callable[[Request], dict[str, Any]]


def add_output_options(parser: argparse.ArgumentParser, names: str) -> None:
    """Declare `--json` and `--jsonl`; `names` are those of a request."""
    form = parser.add_mutually_exclusive_group()
    form.add_argument("--json", action="store_true", help="print one JSON object")
    form.add_argument("--jsonl", action="store_true", help=f"answer standard input, one JSON object a line: {names}")


def run(arguments: argparse.Namespace, answer: Answer, request: Request, tell: Callable[[Any], str]) -> int:
    """Answer `request`, or with `--jsonl` those of standard input; returns the exit code."""
    _speak_utf8()
    if arguments.jsonl:
        for line in answers(sys.stdin, answer):
            print(json.dumps(line, ensure_ascii=False), flush=True)
        return 0
    found = answer(request)
    print(json.dumps(found, ensure_ascii=False, indent=2) if arguments.json else tell(found))
    return 0


def _speak_utf8() -> None:
    """Whatever the terminal is set to: JSON is UTF-8, and what is no text is shown escaped, not refused."""
    for stream, errors in ((sys.stdin, "replace"), (sys.stdout, "backslashreplace")):
        if isinstance(stream, TextIOWrapper):
            stream.reconfigure(encoding="utf-8", errors=errors)


def answers(lines: Iterable[str], answer: Answer) -> Iterator[dict[str, Any]]:
    """Answer JSON lines, one answer for each that is not empty."""
    for number, line in enumerate(lines, start=1):
        if not line.strip():
            continue
        asked: Any = None
        try:
            asked = _object(line)
            yield answer(asked)
        except Misasked as error:
            yield {"line": number, "asked": asked, "error": str(error)}


def _object(line: str) -> Request:
    try:
        asked = json.loads(line)
    except (ValueError, RecursionError) as error:
        raise Misasked(f"not JSON ({error}): write one object a line") from None
    if not isinstance(asked, dict):
        raise Misasked("not an object: write {…} on each line")
    return asked


def text(request: Request, name: str) -> str:
    """A text that a request must hold, without the blanks around it; raises `Misasked`."""
    told = request.get(name)
    if not isinstance(told, str) or not told.strip():
        raise Misasked(f'no "{name}": give it as text')
    return told.strip()


def optional_text(request: Request, name: str) -> str | None:
    """A text that a request may hold, without the blanks around it; raises `Misasked` when it is something else."""
    told = request.get(name)
    if told is not None and not isinstance(told, str):
        raise Misasked(f'"{name}" is not text: give it as text, or leave it out')
    return (told or "").strip() or None


def country(request: Request, name: str) -> str | None:
    """The code of a country or a land that a request may hold, in capitals; raises `Misasked`."""
    told = optional_text(request, name)
    if told and not is_country(told):
        raise Misasked(f'"{name}" is no code of a country: "{told}". Give its two letters (ISO 3166-1): FR, BE, RE…')
    return told.upper() if told else None


def is_country(told: str) -> bool:
    """Whether a text has the form of a code of a country."""
    return re.fullmatch("[A-Za-z]{2}", told) is not None


def flag(request: Request, name: str) -> bool:
    """A yes or no that a request may hold, no when left out; raises `Misasked` when it is something else."""
    told = request.get(name)
    if told is not None and not isinstance(told, bool):
        raise Misasked(f'"{name}" is neither true nor false: give one of them, or leave it out')
    return bool(told)


def when(request: Request, name: str) -> date | datetime | None:
    """A day or an instant (`moments`) that a request may hold; raises `Misasked`."""
    told = optional_text(request, name)
    try:
        return moments.when(told) if told else None
    except ValueError as error:
        raise Misasked(f'"{name}": {error}') from None


def cite(request: Request) -> Cite:
    """The Cité that a request names by its id or a name; raises `Misasked` when none or several have it."""
    told, cites = text(request, "cite"), load_cites()
    named = [cites[told]] if told in cites else named_cites(told, cites)
    if len(named) > 1:
        ids = " or ".join(one.id for one in named)
        raise Misasked(f'"{told}" is what several Cités are called: give one id, {ids}')
    if not named:
        close = get_close_matches(told.lower(), cites, 3, 0.6)
        mend = f"did you mean {' or '.join(close)}" if close else "give its id, the name of its file in data/cites"
        raise Misasked(f'no Cité is called "{told}": {mend}')
    return named[0]
