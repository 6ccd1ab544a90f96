"""The quantised encoder in the operators that onnxruntime runs fastest on a processor; the weights stay what they are.

Three of the operators that onnxruntime's own tools write are slow there (measured with 1.32, 384 pieces, one core):
attention with its projection in one (replaced by the product of the matrices and `MultiHeadAttention`, which works in
blocks that fit the cache when it is given no mask), the sum with the norm in one (ten times the time of the two apart),
and the activation with its bias (the product of the matrices adds the bias for nothing). Without a mask the windows
of one run must be of one length.
"""

from __future__ import annotations

from collections import defaultdict
from pathlib import Path

import numpy as np
import onnx
import typer
from onnx import ModelProto, NodeProto, numpy_helper
from onnx.helper import get_node_attr_value, make_node

OURS = "com.microsoft"


def quicken(model: ModelProto) -> None:
    """Rewrite a graph that `quantize_dynamic` made of a BERT, in place."""
    graph = model.graph
    maker = {output: node for node in graph.node for output in node.output}
    users: dict[str, list[NodeProto]] = defaultdict(list)
    for node in graph.node:
        for name in node.input:
            users[name].append(node)
    nodes: list[NodeProto] = []
    for node in graph.node:
        match node.op_type:
            case "QAttention":
                nodes += _attention(node, maker)
            case "MatMulInteger":
                nodes.append(_product(node, maker, users))
            case "SkipLayerNormalization":
                nodes += _norm(node)
            case "BiasGelu":
                nodes.append(make_node("Gelu", node.input[:1], node.output, node.name, domain=OURS))
            case _:
                nodes.append(node)
    thirds = np.full(3, _width(model), dtype=np.int64)
    graph.initializer.append(numpy_helper.from_array(thirds, "thirds"))
    _replace(graph.node, nodes)
    _replace(graph.input, [given for given in graph.input if given.name != "mask"])
    _prune(model)
    onnx.checker.check_model(model)


def _width(model: ModelProto) -> int:
    norm = next(node for node in model.graph.node if node.op_type == "SkipLayerNormalization")
    return next(int(w.dims[0]) for w in model.graph.initializer if w.name == norm.input[2])


def _attention(node: NodeProto, maker: dict[str, NodeProto]) -> list[NodeProto]:
    quantised, weight, bias, _, scale, _, _, zero = node.input[:8]
    states, all_three, parts = (
        maker[quantised].input[0],
        f"{node.name}/qkv",
        [f"{node.name}/{p}" for p in "qkv"],
    )
    heads = get_node_attr_value(node, "num_heads")
    return [
        make_node(
            "DynamicQuantizeMatMul", [states, weight, scale, zero, bias], [all_three], all_three, domain=OURS
        ),
        make_node("Split", [all_three, "thirds"], parts, f"{node.name}/split", axis=-1),
        make_node("MultiHeadAttention", parts, node.output, node.name, domain=OURS, num_heads=heads),
    ]


def _product(node: NodeProto, maker: dict[str, NodeProto], users: dict[str, list[NodeProto]]) -> NodeProto:
    """One operator for quantising the states, the product, its scale and the bias that the next operator would add."""
    quantised, weight, _, zero = node.input
    (cast,) = users[node.output[0]]
    (scaled,) = users[cast.output[0]]
    (after,) = users[scaled.output[0]]
    scale = maker[scaled.input[1]].input[1]
    bias = after.input[4 if after.op_type == "SkipLayerNormalization" else 1]
    states = maker[quantised].input[0]
    return make_node(
        "DynamicQuantizeMatMul", [states, weight, scale, zero, bias], scaled.output, node.name, domain=OURS
    )


def _norm(node: NodeProto) -> list[NodeProto]:
    one, other, weight, bias = node.input[:4]
    total = f"{node.name}/sum"
    epsilon = get_node_attr_value(node, "epsilon")
    return [
        make_node("Add", [one, other], [total], total),
        make_node(
            "LayerNormalization", [total, weight, bias], node.output, node.name, axis=-1, epsilon=epsilon
        ),
    ]


def _replace(field, values) -> None:  # type: ignore[no-untyped-def]  # a repeated field of protobuf
    del field[:]
    field.extend(values)


def _prune(model: ModelProto) -> None:
    """Drop what nothing asks for any more, and of two makers of one thing the second."""
    graph = model.graph
    made: set[str] = set()
    kept: list[NodeProto] = []
    for node in graph.node:
        if made.isdisjoint(node.output):
            kept.append(node)
        made.update(node.output)
    _replace(graph.node, kept)
    size = -1
    while size != len(graph.node):
        size = len(graph.node)
        asked = {name for node in graph.node for name in node.input} | {out.name for out in graph.output}
        _replace(graph.node, [node for node in graph.node if asked & set(node.output)])
    _replace(graph.initializer, [weight for weight in graph.initializer if weight.name in asked])


def main(graph: Path, out: Path) -> None:
    model = onnx.load(graph)
    quicken(model)
    onnx.save(model, out)


if __name__ == "__main__":
    typer.run(main)
