"""`python -m bot review-labels`: training examples to look at again, each with its file and line.

Suspects of a wrong label come first; then what stands twice, what is nearly the same under two intents, and templates.
It takes some minutes, and decides nothing: many a suspect is a hard example that is right, and the most useful.
"""

from __future__ import annotations

import argparse
import os
import warnings
from collections.abc import Sequence
from typing import TYPE_CHECKING

from bot.cli import examples, label_noise, train
from bot.cli.examples import Example
from bot.knowledge.paths import ROOT

if TYPE_CHECKING:
    from bot.cli.evaluation.classifier import Settings
    from bot.cli.evaluation.examples import Examples


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the options."""
    parser.add_argument("--language", help="show this language only; all are learnt from")
    parser.add_argument("--most", type=int, default=300, help="how many suspects to show at most (300)")
    parser.add_argument("--folds", type=int, default=5, help="how many parts to learn and read in turn (5)")


def run(arguments: argparse.Namespace) -> int:
    """Print what to look at."""
    known = examples.read()
    if fault := _fault(arguments, {example.language for example in known}):
        print(fault)
        return 2
    os.environ.update(train.quiet_environment())
    warnings.simplefilter("ignore")  # Rasa's and its libraries', of each other
    # Only now, since all this loads Rasa, and a wrong option should be told at once.
    from bot.cli.evaluation.classifier import Settings
    from bot.cli.evaluation.examples import of_training

    read, settings = of_training(known), Settings.of(ROOT / "config.yml")
    languages = {arguments.language} if arguments.language else {example.language for example in known}
    shown = [example for example in known if example.language in languages]
    suspects = _suspects(known, read, settings, arguments.folds, languages)
    _print("Suspect: given → likely, confidence in each", suspects[: arguments.most])
    _print("Standing twice", _twice(shown))
    _print("Nearly the same, under two intents", _near(known, read, languages))
    _print("One sentence with other words in it", _templates(shown))
    return 0


def _fault(arguments: argparse.Namespace, languages: set[str]) -> str | None:
    if arguments.folds < 2:
        return "--folds: two or more."
    if arguments.language not in (None, *languages):
        return f"--language {arguments.language}: no examples; there are some in {', '.join(sorted(languages))}."
    return None


def _suspects(
    known: Sequence[Example], read: Examples, settings: Settings, folds: int, languages: set[str]
) -> list[str]:
    from bot.cli.evaluation import experiments

    likely = experiments.out_of_fold(read, settings, folds)
    return [
        f"{known[one.index].place}  {known[one.index].intent} → {one.likely}"
        f"  {one.own:.2f} {one.confidence:.2f}  {known[one.index].text}"
        for one in label_noise.suspects(likely.rows, likely.names, read.intents)
        if known[one.index].language in languages
    ]


def _twice(known: Sequence[Example]) -> list[str]:
    groups = label_noise.same_text([f"{example.language} {example.text}" for example in known])
    return ["  ".join(f"{known[index].place} {known[index].text}" for index in group) for group in groups]


def _near(known: Sequence[Example], read: Examples, languages: set[str]) -> list[str]:
    from bot.cli.evaluation.examples import SAME

    return [
        f"{known[one].place} {known[one].text}  ≈  {known[other].place} {known[other].text}"
        for one, other in label_noise.near_pairs(read.directions(), SAME)
        if known[one].intent != known[other].intent and languages & {known[one].language, known[other].language}
    ]


def _templates(known: Sequence[Example]) -> list[str]:
    groups = label_noise.templates([example.text for example in known])
    return [f"{len(group)} × {known[group[0]].place} {known[group[0]].text}" for group in groups]


def _print(title: str, lines: Sequence[str]) -> None:
    print(f"\n{title}: {len(lines)}")
    print("\n".join(lines))
