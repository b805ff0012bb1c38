"""Scores over many messages."""

from __future__ import annotations

import random

import numpy as np
import pytest
from sklearn.metrics import precision_recall_fscore_support

from bot.cli.evaluation import scores
from bot.cli.evaluation.judged import Judged
from bot.cli.evaluation.results import DISTRESS, WATCHED, Phrases, watched
from tests.cli.evaluation.judging import judged, with_spans

HEARD = [
    judged("find_job", "find_job"),
    judged("find_job", "find_training", "find_job", tells=False),
    judged("find_training/find_job", "find_job", tells=True),
    judged("greet", "thank", "deny", "affirm", language="it", tells=True),
]


def test_each_language_has_its_line_and_the_last_is_of_all() -> None:
    french, italian, every = scores.by_language(HEARD)
    assert [one.language for one in (french, italian, every)] == ["fr", "it", "all"]
    assert (french.messages, italian.messages, every.messages) == (3, 1, 4)
    assert french.first.value == pytest.approx(2 / 3)
    assert (french.three.value, every.three.value) == (1.0, 0.75)
    assert every.told.value == pytest.approx(2 / 3)


def test_a_miss_counts_against_both_intents() -> None:
    found = {one.intent: one for one in scores.by_intent(HEARD)}
    assert (found["find_job"].messages, found["find_job"].recall) == (3, pytest.approx(2 / 3))
    assert (found["find_training"].messages, found["find_training"].precision) == (0, 0.0)
    assert (found["greet"].recall, found["thank"].precision) == (0.0, 0.0)
    assert (found["greet"].f1, found["thank"].f1) == (0.0, 0.0)


def test_what_nobody_meant_or_nobody_heard_has_no_score() -> None:
    """Neither 0, which blames it, nor 1, which praises it."""
    found = {one.intent: one for one in scores.by_intent(HEARD)}
    assert found["greet"].precision is None, "never heard"
    assert found["thank"].recall is None, "never meant"
    nothing = scores.of_intent("deny", HEARD)
    assert (nothing.messages, nothing.recall, nothing.precision, nothing.f1) == (0, None, None, None)


def test_the_scores_of_an_intent_are_those_of_a_known_library() -> None:
    generator = random.Random(0)
    names = ["greet", "thank", "deny", "affirm"]
    heard = [judged(generator.choice(names), generator.choice(names)) for _ in range(200)]
    theirs = precision_recall_fscore_support([one.meant for one in heard], [one.heard for one in heard])
    ours = scores.by_intent(heard)
    assert [one.intent for one in ours] == sorted(names)
    assert np.allclose([[one.precision, one.recall, one.f1, one.messages] for one in ours], np.transpose(theirs))


def test_each_intent_that_is_meant_counts_the_same_in_the_mean() -> None:
    """find_job 4/5 (three meant, two of them heard, nothing else), greet 0; what is only heard counts not."""
    found = scores.by_intent(HEARD)
    assert scores.mean_f1(found) == pytest.approx((0.8 + 0.0) / 2)


def test_the_worst_confusions_come_first_with_examples() -> None:
    wrong = [judged("greet", "deny")] + [judged("find_job", "find_training", language="es")] * 4
    first, second = scores.confusions([*HEARD, *wrong])[:2]
    assert (first.meant, first.heard, first.messages) == ("find_job", "find_training", 5)
    assert first.examples[0] == ("fr", "find_job?")
    assert len(first.examples) == 3
    assert second.messages == 1


def test_entities_are_counted_over_all_messages() -> None:
    found = {one.entity: one for one in scores.by_entity([
        with_spans(place=(2, 1, 1, 1, 1, 1)), with_spans(place=(0, 0, 1, 0)), with_spans(date=(1, 1, 1, 1)), *HEARD,
    ])}  # fmt: skip
    assert (found["place"].marked, found["place"].recall, found["place"].precision) == (2, 0.5, 0.5)
    assert (found["place"].towns, found["place"].resolved) == (1, 1.0)
    assert (found["date"].f1.value, found["date"].resolved) == (1.0, None)
    assert (found["occupation"].recall, found["occupation"].precision, found["occupation"].f1) == (None, None, None)


def test_what_is_told_and_never_marked_is_a_false_alarm() -> None:
    found = {one.entity: one for one in scores.by_entity([with_spans(place=(0, 0, 1, 0))])}["place"]
    assert (found.recall, found.precision, found.f1 and found.f1.value) == (None, 0.0, 0.0)


def test_a_language_of_short_messages_is_not_told() -> None:
    (french, _) = scores.by_language(HEARD[:1])
    assert french.told is None
    assert french.entities["date"] is None


def test_what_must_not_be_missed_is_looked_at_in_each_language() -> None:
    found = watched([*HEARD, judged("express_distress", "greet", language="it")])
    assert list(found) == ["fr", "it", "all"]
    assert [one.intent for one in found["fr"]] == list(WATCHED)
    assert [found[name][0].recall for name in found] == [None, 0.0, 0.0]
    assert found["fr"][0].messages == 0


def test_what_the_phrases_of_distress_hear_by_themselves() -> None:
    def said(text: str, *wanted: str) -> Judged:
        return Judged(text, "fr", wanted, (), 0.0)

    found = Phrases.of([
        said("je veux mourir", DISTRESS), said("tout va mal", DISTRESS), said("je veux mourir de rire", "greet"),
        said("je veux mourir", "greet", DISTRESS), said("je veux mourir", "greet"), said("bonjour", "greet"),
    ])  # fmt: skip
    assert found == Phrases(distressed=2, heard=1, others=1)
