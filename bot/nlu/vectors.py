"""Vectors of many sentences at once, for training: on all cores, with progress, and kept for the next time."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import numpy as np
from tqdm import tqdm

from bot.knowledge import encoder
from bot.knowledge.encoder import Vectors
from bot.knowledge.paths import VAR

_MANY = 500
_BATCH = 32


def of_use(texts: Sequence[str], kept_as: str = "use") -> Vectors:
    """Return the USE vectors of `texts`, of shape (len(texts), 512)."""
    return of_many(kept_as, encoder.use_vectors, texts)


def of_e5(texts: Sequence[str], kept_as: str = "e5") -> Vectors:
    """Return the e5 vectors of `texts`, of shape (len(texts), 384)."""
    return of_many(f"{kept_as}-{encoder.E5_LAYERS}", encoder.e5_vectors, texts)


def of_many(name: str, encode: Callable[[Sequence[str]], Vectors], texts: Sequence[str]) -> Vectors:
    """Return the vectors of `texts`, an array of shape (len(texts), dimension), as `encode` makes them.

    Sentences met before are read from `var/cache/<name>.npz`: after a small change of the examples, training takes
    seconds. A few sentences are encoded without looking there.
    """
    if len(texts) < _MANY:
        return encode(texts)
    path = VAR / "cache" / f"{name}.npz"
    kept = _read(path)
    keys = [hashlib.blake2b(text.encode(), digest_size=12).hexdigest() for text in texts]
    missing = {text: key for key, text in zip(keys, texts) if key not in kept}
    kept.update((missing[text], row) for text, row in _with_progress(name, encode, list(missing)))
    if missing:
        _write(path, {key: kept[key] for key in keys})
    return np.stack([kept[key] for key in keys])


def _with_progress(
    name: str, encode: Callable[[Sequence[str]], Vectors], texts: list[str]
) -> Iterator[tuple[str, Vectors]]:
    """Yield each text with its vector."""
    # Lengths alike leave little padding; the longest first, so that the time announced is not too short.
    texts = sorted(texts, key=len, reverse=True)
    batches = [texts[start : start + _BATCH] for start in range(0, len(texts), _BATCH)]
    with ThreadPoolExecutor(os.cpu_count()) as pool, tqdm(total=len(texts), desc=f"Sentences ({name})") as progress:
        for batch, vectors in zip(batches, pool.map(encode, batches)):
            yield from zip(batch, vectors)
            progress.update(len(batch))


def _read(path: Path) -> dict[str, Vectors]:
    try:
        with np.load(path) as archive:
            return dict(zip(archive["keys"].tolist(), archive["vectors"]))
    except (OSError, ValueError, KeyError):
        return {}  # none yet, or cut short by a crash: made again


def _write(path: Path, kept: dict[str, Vectors]) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    draft = path.with_suffix(".draft.npz")
    np.savez(draft, keys=np.array(list(kept)), vectors=np.stack(list(kept.values())))
    draft.replace(path)
