"""Step 3 of `make encoder` and `make tagger`: write the tuned network as ONNX with 8-bit weights.

Attention, normalisation and activation are onnxruntime's joined operators: a tenth less time than their parts.
"""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

import numpy as np
import onnx
from numpy.typing import NDArray
from onnx import TensorProto, helper, numpy_helper
from onnxruntime.quantization import QuantType, quantize_dynamic

WIDTH, ATTENTION_HEADS = 384, 12
LONGEST = 128  # pieces
JOINED = "com.microsoft"
EPSILON = 1e-12


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

    def product(self, x: str, weight: NDArray[Any]) -> str:
        """Add x @ weight."""
        return self.node("MatMul", x, self.constant(weight))

    def norm(self, x: str, other: str, part: dict[str, NDArray[Any]], name: str, bias: NDArray[Any]) -> str:
        """Add the layer normalisation of x + other + bias."""
        weights = (part[f"{name}.w"], part[f"{name}.b"], bias)
        constants = [self.constant(each) for each in weights]
        return self.node("SkipLayerNormalization", x, other, *constants, domain=JOINED, epsilon=EPSILON)


def network(weights: dict[str, NDArray[Any]]) -> onnx.ModelProto:
    """Return the network.

    The encoder's: ids [length] -> logits [1, columns]; each column weighs the pieces in its own way. The tagger's, told
    by its weights for `flags`: ids [length], flags [length, flags] -> chances [length, columns], of every piece.
    """
    graph = Graph()
    tags = "flags" in weights

    def integer(*values: int) -> str:
        return graph.constant(np.array(values, np.int64))

    scale = np.abs(weights["words"]).max(axis=1, keepdims=True).astype(np.float32) / 127
    small = np.round(weights["words"] / np.maximum(scale, 1e-9)).astype(np.int8)
    rows = graph.node("Cast", graph.node("Gather", graph.constant(small), "ids"), to=TensorProto.FLOAT)
    rows = graph.node("Mul", rows, graph.node("Gather", graph.constant(scale), "ids"))
    places = graph.constant(weights["emb.pos"][:LONGEST] + weights["emb.type"][0])
    x = graph.node("Add", rows, graph.node("Slice", places, integer(0), graph.node("Shape", "ids"), integer(0)))
    if tags:
        x = graph.node("Add", x, graph.node("Gemm", "flags", graph.constant(weights["flags"])))
    first = (graph.constant(weights[f"emb.ln.{name}"]) for name in "wb")
    x = graph.node("Unsqueeze", graph.node("LayerNormalization", x, *first, epsilon=EPSILON), integer(0))
    for layer in range(1 + max(map(layer_of, weights))):
        part = {name.split(".", 1)[1]: each for name, each in weights.items() if layer_of(name) == layer}
        three = [graph.constant(np.hstack([part[f"{name}.{each}"] for name in "qkv"])) for each in "wb"]
        seen = graph.node("Attention", x, *three, domain=JOINED, num_heads=ATTENTION_HEADS)
        x = graph.norm(graph.product(seen, part["ao.w"]), x, part, "aln", part["ao.b"])
        wide = graph.product(x, part["fi.w"])
        wide = graph.node("BiasGelu", wide, graph.constant(part["fi.b"]), domain=JOINED)
        x = graph.norm(graph.product(wide, part["fo.w"]), x, part, "oln", part["fo.b"])
    head, bias = weights["head.w"], graph.constant(weights["head.b"])
    inputs = [helper.make_tensor_value_info("ids", TensorProto.INT64, ["length"])]
    if tags:
        x = graph.node("Gemm", graph.node("Squeeze", x, integer(0)), graph.constant(head[:WIDTH]), bias)
        x = graph.node("Add", x, graph.node("Gemm", "flags", graph.constant(head[WIDTH:])))
        last = graph.node("Softmax", x, axis=-1)
        inputs += [helper.make_tensor_value_info("flags", TensorProto.FLOAT, ["length", len(weights["flags"])])]
    else:
        looks = graph.node("Softmax", graph.product(x, weights["look.w"]), axis=1)
        seen = graph.node("Mul", looks, graph.product(x, head))
        last = graph.node("Add", graph.node("ReduceSum", seen, integer(1), keepdims=0), bias)
    shape = ["length" if tags else 1, head.shape[1]]
    outputs = [helper.make_tensor_value_info(last, TensorProto.FLOAT, shape)]
    made = helper.make_graph(graph.nodes, "tagger" if tags else "encoder", inputs, outputs, graph.constants)
    versions = [helper.make_opsetid("", 17), helper.make_opsetid(JOINED, 1)]
    return helper.make_model(made, opset_imports=versions, ir_version=9)


def layer_of(name: str) -> int:
    """Return the number of the layer that a weight is part of, -1 for the rest."""
    first = name.split(".")[0]
    return int(first[1:]) if first[1:].isdigit() else -1


def main(folder: Path, out: Path) -> None:
    """Read `tuned.npz` of the folder and write the network, named as `out` says, and `pieces.model` beside it."""
    exact = folder / "exact.onnx"
    onnx.save(network(dict(np.load(folder / "tuned.npz"))), exact)
    # Unsigned: processors without VNNI add signed products up in too few bits, and read other sentences otherwise.
    quantize_dynamic(
        exact, out, weight_type=QuantType.QUInt8, per_channel=True, op_types_to_quantize=["MatMul", "Attention"],
        # The latter since it cannot infer types past the joined operators.
        extra_options={"WeightSymmetric": True, "DefaultTensorType": TensorProto.FLOAT},
    )  # fmt: skip
    (out.parent / "pieces.model").write_bytes((folder / "pieces.model").read_bytes())


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]))
