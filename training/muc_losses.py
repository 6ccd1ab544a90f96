"""The heads for MUC-4 and their loss; for an encoder of any width."""

from __future__ import annotations

from collections.abc import Sequence

import torch
from torch import Tensor, nn
from torch.nn import functional as F

from training.corpora import Item
from training.muc_labels import Mention, MucItem, Sentence
from variorum.evaluation.muc4.outputs import (
    KINDS,
    MENTION_OUTPUTS,
    PAIR_WIDTH,
    SENTENCE_OUTPUTS,
    WINDOW_OUTPUTS,
)

INNER = 192
FILLING = 4.0
"""A word that fills a slot counts as much as so many that do not: they are rare, and precision is a threshold's to decide."""
BY_ITSELF = ("type", "foreign")
"""Outputs of a mention whose values are decided each by itself; of the others one is chosen."""
WEIGHTS = {"roles": 20.0, "mention": 0.15, "sentence": 1.5, "window": 0.4, "pair": 0.5}
"""Words that fill a slot are few, so the mean loss over all words is small; a mention's is a sum over all its outputs."""


class Decisions(nn.Module):
    """Everything there is to decide about a span, from its words' states."""

    def __init__(self, inputs: int, outputs: dict[str, tuple[str, ...]]) -> None:
        super().__init__()
        self.sizes = {name: len(values) for name, values in outputs.items()}
        self.inner = nn.Linear(inputs, INNER)
        self.outer = nn.Linear(INNER, sum(self.sizes.values()))
        self.drop = nn.Dropout(0.1)

    def forward(self, pooled: Tensor) -> dict[str, Tensor]:
        """Scores by output, each [spans, values]."""
        scores = self.outer(self.drop(F.relu(self.inner(self.drop(pooled)))))
        return dict(zip(self.sizes, scores.split(list(self.sizes.values()), dim=1), strict=True))


class MucHeads(nn.Module):
    """The heads for MUC-4 on the states of an encoder; hidden: their width."""

    def __init__(self, hidden: int) -> None:
        super().__init__()
        self.muc_roles = nn.Linear(hidden, 3 * len(KINDS))  # begins and continues words of each kind
        self.muc_mention = Decisions(2 * hidden + len(KINDS), MENTION_OUTPUTS)  # mention, sentence, kind
        self.muc_sentence = Decisions(2 * hidden, SENTENCE_OUTPUTS)  # sentence, start mark
        self.muc_window = nn.Linear(2 * hidden, len(WINDOW_OUTPUTS["relevant"]))  # start mark, all words
        self.muc_pair = nn.Linear(2 * hidden, 2 * PAIR_WIDTH)  # mention, sentence


def means(hidden: Tensor, rows: Sequence[int], places: Sequence[Sequence[int]]) -> Tensor:
    """[spans, width]: the mean state of each span's words."""
    return torch.stack([hidden[r, list(p)].mean(0) for r, p in zip(rows, places, strict=True)])


def mention_vectors(
    hidden: Tensor, rows: Sequence[int], places: Sequence[Sequence[int]], lines: Sequence[Sequence[int]]
) -> Tensor:
    """[spans, 2 * width]: the mean state of each span's words, and that of its sentence's."""
    return torch.cat([means(hidden, rows, places), means(hidden, rows, lines)], dim=1)


def sentence_scores(
    heads: MucHeads, hidden: Tensor, sentences: Sequence[tuple[int, Sentence]]
) -> dict[str, Tensor]:
    """The scores of sentences, each in the window of its row, by output."""
    states = means(hidden, [r for r, _ in sentences], [s.places for _, s in sentences])
    return heads.muc_sentence(torch.cat([states, hidden[[r for r, _ in sentences], 0]], dim=1))  # type: ignore[no-any-return]


def mention_scores(
    heads: MucHeads, hidden: Tensor, mentions: Sequence[tuple[int, MucItem, Mention]]
) -> tuple[Tensor, dict[str, Tensor]]:
    """The vectors of mentions, each in the window of its row, and their scores by output."""
    lines = [
        [i for i, s in enumerate(item.sentences) if s == item.sentences[m.places[0]]]
        for _, item, m in mentions
    ]
    states = mention_vectors(hidden, [r for r, _, _ in mentions], [m.places for _, _, m in mentions], lines)
    kinds = F.one_hot(torch.tensor([m.kind for _, _, m in mentions]), len(KINDS)).float()
    return states, heads.muc_mention(torch.cat([states, kinds], dim=1))


def muc_losses(heads: MucHeads, hidden: Tensor, ids: Tensor, part: Sequence[Item]) -> dict[str, Tensor]:
    """The losses by what they are; hidden: [windows, tokens, width], ids: [windows, tokens]. None without MUC-4 windows."""
    rows = [(row, item) for row, item in enumerate(part) if isinstance(item, MucItem)]
    if not rows:
        return {}
    gold = torch.full((len(part), len(KINDS), ids.shape[1]), -100)
    for row, item in rows:
        gold[row, :, : len(item.ids)] = torch.from_numpy(item.roles)
    scores = heads.muc_roles(hidden).unflatten(-1, (-1, 3)).transpose(1, 2)
    weight = torch.tensor([1.0, FILLING, FILLING])
    found = {"roles": F.cross_entropy(scores.flatten(0, 2), gold.flatten(), weight, ignore_index=-100)}
    found["window"] = _window(heads, hidden, rows)
    sentences = [(row, s) for row, item in rows for s in item.told]
    if sentences:
        out = sentence_scores(heads, hidden, sentences)
        wanted = {"type": "types", "stage": "stages", "category": "categories", "instrument": "instruments"}
        found["sentence"] = torch.stack(
            [
                F.binary_cross_entropy_with_logits(
                    out[name], torch.tensor([getattr(s, attribute) for _, s in sentences])
                )
                for name, attribute in wanted.items()
            ]
        ).sum()
    mentions = [(row, item, m) for row, item in rows for m in item.mentions]
    if mentions:
        states, out = mention_scores(heads, hidden, mentions)
        found["mention"] = _mention(out, mentions)
        pair = _pair(heads, states, mentions)
        if pair is not None:
            found["pair"] = pair
    return found


def muc_loss(heads: MucHeads, hidden: Tensor, ids: Tensor, part: Sequence[Item]) -> Tensor:
    """The weighed sum of all losses; 0 without MUC-4 windows."""
    losses = muc_losses(heads, hidden, ids, part)
    return sum((WEIGHTS[name] * loss for name, loss in losses.items()), start=hidden.new_zeros(()))


def _window(heads: MucHeads, hidden: Tensor, rows: list[tuple[int, MucItem]]) -> Tensor:
    at = [row for row, _ in rows]
    whole = means(hidden, at, [range(1, len(item.ids) - 1) for _, item in rows])
    wanted = torch.tensor([item.relevant for _, item in rows])
    return F.binary_cross_entropy_with_logits(
        heads.muc_window(torch.cat([hidden[at, 0], whole], dim=1)), wanted
    )


def _mention(out: dict[str, Tensor], mentions: list) -> Tensor:  # type: ignore[type-arg]
    """Mean over mentions of the sum of what is known of each."""
    losses = [
        F.binary_cross_entropy_with_logits(out["type"], torch.tensor([m.types for _, _, m in mentions]))
    ]
    for name, score in out.items():
        if name == "type":
            continue
        known = [(n, m.values[name]) for n, (_, _, m) in enumerate(mentions) if name in m.values]
        if not known:
            continue
        some, wanted = score[[n for n, _ in known]], torch.tensor([v for _, v in known])
        if name in BY_ITSELF:
            losses.append(F.binary_cross_entropy_with_logits(some[:, 0], wanted.float()))
        else:
            losses.append(F.cross_entropy(some, wanted))
    return torch.stack(losses).sum()


def _pair(heads: MucHeads, states: Tensor, mentions: list) -> Tensor | None:  # type: ignore[type-arg]
    """Whether two mentions in one window belong to one incident, and whether other words of one kind are the same filler."""
    left, right, wanted, which = [], [], [], []
    for a, (row, item, one) in enumerate(mentions):
        for b in range(a + 1, len(mentions)):
            other_row, _, two = mentions[b]
            if other_row != row:
                continue
            pairs = []
            if one.entity != two.entity:
                pairs.append((0, bool(set(one.templates) & set(two.templates))))
            words = ([item.ids[p] for p in m.places] for m in (one, two))
            if one.kind == two.kind and len({tuple(w) for w in words}) == 2:
                pairs.append((1, one.entity == two.entity))
            for relation, same in pairs:
                left.append(a)
                right.append(b)
                which.append(relation)
                wanted.append(float(same))
    if not left:
        return None
    vectors = heads.muc_pair(states).unflatten(1, (2, PAIR_WIDTH))
    score = (vectors[left, which] * vectors[right, which]).sum(1) / PAIR_WIDTH**0.5
    return F.binary_cross_entropy_with_logits(score, torch.tensor(wanted))
