"""`python -m bot evaluate`: how well labelled messages are understood.

Scores the development set with the trained model, by language, intent and entity, with 95 % intervals; then, of the
intent classifier alone, cross-validation over the training examples and a learning curve. Prints tables and writes them
with charts into one HTML file. Progress goes to standard error; so do the tables with `--misses`.
"""

from __future__ import annotations

import argparse
import json
import os
import sys
import warnings
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from bot.cli import examples, train
from bot.cli.misuse import Misasked
from bot.knowledge.paths import ROOT, VAR

if TYPE_CHECKING:
    from bot.cli.evaluation.judged import Judged
    from bot.cli.evaluation.results import Results
    from bot.cli.labelled import Labelled


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the options."""
    parser.add_argument("files", nargs="*", type=Path, help="YAML files of labelled messages (tests/nlu/messages)")
    parser.add_argument("--folds", type=int, default=5, help="folds of cross-validation; 0 leaves out all refits")
    parser.add_argument("--compare", nargs="+", type=Path, default=[], metavar="CONFIG",
                        help="Rasa config files of other pipelines to train and score beside (docs/pipelines)")
    parser.add_argument("--report", type=Path, default=VAR / "evaluation.html", help="where the HTML report goes")
    parser.add_argument("--json", type=Path, metavar="FILE", help="write all figures there, as JSON")
    parser.add_argument("--misses", action="store_true",
                        help="print each message that was not understood, a JSON line each; the rest on standard error")
    parser.add_argument("--write-docs", action="store_true", help="renew the tables of docs/understanding.md")
    parser.add_argument("--record", action="store_true", help="write down the scores under which tests must not fall")


def run(arguments: argparse.Namespace) -> int:
    """Measure, print, write."""
    if fault := _fault(arguments):
        raise Misasked(fault)
    os.environ.update(train.quiet_environment())
    warnings.simplefilter("ignore")  # Rasa's and its libraries', of each other
    # Only now, since all this loads Rasa, and a wrong option should be told at once.
    from bot.cli.evaluation import development

    labelled = development.messages(arguments.files)
    if not labelled:
        raise Misasked("No message to measure: none is written, or all stand word for word among those learnt from.")
    if not train.is_up_to_date() and not train.train(aside=arguments.misses):
        return 1
    judged = development.judged(labelled)
    results = _measured(arguments, labelled, judged)
    _written(arguments, results, judged)
    return 0


def _fault(arguments: argparse.Namespace) -> str | None:
    if arguments.folds < 0 or arguments.folds == 1:
        return "--folds: two or more, or 0 to leave cross-validation out."
    if arguments.files and (arguments.record or arguments.write_docs):
        return "--record and --write-docs are for the whole development set: name no files."
    missing = [path for path in (*arguments.files, *arguments.compare) if not path.is_file()]
    return f"{missing[0]}: no such file." if missing else None


def _measured(arguments: argparse.Namespace, labelled: Sequence[Labelled], judged: Sequence[Judged]) -> Results:
    from bot.cli.evaluation import cost, experiments, pipelines, results, scores
    from bot.cli.evaluation.classifier import Settings
    from bot.cli.evaluation.examples import of_training

    spent = cost.measure(train.MODEL, [one.text for one in labelled], train.last_seconds())
    folds, curve = None, []
    if arguments.folds:
        known, settings = of_training(examples.read()), Settings.of(ROOT / "config.yml")
        folds = results.Scores.of(experiments.out_of_fold(known, settings, arguments.folds).judged(known))
        curve = experiments.learning_curve(known, labelled, settings)
    return results.Results(
        results.Scores.of(judged),
        results.watched(judged),
        results.Phrases.of(judged),
        scores.by_entity(judged),
        spent,
        folds,
        curve,
        pipelines.compare(arguments.compare, labelled, judged, spent) if arguments.compare else [],
    )


def _written(arguments: argparse.Namespace, results: Results, judged: Sequence[Judged]) -> None:
    from bot.cli.evaluation import docs, page, record, tables

    found = list(tables.of(results))
    out = sys.stderr if arguments.misses else sys.stdout
    for table in found:
        print(table.as_text() + "\n", file=out)
    page.write(arguments.report, results, found)
    print(f"Report: {arguments.report}", file=out)
    if arguments.json:
        arguments.json.parent.mkdir(parents=True, exist_ok=True)
        arguments.json.write_text(results.as_json() + "\n", "utf-8")
    if arguments.write_docs:
        docs.write(found)
    if arguments.record:
        record.write(judged)
    if arguments.misses:
        _print_misses(judged)


def _print_misses(judged: Sequence[Judged]) -> None:
    for one in judged:
        if not one.right:
            line = {"language": one.language, "intent": one.meant, "understood": one.heard, "text": one.text}
            print(json.dumps(line, ensure_ascii=False))
