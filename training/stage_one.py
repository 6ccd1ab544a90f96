"""First stage of training: attribution and names."""

from __future__ import annotations

import sys
import time
from pathlib import Path

import numpy as np
import torch
from torch.nn import functional as F

from training.corpora import Item, batches, cases, items_of, read_lines
from training.network import NAME_LABELS, Network


def tensors(part: list[Item]) -> tuple[torch.Tensor, torch.Tensor]:
    longest = max(len(i.ids) for i in part)
    ids, shapes = torch.zeros(len(part), longest, dtype=torch.long), torch.zeros(len(part), longest, dtype=torch.long)
    for row, item in enumerate(part):
        ids[row, : len(item.ids)] = torch.tensor(item.ids)
        shapes[row, : len(item.ids)] = torch.tensor(item.shapes)
    return ids, shapes


def attribution_loss(network: Network, hidden: torch.Tensor, ids: torch.Tensor, part: list[Item]) -> torch.Tensor:
    labels = torch.full_like(ids, -100)
    rows, cues, gold = [], [], []
    for row, item in enumerate(part):
        if item.cues is None:
            continue
        labels[row, : len(item.ids)] = 0
        for cue, source, content in item.cues:
            labels[row, cue] = 2
            labels[row, cue[0]] = 1
            rows.append(row)
            cues.append(cue)
            gold.append((source, content))
    if not (labels >= 0).any():
        return hidden.new_zeros(())
    loss = F.cross_entropy(network.cue(hidden).flatten(0, 1), labels.flatten(), ignore_index=-100)
    if rows:
        at = torch.tensor(rows)
        score = network.roles(hidden, at, cues)
        wanted = torch.zeros_like(score)
        for n, (source, content) in enumerate(gold):
            wanted[n, source, 0], wanted[n, content, 1] = 1, 1
        mask = (ids[at] > 0).unsqueeze(-1).float()
        loss = loss + 4 * (F.binary_cross_entropy_with_logits(score, wanted, reduction="none") * mask).sum() / mask.sum()
    return loss


def names_loss(network: Network, hidden: torch.Tensor, ids: torch.Tensor, part: list[Item]) -> torch.Tensor:
    labels = torch.full_like(ids, -100)
    for row, item in enumerate(part):
        if item.names is not None:
            labels[row, : len(item.ids)] = torch.tensor(item.names)
    if not (labels >= 0).any():
        return hidden.new_zeros(())
    return F.cross_entropy(network.names(hidden).flatten(0, 1), labels.flatten(), ignore_index=-100)


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
    optimizer = torch.optim.AdamW([{"params": body, "lr": 1.5e-4}, {"params": heads, "lr": 1e-3}], weight_decay=0.01)
    schedule = torch.optim.lr_scheduler.LambdaLR(optimizer, lambda i: min(1, i / 100) * max(0.15, 1 - i / len(plan)))
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
            print(f"{step}/{len(plan)} attribution {sums[0] / 25:.3f} names {sums[1] / 25:.3f} {tokens / spent:.0f} tokens/s {spent:.0f} s", flush=True)
            sums[:] = 0
        if step % 200 == 0:
            torch.save(network.state_dict(), out)
    torch.save(network.state_dict(), out)


if __name__ == "__main__":
    main(*map(Path, sys.argv[1:5]), *map(int, sys.argv[5:]))
