"""First stage of training: attribution and names, on texts as they are; the second stage adds masks and claims."""

from __future__ import annotations

import time
from pathlib import Path

import numpy as np
import torch
import typer

from training.corpora import batches, cases, items_of, read_lines
from training.losses import attribution_loss, names_loss, tensors
from training.network import NAME_LABELS, Network


def main(bench: Path, silver_path: Path, encoder: Path, out: Path, epochs: int = 2, batch: int = 16) -> None:
    torch.set_num_threads(2)
    torch.manual_seed(1)
    rng = np.random.default_rng(1)
    silver = {d["id"]: d["ents"] for d in read_lines(silver_path)}
    told, other, linked = [], [], []
    for d in read_lines(bench / "attribution/train.jsonl"):
        told += items_of(d["text"], d["attributions"], silver.get(d["id"]), NAME_LABELS)
    for folder in ("cases/train", "cases/real"):
        for r in cases(bench / folder):
            other += items_of(r["text"], None, silver[r["id"]], NAME_LABELS)
    for d in read_lines(bench / "time/train.jsonl"):
        linked += items_of(d["text"][:20000], None, silver[d["id"]], NAME_LABELS)
    for d in read_lines(bench / "linking/train.jsonl"):
        if d["id"] in silver:
            linked += items_of(d["text"][:6000], None, silver[d["id"]], NAME_LABELS)
    plan = []
    for epoch in range(epochs):
        share = [x for n, x in enumerate(linked) if n % (2 * epochs) == epoch]
        plan += batches(told + other + share, batch, rng)
    network = Network(encoder)
    body = list(network.encoder.parameters())
    heads = [p for name, p in network.named_parameters() if not name.startswith("encoder")]
    optimizer = torch.optim.AdamW(
        [{"params": body, "lr": 1.5e-4}, {"params": heads, "lr": 1e-3}], weight_decay=0.01
    )
    schedule = torch.optim.lr_scheduler.LambdaLR(
        optimizer, lambda i: min(1, i / 100) * max(0.15, 1 - i / len(plan))
    )
    began, sums, tokens = time.time(), np.zeros(2), 0
    for step, part in enumerate(plan, 1):
        ids, shapes = tensors(part)
        hidden = network.encode(ids, shapes)
        one, two = attribution_loss(network, hidden, ids, part), names_loss(network, hidden, ids, part)
        (one + two).backward()
        torch.nn.utils.clip_grad_norm_(network.parameters(), 1.0)
        optimizer.step()
        schedule.step()
        optimizer.zero_grad()
        sums += [one.item(), two.item()]
        tokens += ids.numel()
        if step % 25 == 0:
            spent = time.time() - began
            pace = f"{tokens / spent:.0f} tokens/s {spent:.0f} s"
            print(
                f"{step}/{len(plan)} attribution {sums[0] / 25:.3f} names {sums[1] / 25:.3f} {pace}",
                flush=True,
            )
            sums[:] = 0
        if step % 200 == 0:
            torch.save(network.state_dict(), out)
    torch.save(network.state_dict(), out)


if __name__ == "__main__":
    typer.run(main)
