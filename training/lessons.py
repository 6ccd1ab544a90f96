"""What a teacher makes of windows, kept for a smaller network to learn from (Hinton, Vinyals and Dean 2015, arXiv:1503.02531).

    python -m training.lessons BENCH silver.jsonl BODY network.pt lessons.pt

Both networks read the same word pieces, so that every score of the teacher has its place in the pupil. A lesson holds the
teacher's raw scores: for each piece those of the tags, for each cue, figure and span that it finds those of the decisions and of
the pointers. Texts without annotations are taught as well: they cost the pupil nothing but time, and show it other styles.
"""

from __future__ import annotations

import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import torch
import typer
from torch import Tensor
from torch.nn import functional as F

from training.claim_labels import Labelled
from training.corpora import Item, items_of, read_lines
from training.losses import WEIGHTS, pooled, sentences_in, tensors
from training.muc_lessons import MucLesson, muc_lesson_loss, muc_lesson_of
from training.network import NAME_LABELS, Network
from variorum.reading.attribution import cues
from variorum.reading.encoder.features import quantity_features
from variorum.reading.encoder.masking import masks_of
from variorum.reading.encoder.names import names_in
from variorum.reading.encoder.outputs import SPAN_KINDS
from variorum.reading.encoder.windows import pieces_of, windows_of
from variorum.reading.quantities import find_quantities

SURE = 0.3
"""Least probability of a figure to count somebody, or of a piece to belong to a span, for the pointers to be asked."""
TAGS = {"cue": 1.0, "names": 0.5, "spans": 3.0, "actors": 3.0}
"""Heads with scores for each piece, and their weight in the loss."""


@dataclass
class Lesson:
    """The teacher's raw scores on one window, in half precision."""

    tags: dict[str, Tensor]  # by head: [tokens, labels]
    cues: list[list[int]]
    cue_roles: Tensor  # [cues, tokens, roles]
    tolls: list[Labelled]
    toll_scores: dict[str, Tensor]  # by output: [tolls, values]
    spans: list[Labelled]
    span_scores: dict[str, Tensor]
    pointed: list[int]  # of tolls followed by spans, those whose pointers were asked
    claim_roles: Tensor  # [pointed, tokens, roles]
    muc: MucLesson


def unlabelled(bench: Path) -> Iterator[Item]:
    """Windows of training texts that have no labels at all."""
    for d in read_lines(bench / "linking/train.jsonl"):
        yield from taught_windows(d["text"][:6000])


def taught_windows(
    text: str, attributions: list[dict] | None = None, names: list[list] | None = None
) -> list[Item]:
    """The windows of a text with the labels it has, each with its candidates."""
    items = list(items_of(text, attributions, names, NAME_LABELS, masks_of(text, names_in(text))))
    give_candidates(text, items)
    return items


def give_candidates(text: str, items: Sequence[Item]) -> None:
    """Give the windows of a text its figures, as candidates for tolls."""
    pieces = pieces_of(text, masks_of(text, names_in(text)))
    found = find_quantities(text)
    for window, item in zip(windows_of(text, pieces), items, strict=True):
        item.candidates = []
        for quantity in found:
            head, whole = (
                [p - window.first + 1 for p in pieces.inside(a, b) if window.first <= p < window.last]
                for a, b in ((quantity.number_start, quantity.number_end), (quantity.start, quantity.end))
            )
            if whole:
                item.candidates.append(Labelled(head or whole, whole, quantity_features(text, quantity)))


@torch.no_grad()
def lessons_of(network: Network, part: list[Item]) -> list[Lesson]:
    """The teacher's scores on a batch. The candidates for tolls are those of the items."""
    ids, shapes = tensors(part)
    hidden = network.encode(ids, shapes)
    found = []
    for row, item in enumerate(part):
        size = len(item.ids)
        one = hidden[row : row + 1, :size]
        tags = {name: getattr(network, name)(one)[0] for name in TAGS}
        lines = sentences_in([item], size)
        cued = [list(range(a, b + 1)) for a, b in cues(tags["cue"].softmax(-1).numpy())]
        tolls = item.candidates or []
        spans = _spans(tags["spans"])
        toll_scores = network.toll(pooled(one, [(0, t) for t in tolls])) if tolls else {}
        span_scores = network.span(pooled(one, [(0, s) for s in spans])) if spans else {}
        counting = toll_scores["outcome"].sigmoid().amax(1) if tolls else []
        both = [*tolls, *spans]
        asked = [n for n in range(len(both)) if n >= len(tolls) or counting[n] > SURE]
        found.append(
            Lesson(
                {k: v.half() for k, v in tags.items()},
                cued,
                _point(network.roles, one, cued, lines),
                tolls,
                {k: v.half() for k, v in toll_scores.items()},
                spans,
                {k: v.half() for k, v in span_scores.items()},
                asked,
                _point(network.claim_roles, one, [both[n].whole for n in asked], lines),
                muc_lesson_of(network.muc, one, item),
            )
        )
    return found


def _point(head, hidden: Tensor, spans: list[list[int]], lines: Tensor) -> Tensor:  # type: ignore[no-untyped-def]
    if not spans:
        return torch.zeros(0, hidden.shape[1], head.roles).half()
    return head(hidden, torch.zeros(len(spans), dtype=torch.long), spans, lines).half()  # type: ignore[no-any-return]


def _spans(scores: Tensor) -> list[Labelled]:
    """Runs of pieces that the teacher takes for a span, by kind."""
    found = []
    for kind, tags in enumerate(scores.unflatten(-1, (-1, 3)).softmax(-1).unbind(1)):
        inside = (1 - tags[:, 0] > SURE).tolist()
        begins = (tags[:, 1] > tags[:, 2]).tolist()
        features = [float(kind == k) for k in range(len(SPAN_KINDS))]
        run: list[int] = []
        for place in range(len(inside) + 1):
            broken = place == len(inside) or not inside[place] or begins[place]
            if run and broken:
                found.append(Labelled(run[:1], run, features, kind=kind))
                run = []
            if place < len(inside) and inside[place]:
                run = [*run, place]
    return found


def lesson_loss(network: Network, hidden: Tensor, part: list[Item]) -> dict[str, Tensor]:
    """How far the pupil is from its teacher: cross-entropy with the teacher's probabilities, keyed by what it is."""
    found: dict[str, list[Tensor]] = {}
    for row, item in enumerate(part):
        lesson = item.lesson
        if lesson is None:
            continue
        size = len(item.ids)
        one = hidden[row : row + 1, :size]
        lines = sentences_in([item], size)
        for name, weight in TAGS.items():
            mine, theirs = getattr(network, name)(one)[0], lesson.tags[name].float()
            if name == "spans":
                mine, theirs = mine.unflatten(-1, (-1, 3)), theirs.unflatten(-1, (-1, 3))
            found.setdefault(name, []).append(weight * _soft(mine, theirs))
        pointers = []
        if lesson.cues:
            rows = torch.zeros(len(lesson.cues), dtype=torch.long)
            pointers.append(_pointed(network.roles(one, rows, lesson.cues, lines), lesson.cue_roles))
        if lesson.tolls:
            out = network.toll(pooled(one, [(0, t) for t in lesson.tolls]))
            wanted = lesson.toll_scores["outcome"].float()
            found.setdefault("outcome", []).append(8 * _binary(out["outcome"], wanted))
            counted = wanted.sigmoid().amax(1) > SURE
            if counted.any():
                found.setdefault("decisions", []).append(_decided(out, lesson.toll_scores, counted))
        if lesson.spans:
            out = network.span(pooled(one, [(0, s) for s in lesson.spans]))
            every = torch.ones(len(lesson.spans), dtype=torch.bool)
            found.setdefault("decisions", []).append(_decided(out, lesson.span_scores, every))
        if lesson.pointed:
            both = [*lesson.tolls, *lesson.spans]
            rows = torch.zeros(len(lesson.pointed), dtype=torch.long)
            score = network.claim_roles(one, rows, [both[n].whole for n in lesson.pointed], lines)
            pointers.append(_pointed(score, lesson.claim_roles))
        for name, loss in muc_lesson_loss(network.muc, one, item, lesson.muc).items():
            found.setdefault(f"muc {name}", []).append(loss)
        if pointers:
            found.setdefault("pointers", []).append(torch.stack(pointers).sum())
    return {f"taught {name}": torch.stack(losses).mean() for name, losses in found.items()}


def _soft(mine: Tensor, theirs: Tensor) -> Tensor:
    return -(theirs.softmax(-1) * mine.log_softmax(-1)).sum(-1).mean()


def _binary(mine: Tensor, theirs: Tensor) -> Tensor:
    return F.binary_cross_entropy_with_logits(mine, theirs.sigmoid())


def _pointed(mine: Tensor, theirs: Tensor) -> Tensor:
    theirs = theirs.float()
    peak = -(theirs.softmax(1) * mine.log_softmax(1)).sum(1).mean()
    return 8 * _binary(mine, theirs) + 0.15 * peak


def _decided(mine: dict[str, Tensor], theirs: dict[str, Tensor], which: Tensor) -> Tensor:
    losses = []
    for name, weight in WEIGHTS.items():
        if name in mine:
            one, two = mine[name][which], theirs[name][which].float()
            losses.append(weight * (_binary(one, two) if one.shape[1] == 1 else _soft(one, two)))
    return torch.stack(losses).sum()


def teach(network: Network, items: list[Item], batch: int = 16) -> None:
    """Give each item its lesson."""
    network.eval()
    order = sorted(range(len(items)), key=lambda n: len(items[n].ids))
    began = time.time()
    for at in range(0, len(order), batch):
        part = [items[n] for n in order[at : at + batch]]
        for item, lesson in zip(part, lessons_of(network, part), strict=True):
            item.lesson = lesson
        if at % (20 * batch) == 0:
            print(f"{at}/{len(order)} windows, {time.time() - began:.0f} s", flush=True)


def main(
    bench: Path, silver_path: Path, body: Path, weights: Path, out: Path, threads: int = 2, limit: int = 0
) -> None:
    from training.together import labelled

    torch.set_num_threads(threads)
    torch.set_flush_denormal(True)
    network = Network(body)
    network.load_state_dict(torch.load(weights))
    corpora = labelled(bench, silver_path)
    corpora["other"] = list(unlabelled(bench))
    for item in corpora["claimed"]:
        item.candidates = item.tolls  # type: ignore[attr-defined]
    if limit:
        corpora = {name: items[:: 1 + len(items) // limit] for name, items in corpora.items()}
    teach(network, [item for name, items in corpora.items() if "kept" not in name for item in items])
    torch.save(dict(corpora), out)


if __name__ == "__main__":
    # Lessons are stored with the name of their class: it must not be that of a script.
    from training.lessons import main as taught

    typer.run(taught)
