"""How near in meaning short texts are to words of a person, within a time that a conversation can bear.

The encoder takes some 3 to 10 ms a text and seconds to load: it is loaded in the background, vectors are kept by text,
and one question has a limited number of new texts encoded; the rest follow in the background for the next one.
"""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Iterable, Sequence

import numpy as np

from bot.knowledge import encoder

MOST_NEW = 48
"""New texts that one question has encoded."""
KEPT = 8_192  # vectors of 512 numbers: 16 MB
LONGEST = 200
"""Characters of a text that are looked at: beyond, the gist is lost in the details."""
_PATIENCE_S = 1.0
_LATER = 512  # texts that may wait for the background

_vectors: OrderedDict[str, np.ndarray] = OrderedDict()
_lock = threading.Lock()  # of the encoder and of what it made
_ready = threading.Event()
_started = threading.Lock()


def warm() -> None:
    """Have the encoder loaded in the background; once is enough."""
    if _started.acquire(blocking=False):
        threading.Thread(target=_load, name="sense", daemon=True).start()


def score(words: str, texts: Sequence[str]) -> list[float]:
    """Return how near each of `texts` is to `words`, from -1 to 1; 0 for those that are not encoded yet.

    Give the texts that matter most first.
    """
    warm()
    if not _ready.wait(_PATIENCE_S):
        return [0.0] * len(texts)
    wanted = [words, *(text[:LONGEST] for text in texts)]
    with _lock:
        missing = _missing(wanted)
        _encode(missing[: MOST_NEW + 1])
        found = [_kept(text) for text in wanted]
    if len(missing) > MOST_NEW + 1:
        later = missing[MOST_NEW + 1 :][:_LATER]
        threading.Thread(target=_follow, args=(later,), name="sense", daemon=True).start()
    asked = found[0]
    return [float(vector @ asked) if vector is not None and asked is not None else 0.0 for vector in found[1:]]


def _load() -> None:
    encoder.use_vectors(["a"])
    _ready.set()


def _follow(texts: list[str]) -> None:
    """Encode in small lots, letting questions in between."""
    for start in range(0, len(texts), 8):
        with _lock:
            _encode(_missing(texts[start : start + 8]))


def _missing(texts: Iterable[str]) -> list[str]:
    return [text for text in dict.fromkeys(texts) if text not in _vectors]


def _encode(texts: list[str]) -> None:
    if not texts:
        return
    for text, vector in zip(texts, encoder.use_vectors(texts)):
        _vectors[text] = vector
    while len(_vectors) > KEPT:
        _vectors.popitem(last=False)


def _kept(text: str) -> np.ndarray | None:
    if text in _vectors:
        _vectors.move_to_end(text)
    return _vectors.get(text)
