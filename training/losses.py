"""The losses of the heads, each a mean over what its corpus labels."""

from __future__ import annotations

import torch
from torch import Tensor
from torch.nn import functional as F

from training.claim_labels import ClaimItem, Labelled
from training.corpora import Item
from training.network import Network, pool


def tensors(part: list[Item]) -> tuple[Tensor, Tensor]:
    """Ids and shapes of a batch, padded with 0."""
    longest = max(len(i.ids) for i in part)
    ids, shapes = (
        torch.zeros(len(part), longest, dtype=torch.long),
        torch.zeros(len(part), longest, dtype=torch.long),
    )
    for row, item in enumerate(part):
        ids[row, : len(item.ids)] = torch.tensor(item.ids)
        shapes[row, : len(item.ids)] = torch.tensor(item.shapes)
    return ids, shapes


def sentences_in(part: list[Item], width: int) -> Tensor:
    """The sentence of each token of a batch; those of the padding do not count."""
    return torch.tensor([item.sentences + [0] * (width - len(item.sentences)) for item in part])


def _pointed(
    score: Tensor, wanted: list[list[int]], lengths: list[int], alike: list[list[int]] | None = None
) -> Tensor:
    """Mean cross-entropy of pointing at the wanted tokens; score is [spans, tokens], the wanted may be several.

    Tokens `alike` are as good and cost nothing either way.
    """
    gold, mask = torch.zeros_like(score), torch.zeros_like(score)
    for n, (places, length) in enumerate(zip(wanted, lengths, strict=True)):
        gold[n, places] = 1
        mask[n, :length] = 1
        if alike:
            mask[n, alike[n]] = 0
    return (F.binary_cross_entropy_with_logits(score, gold, reduction="none") * mask).sum() / mask.sum()


def _foremost(score: Tensor, wanted: list[list[int]], lengths: list[int], alike: list[list[int]]) -> Tensor:
    """Mean cross-entropy of the likeliest token being a wanted one or one alike: the pointer's peak is what is read."""
    gold, inside = torch.full_like(score, -torch.inf), torch.full_like(score, -torch.inf)
    for n, (places, length) in enumerate(zip(wanted, lengths, strict=True)):
        gold[n, [*places, *alike[n]]] = 0
        inside[n, :length] = 0
    return ((score + inside).logsumexp(1) - (score + gold).logsumexp(1)).mean()


def attribution_loss(network: Network, hidden: Tensor, ids: Tensor, part: list[Item]) -> Tensor:
    """Cue tags and, for each cue, the tokens of its source and content."""
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
        score = network.roles(hidden, torch.tensor(rows), cues, sentences_in(part, ids.shape[1]))
        lengths = [len(part[r].ids) for r in rows]
        for role in (0, 1):
            loss = loss + 4 * _pointed(score[:, :, role], [g[role] for g in gold], lengths)
    return loss


def names_loss(network: Network, hidden: Tensor, ids: Tensor, part: list[Item]) -> Tensor:
    """Tags of names."""
    labels = torch.full_like(ids, -100)
    for row, item in enumerate(part):
        if item.names is not None:
            labels[row, : len(item.ids)] = torch.tensor(item.names)
    if not (labels >= 0).any():
        return hidden.new_zeros(())
    return F.cross_entropy(network.names(hidden).flatten(0, 1), labels.flatten(), ignore_index=-100)


def claims_loss(network: Network, hidden: Tensor, ids: Tensor, part: list[Item]) -> dict[str, Tensor]:
    """Everything about claims; keyed by what it is."""
    found: dict[str, Tensor] = {}
    claimed = [(row, item) for row, item in enumerate(part) if isinstance(item, ClaimItem)]
    if not claimed:
        return found
    scores = network.spans(hidden).unflatten(-1, (-1, 3))
    losses = []
    for row, item in claimed:
        size = len(item.ids)
        assert item.tags is not None
        losses.append(
            F.cross_entropy(
                scores[row, :size].transpose(0, 1).flatten(0, 1), torch.tensor(item.tags).flatten()
            )
        )
    found["spans"] = 3 * torch.stack(losses).mean()
    tags = network.actors(hidden)
    found["actors"] = (
        3
        * torch.stack(
            [F.cross_entropy(tags[row, : len(item.ids)], torch.tensor(item.actors)) for row, item in claimed]
        ).mean()
    )
    tolls = [(row, x) for row, item in claimed for x in item.tolls]
    if tolls:
        out = network.toll(pooled(hidden, tolls))
        wanted = torch.tensor([x.outcomes for _, x in tolls])
        found["outcome"] = 8 * F.binary_cross_entropy_with_logits(out["outcome"], wanted)
        counted = [n for n, (_, x) in enumerate(tolls) if any(x.outcomes or ())]
        _decisions(found, "toll ", out, [(n, tolls[n][1]) for n in counted])
    spans = [(row, x) for row, item in claimed for x in item.spans]
    if spans:
        out = network.span(pooled(hidden, spans))
        _decisions(found, "span ", out, [(n, x) for n, (_, x) in enumerate(spans)])
        numberless = [(n, x.outcomes) for n, (_, x) in enumerate(spans) if x.outcomes]
        if numberless:
            wanted = torch.tensor([o for _, o in numberless])
            found["span outcome"] = F.binary_cross_entropy_with_logits(
                out["outcome"][[n for n, _ in numberless]], wanted
            )
    both = [(row, x) for row, x in tolls if any(x.outcomes or ())] + spans
    for role, name in ((0, "source"), (1, "actor")):
        told = [(row, x) for row, x in both if getattr(x, name)]
        if told:
            score = network.claim_roles(
                hidden,
                torch.tensor([r for r, _ in told]),
                [x.whole for _, x in told],
                sentences_in(part, ids.shape[1]),
            )
            wanted, lengths = [getattr(x, name) for _, x in told], [len(part[r].ids) for r, _ in told]
            alike = [x.alike if name == "source" else [] for _, x in told]
            found[name] = 4 * _pointed(score[:, :, role], wanted, lengths, alike)
            found[name + " first"] = 0.15 * _foremost(score[:, :, role], wanted, lengths, alike)
    return found


def pooled(hidden: Tensor, spans: list[tuple[int, Labelled]]) -> Tensor:
    return pool(
        hidden,
        [row for row, _ in spans],
        [x.head for _, x in spans],
        [x.whole for _, x in spans],
        torch.tensor([x.features for _, x in spans]),
    )


WEIGHTS = {
    "certainty": 0.7,
    "group": 0.7,
    "background": 0.5,
    "has_source": 0.7,
    "has_actor": 0.4,
    "combined": 0.3,
    "stance": 0.7,
    "denies": 0.4,
    "value": 0.5,
}


def _decisions(
    found: dict[str, Tensor], prefix: str, out: dict[str, Tensor], spans: list[tuple[int, Labelled]]
) -> None:
    for name, weight in WEIGHTS.items():
        known = [(n, x.values[name]) for n, x in spans if x.values.get(name) is not None]
        if not known or name not in out:
            continue
        score, gold = out[name][[n for n, _ in known]], torch.tensor([v for _, v in known])
        if score.shape[1] == 1:
            found[prefix + name] = weight * F.binary_cross_entropy_with_logits(score[:, 0], gold.float())
        else:
            found[prefix + name] = weight * F.cross_entropy(score, gold)
