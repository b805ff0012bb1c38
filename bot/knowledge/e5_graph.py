"""The layers of multilingual-e5-small as an ONNX graph, which ONNX Runtime carries out.

Operators: https://onnx.ai/onnx/operators/ (opset 20). Names in use for the weights: those of the package's own file.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import count
from typing import Any

import numpy as np
from numpy.typing import NDArray
from onnx import ModelProto, TensorProto, ValueInfoProto, helper, numpy_helper

from bot.knowledge.adaptation import Adaptation
from bot.knowledge.e5_file import E5File

_OPSET, _IR = 20, 10
EMBEDDED, UNHEARD, THOUGHT, ADAPTED = "embedded", "unheard", "thought", "adapted"
"""What goes in: of shape (texts, tokens, hidden), and (texts, 1, 1, tokens) added to the attention.
What comes out is of the first's shape: of the layers as they are and, with an adaptation, of those it has changed."""


def model(file: E5File, layers: int, adaptation: Adaptation | None = None) -> ModelProto:
    """Return the normalisation of the embeddings and the first `layers` layers of `file`, in single precision.

    Those below the first that `adaptation` changes are gone through once for both ways.
    """
    graph = _Graph(file)
    shared = adaptation.first if adaptation else layers
    below = graph.normal(EMBEDDED, "emb.ln")
    for number in range(shared):
        below = graph.layer(below, f"l{number}.")
    ways = {THOUGHT: None, ADAPTED: adaptation} if adaptation else {THOUGHT: None}
    for output, way in ways.items():
        thought = below
        for number in range(shared, layers):
            thought = graph.layer(thought, f"l{number}.", way)
        graph.end(thought, output)
    return graph.finished(list(ways))


class _Graph:
    """Nodes and weights, added one after the other; each method returns the name of what it computes."""

    def __init__(self, file: E5File) -> None:
        self._file, self._settings = file, file.settings
        # Filled in place: `helper.make_graph` and `make_model` would copy all weights twice.
        self._model = ModelProto(ir_version=_IR, opset_import=[helper.make_opsetid("", _OPSET)])
        self._graph = self._model.graph
        self._graph.name = "e5"
        self._known: set[str] = set()
        self._names = (f"value{number}" for number in count())
        hidden, heads = self._settings.hidden, self._settings.heads
        self._heads = self._weight("heads", np.array([0, 0, heads, hidden // heads]))
        self._flat = self._weight("flat", np.array([0, 0, hidden]))
        self._scale = self._weight("scale", np.float32((hidden // heads) ** -0.5))

    def layer(self, heard: str, prefix: str, way: Adaptation | None = None) -> str:
        """Attention, then a thought of each token for itself; each is added to what it started from."""
        attended = self._dense(self._attention(heard, prefix, way), f"{prefix}ao", self._settings.hidden, way)
        heard = self.normal(self._node("Add", heard, attended), f"{prefix}aln")
        wide = self._node("Gelu", self._dense(heard, f"{prefix}fi", self._settings.hidden, way))
        thought = self._dense(wide, f"{prefix}fo", self._settings.wide, way)
        return self.normal(self._node("Add", heard, thought), f"{prefix}oln")

    def normal(self, values: str, name: str) -> str:
        """Layer normalisation with the scale and the offset called `name`."""
        scale, offset = (self._weight(f"{name}.{kind}", self._file.floats(f"{name}.{kind}")) for kind in "wb")
        return self._node("LayerNormalization", values, scale, offset, axis=-1, epsilon=self._settings.epsilon)

    def end(self, thought: str, output: str) -> None:
        """`thought` is one of the model's answers."""
        self._graph.node.append(helper.make_node("Identity", [thought], [output]))

    def finished(self, outputs: Sequence[str]) -> ModelProto:
        """Return the model with these answers."""
        shape = ("texts", "tokens", self._settings.hidden)
        self._graph.input.extend([_floats(EMBEDDED, shape), _floats(UNHEARD, ("texts", 1, 1, "tokens"))])
        self._graph.output.extend([_floats(output, shape) for output in outputs])
        return self._model

    def _attention(self, heard: str, prefix: str, way: Adaptation | None) -> str:
        queries, keys, values = (
            self._node("Transpose", self._parted(heard, f"{prefix}{letter}", way), perm=turned)
            for letter, turned in (("q", [0, 2, 1, 3]), ("k", [0, 2, 3, 1]), ("v", [0, 2, 1, 3]))
        )
        likeness = self._node("Mul", self._node("MatMul", queries, keys), self._scale)
        paid = self._node("Softmax", self._node("Add", likeness, UNHEARD), axis=-1)
        together = self._node("Transpose", self._node("MatMul", paid, values), perm=[0, 2, 1, 3])
        return self._node("Reshape", together, self._flat)

    def _parted(self, heard: str, name: str, way: Adaptation | None) -> str:
        return self._node("Reshape", self._dense(heard, name, self._settings.hidden, way), self._heads)

    def _dense(self, values: str, name: str, width: int, way: Adaptation | None) -> str:
        known = self._file.matrix(f"{name}.w", width)
        changed, mark = (way.changed(name, known), f"{ADAPTED}.") if way else (known, "")
        matrix = self._weight(f"{mark}{name}.w", changed)
        offset = self._weight(f"{name}.b", self._file.floats(f"{name}.b"))
        return self._node("Add", self._node("MatMul", values, matrix), offset)

    def _weight(self, name: str, values: NDArray[np.generic] | np.generic) -> str:
        if name not in self._known:
            self._known.add(name)
            self._graph.initializer.append(numpy_helper.from_array(np.ascontiguousarray(values), name))
        return name

    def _node(self, operator: str, *takes: str, **attributes: Any) -> str:
        name = next(self._names)
        self._graph.node.append(helper.make_node(operator, takes, [name], **attributes))
        return name


def _floats(name: str, shape: Sequence[str | int]) -> ValueInfoProto:
    return helper.make_tensor_value_info(name, TensorProto.FLOAT, shape)
