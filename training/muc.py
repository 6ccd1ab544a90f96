"""The roles of MUC-4 alone, on an encoder that has learned the other tasks: a first trained version, to measure with.

    python -m training.muc BENCH/muc4 MINILM stage_three.pt OUT

OUT holds `state.pt` (all that is needed to go on: start the same command again) and `network.pt` (encoder) and `heads.pt`.
"""

from __future__ import annotations

import hashlib
import os
import time
from collections import defaultdict
from pathlib import Path
from typing import Annotated

import numpy as np
import torch
import typer

from training.corpora import batches, read_lines
from training.losses import tensors
from training.muc_labels import MucItem, muc_items
from training.muc_losses import WEIGHTS, MucHeads, muc_losses
from training.network import HIDDEN, Network
from variorum.reading.encoder.windows import END

HIDDEN_WORD = 103


def held_back(report: str) -> bool:
    """Whether a report is kept for development: a tenth."""
    return hashlib.sha1(report.encode()).digest()[0] < 26


def plan_of(items: list[MucItem], epochs: int, share: float, batch: int, seed: int) -> list[list[MucItem]]:
    """The batches of all epochs; in each all windows with fillers are read, and the next `share` of the others."""
    rng = np.random.default_rng(seed)
    full, empty = [x for x in items if x.mentions], [x for x in items if not x.mentions]
    plan: list[list[MucItem]] = []
    order: list[int] = []
    for _ in range(epochs):
        while len(order) < share * len(empty):
            order += rng.permutation(len(empty)).tolist()
        size = int(share * len(empty))
        some, order = order[:size], order[size:]
        plan += batches(full + [empty[i] for i in some], batch, rng)  # type: ignore[arg-type]
    return plan


def main(
    data: Path,
    body: Path,
    start: Path,
    out: Path,
    epochs: int = 2,
    batch: int = 8,
    share: Annotated[
        float, typer.Option(help="share of the windows without fillers read in each epoch")
    ] = 0.25,
    frozen: Annotated[int, typer.Option(help="so many layers from below stay as they are")] = 2,
    rate: float = 2e-4,
    head_rate: float = 1.5e-3,
    hide: Annotated[
        float, typer.Option(help="share of the words that are hidden, in place of dropout")
    ] = 0.06,
    seed: int = 4,
    stop: Annotated[int, typer.Option(help="end after so many steps of the plan; 0 is the whole plan")] = 0,
) -> None:
    torch.set_num_threads(1)
    torch.set_flush_denormal(True)
    torch.manual_seed(seed)
    reports = [r for r in read_lines(data / "reports.train.jsonl") if not held_back(r["id"])]
    plan = plan_of([x for r in reports for x in muc_items(r)], epochs, share, batch, seed)
    plan = plan[: stop or len(plan)]
    network, heads = Network(body), MucHeads(HIDDEN)
    network.load_state_dict(torch.load(start), strict=False)
    network.encoder.body.embeddings.word_embeddings.weight.requires_grad_(False)
    for layer in network.encoder.body.encoder.layer[:frozen]:
        layer.requires_grad_(False)
    encoder = network.encoder.eval()  # no dropout inside: drawing its masks takes long
    learns = [p for p in encoder.parameters() if p.requires_grad]
    optimizer = torch.optim.AdamW(
        [{"params": learns, "lr": rate}, {"params": heads.parameters(), "lr": head_rate}],
        weight_decay=0.01,
        fused=True,
    )
    schedule = torch.optim.lr_scheduler.LambdaLR(
        optimizer, lambda i: min(1, i / 20) * max(0.02, 1 - i / len(plan))
    )
    kept = {"encoder": encoder, "heads": heads, "optimizer": optimizer, "schedule": schedule}
    out.mkdir(parents=True, exist_ok=True)
    done = 0
    if (out / "state.pt").exists():
        state = torch.load(out / "state.pt")
        done = state["step"]
        for name, part in kept.items():
            part.load_state_dict(state[name])
    began, sums, tokens = time.time(), defaultdict(list), 0
    for step, windows in enumerate(plan[done:], done + 1):
        ids, shapes = tensors(windows)  # type: ignore[arg-type]
        shown = torch.where((torch.rand(ids.shape) < hide) & (ids > END), HIDDEN_WORD, ids)
        losses = muc_losses(heads, encoder(shown, shapes, (ids > 0).long()), ids, windows)
        sum(WEIGHTS[name] * loss for name, loss in losses.items()).backward()  # type: ignore[union-attr]
        torch.nn.utils.clip_grad_norm_([*learns, *heads.parameters()], 1.0)
        optimizer.step()
        schedule.step()
        optimizer.zero_grad()
        tokens += ids.numel()
        for name, value in losses.items():
            sums[name].append(value.item())
        if step % 10 == 0:
            spent = time.time() - began
            means = " ".join(f"{k} {np.mean(v):.3f}" for k, v in sums.items())
            print(f"{step}/{len(plan)} {tokens / spent:.0f} tokens/s {spent:.0f} s {means}", flush=True)
            sums.clear()
        if step % 40 == 0 or step == len(plan):
            torch.save({"step": step} | {n: p.state_dict() for n, p in kept.items()}, out / "state.new")
            os.replace(out / "state.new", out / "state.pt")
    torch.save(network.state_dict(), out / "network.pt")
    torch.save(heads.state_dict(), out / "heads.pt")


if __name__ == "__main__":
    typer.run(main)
