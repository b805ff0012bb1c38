"""Results made of a few judged messages, for tests of what is written of them."""

from __future__ import annotations

from bot.cli.evaluation import scores
from bot.cli.evaluation.bootstrap import Interval
from bot.cli.evaluation.cost import Cost
from bot.cli.evaluation.experiments import CurvePoint
from bot.cli.evaluation.pipelines import Compared
from bot.cli.evaluation.results import Phrases, Results, Scores, watched
from tests.cli.evaluation.judging import judged, with_spans

COST = Cost(40.0, 80.0, 21.8, 1100.0, 90.0)
HEARD = [
    judged("find_job", "find_job", confidence=0.9),
    judged("<b>|</b>", "greet", confidence=0.4),
    judged("greet", "greet", language="it", confidence=0.8),
    with_spans(place=(1, 1, 1, 1, 1, 1)),
]


def results(whole: bool = True) -> Results:
    """All figures, or those of a run without cross-validation and comparison."""
    development = Scores.of(HEARD)
    found = (development, watched(HEARD), Phrases.of(HEARD), scores.by_entity(HEARD), COST)
    if not whole:
        return Results(*found)
    half, most = Interval(0.5, 0.4, 0.6), Interval(0.75, 0.6, 0.9)
    curve = [CurvePoint(0.125, 100, half, most, half), CurvePoint(1.0, 800, most, most, half)]
    ours = Compared("config.yml", half, most, None, 0.04, COST)
    return Results(*found, development, curve, [ours])
