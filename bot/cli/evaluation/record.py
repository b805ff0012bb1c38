"""The scores once reached, written down so that a fall is seen: tests compare what is measured with them."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from bot.cli.evaluation import calibration, scores
from bot.cli.evaluation.bootstrap import value_of
from bot.cli.evaluation.judged import Judged
from bot.cli.evaluation.results import watched
from bot.knowledge.paths import ROOT

RECORD = ROOT / "tests" / "nlu" / "recorded_scores.json"
_ALLOWED = 0.02  # a fall of two points may be chance
_FIGURES = 4  # after the point


def of(judged: Sequence[Judged]) -> dict[str, float]:
    """Return the scores that are watched over, each under a name like "fr first"; what has no score is left out."""
    return {name: round(score, _FIGURES) for name, score in _scores(judged) if score is not None}


def write(judged: Sequence[Judged], path: Path = RECORD) -> None:
    """Write them down."""
    path.write_text(json.dumps(of(judged), indent=2) + "\n", "utf-8")


def read(path: Path = RECORD) -> dict[str, float]:
    """Return those written down."""
    return json.loads(path.read_text("utf-8"))


def falls(measured: Mapping[str, float], recorded: Mapping[str, float]) -> list[str]:
    """Return a line for each recorded score that is now lower by more than two points, or no longer measured."""
    return [
        f"{name}: {measured[name]:.3f}, recorded {score:.3f}" if name in measured else f"{name}: not measured"
        for name, score in recorded.items()
        if name not in measured or round(score - measured[name], _FIGURES) > _ALLOWED
    ]


def _scores(judged: Sequence[Judged]) -> Iterator[tuple[str, float | None]]:
    for language in scores.by_language(judged):
        yield f"{language.language} first", language.first.value
        yield f"{language.language} in three", language.three.value
        yield f"{language.language} language told", value_of(language.told)
    yield "all calibration", 1.0 - calibration.measure(judged).error
    for entity in scores.by_entity(judged):
        yield f"{entity.entity} F1", value_of(entity.f1)
        yield f"{entity.entity} resolved", entity.resolved
    for intent in watched(judged)[scores.ALL]:
        yield f"{intent.intent} recall", intent.recall
        yield f"{intent.intent} precision", intent.precision
