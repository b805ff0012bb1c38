"""Whether people are understood: every labelled message through the trained model.

None may be understood less well than was once reached (`recorded_scores.json`, written by `python -m bot evaluate
--record`), nor less well than anybody may expect. The messages were written apart from the training examples; those of
`*_other_hand.yml`, `*_third_hand.yml` and `*_fifth_hand.yml` by people who had seen neither.
"""

from __future__ import annotations

import pytest

from bot.cli import train
from bot.cli.evaluation import development, record
from bot.cli.evaluation.development import MESSAGES
from bot.cli.evaluation.judged import Judged
from bot.cli.labelled import read

FIRST = {"fr": 0.82, "en": 0.80, "es": 0.80, "it": 0.80, "pt": 0.80, "de": 0.72, "nl": 0.72, "ca": 0.72}
IN_THREE = {"fr": 0.94, "en": 0.93, "es": 0.93, "it": 0.93, "pt": 0.93, "de": 0.88, "nl": 0.88, "ca": 0.88}
OVER_ALL = {
    "all language told": 0.97,
    "all calibration": 0.95,
    "express_distress recall": 0.95,
    "express_distress precision": 0.80,
    "talk_to_advisor recall": 0.92,
    "out_of_scope recall": 0.85,
    "place F1": 0.92,
    "place resolved": 0.95,
    "date F1": 0.90,
    "occupation F1": 0.80,
}


@pytest.fixture(scope="module")
def judged() -> list[Judged]:
    """What was understood of each message."""
    assert train.is_up_to_date() or train.train(), "the model could not be trained"
    return development.judged(development.messages())


@pytest.fixture(scope="module")
def scores(judged: list[Judged]) -> dict[str, float]:
    """The scores that are watched over."""
    return record.of(judged)


@pytest.mark.timeout(900)
def test_nothing_falls_by_more_than_two_points(judged: list[Judged], scores: dict[str, float]) -> None:
    misses = [(one.language, one.meant, one.heard, one.text) for one in judged if not one.right]
    assert record.falls(scores, record.read()) == [], misses


@pytest.mark.parametrize("language", FIRST)
def test_intents(scores: dict[str, float], language: str) -> None:
    assert scores[f"{language} first"] >= FIRST[language]
    assert scores[f"{language} in three"] >= IN_THREE[language]


@pytest.mark.parametrize("name", OVER_ALL)
def test_over_all_languages(scores: dict[str, float], name: str) -> None:
    assert scores[name] >= OVER_ALL[name]


def test_the_record_is_of_everything_measured(scores: dict[str, float]) -> None:
    assert set(record.read()) == set(scores)


def test_every_intent_is_measured_in_every_language() -> None:
    by_file: dict[str, set[str]] = {}
    for path in MESSAGES.glob("*.yml"):
        by_file.setdefault(path.name[:2], set()).update(one.intents[0] for one in read(path))
    assert {language: len(intents) for language, intents in by_file.items()} == dict.fromkeys(FIRST, 44)
