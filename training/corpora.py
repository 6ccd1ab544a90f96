"""The training data as windows with labels."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from variorum.reading.encoder.masking import Mask
from variorum.reading.encoder.windows import END, START, Pieces, Window, pieces_of, sentences_of, windows_of

Spans = list[list[int]]


@dataclass
class Item:
    """One window: word pieces with marks, and whatever labels its corpus has (None: not labelled)."""

    ids: list[int]
    shapes: list[int]
    sentences: list[int]
    cues: list[tuple[list[int], list[int], list[int]]] | None = None  # cue, source, content places
    names: list[int] | None = None
    candidates: list[Any] | None = None  # figures that may be tolls, for a teacher (claim_labels.Labelled)
    lesson: Any = None  # what a teacher makes of the window (lessons.Lesson)


def items_of(
    text: str,
    attributions: list[dict] | None,
    names: list[list] | None,
    labels: tuple[str, ...],
    masks: Sequence[Mask] = (),
) -> Iterator[Item]:
    """The windows of one text, places counted from the start mark."""
    pieces = pieces_of(text, masks)
    sentences = sentences_of(text, pieces)

    def places(spans: Iterable[Iterable[int]], window: Window) -> list[int]:
        return sorted(
            {
                p - window.first + 1
                for a, b in spans
                for p in pieces.inside(a, b)
                if window.first <= p < window.last
            }
        )

    for window in windows_of(text, pieces):
        item = Item(*with_marks(pieces, sentences, window))
        if attributions is not None:
            item.cues = []
            for a in attributions:
                cue, source, content = (places(a[r], window) for r in ("cue", "source", "content"))
                whole = {p for x, y in a["cue"] for p in pieces.inside(x, y)}
                if cue and len(cue) == len(whole):
                    item.cues.append((cue, source, content))
        if names is not None:
            tags = [0] * len(item.ids)
            for a, b, label in names:
                for n, p in enumerate(places([(a, b)], window)):
                    tags[p] = 1 + 2 * labels.index(label) + (n > 0)
            item.names = tags
        yield item


def with_marks(
    pieces: Pieces, sentences: np.ndarray, window: Window
) -> tuple[list[int], list[int], list[int]]:
    """Ids, shapes and sentences of a window's pieces, with those of its start and end marks."""
    cut = slice(window.first, window.last)
    lines = sentences[cut].tolist()
    return (
        [START, *pieces.ids[cut].tolist(), END],
        [4, *pieces.shapes[cut].tolist(), 4],
        [lines[0] - 1, *lines, lines[-1] + 1],
    )


def read_lines(path: Path) -> Iterator[dict]:
    with path.open(encoding="utf-8") as stream:
        for line in stream:
            if line.strip():
                yield json.loads(line)


def cases(folder: Path) -> Iterator[dict]:
    """The reports of every case file in a folder."""
    for path in sorted(folder.glob("*.json")):
        content = json.loads(path.read_text(encoding="utf-8"))
        if "case" in content:
            yield from content["reports"]


def batches(items: list[Item], size: int, rng: np.random.Generator) -> list[list[Item]]:
    """Batches of windows of like length, in random order."""
    order = sorted(range(len(items)), key=lambda i: len(items[i].ids) + rng.random() * 40)
    parts, at = [], 0
    while at < len(order):
        part = order[at : at + size]
        parts.append([items[i] for i in part])
        at += size
    rng.shuffle(parts)  # type: ignore[arg-type]
    return parts
