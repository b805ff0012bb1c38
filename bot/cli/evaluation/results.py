"""All figures of one evaluation."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass, field

from bot.cli.evaluation import calibration, scores
from bot.cli.evaluation.calibration import Calibration
from bot.cli.evaluation.cost import Cost
from bot.cli.evaluation.experiments import CurvePoint
from bot.cli.evaluation.judged import Judged
from bot.cli.evaluation.pipelines import Compared
from bot.cli.evaluation.scores import Confusion, EntityScores, IntentScores, LanguageScores
from bot.knowledge import distress

DISTRESS = "express_distress"
WATCHED = (DISTRESS, "talk_to_advisor", "out_of_scope")
"""Intents that must not be missed, looked at in each language."""


@dataclass(frozen=True)
class Scores:
    """What is measured of any set of messages."""

    languages: list[LanguageScores]
    intents: list[IntentScores]
    confusions: list[Confusion]
    calibration: Calibration

    @classmethod
    def of(cls, judged: Sequence[Judged]) -> Scores:
        """Measure `judged`."""
        return cls(
            scores.by_language(judged),
            scores.by_intent(judged),
            scores.confusions(judged),
            calibration.measure(judged),
        )


@dataclass(frozen=True)
class Phrases:
    """What the phrases of `data/distress.yml` hear by themselves: `heard` of the `distressed`, and so many `others`."""

    distressed: int
    heard: int
    others: int

    @classmethod
    def of(cls, judged: Sequence[Judged]) -> Phrases:
        """Count among `judged`; who may as well be in distress is no other."""
        said = [one for one in judged if distress.is_said(one.text)]
        return cls(
            sum(one.wanted[0] == DISTRESS for one in judged),
            sum(one.wanted[0] == DISTRESS for one in said),
            sum(DISTRESS not in one.wanted for one in said),
        )


@dataclass(frozen=True)
class Results:
    """All figures: of the development set, of cross-validation (None when left out), and of what was compared.

    `watched` is by language ("all" too), then one entry for each of `WATCHED`.
    """

    development: Scores
    watched: dict[str, list[IntentScores]]
    phrases: Phrases
    entities: list[EntityScores]
    cost: Cost
    folds: Scores | None = None
    curve: list[CurvePoint] = field(default_factory=list)
    compared: list[Compared] = field(default_factory=list)

    def as_json(self) -> str:
        """Return everything as JSON; an interval is {"value", "low", "high"}."""
        return json.dumps(asdict(self), ensure_ascii=False, indent=2)


def watched(judged: Sequence[Judged]) -> dict[str, list[IntentScores]]:
    """Return the scores of the intents that must not be missed, by language and over all."""
    names = sorted({one.language for one in judged})
    parts = {name: [one for one in judged if one.language == name] for name in names}
    return {
        name: [scores.of_intent(intent, part) for intent in WATCHED]
        for name, part in {**parts, scores.ALL: judged}.items()
    }
