"""The last layers of multilingual-e5-small in TensorFlow, with changes that can be learnt, and a reading of intents.

ONNX Runtime, which carries out the encoder, does not learn. Here as there, the weights are those of the package's file.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
import tensorflow as tf
from numpy.typing import NDArray

from bot.knowledge.adaptation import Adaptation
from bot.knowledge.e5_file import E5File

_MATRICES = ("q", "k", "v", "ao", "fi", "fo")
_FORGET = 0.1  # share of the values left out at each step of learning, as in BERT's own training
_PADDING = -1e9
_SEED = 0


class Network:
    """The layers `first` up to `last` (not included), each matrix with a change of rank `rank`, and a linear reading.

    `centre` (384) and `spread` of the vectors as they are before any change make them even for the reading.
    """

    def __init__(self, file: E5File, first: int, last: int, rank: int, names: Sequence[str]) -> None:
        """Take the layers as they are; the changes begin at nothing."""
        self._file, self._first, self._last, self._names = file, first, last, tuple(names)
        self._hidden, self._heads = file.settings.hidden, file.settings.heads
        chance = np.random.default_rng(_SEED)
        self._fixed = {name: tf.constant(values) for name, values in self._weights()}
        self.changes = {name: _change(self._fixed[f"{name}.w"].shape, rank, chance) for name in self._changing()}
        self.reading = [tf.Variable(chance.normal(0, 0.02, (self._hidden, len(names))).astype(np.float32)),
                        tf.Variable(tf.zeros(len(names)))]  # fmt: skip
        self._centre, self._spread = tf.zeros(self._hidden), tf.constant(1.0)

    @property
    def variables(self) -> list[Any]:
        """All that is learnt: the changes first, the two of the reading last."""
        return [*(part for pair in self.changes.values() for part in pair), *self.reading]

    def even(self, vectors: NDArray[np.float32]) -> None:
        """Learn from some `vectors` (texts, 384) what they are about."""
        self._centre, self._spread = tf.constant(vectors.mean(axis=0)), tf.constant(vectors.std(axis=0).mean())

    def vectors(self, thought: Any, present: Any, learning: bool = False) -> Any:
        """Return the vectors (texts, 384) of what the layers below think of each token (texts, tokens, 384)."""
        shape, unheard = tf.shape(thought), ((1.0 - present) * _PADDING)[:, None, None, :]
        flat = tf.reshape(thought, (-1, self._hidden))
        for number in range(self._first, self._last):
            flat = self._layer(flat, f"l{number}.", unheard, shape, learning)
        sums = tf.reduce_sum(tf.reshape(flat, shape) * present[:, :, None], axis=1)
        return tf.math.l2_normalize(sums, axis=-1)

    def odds(self, thought: Any, present: Any, learning: bool = False) -> Any:
        """Return the log-probabilities of intents, up to a constant a row: shape (texts, intents)."""
        even = (self.vectors(thought, present, learning) - self._centre) / self._spread
        return _with_gaps(even, learning) @ self.reading[0] + self.reading[1]

    def adaptation(self) -> Adaptation:
        """Return what has been learnt; the evening out goes into the reading."""
        matrix = (self.reading[0] / self._spread).numpy()
        bias = self.reading[1].numpy() - self._centre.numpy() @ matrix
        changes = {name: (left.numpy(), right.numpy()) for name, (left, right) in self.changes.items()}
        return Adaptation(self._first, changes, self._names, matrix, bias.astype(np.float32))

    def _changing(self) -> list[str]:
        return [f"l{number}.{matrix}" for number in range(self._first, self._last) for matrix in _MATRICES]

    def _weights(self) -> list[tuple[str, NDArray[np.float32]]]:
        found = []
        for name in self._changing():
            width = self._file.settings.wide if name.endswith("fo") else self._hidden
            found.append((f"{name}.w", self._file.matrix(f"{name}.w", width)))
            found.append((f"{name}.b", self._file.floats(f"{name}.b")))
        norms = [f"l{number}.{norm}.{kind}" for number in range(self._first, self._last) for norm in ("aln", "oln")
                 for kind in "wb"]  # fmt: skip
        return found + [(name, self._file.floats(name)) for name in norms]

    def _layer(self, flat: Any, prefix: str, unheard: Any, shape: Any, learning: bool) -> Any:
        attended = self._dense(self._attention(flat, prefix, unheard, shape, learning), f"{prefix}ao")
        heard = self._normal(flat + _with_gaps(attended, learning), f"{prefix}aln")
        wide = tf.nn.gelu(self._dense(heard, f"{prefix}fi"), approximate=False)
        return self._normal(heard + _with_gaps(self._dense(wide, f"{prefix}fo"), learning), f"{prefix}oln")

    def _attention(self, flat: Any, prefix: str, unheard: Any, shape: Any, learning: bool) -> Any:
        size = self._hidden // self._heads
        parted = (shape[0], shape[1], self._heads, size)
        queries, keys, values = (
            tf.transpose(tf.reshape(self._dense(flat, f"{prefix}{letter}"), parted), (0, 2, 1, 3)) for letter in "qkv"
        )
        paid = tf.nn.softmax(tf.matmul(queries, keys, transpose_b=True) * size**-0.5 + unheard)
        together = tf.transpose(_with_gaps(paid, learning) @ values, (0, 2, 1, 3))
        return tf.reshape(together, (-1, self._hidden))

    def _dense(self, values: Any, name: str) -> Any:
        left, right = self.changes[name]
        return values @ (self._fixed[f"{name}.w"] + left @ right) + self._fixed[f"{name}.b"]

    def _normal(self, values: Any, name: str) -> Any:
        mean, variance = tf.nn.moments(values, axes=-1, keepdims=True)
        scale, offset = self._fixed[f"{name}.w"], self._fixed[f"{name}.b"]
        return tf.nn.batch_normalization(values, mean, variance, offset, scale, self._file.settings.epsilon)


def _change(shape: Any, rank: int, chance: np.random.Generator) -> tuple[Any, Any]:
    """A change that is nothing yet: the left part at random, the right part zero."""
    width, height = shape
    left = chance.normal(0, width**-0.5, (width, rank)).astype(np.float32)
    return tf.Variable(left), tf.Variable(tf.zeros((rank, height)))


def _with_gaps(values: Any, learning: bool) -> Any:
    return tf.nn.dropout(values, _FORGET) if learning else values
