"""How near in meaning short texts are to words of a person, within a time that a conversation can bear.

The encoder takes some 3 to 10 ms a text and seconds to load: it is loaded in the background, vectors are kept by text,
and one question has new texts encoded for a moment only; the rest follow in the background for the next one.
"""

from __future__ import annotations

import threading
import time
from collections import OrderedDict
from collections.abc import Iterable, Sequence

import numpy as np
from numpy.typing import NDArray

from bot.knowledge import encoder

BUDGET_S = 0.25
"""Seconds that one call may spend on new texts, begun lots of `_LOT` finished."""
KEPT = 8_192  # vectors of 512 numbers: 16 MB
LONGEST = 200
"""Characters of a text that are looked at: beyond, the gist is lost in the details."""
_LOT = 8
_LATER = 512  # texts that may wait for the background

_Vector = NDArray[np.float32]
_vectors: OrderedDict[str, _Vector] = OrderedDict()
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


def score(words: str, texts: Sequence[str]) -> list[float]:
    """Return how near each of `texts` is to `words`, from -1 to 1; 0 for those that are not encoded yet.

    Give the texts that matter most first. Nothing is near as long as the encoder is not loaded.
    """
    warm()
    if not _ready.is_set():
        return [0.0] * len(texts)
    wanted = [words, *(text[:LONGEST] for text in texts)]
    _encode_for(wanted, time.monotonic() + BUDGET_S)
    with _lock:
        asked, *found = [_kept(text) for text in wanted]
    return [float(vector @ asked) if vector is not None and asked is not None else 0.0 for vector in found]


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
    return [text for text in dict.fromkeys(texts) if text not in _vectors]


def _encode(texts: list[str]) -> None:
    if not texts:
        return
    _vectors.update(zip(texts, encoder.use_vectors(texts)))
    while len(_vectors) > KEPT:
        _vectors.popitem(last=False)


def _kept(text: str) -> _Vector | None:
    if text in _vectors:
        _vectors.move_to_end(text)
    return _vectors.get(text)
