"""Confident learning, doubles and templates, on examples small enough to be worked out by hand."""

from __future__ import annotations

import numpy as np
import pytest

from bot.cli.label_noise import near_pairs, same_text, suspects, templates

NAMES = ["greet", "thank"]


def test_what_is_read_as_another_intent_is_suspect() -> None:
    labels = ["greet", "greet", "greet", "thank", "thank"]
    probabilities = np.array([[0.9, 0.1], [0.8, 0.2], [0.05, 0.95], [0.3, 0.7], [0.1, 0.9]], dtype=np.float32)
    (found,) = suspects(probabilities, NAMES, labels)
    assert (found.index, found.likely) == (2, "thank")
    assert found.own == pytest.approx(0.05)
    assert found.confidence == pytest.approx(0.95)


def test_less_sure_than_the_other_intent_usually_is_no_proof() -> None:
    """Thanks are read with 0.95 on average: a greeting read as thanks with 0.6 is merely hard."""
    labels = ["greet", "greet", "thank", "thank"]
    probabilities = np.array([[0.9, 0.1], [0.4, 0.6], [0.05, 0.95], [0.05, 0.95]], dtype=np.float32)
    assert suspects(probabilities, NAMES, labels) == []


def test_the_most_doubtful_comes_first() -> None:
    labels = ["greet"] * 4 + ["thank"] * 4
    rows = [[0.9, 0.1], [0.9, 0.1], [0.3, 0.7], [0.1, 0.9], [0.3, 0.7], [0.3, 0.7], [0.3, 0.7], [0.3, 0.7]]
    assert [one.index for one in suspects(np.array(rows, dtype=np.float32), NAMES, labels)] == [3, 2]


def test_pairs_of_nearly_the_same_vectors() -> None:
    vectors = np.array([[1, 0], [0.99, 0.01], [0, 1], [2, 0]], dtype=np.float32)
    assert near_pairs(vectors, 0.97) == [(0, 1), (0, 3), (1, 3)]


def test_pairs_are_found_over_more_rows_than_are_compared_at_once() -> None:
    vectors = np.random.default_rng(0).normal(size=(4500, 40)).astype(np.float32)
    vectors[4321] = vectors[17]
    assert near_pairs(vectors, 0.97) == [(17, 4321)]


def test_same_but_for_capitals_accents_and_marks() -> None:
    assert same_text(["Écoute !", "ecoute", "👍", "?", "écouter", "👍"]) == [[0, 1], [2, 5]]


def test_one_sentence_with_other_words_in_it() -> None:
    texts = [
        "je voudrais devenir boulanger un jour",
        "je voudrais devenir infirmière un jour",
        "je voudrais devenir agent de voyage un jour",
        "je voudrais voir la mer",
        "merci",
        "merci beaucoup",
    ]
    assert templates(texts) == [[0, 1, 2]]
