"""Hears two requests in one message: "c'est gratuit et vous ouvrez quand ?"."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from itertools import permutations

import numpy as np
from numpy.typing import NDArray

from bot.knowledge.text import words

Probabilities = NDArray[np.float32]

_JOINT = re.compile(r"[?!.;,\n]+\s*|\s+(?:et|and|y|e|i|und|en|ainsi que|puis|aussi)\s+", re.IGNORECASE)
_LEAST_WORDS = 2  # of each half
_MOST_JOINTS = 6  # beyond, it is a story
_AMONG = 3  # the two must be among so many of the whole message
_LEAST_WHOLE = 0.002  # probability of each in the whole message, where confidence is sharp
_MOST_ELSE = 0.25  # probability of any other intent: else it is one request, hard to read
_LEAST_HALF = 0.5  # probability of each in its own half
_LEAST_INFORMING = 0.4  # the same, where one half only informs and the whole is more of a request


def requests(
    text: str, whole: Probabilities, read: Callable[[Sequence[str]], Probabilities], informs: int | None = None
) -> tuple[int, int] | None:
    """Return the columns of the two intents asked, in the order in which they are; None when there is but one.

    `whole` is how likely each intent is for all of `text`; `read` tells the same of parts of it, one row each. Only
    intents that the whole message lets hear are looked for. `informs` is the column of what only informs: it is one of
    the two only where the other is the likelier in the whole.
    """
    likely = [int(column) for column in np.argsort(-whole)[:_AMONG] if whole[column] >= _LEAST_WHOLE]
    pairs = [
        pair
        for pair in permutations(likely, 2)
        if np.delete(whole, pair).max(initial=0.0) <= _MOST_ELSE and not (informs in pair and likely[0] == informs)
    ]
    halves = list(_halves(text)) if pairs else []
    if not halves:
        return None
    found = read([part for pair in halves for part in pair]).reshape(len(halves), 2, -1)
    best = max(pairs, key=lambda pair: _least(found, pair).max())
    enough = _LEAST_INFORMING if informs in best else _LEAST_HALF
    return best if _least(found, best).max() >= enough else None


def _least(found: Probabilities, pair: tuple[int, int]) -> Probabilities:
    """Return, for each way to cut the message, the lower of the two probabilities."""
    return np.minimum(found[:, 0, pair[0]], found[:, 1, pair[1]])


def _halves(text: str) -> Iterator[tuple[str, str]]:
    """Yield the ways to cut a text in two at a joint, where both halves say something."""
    joints = list(_JOINT.finditer(text))
    for joint in joints if len(joints) <= _MOST_JOINTS else ():
        before, after = text[: joint.start()], text[joint.end() :]
        if min(len(words(before)), len(words(after))) >= _LEAST_WORDS:
            yield before, after
