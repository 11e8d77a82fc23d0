"""Step 3 of `make encoder`: write the tuned network as ONNX with 8-bit weights."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

import numpy as np
import onnx
from numpy.typing import NDArray
from onnx import TensorProto, helper, numpy_helper
from onnxruntime.quantization import QuantType, quantize_dynamic

WIDTH, ATTENTION_HEADS, LAYERS = 384, 12, 12
LONGEST = 128


class Graph:
    """Collects nodes and constants."""

    def __init__(self) -> None:
        """Start empty."""
        self.nodes: list[onnx.NodeProto] = []
        self.constants: list[onnx.TensorProto] = []

    def constant(self, values: NDArray[Any]) -> str:
        """Add a constant and return its name."""
        name = f"c{len(self.constants)}"
        self.constants.append(numpy_helper.from_array(np.ascontiguousarray(values), name))
        return name

    def node(self, kind: str, *inputs: str, **settings: object) -> str:
        """Add a node and return the name of its output."""
        name = f"n{len(self.nodes)}"
        self.nodes.append(helper.make_node(kind, list(inputs), [name], **settings))
        return name

    def linear(self, x: str, weight: NDArray[Any], bias: NDArray[Any]) -> str:
        """Add x @ weight + bias."""
        return self.node("Add", self.node("MatMul", x, self.constant(weight)), self.constant(bias))

    def norm(self, x: str, weight: NDArray[Any], bias: NDArray[Any]) -> str:
        """Add a layer normalisation."""
        return self.node("LayerNormalization", x, self.constant(weight), self.constant(bias), epsilon=1e-12)


def network(weights: dict[str, NDArray[Any]]) -> onnx.ModelProto:
    """Return the network: ids [length] -> logits [1, columns]; the same as `tune.encode` and the heads."""
    graph = Graph()

    def integer(*values: int) -> str:
        return graph.constant(np.array(values, np.int64))

    def number(value: float) -> str:
        return graph.constant(np.array(value, np.float32))

    scale = np.abs(weights["words"]).max(axis=1, keepdims=True).astype(np.float32) / 127
    small = np.round(weights["words"] / np.maximum(scale, 1e-9)).astype(np.int8)
    rows = graph.node("Cast", graph.node("Gather", graph.constant(small), "ids"), to=TensorProto.FLOAT)
    rows = graph.node("Mul", rows, graph.node("Gather", graph.constant(scale), "ids"))
    places = graph.constant(weights["emb.pos"][:LONGEST] + weights["emb.type"][0])
    x = graph.node("Add", rows, graph.node("Slice", places, integer(0), graph.node("Shape", "ids"), integer(0)))
    x = graph.norm(x, weights["emb.ln.w"], weights["emb.ln.b"])
    heads, joined = integer(-1, ATTENTION_HEADS, WIDTH // ATTENTION_HEADS), integer(-1, WIDTH)
    for layer in range(LAYERS):
        part = {name.split(".", 1)[1]: each for name, each in weights.items() if name.startswith(f"l{layer}.")}
        query, key, value = (
            graph.node("Transpose", graph.node("Reshape", graph.linear(x, part[f"{name}.w"], part[f"{name}.b"]), heads),
                       perm=[1, 2, 0] if name == "k" else [1, 0, 2])
            for name in "qkv"
        )  # fmt: skip
        near = graph.node("Mul", graph.node("MatMul", query, key), number((ATTENTION_HEADS / WIDTH) ** 0.5))
        seen = graph.node("MatMul", graph.node("Softmax", near, axis=-1), value)
        seen = graph.node("Reshape", graph.node("Transpose", seen, perm=[1, 0, 2]), joined)
        seen = graph.linear(seen, part["ao.w"], part["ao.b"])
        x = graph.norm(graph.node("Add", x, seen), part["aln.w"], part["aln.b"])
        wide = graph.linear(x, part["fi.w"], part["fi.b"])
        erf = graph.node("Erf", graph.node("Mul", wide, number(0.5**0.5)))
        wide = graph.node("Mul", graph.node("Mul", wide, number(0.5)), graph.node("Add", erf, number(1.0)))
        x = graph.norm(
            graph.node("Add", x, graph.linear(wide, part["fo.w"], part["fo.b"])), part["oln.w"], part["oln.b"]
        )
    mean = graph.node("ReduceMean", x, axes=[0], keepdims=1)
    logits = graph.linear(mean, weights["head.w"], weights["head.b"])
    inputs = [helper.make_tensor_value_info("ids", TensorProto.INT64, ["length"])]
    outputs = [helper.make_tensor_value_info(logits, TensorProto.FLOAT, [1, weights["head.b"].shape[0]])]
    made = helper.make_graph(graph.nodes, "encoder", inputs, outputs, graph.constants)
    return helper.make_model(made, opset_imports=[helper.make_opsetid("", 17)], ir_version=9)


def main(folder: Path, out: Path) -> None:
    """Read `tuned.npz` of the folder and write `encoder.onnx` and `pieces.model` into `out`."""
    exact = folder / "exact.onnx"
    onnx.save(network(dict(np.load(folder / "tuned.npz"))), exact)
    quantize_dynamic(exact, out / "encoder.onnx", weight_type=QuantType.QInt8, per_channel=True)
    (out / "pieces.model").write_bytes((folder / "pieces.model").read_bytes())


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]))
