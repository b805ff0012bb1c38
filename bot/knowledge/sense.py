"""How near in meaning short texts are to words of a person, within a time that a conversation can bear.

The encoder takes some 3 to 10 ms a text and seconds to load: it is loaded in the background, vectors are kept in one
array, compared with the words at once, and one question has new texts encoded for a moment only; the rest follow in the
background for the next one.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Iterable, Sequence
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from bot.knowledge import encoder

BUDGET_S = 0.25
"""Seconds that one call may spend on new texts, begun lots of `_LOT` finished."""
KEPT = 8_192  # vectors of 512 numbers: 16 MB; the oldest is given up for a new one
LONGEST = 200
"""Characters of a text that are looked at: beyond, the gist is lost in the details."""
_LOT = 8
_LATER = 512  # texts that may wait for the background


class _Table:
    """The vectors of texts, a row each, and which row is whose."""

    def __init__(self) -> None:
        self.rows: dict[str, int] = {}
        self._texts: list[str] = []
        self._next = 0
        self._vectors: NDArray[np.float32] = np.zeros((0, 0), dtype=np.float32)

    def add(self, texts: Sequence[str], vectors: NDArray[np.float32]) -> None:
        """Keep the vectors of new texts, in the place of the oldest when there is no room left."""
        if not self._vectors.size:
            self._vectors = np.zeros((KEPT, vectors.shape[1]), dtype=np.float32)
        for text, vector in zip(texts, vectors):
            row = self._next % KEPT
            if len(self._texts) == KEPT:
                self.rows.pop(self._texts[row], None)
                self._texts[row] = text
            else:
                self._texts.append(text)
            self._vectors[row], self.rows[text] = vector, row
            self._next += 1

    def cosines(self, asked: NDArray[np.float32], texts: Sequence[str]) -> list[float]:
        """Return how near each text is to what is asked; 0 where it has no vector."""
        if not self.rows:
            return [0.0] * len(texts)
        near = self._vectors[: len(self._texts)] @ asked
        places = np.fromiter((self.rows.get(text, -1) for text in texts), dtype=np.int64, count=len(texts))
        return list(np.where(places < 0, 0.0, near[places]).tolist())


_table = _Table()
_lock = threading.Lock()  # of the encoder and of what it made
_ready = threading.Event()
_started = threading.Lock()
_following = threading.Lock()


def warm() -> None:
    """Have the encoder loaded in the background; once is enough."""
    if _started.acquire(blocking=False):
        threading.Thread(target=load, name="sense", daemon=True).start()


def load() -> None:
    """Load the encoder, which takes seconds."""
    encoder.use_vectors(["a"])
    _ready.set()


def score(words: str, texts: Sequence[str], budget_s: float = BUDGET_S) -> list[float]:
    """Return how near each of `texts` is to `words`, from -1 to 1; 0 for those that are not encoded yet.

    Give the texts that matter most first; new ones take `budget_s` at most. Nothing is near as long as the encoder is
    not loaded.
    """
    warm()
    if not _ready.is_set():
        return [0.0] * len(texts)
    short = [text[:LONGEST] for text in texts]
    _encode_for(short, time.monotonic() + budget_s)
    with _lock:
        return _table.cosines(_asked(words), short)


@lru_cache(maxsize=512)
def _asked(words: str) -> NDArray[np.float32]:
    """The vector of somebody's words, which are apart: they would take the place of an agenda's."""
    return encoder.use_vectors([words])[0]


def _encode_for(texts: Sequence[str], until: float) -> None:
    """Encode what is new, in small lots that let other questions in between, then the rest behind."""
    with _lock:
        missing = _missing(texts)
    for start in range(0, len(missing), _LOT):
        if time.monotonic() > until:
            _follow(missing[start : start + _LATER])
            return
        with _lock:
            _encode(_missing(missing[start : start + _LOT]))


def _follow(texts: list[str]) -> None:
    """Encode in the background, for one question at a time."""

    def work() -> None:
        try:
            _encode_for(texts, float("inf"))
        finally:
            _following.release()

    if _following.acquire(blocking=False):
        threading.Thread(target=work, name="sense", daemon=True).start()


def _missing(texts: Iterable[str]) -> list[str]:
    return [text for text in dict.fromkeys(texts) if text not in _table.rows]


def _encode(texts: list[str]) -> None:
    if texts:
        _table.add(texts, encoder.use_vectors(texts))
