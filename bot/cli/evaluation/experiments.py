"""Cross-validation over the training examples, and the learning curve: many fits of the classifier, on all cores."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from functools import partial

import numpy as np
from numpy.typing import NDArray
from sklearn.model_selection import StratifiedGroupKFold
from tqdm import tqdm

from bot.cli.evaluation import bootstrap, examples
from bot.cli.evaluation.bootstrap import Interval
from bot.cli.evaluation.classifier import Likelihoods, Settings, ask
from bot.cli.evaluation.examples import Examples
from bot.cli.evaluation.judged import Judged
from bot.cli.labelled import Labelled

SHARES = (1.0, 1 / 2, 1 / 4, 1 / 8)  # the longest first, so that no core waits for it at the end
_MOST_SPOKEN = "fr"
_SEED = 0


@dataclass(frozen=True)
class CurvePoint:
    """What the classifier alone reaches on the development set after learning from a share of the examples."""

    share: float
    examples: int
    first: Interval
    three: Interval
    french: Interval | None  # first choice, in French only; None without any


def out_of_fold(known: Examples, settings: Settings, folds: int) -> Likelihoods:
    """Ask about each example a classifier that has learnt from the other folds; the rows are in the examples' order.

    Each language and intent is spread evenly over the folds; near-duplicates stay in one.
    """
    parts = list(splits(known, folds))
    found = _on_all_cores(
        "Cross-validation",
        [(len(learnt), partial(_ask, known, learnt, known.some(asked), settings)) for learnt, asked in parts],
    )
    names = tuple(sorted(set(known.intents)))
    rows = np.zeros((len(known.texts), len(names)), dtype=np.float32)
    for (_, asked), part in zip(parts, found):
        rows[np.ix_(asked, np.searchsorted(names, part.names))] = part.rows  # a fold may not have learnt every intent
    return Likelihoods(names, rows)


def learning_curve(known: Examples, messages: Sequence[Labelled], settings: Settings) -> list[CurvePoint]:
    """Learn from 1/8, 1/4, 1/2 and all of the examples, each share within the next; score `messages` with each.

    Returns the points from the fewest examples to the most.
    """
    asked = examples.of_messages(messages)
    order = nested_order(known)
    subsets = [np.flatnonzero(order < share) for share in SHARES]
    parts = _on_all_cores(
        "Learning curve",
        [(len(rows), partial(_ask, known, rows, asked, settings)) for rows in subsets],
    )
    found = [
        _point(share, len(rows), _with_fair_readings(part.judged(asked), messages))
        for share, rows, part in zip(SHARES, subsets, parts)
    ]
    return found[::-1]


def splits(known: Examples, folds: int) -> Iterator[tuple[NDArray[np.int64], NDArray[np.int64]]]:
    """Yield for each fold the rows to learn from and those to ask about."""
    strata = [f"{language} {intent}" for language, intent in zip(known.languages, known.intents)]
    splitter = StratifiedGroupKFold(folds, shuffle=True, random_state=_SEED)
    return splitter.split(np.zeros(len(strata)), strata, examples.groups(known))


def _ask(known: Examples, learnt: NDArray[np.int64], asked: Examples, settings: Settings) -> Likelihoods:
    return ask(known.some(learnt), asked, settings)  # only now: vectors of all folds at once would fill the memory


def nested_order(known: Examples) -> NDArray[np.float64]:
    """Return for each example the share of its language and intent that is taken before it, at random: 0 to 1."""
    shuffled = np.random.default_rng(_SEED).permutation(len(known.texts))
    strata: dict[tuple[str, str], list[int]] = {}
    for row in shuffled:
        strata.setdefault((known.languages[row], known.intents[row]), []).append(row)
    order = np.zeros(len(known.texts))
    for rows in strata.values():
        order[rows] = np.arange(len(rows)) / len(rows)
    return order


def _with_fair_readings(judged: Sequence[Judged], messages: Sequence[Labelled]) -> list[Judged]:
    return [replace(one, wanted=message.intents) for one, message in zip(judged, messages)]


def _point(share: float, known: int, judged: Sequence[Judged]) -> CurvePoint:
    french = [one.right for one in judged if one.language == _MOST_SPOKEN]
    return CurvePoint(
        share,
        known,
        bootstrap.share([one.right for one in judged]),
        bootstrap.share([one.among_three for one in judged]),
        bootstrap.share(french) if french else None,
    )


def _on_all_cores(title: str, jobs: Sequence[tuple[int, Callable[[], Likelihoods]]]) -> list[Likelihoods]:
    """Run jobs, each (size, call), in threads: what takes long in them is compiled and holds no lock."""
    with (
        ThreadPoolExecutor(os.cpu_count()) as pool,
        tqdm(total=sum(size for size, _ in jobs), desc=title, unit=" examples") as bar,
    ):

        def run(job: tuple[int, Callable[[], Likelihoods]]) -> Likelihoods:
            found = job[1]()
            bar.update(job[0])
            return found

        return list(pool.map(run, jobs))
