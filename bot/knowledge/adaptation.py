"""What multilingual-e5-small has learnt from our examples: small changes of its last layers, and how to read intents.

A change of a weight matrix is the product of two narrow ones (LoRA: Hu et al. 2021, "Low-Rank Adaptation of Large
Language Models"). `python -m bot adapt-encoder` makes the file.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from bot.knowledge.paths import DATA

Floats = NDArray[np.float32]

FILE = DATA / "encoder" / "adaptation.npz"
_LEFT, _RIGHT = ".left", ".right"


@dataclass(frozen=True)
class Adaptation:
    """`changes` of matrices by their names in the package's file ("l3.q"), from the layer `first` on.

    Each is a pair of shapes (width, rank) and (rank, height), whose product is added to the matrix. `matrix` of shape
    (384, intents) and `bias` (intents) make of a changed vector the log-probabilities of `names`, up to a constant.
    """

    first: int
    changes: Mapping[str, tuple[Floats, Floats]]
    names: tuple[str, ...]
    matrix: Floats
    bias: Floats

    def changed(self, name: str, matrix: Floats) -> Floats:
        """Return what becomes of the matrix `name`."""
        if name not in self.changes:
            return matrix
        left, right = self.changes[name]
        return matrix + left @ right

    def write(self, path: Path = FILE) -> None:
        """Write it in half precision: 1.8 MB at rank 32."""
        path.parent.mkdir(parents=True, exist_ok=True)
        narrow = {name + _LEFT: left for name, (left, _) in self.changes.items()}
        narrow |= {name + _RIGHT: right for name, (_, right) in self.changes.items()}
        halves = {name: values.astype(np.float16) for name, values in {**narrow, "matrix": self.matrix}.items()}
        np.savez_compressed(path, first=self.first, names=np.array(self.names), bias=self.bias, **halves)

    @classmethod
    def read(cls, path: Path = FILE) -> Adaptation | None:
        """Read what `write` wrote; None where there is none: e5 then stays as it is in its package."""
        if not path.exists():
            return None
        with np.load(path, allow_pickle=False) as archive:
            kept = dict(archive)
        lefts = [name for name in kept if name.endswith(_LEFT)]
        changes = {name.removesuffix(_LEFT): _pair(kept, name.removesuffix(_LEFT)) for name in lefts}
        names = tuple(kept["names"].tolist())
        return cls(int(kept["first"]), changes, names, kept["matrix"].astype(np.float32), kept["bias"])


def _pair(kept: Mapping[str, NDArray[np.float16]], name: str) -> tuple[Floats, Floats]:
    return kept[name + _LEFT].astype(np.float32), kept[name + _RIGHT].astype(np.float32)
