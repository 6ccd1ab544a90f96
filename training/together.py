"""Training of a network on everything at once, from one plan, in one run that may be stopped and begun again.

    python -m training.together BENCH silver.jsonl BODY OUT --epochs 8

BODY is the unpacked folder of an encoder (MiniLM for what ships, MPNet for the teacher). OUT holds `state.pt` (all that is
needed to go on: start the same command again) and, at the end, `network.pt`.
"""

from __future__ import annotations

import os
import time
from collections import defaultdict
from collections.abc import Sequence
from pathlib import Path
from typing import Annotated

import numpy as np
import torch
import typer
from torch import Tensor

from training.case_windows import case_items
from training.claim_labels import claim_items
from training.corpora import Item, batches, read_lines
from training.held_back import held_back_report
from training.kept_states import States
from training.lessons import give_candidates, lesson_loss, taught_windows
from training.losses import attribution_loss, claims_loss, names_loss, tensors
from training.muc_labels import muc_items
from training.muc_losses import WEIGHTS as MUC_WEIGHTS
from training.muc_losses import muc_losses
from training.network import HIDDEN_WORD, NAME_LABELS, Network
from training.rounded import round_products
from training.written import TEXTS, written
from variorum.reading.encoder.masking import masks_of
from variorum.reading.encoder.names import names_in
from variorum.reading.encoder.windows import END

Corpora = dict[str, list[Item]]
"""Windows by what is known of them: `told` (attributions), `claimed`, `filled` (slots of MUC-4), `empty` (of MUC-4, without
any), `other` (nothing but what a teacher says) and, held back, `kept_claimed` and `kept_filled`."""


def labelled(bench: Path, silver_path: Path) -> Corpora:
    """The training texts as windows with labels. A tenth of the annotated reports is held back."""
    silver = {d["id"]: d["ents"] for d in read_lines(silver_path)}
    found: Corpora = defaultdict(list)
    for d in read_lines(bench / "attribution/train.jsonl"):
        found["told"] += taught_windows(d["text"], d["attributions"], silver.get(d["id"]))
    for folder in ("cases/train", "cases/real"):
        found["claimed"] += case_items(bench / folder, silver, False)
        found["kept_claimed"] += case_items(bench / folder, silver, True)
    for report in written(TEXTS):
        masks = masks_of(report["text"], names_in(report["text"]))
        found["claimed"] += claim_items(report, {}, masks, None, NAME_LABELS)
    for report in read_lines(bench / "muc4/reports.train.jsonl"):
        items = muc_items(report)
        give_candidates(report["text_cased"], items)
        for item in items:
            part = "filled" if item.mentions else "empty"
            if not held_back_report(report["id"]):
                found[part].append(item)
            elif item.mentions:
                found["kept_filled"].append(item)
    return found


def plan_of(
    shares: Sequence[tuple[list[Item], float]], epochs: int, batch: int, seed: int
) -> list[list[Item]]:
    """The batches of all epochs: in each the next share of every corpus, begun anew in another order when it is used up."""
    rng = np.random.default_rng(seed)
    plan: list[list[Item]] = []
    left: list[list[int]] = [[] for _ in shares]
    for _ in range(epochs):
        parts: list[list[Item]] = []
        for n, (items, share) in enumerate(shares):
            size = int(share * len(items))
            while len(left[n]) < size:
                left[n] += rng.permutation(len(items)).tolist()
            some, left[n] = left[n][:size], left[n][size:]
            parts += batches([items[i] for i in some], batch, rng)
        rng.shuffle(parts)  # type: ignore[arg-type]
        plan += parts
    return plan


def all_losses(network: Network, hidden: Tensor, ids: Tensor, part: list[Item]) -> dict[str, Tensor]:
    """Every loss that the labels and lessons of a batch allow, keyed by what it is."""
    found = {
        "attribution": attribution_loss(network, hidden, ids, part),
        "names": names_loss(network, hidden, ids, part),
    }
    found |= claims_loss(network, hidden, ids, part)
    found |= {
        f"muc {name}": MUC_WEIGHTS[name] * loss
        for name, loss in muc_losses(network.muc, hidden, ids, part).items()
    }
    return found | lesson_loss(network, hidden, part)


def main(
    bench: Path,
    silver_path: Path,
    body: Path,
    out: Path,
    epochs: int = 8,
    batch: int = 12,
    told: Annotated[float, typer.Option(help="share of the windows with attributions in each epoch")] = 0.35,
    filled: Annotated[float, typer.Option(help="share of those with fillers of MUC-4")] = 0.5,
    empty: Annotated[float, typer.Option(help="share of those of MUC-4 without any")] = 0.1,
    other: Annotated[float, typer.Option(help="share of those with nothing but lessons")] = 0.35,
    lessons: Annotated[Path | None, typer.Option(help="what a teacher makes of the texts")] = None,
    start: Annotated[Path | None, typer.Option(help="begin with the weights of another run")] = None,
    rate: Annotated[float, typer.Option(help="of the encoder; the heads' is `head_rate`")] = 1.2e-4,
    head_rate: float = 8e-4,
    hide: Annotated[
        float, typer.Option(help="share of words, or of states below the cut, hidden in place of dropout")
    ] = 0.06,
    rounded: Annotated[
        float, typer.Option(help="share of the steps, the last, with states and weights rounded as they ship")
    ] = 0.0,
    seed: int = 3,
    threads: int = 2,
) -> None:
    torch.set_num_threads(threads)
    # Numbers too small to matter cost a processor a hundred times as much as others.
    torch.set_flush_denormal(True)
    torch.manual_seed(seed)
    corpora: Corpora = torch.load(lessons, weights_only=False) if lessons else labelled(bench, silver_path)
    print({name: len(items) for name, items in corpora.items()}, flush=True)
    shares = {"claimed": 1.0, "told": told, "filled": filled, "empty": empty, "other": other}
    plan = plan_of([(corpora.get(name, []), share) for name, share in shares.items()], epochs, batch, seed)
    network = Network(body)
    if start is not None:
        print(network.load_state_dict(torch.load(start), strict=False), flush=True)
    network.encoder.body.embeddings.requires_grad_(False)
    cut = network.encoder.cut
    for layer in network.encoder.body.encoder.layer[:cut]:
        layer.requires_grad_(False)
    learns = [p for p in network.encoder.parameters() if p.requires_grad]
    heads = [p for name, p in network.named_parameters() if not name.startswith("encoder")]
    optimizer = torch.optim.AdamW(
        [{"params": learns, "lr": rate}, {"params": heads, "lr": head_rate}], weight_decay=0.01, fused=True
    )
    schedule = torch.optim.lr_scheduler.LambdaLR(
        optimizer, lambda i: min(1, i / 80) * max(0.01, 1 - i / len(plan))
    )
    out.mkdir(parents=True, exist_ok=True)
    read = [item for name in shares for item in corpora.get(name, [])]
    below = States(network, read, out / "states") if cut else None
    done = 0
    if (out / "state.pt").exists():
        state = torch.load(out / "state.pt")
        done = state["step"]
        network.load_state_dict(state["network"])
        optimizer.load_state_dict(state["optimizer"])
        schedule.load_state_dict(state["schedule"])
        torch.set_rng_state(state["dice"])
    began, sums, tokens = time.time(), defaultdict(list), 0
    smooth = round((1 - rounded) * len(plan))
    if done > smooth:
        round_products(network.encoder)
    for step, part in enumerate(plan[done:], done + 1):
        if step == smooth + 1:
            round_products(network.encoder)
        network.train()
        network.encoder.eval()  # no dropout inside: drawing its masks takes long
        ids, shapes = tensors(part)
        away = (torch.rand(ids.shape) < hide) & (ids > END)
        if below:
            hidden = network.encode(ids, shapes, below.of(part) * ~away[:, :, None])
        else:
            hidden = network.encode(torch.where(away, HIDDEN_WORD, ids), shapes)
        losses = all_losses(network, hidden, ids, part)
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
            means = " ".join(f"{k} {np.mean(v):.3f}" for k, v in sums.items())
            print(f"{step}/{len(plan)} {tokens / spent:.0f} tokens/s {spent:.0f} s {means}", flush=True)
            sums.clear()
        if step % 100 == 0 or step == len(plan):
            state = {
                "step": step,
                "network": network.state_dict(),
                "optimizer": optimizer.state_dict(),
                "schedule": schedule.state_dict(),
                "dice": torch.get_rng_state(),
            }
            torch.save(state, out / "state.new")
            os.replace(out / "state.new", out / "state.pt")
        if step % 300 == 0 or step == len(plan):
            kept = corpora["kept_claimed"] + corpora["kept_filled"]
            print(f"held back at {step}: " + report_on(network, kept), flush=True)
    torch.save(network.state_dict(), out / "network.pt")


@torch.no_grad()
def report_on(network: Network, kept: list[Item]) -> str:
    """Mean losses on windows held back."""
    network.eval()
    sums = defaultdict(list)
    for at in range(0, len(kept), 16):
        part = kept[at : at + 16]
        ids, shapes = tensors(part)
        hidden = network.encode(ids, shapes)
        for name, value in all_losses(network, hidden, ids, part).items():
            if value.item():
                sums[name].append(value.item())
    return " ".join(f"{k} {np.mean(v):.3f}" for k, v in sums.items())


if __name__ == "__main__":
    typer.run(main)
