"""From a trained network to what the product ships: encoder.onnx (int8, dynamic, per channel) and heads.npz."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import onnx
import torch
import typer
from onnx import TensorProto
from onnxruntime.quantization import QuantType, quantize_dynamic
from onnxruntime.transformers import optimizer

from training.network import Network
from training.quick_graph import quicken


def main(encoder: Path, weights: Path, out: Path) -> None:
    network = Network(encoder)
    network.load_state_dict(torch.load(weights), strict=False)
    network.eval()
    network.encoder.body.set_attn_implementation("eager")
    out.mkdir(parents=True, exist_ok=True)
    ids = torch.randint(1000, 2000, (2, 40))
    inputs = (ids, torch.ones_like(ids), torch.ones_like(ids))
    plain, fused, quantised = out / "plain.onnx", out / "fused.onnx", out / "quantised.onnx"
    torch.onnx.export(
        network.encoder,
        inputs,
        str(plain),
        input_names=["ids", "shapes", "mask"],
        output_names=["hidden"],
        opset_version=17,
        dynamic_axes={n: {0: "windows", 1: "pieces"} for n in ("ids", "shapes", "mask", "hidden")},
        dynamo=False,
    )
    optimised = optimizer.optimize_model(
        str(plain), model_type="bert", num_heads=12, hidden_size=384, opt_level=0
    )
    print(optimised.get_fused_operator_statistics())
    optimised.save_model_to_file(str(fused))
    quantize_dynamic(
        str(fused),
        str(quantised),
        per_channel=True,
        weight_type=QuantType.QInt8,
        extra_options={"DefaultTensorType": TensorProto.FLOAT},
    )
    model = onnx.load(quantised)
    quicken(model)
    onnx.save(model, out / "encoder.onnx")
    heads = {
        n.removeprefix("muc."): p.detach().numpy().astype(np.float16)
        for n, p in network.named_parameters()
        if not n.startswith("encoder")
    }
    np.savez_compressed(out / "heads.npz", **heads)
    for step in (plain, fused, quantised):
        step.unlink()
    print({p.name: p.stat().st_size for p in out.iterdir()})


if __name__ == "__main__":
    typer.run(main)
