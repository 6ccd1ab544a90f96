"""The roles of MUC-4 alone, on an encoder that has learned the other tasks: a first trained version, to measure with.

    python -m training.muc BENCH/muc4 MINILM stage_three.pt OUT

The lower layers stay as they are, so their states are made once and kept, which more than halves the work.
OUT holds `state.pt` (all that is needed to go on: start the same command again) and `network.pt` (encoder) and `heads.pt`.
"""

from __future__ import annotations

import hashlib
import os
import time
from collections import defaultdict
from collections.abc import Iterable
from pathlib import Path
from typing import Annotated

import numpy as np
import torch
import typer
from torch import Tensor, nn
from torch.nn.utils.rnn import pad_sequence

from training.corpora import batches, read_lines
from training.losses import tensors
from training.muc_labels import MucItem, muc_items
from training.muc_losses import WEIGHTS, MucHeads, muc_losses
from training.network import HIDDEN, Encoder, Network


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


def through(layers: Iterable[nn.Module], hidden: Tensor, ids: Tensor) -> Tensor:
    """States after some layers of the encoder, padding not looked at."""
    mask = (ids > 0)[:, None, None, :].expand(-1, -1, ids.shape[1], -1)
    for layer in layers:
        out = layer(hidden, mask)
        hidden = out[0] if isinstance(out, tuple) else out
    return hidden


@torch.no_grad()
def lower_states(encoder: Encoder, plan: list[list[MucItem]], frozen: int, file: Path) -> dict[int, Tensor]:
    """The states of every window of a plan after the frozen layers, by the window's `id`; kept in a file."""
    windows = list({id(x): x for part in plan for x in part}.values())
    windows.sort(key=lambda x: len(x.ids))
    states: list[Tensor] = []
    if file.exists():
        states = torch.load(file)
    else:
        for at in range(0, len(windows), 16):
            part = windows[at : at + 16]
            ids, shapes = tensors(part)  # type: ignore[arg-type]
            body = encoder.body
            embedded = body.embeddings.word_embeddings(ids) + encoder.shape(shapes)
            hidden = through(body.encoder.layer[:frozen], body.embeddings(inputs_embeds=embedded), ids)
            states += [h[: len(x.ids)].half().clone() for h, x in zip(hidden, part, strict=True)]
            if at % 320 == 0:
                print(f"{at}/{len(windows)} windows' lower states", flush=True)
        torch.save(states, file)
    return {id(x): s for x, s in zip(windows, states, strict=True)}


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
    frozen: Annotated[int, typer.Option(help="so many layers from below stay as they are")] = 4,
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
    network, heads = Network(body), MucHeads(HIDDEN)
    network.load_state_dict(torch.load(start), strict=False)
    encoder = network.encoder.eval()  # no dropout inside: drawing its masks takes long
    layers = encoder.body.encoder.layer[frozen:]
    learns = list(layers.parameters())
    out.mkdir(parents=True, exist_ok=True)
    known = lower_states(encoder, plan, frozen, out / "lower.pt")
    plan = plan[: stop or len(plan)]
    optimizer = torch.optim.AdamW(
        [{"params": learns, "lr": rate}, {"params": heads.parameters(), "lr": head_rate}],
        weight_decay=0.01,
        fused=True,
    )
    schedule = torch.optim.lr_scheduler.LambdaLR(
        optimizer, lambda i: min(1, i / 20) * max(0.02, 1 - i / len(plan))
    )
    kept = {"layers": layers, "heads": heads, "optimizer": optimizer, "schedule": schedule}
    done = 0
    if (out / "state.pt").exists():
        state = torch.load(out / "state.pt")
        done = state["step"]
        for name, part in kept.items():
            part.load_state_dict(state[name])
    began, sums, tokens = time.time(), defaultdict(list), 0
    for step, windows in enumerate(plan[done:], done + 1):
        ids, _ = tensors(windows)  # type: ignore[arg-type]
        hidden = pad_sequence([known[id(x)].float() for x in windows], batch_first=True)
        hidden = hidden * (torch.rand(ids.shape) >= hide)[:, :, None]
        losses = muc_losses(heads, through(layers, hidden, ids), ids, windows)
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
