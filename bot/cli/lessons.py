"""`python -m bot lessons`: what the reviews of the desk teach, written down for a maintainer to accept.

    nlu/<language>/<intent>.yml   messages to learn from, as Rasa's training data
    facts.yml                     facts to correct: cite, field, reason, said, right, by (a role), on (a day)

Messages that stand in `data/nlu` or in the test sets already are left out, which is said. Prints counts and places, no
message. Nothing is trained, and no file of the project is changed.
"""

from __future__ import annotations

import argparse
import re
import sys
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Any

import yaml

from bot.cli import door, examples, labelled
from bot.knowledge.paths import ROOT, VAR
from bot.knowledge.text import fold

if TYPE_CHECKING:
    from bot.web.review.lessons import Correction, Lesson

TEST_SETS = ROOT / "tests" / "nlu" / "messages"
_MARKED = re.compile(r"\[([^\]]+)\](?:\([^)]*\)|\{[^}]*\})")
_LIKE_A_MARK = re.compile(r"\](?=[(\[{])")  # "[Lyon](place)" typed by somebody would be an entity to Rasa


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the options."""
    default = VAR / "lessons"
    parser.add_argument("--out", type=Path, default=default, metavar="DIR", help="empty or new (default: var/lessons)")
    parser.add_argument("--again", action="store_true", help="also what was exported before")


def run(arguments: argparse.Namespace) -> int:
    """Write the files and mark the reviews; 1 when the folder holds something or the database does not answer."""
    door.set_up()
    out: Path = arguments.out
    if out.exists() and (not out.is_dir() or any(out.iterdir())):
        print(f"{out} holds something already: move it away, or name another folder with --out.", file=sys.stderr)
        return 1
    try:
        return door.answering(lambda: _export(out, arguments.again))
    except OSError as error:
        print(f"{out} cannot be written ({error.strerror}): name another folder with --out.", file=sys.stderr)
        return 1


def _export(out: Path, again: bool) -> int:
    from django.utils import timezone

    from bot.web.review import lessons

    now = timezone.now()
    found, corrections = lessons.lessons(again), lessons.corrections(again)
    fresh = _fresh(found)
    _write_messages(out, fresh)
    _write_facts(out, corrections)
    lessons.mark({*(each.review for each in found), *(each.review for each in corrections)}, now)
    print(f"messages to learn from: {len(fresh)}" + (f", in {out / 'nlu'}" if fresh else ""))
    print(f"facts to correct: {len(corrections)}" + (f", in {out / 'facts.yml'}" if corrections else ""))
    return 0


def _fresh(found: list[Lesson]) -> list[Lesson]:
    """Those that stand nowhere yet; of each other, where it stands is printed."""
    known = _known()
    fresh: list[Lesson] = []
    for lesson in found:
        key = fold(lesson.text)
        if key in known:
            print(f"left out, one for {lesson.intent} ({lesson.language}): it stands in {known[key]}")
        else:
            known[key] = "this export already"
            fresh.append(lesson)
    return fresh


def _known() -> dict[str, str]:
    """Folded text → where it stands, of all examples and of the messages that tests are made of."""
    tested = (
        (fold(each.text), f"the test set {path.name}")
        for path in sorted(TEST_SETS.glob("*.yml"))
        for each in labelled.read(path)
    )
    taught = {fold(_MARKED.sub(r"\1", each.text)): f"data/nlu/{each.place}" for each in examples.read()}
    return {**taught, **dict(tested)}


def _write_messages(out: Path, fresh: Iterable[Lesson]) -> None:
    by_file: dict[tuple[str, str], list[str]] = defaultdict(list)
    for lesson in fresh:
        by_file[lesson.language, lesson.intent].append(_LIKE_A_MARK.sub("] ", lesson.text))
    for (language, intent), texts in sorted(by_file.items()):
        block = {"intent": intent, "metadata": {"language": language}, "examples": _Block(_listed(texts))}
        _write(out / "nlu" / language / f"{intent}.yml", {"version": "3.1", "nlu": [block]})


def _listed(texts: list[str]) -> str:
    return "".join(f"- {text}\n" for text in texts)


def _write_facts(out: Path, corrections: Iterable[Correction]) -> None:
    told = [_fact(each) for each in corrections]
    if told:
        _write(out / "facts.yml", told)


def _fact(correction: Correction) -> dict[str, str]:
    told = asdict(correction)
    del told["review"]
    told["by"] = told.pop("role")
    return told


class _Block(str):
    """A text that is written as a block, one line a line."""


class _Dumper(yaml.SafeDumper):
    pass


_Dumper.add_representer(_Block, lambda dumper, text: dumper.represent_scalar("tag:yaml.org,2002:str", text, style="|"))
_Dumper.add_representer(
    str, lambda dumper, text: dumper.represent_scalar("tag:yaml.org,2002:str", text, '"' if text == "3.1" else None)
)


def _write(file: Path, told: Any) -> None:
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(yaml.dump(told, Dumper=_Dumper, allow_unicode=True, sort_keys=False, width=10_000), "utf-8")
