"""Lines in a square, for the page to draw: the reliability diagram and the learning curve."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

from bot.cli.evaluation.calibration import Calibration
from bot.cli.evaluation.experiments import CurvePoint
from bot.cli.evaluation.results import Results

Point = tuple[float, float]


@dataclass(frozen=True)
class Line:
    """A named line of points, both coordinates from 0 to 1; `style` is a class of the page's style sheet."""

    name: str
    points: list[Point]
    style: str


@dataclass(frozen=True)
class Chart:
    """Lines, what the axes are, their ticks as (position, words), and in words what there is to see.

    `tables` names those that hold the same figures.
    """

    name: str
    title: str
    words: str
    tables: tuple[str, ...]
    across: str
    up: str
    lines: list[Line]
    across_ticks: list[tuple[float, str]]
    up_ticks: list[tuple[float, str]]


def reliability(results: Results) -> Chart:
    """Return the diagram: what is right against what was confident."""
    found = [("development set", results.development.calibration, "first")]
    if results.folds:
        found.append(("cross-validation", results.folds.calibration, "second"))
    errors = "; ".join(f"{name}: expected calibration error {one.error:.3f}" for name, one, _ in found)
    lines = [Line("as it should be", [(0.0, 0.0), (1.0, 1.0)], "ideal")]
    lines += [Line(name, _points(one), style) for name, one, style in found]
    ticks = [(step / 5, f"{step / 5:.1f}") for step in range(6)]
    words = f"Share of messages that are right against mean confidence. {errors[0].upper()}{errors[1:]}."
    tables = ("calibration", "folds_calibration") if results.folds else ("calibration",)
    return Chart(
        "reliability", "Reliability diagram", words, tables, "mean confidence", "share right", lines, ticks, ticks
    )  # fmt: skip


def learning_curve(points: Sequence[CurvePoint]) -> Chart:
    """Return the curve: the first choice right against the number of examples, each doubling a step as wide."""
    across = [1.0 + math.log2(one.share) / math.log2(1 / points[0].share) for one in points]
    every = [(x, one.first.value) for x, one in zip(across, points)]
    french = [(x, one.french.value) for x, one in zip(across, points) if one.french]
    lowest = min(0.9, math.floor(10 * min(share for _, share in every + french)) / 10)
    lines = [Line("all languages", _above(lowest, every), "first"), Line("French", _above(lowest, french), "second")]
    words = ", ".join(f"{one.first.value:.3f} with {one.examples} examples" for one in points)
    return Chart(
        "curve", "Learning curve", f"First choice right, all languages: {words}.", ("curve",), "examples",
        "first right", [line for line in lines if line.points],
        [(x, f"{one.examples}") for x, one in zip(across, points)],
        [(step / 4, f"{lowest + step / 4 * (1 - lowest):.3f}") for step in range(5)],
    )  # fmt: skip


def _above(lowest: float, points: Sequence[Point]) -> list[Point]:
    return [(x, (share - lowest) / (1.0 - lowest)) for x, share in points]


def _points(found: Calibration) -> list[Point]:
    return [(one.confidence, one.right) for one in found.bins]
