"""Second stage: claims, from the encoder of the first, with attribution and names kept alive beside them."""

from __future__ import annotations

import time
from collections import defaultdict
from pathlib import Path
from typing import Annotated

import numpy as np
import torch
import typer

from training.case_windows import case_items
from training.claim_labels import ClaimItem, claim_items
from training.corpora import Item, batches, items_of, read_lines
from training.losses import attribution_loss, claims_loss, names_loss, tensors
from training.network import NAME_LABELS, Network
from training.written import TEXTS, written
from variorum.reading.encoder.masking import masks_of
from variorum.reading.encoder.names import names_in
from variorum.reading.encoder.windows import END

HIDE = 0.06
HIDDEN_WORD = 103


def main(
    bench: Path,
    silver_path: Path,
    encoder: Path,
    start: Path,
    out: Path,
    epochs: int = 10,
    batch: int = 12,
    share: Annotated[float, typer.Option(help="share of the attribution windows read in each epoch")] = 0.25,
    rate: float = 1.0e-4,
    texts: Annotated[bool, typer.Option(help="read the reports of training/texts too")] = True,
    stop: Annotated[int, typer.Option(help="end after so many steps of the plan; 0 is the whole plan")] = 0,
) -> None:
    torch.set_num_threads(2)
    torch.manual_seed(2)
    rng = np.random.default_rng(2)
    silver = {d["id"]: d["ents"] for d in read_lines(silver_path)}
    told: list[Item] = []
    for d in read_lines(bench / "attribution/train.jsonl"):
        masks = masks_of(d["text"], names_in(d["text"]))
        told += items_of(d["text"], d["attributions"], silver.get(d["id"]), NAME_LABELS, masks)
    claimed = [x for f in ("cases/train", "cases/real") for x in case_items(bench / f, silver, False)]
    for report in written(TEXTS) if texts else ():
        claimed += claim_items(
            report, {}, masks_of(report["text"], names_in(report["text"])), None, NAME_LABELS
        )
    kept = [x for f in ("cases/train", "cases/real") for x in case_items(bench / f, silver, True)]
    print(
        f"{len(told)} windows with attributions, {len(claimed)} with claims, {len(kept)} held back",
        flush=True,
    )
    plan = []
    for _ in range(epochs):
        some = [told[i] for i in rng.choice(len(told), int(share * len(told)), replace=False)]
        parts = batches(claimed, batch, rng) + batches(some, 16, rng)
        rng.shuffle(parts)  # type: ignore[arg-type]
        plan += parts
    network = Network(encoder)
    missing = network.load_state_dict(torch.load(start), strict=False)
    print("new heads:", sorted({k.split(".")[0] for k in missing.missing_keys}), flush=True)
    # The words' own vectors stay as the first stage left them: they are half of the network and learn little here.
    network.encoder.body.embeddings.word_embeddings.weight.requires_grad_(False)
    body = [p for p in network.encoder.parameters() if p.requires_grad]
    heads = [p for name, p in network.named_parameters() if not name.startswith("encoder")]
    optimizer = torch.optim.AdamW(
        [{"params": body, "lr": rate}, {"params": heads, "lr": 8e-4}], weight_decay=0.01, fused=True
    )
    schedule = torch.optim.lr_scheduler.LambdaLR(
        optimizer, lambda i: min(1, i / 60) * max(0.01, 1 - i / len(plan))
    )
    began, sums, tokens = time.time(), defaultdict(list), 0
    for step, part in enumerate(plan, 1):
        network.train()
        network.encoder.eval()  # no dropout inside: drawing its masks takes longer than the rest of the step
        ids, shapes = tensors(part)
        # In place of dropout: a share of the words is hidden, so that the rest has to do.
        hidden = network.encode(
            torch.where((torch.rand(ids.shape) < HIDE) & (ids > END), HIDDEN_WORD, ids), shapes
        )
        losses = {
            "attribution": attribution_loss(network, hidden, ids, part),
            "names": names_loss(network, hidden, ids, part),
        }
        losses |= claims_loss(network, hidden, ids, part)
        sum(losses.values()).backward()  # type: ignore[union-attr]
        torch.nn.utils.clip_grad_norm_(network.parameters(), 1.0)
        optimizer.step()
        schedule.step()
        optimizer.zero_grad()
        tokens += ids.numel()
        for name, value in losses.items():
            if value.item():
                sums[name].append(value.item())
        if step % 20 == 0:
            spent = time.time() - began
            print(
                f"{step}/{len(plan)} {tokens / spent:.0f} tokens/s {spent:.0f} s "
                + " ".join(f"{k} {np.mean(v):.3f}" for k, v in sums.items()),
                flush=True,
            )
            sums.clear()
        if step % 300 == 0 or step in (stop, len(plan)):
            torch.save(network.state_dict(), out)
            print(f"held back at {step}: " + report_on(network, kept), flush=True)
        if step == stop:
            break


@torch.no_grad()
def report_on(network: Network, kept: list[ClaimItem]) -> str:
    """Mean losses on windows held back."""
    network.eval()
    sums = defaultdict(list)
    for at in range(0, len(kept), 16):
        part = kept[at : at + 16]
        ids, shapes = tensors(part)  # type: ignore[arg-type]
        hidden = network.encode(ids, shapes)
        for name, value in claims_loss(network, hidden, ids, part).items():  # type: ignore[arg-type]
            sums[name].append(value.item())
    return " ".join(f"{k} {np.mean(v):.3f}" for k, v in sums.items())


if __name__ == "__main__":
    typer.run(main)
