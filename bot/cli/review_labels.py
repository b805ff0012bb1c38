"""`python -m bot review-labels`: training examples to look at again, each with its file and line.

Suspects of a wrong label come first; then what stands twice, what is nearly the same under two intents, and templates.
It takes some ten minutes, and decides nothing: many a suspect is a hard example that is right, and the most useful.
"""

from __future__ import annotations

import argparse
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray
from tqdm import tqdm

from bot.cli import examples, label_noise
from bot.cli.examples import Example
from bot.cli.label_noise import Matrix
from bot.nlu import vectors
from bot.nlu.intent_classifier import Readers, ThreeReaders

_NEAR = 0.97  # cosine of two examples that say the same
_SCALE = 4.0  # as in config.yml


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the options."""
    parser.add_argument("--language", help="show this language only; all are learnt from")
    parser.add_argument("--most", type=int, default=300, help="how many suspects to show at most (300)")
    parser.add_argument("--folds", type=int, default=5, help="how many parts to learn and read in turn (5)")


def run(arguments: argparse.Namespace) -> int:
    """Print what to look at."""
    known = examples.read()
    matrix = _vectors([example.text for example in known])
    shown = [example for example in known if arguments.language in (None, example.language)]
    doubtful = [line for line in _suspects(known, matrix, arguments.folds) if line.split("/")[0] in _languages(shown)]
    _print("Suspect: given → likely, confidence in each", doubtful[: arguments.most])
    _print("Standing twice", _twice(shown))
    _print("Nearly the same, under two intents", _near(known, matrix, _languages(shown)))
    _print("One sentence with other words in it", _templates(shown))
    return 0


def _suspects(known: Sequence[Example], matrix: Matrix, folds: int) -> list[str]:
    labels = [example.intent for example in known]
    probabilities = read_out_of_fold(known, matrix, folds)
    return [
        f"{known[one.index].place}  {known[one.index].intent} → {one.likely}"
        f"  {one.own:.2f} {one.confidence:.2f}  {known[one.index].text}"
        for one in label_noise.suspects(probabilities, sorted(set(labels)), labels)
    ]


def read_out_of_fold(known: Sequence[Example], matrix: Matrix, folds: int) -> Matrix:
    """Return the probabilities of the intents, in alphabetical order, as the three readers give them."""
    texts, labels = [example.text for example in known], [example.intent for example in known]
    settings = ThreeReaders.get_default_config()
    weights = (settings["meaning"], settings["neighbours"], settings["wording"])

    def learner(learnt: NDArray[np.intp], held_out: NDArray[np.intp]) -> Matrix:
        readers = Readers.fit([texts[one] for one in learnt], matrix[learnt], [labels[one] for one in learnt])
        progress.update()
        return readers.probabilities([texts[one] for one in held_out], matrix[held_out], weights, settings["sharpness"])

    strata = [f"{example.language}/{example.intent}" for example in known]
    with tqdm(total=folds, desc="Learning and reading") as progress:
        return label_noise.out_of_fold(learner, strata, len(set(labels)), folds)


def _twice(known: Sequence[Example]) -> list[str]:
    groups = label_noise.same_text([f"{example.language} {example.text}" for example in known])
    return ["  ".join(f"{known[index].place} {known[index].text}" for index in group) for group in groups]


def _near(known: Sequence[Example], matrix: Matrix, languages: set[str]) -> list[str]:
    return [
        f"{known[one].place} {known[one].text}  ≈  {known[other].place} {known[other].text}"
        for one, other in label_noise.near_pairs(matrix, _NEAR)
        if known[one].intent != known[other].intent and languages & {known[one].language, known[other].language}
    ]


def _templates(known: Sequence[Example]) -> list[str]:
    groups = label_noise.templates([f"{example.text}" for example in known])
    return [f"{len(group)} × {known[group[0]].place} {known[group[0]].text}" for group in groups]


def _vectors(texts: Sequence[str]) -> Matrix:
    """As `bot.nlu.sentence_encoder` makes them."""
    e5 = vectors.of_e5(texts)
    e5 = e5 - e5.mean(axis=0)
    e5 /= np.linalg.norm(e5, axis=1, keepdims=True) + 1e-9
    return _SCALE * np.concatenate([vectors.of_use(texts), e5], axis=1)


def _languages(known: Sequence[Example]) -> set[str]:
    return {example.language for example in known}


def _print(title: str, lines: Sequence[str]) -> None:
    print(f"\n{title}: {len(lines)}")
    print("\n".join(lines))
