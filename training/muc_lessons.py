"""What a teacher makes of the roles of MUC-4, kept for a smaller network to learn from; see `lessons`."""

from __future__ import annotations

from dataclasses import dataclass

import torch
from torch import Tensor
from torch.nn import functional as F

from training.corpora import Item
from training.muc_labels import MucItem
from training.muc_losses import BY_ITSELF, FILLING, WEIGHTS, MucHeads, mention_scores, sentence_scores


@dataclass
class MucLesson:
    """The teacher's raw scores on one window, in half precision: of its words, and of what its labels name."""

    roles: Tensor  # [tokens, 3 * kinds]
    mentions: dict[str, Tensor]  # by output: [mentions, values]
    sentences: dict[str, Tensor]  # by output: [sentences, values]


def muc_lesson_of(heads: MucHeads, hidden: Tensor, item: Item) -> MucLesson:
    """The teacher's scores on a window; hidden: [1, tokens, width]."""
    mentions, sentences = _decisions(heads, hidden, item)
    return MucLesson(
        heads.muc_roles(hidden)[0].half(),
        {name: scores.half() for name, scores in mentions.items()},
        {name: scores.half() for name, scores in sentences.items()},
    )


def muc_lesson_loss(heads: MucHeads, hidden: Tensor, item: Item, lesson: MucLesson) -> dict[str, Tensor]:
    """How far the pupil is from its teacher on a window, weighed as the labels' losses are; hidden: [1, tokens, width]."""
    mine = heads.muc_roles(hidden)[0].unflatten(-1, (-1, 3))
    theirs = lesson.roles.float().unflatten(-1, (-1, 3)).softmax(-1)
    weight = 1 + (FILLING - 1) * (1 - theirs[..., 0])
    apart = -(theirs * mine.log_softmax(-1)).sum(-1)
    found = {"roles": WEIGHTS["roles"] * (weight * apart).sum() / weight.sum()}
    mentions, sentences = _decisions(heads, hidden, item)
    if mentions:
        found["mention"] = WEIGHTS["mention"] * _apart(mentions, lesson.mentions)
    if sentences:
        found["sentence"] = WEIGHTS["sentence"] * _apart(sentences, lesson.sentences, every=True)
    return found


def _decisions(heads: MucHeads, hidden: Tensor, item: Item) -> tuple[dict[str, Tensor], dict[str, Tensor]]:
    if not isinstance(item, MucItem):
        return {}, {}
    mentions = (
        mention_scores(heads, hidden, [(0, item, m) for m in item.mentions])[1] if item.mentions else {}
    )
    return mentions, sentence_scores(heads, hidden, [(0, s) for s in item.told]) if item.told else {}


def _apart(mine: dict[str, Tensor], theirs: dict[str, Tensor], every: bool = False) -> Tensor:
    """Cross-entropy with the teacher's probabilities, summed over outputs; `every` value by itself, or one of each output's."""
    losses = []
    for name, score in mine.items():
        wanted = theirs[name].float()
        if every or name in BY_ITSELF:
            losses.append(F.binary_cross_entropy_with_logits(score, wanted.sigmoid()))
        else:
            losses.append(-(wanted.softmax(-1) * score.log_softmax(-1)).sum(-1).mean())
    return torch.stack(losses).sum()
