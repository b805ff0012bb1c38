"""What a trained part keeps in the model: named numpy arrays, never a pickle."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

Arrays = dict[str, NDArray[Any]]


def from_words(words: Sequence[str]) -> NDArray[np.uint8]:
    """Return words as bytes: numpy's own strings take four bytes a character, all as long as the longest."""
    return np.frombuffer("\n".join(words).encode(), dtype=np.uint8)


def to_words(array: NDArray[np.uint8]) -> list[str]:
    """Return the words of `from_words`."""
    return array.tobytes().decode().split("\n")


def prefixed(prefix: str, arrays: Arrays) -> Arrays:
    """Return the same arrays under "prefix.name"."""
    return {f"{prefix}.{name}": array for name, array in arrays.items()}


def under(prefix: str, arrays: Arrays) -> Arrays:
    """Return the arrays of `prefixed`, under their own names again."""
    return {name.removeprefix(f"{prefix}."): array for name, array in arrays.items() if name.startswith(f"{prefix}.")}
