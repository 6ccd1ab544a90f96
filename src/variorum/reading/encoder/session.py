"""Runs the network: word pieces in, one state a piece out, each piece read once.

The encoder is an int8 ONNX graph; the heads are small matrices in one file beside it and run in numpy.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

import numpy as np
import numpy.typing as npt
import onnxruntime

from variorum.model import Span
from variorum.reading.encoder.apart import pieces_apart, sentences_apart
from variorum.reading.encoder.masking import Mask, Shown
from variorum.reading.encoder.outputs import SPAN_OUTPUTS, TOLL_OUTPUTS
from variorum.reading.encoder.windows import (
    END,
    MARK,
    START,
    Pieces,
    Window,
    pieces_of,
    sentences_of,
    windows_of,
)

Floats = npt.NDArray[np.float32]
Integers = npt.NDArray[np.int64]
HIDDEN = 384
WIDTH = 128


@dataclass(frozen=True)
class Encoded:
    """A text as the network sees it: pieces, windows, one state a piece and one a window (of its start mark)."""

    text: str
    pieces: Pieces
    windows: tuple[Window, ...]
    states: Floats  # [pieces, 384]
    marks: Floats  # [windows, 384]

    @cached_property
    def owner(self) -> Integers:
        """For each piece the index of the window that owns it."""
        found = np.zeros(len(self.pieces.ids), dtype=np.int64)
        for i, window in enumerate(self.windows):
            found[window.own : window.last] = i
        return found

    @cached_property
    def sentences(self) -> Integers:
        """For each piece the number of its sentence."""
        return sentences_of(self.text, self.pieces)

    @property
    def shown(self) -> Shown:
        """The text as the network sees it."""
        return self.pieces.shown

    def reach(self, piece: int) -> tuple[int, int]:
        """First and last piece (exclusive) that a pointer from this piece may point at: those of its window."""
        window = self.windows[int(self.owner[piece])]
        return window.first, window.last

    def span(self, first: int, last: int) -> Span:
        """Characters from piece `first` to piece `last`, both inclusive."""
        return int(self.pieces.starts[first]), int(self.pieces.ends[last])


@dataclass(frozen=True, slots=True)
class Pointed:
    """Where a span points: the first piece it can reach, and how likely each piece from there on is, by role."""

    first: int
    chances: Floats  # [reach, roles]


def _sigmoid(x: Floats) -> Floats:
    return np.asarray(1 / (1 + np.exp(-np.clip(x, -30, 30))), dtype=np.float32)


def _means(states: Floats, spans: Sequence[Sequence[int]]) -> Floats:
    """The mean state of each span, none of them empty; [spans, 384]."""
    sizes = np.array([len(span) for span in spans])
    pieces = np.concatenate([np.asarray(span) for span in spans])
    sums = np.add.reduceat(states[pieces], np.cumsum(sizes) - sizes, axis=0)
    return np.asarray(sums / sizes[:, None], dtype=np.float32)


def softmax(x: Floats) -> Floats:
    """Probabilities along the last axis."""
    e = np.exp(x - x.max(-1, keepdims=True))
    return np.asarray(e / e.sum(-1, keepdims=True), dtype=np.float32)


class Session:
    """The network, loaded once a process. Reading is deterministic: one thread, no random state."""

    def __init__(self, folder: Path | None = None) -> None:
        folder = folder or Path(__file__).parent / "data"
        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = 1
        options.inter_op_num_threads = 1
        options.log_severity_level = 3
        # The graph ships in the operators that run fastest; what goes beyond the basic level would join them to slower ones.
        options.graph_optimization_level = onnxruntime.GraphOptimizationLevel.ORT_ENABLE_BASIC
        self._run = onnxruntime.InferenceSession(
            str(folder / "encoder.onnx"), options, providers=["CPUExecutionProvider"]
        )
        with np.load(folder / "heads.npz") as weights:
            self._weights = {name: weights[name].astype(np.float32) for name in weights.files}

    def encode(self, text: str, masks: Sequence[Mask] = ()) -> Encoded:
        """The states of a text's pieces, taken from the window that owns each."""
        pieces = pieces_of(text, masks)
        windows = tuple(windows_of(text, pieces))
        states = np.zeros((len(pieces.ids), HIDDEN), dtype=np.float32)
        marks = np.zeros((len(windows), HIDDEN), dtype=np.float32)
        for i, window in enumerate(windows):
            cut = slice(window.first, window.last)
            hidden = self._hidden(pieces.ids[cut], pieces.shapes[cut])
            states[window.own : window.last] = hidden[1 + window.own - window.first : -1]
            marks[i] = hidden[0]
        return Encoded(text, pieces, windows, states, marks)

    def _hidden(self, ids: Integers, shapes: Integers) -> Floats:
        """The states of one window's pieces with the marks around them; [pieces + 2, 384].

        One window a run: on one core a run of several gains nothing, and needs padding, which costs time and widens the
        range in which the int8 values lie.
        """
        (hidden,) = self._run.run(
            None,
            {
                "ids": np.concatenate(([START], ids, [END]))[None],
                "shapes": np.concatenate(([MARK], shapes, [MARK]))[None],
            },
        )
        return np.asarray(hidden[0])

    def has(self, name: str) -> bool:
        """Whether there is a plain head of this name."""
        return f"{name}.weight" in self._weights

    def linear(self, name: str, states: Floats) -> Floats:
        """Scores of a plain head: `cue`, `names` or `spans`; [pieces, labels]."""
        return np.asarray(states @ self._weights[f"{name}.weight"].T + self._weights[f"{name}.bias"])

    def point(self, name: str, encoded: Encoded, spans: Sequence[Sequence[int]]) -> list[Pointed]:
        """For each span of pieces, the probability of every piece it may point at, by role."""
        if not spans:
            return []
        w = self._weights
        roles = len(w[f"{name}.bias"])
        queries = _means(encoded.states, spans) @ w[f"{name}.query.weight"].T + w[f"{name}.query.bias"]
        queries = queries.reshape(len(spans), roles, WIDTH).swapaxes(0, 1)
        # The key's matrix is folded into the query, so that no key need be made for every piece.
        folded = queries @ w[f"{name}.key.weight"].reshape(roles, WIDTH, HIDDEN)
        offsets = queries @ w[f"{name}.key.bias"].reshape(roles, WIDTH, 1)
        found = []
        for n, span in enumerate(spans):
            first, last = encoded.reach(span[0])
            score = (encoded.states[first:last] @ folded[:, n].T + offsets[:, n, 0]) / WIDTH**0.5
            apart = w[f"{name}.distance.weight"][pieces_apart(np.arange(first, last) - span[0])]
            sentences = encoded.sentences[first:last] - encoded.sentences[span[0]]
            apart = apart + w[f"{name}.sentence.weight"][sentences_apart(sentences)]
            found.append(Pointed(first, _sigmoid(score + apart + w[f"{name}.bias"])))
        return found

    def describe(
        self,
        name: str,
        encoded: Encoded,
        heads: Sequence[Sequence[int]],
        wholes: Sequence[Sequence[int]],
        features: Floats,
    ) -> dict[str, Floats]:
        """What the head `toll` or `span` says of each span: raw scores by output, each [spans, values]."""
        outputs = TOLL_OUTPUTS if name == "toll" else SPAN_OUTPUTS
        w = self._weights
        pooled = np.concatenate(
            [
                _means(encoded.states, heads),
                _means(encoded.states, wholes),
                encoded.marks[encoded.owner[[s[0] for s in wholes]]],
                features,
            ],
            axis=1,
        )
        inner = np.maximum(pooled @ w[f"{name}.inner.weight"].T + w[f"{name}.inner.bias"], 0)
        scores = inner @ w[f"{name}.outer.weight"].T + w[f"{name}.outer.bias"]
        found, at = {}, 0
        for output, size in outputs.items():
            found[output] = scores[:, at : at + size]
            at += size
        return found
