"""The report as one HTML file that asks nothing of any server."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from bot.cli.evaluation import charts
from bot.cli.evaluation.results import Results, Scores
from bot.cli.evaluation.tables import Table


@dataclass(frozen=True)
class Cell:
    """How many messages, and how dark its ground is, from 0 to 10."""

    messages: int
    shade: int


@dataclass(frozen=True)
class Matrix:
    """What is heard (columns) of what is meant (rows), both in the order of `names`."""

    names: list[str]
    rows: list[tuple[str, list[Cell]]]


def write(path: Path, results: Results, tables: Iterable[Table]) -> None:
    """Write the report, making its folder if need be."""
    drawn = [charts.reliability(results)]
    if results.curve:
        drawn.append(charts.learning_curve(results.curve))
    files = FileSystemLoader(Path(__file__).parent)
    page = Environment(
        loader=files, autoescape=True, trim_blocks=True, lstrip_blocks=True, undefined=StrictUndefined
    ).get_template("page.html")
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(page.render(tables=list(tables), charts=drawn, matrix=matrix(results.development)), "utf-8")


def matrix(found: Scores) -> Matrix:
    """Return the confusion matrix."""
    names, meant = [one.intent for one in found.intents], {one.intent: one.messages for one in found.intents}
    counts = {(one.meant, one.heard): one.messages for one in found.confusions}
    wrong = Counter[str]()
    for (name, _), messages in counts.items():
        wrong[name] += messages
    counts |= {(name, name): meant[name] - wrong[name] for name in names}
    rows = [(row, [_cell(counts.get((row, column), 0), meant[row]) for column in names]) for row in names]
    return Matrix(names, rows)


def _cell(messages: int, of: int) -> Cell:
    return Cell(messages, -(-10 * messages // max(1, of)))
