"""The reader's network: one small encoder, many heads. Torch is needed only here, never by the installed product.

The heads are plain matrices on purpose: the product runs the encoder as an int8 ONNX graph and the heads in numpy.
"""

from __future__ import annotations

from pathlib import Path

import torch
from torch import Tensor, nn
from torch.nn import functional as F
from transformers import AutoConfig, AutoModel

from training.muc_losses import MucHeads
from variorum.reading.encoder.apart import DISTANCES, SENTENCES, pieces_apart, sentences_apart
from variorum.reading.encoder.outputs import (
    NAME_LABELS,
    SPAN_KINDS,
    SPAN_OUTPUTS,
    STANCES,
    TOLL_FEATURES,
    TOLL_OUTPUTS,
)
from variorum.reading.encoder.windows import END, SHAPES, START

SPAN_WIDTH = 256
WIDTH = 128
PADDING, HIDDEN_WORD = 0, 103


class Pointer(nn.Module):
    """For a span of words (the query): a score for every token of its window, once per role.

    A biaffine scorer (Dozat and Manning, ICLR 2017) with a bias for the distance, in pieces and in sentences.
    """

    def __init__(self, hidden: int, roles: int) -> None:
        super().__init__()
        self.roles = roles
        self.query = nn.Linear(hidden, roles * WIDTH)
        self.key = nn.Linear(hidden, roles * WIDTH)
        self.distance = nn.Embedding(DISTANCES, roles)
        self.sentence = nn.Embedding(SENTENCES, roles)
        self.bias = nn.Parameter(torch.full((roles,), -2.5))
        nn.init.zeros_(self.distance.weight)
        nn.init.zeros_(self.sentence.weight)

    def forward(self, hidden: Tensor, rows: Tensor, spans: list[list[int]], sentences: Tensor) -> Tensor:
        """[spans, tokens, roles] scores; spans are lists of token places in window rows[i].

        sentences: [windows, tokens], the number of each token's sentence.
        """
        pooled = torch.stack([hidden[r, s].mean(0) for r, s in zip(rows.tolist(), spans, strict=True)])
        query = self.query(pooled).view(-1, self.roles, WIDTH)
        key = self.key(hidden).view(len(hidden), hidden.shape[1], self.roles, WIDTH)
        # Queries are laid out by window, so that no window's keys are copied for each of its spans.
        at = [rows[:n].eq(row).sum().item() for n, row in enumerate(rows)]
        laid = query.new_zeros(len(hidden), max(at) + 1, self.roles, WIDTH).index_put(
            (rows, torch.tensor(at)), query
        )
        score = torch.einsum("bmrk,blrk->bmlr", laid, key)[rows, torch.tensor(at)] / WIDTH**0.5
        first = torch.tensor([s[0] for s in spans])
        away = torch.arange(hidden.shape[1])[None] - first[:, None]
        lines = sentences[rows] - sentences[rows, first][:, None]
        pieces = self.distance(torch.from_numpy(pieces_apart(away.numpy())))
        return score + pieces + self.sentence(torch.from_numpy(sentences_apart(lines.numpy()))) + self.bias


class SpanHead(nn.Module):
    """Everything there is to decide about a span, from its words' states and some features of the grammar."""

    def __init__(self, hidden: int, outputs: dict[str, int], features: int) -> None:
        super().__init__()
        self.outputs = outputs
        self.inner = nn.Linear(3 * hidden + features, SPAN_WIDTH)
        self.outer = nn.Linear(SPAN_WIDTH, sum(outputs.values()))
        self.drop = nn.Dropout(0.1)

    def forward(self, pooled: Tensor) -> dict[str, Tensor]:
        """Scores by output, each [spans, values]."""
        scores = self.outer(self.drop(F.relu(self.inner(self.drop(pooled)))))
        return dict(zip(self.outputs, scores.split(list(self.outputs.values()), dim=1), strict=True))


def pool(
    hidden: Tensor, rows: list[int], heads: list[list[int]], wholes: list[list[int]], features: Tensor
) -> Tensor:
    """[spans, 3 * hidden + features]: mean of the head words, mean of the whole span, the window's start mark."""
    one = torch.stack([hidden[r, h].mean(0) for r, h in zip(rows, heads, strict=True)])
    two = torch.stack([hidden[r, w].mean(0) for r, w in zip(rows, wholes, strict=True)])
    return torch.cat([one, two, hidden[rows, 0], features], dim=1)


class Encoder(nn.Module):
    """MiniLM-L6 with an embedding of how each piece is written added to its input: what ships."""

    cut = 0

    def __init__(self, folder: Path | str) -> None:
        super().__init__()
        self.body = AutoModel.from_pretrained(str(folder), add_pooling_layer=False)
        self.width: int = self.body.config.hidden_size
        self.shape = nn.Embedding(SHAPES, self.width)
        nn.init.zeros_(self.shape.weight)

    def forward(self, ids: Tensor, shapes: Tensor, mask: Tensor) -> Tensor:
        """[windows, tokens, width] from word-piece ids, shapes and mask, each [windows, tokens]."""
        embedded = self.body.embeddings.word_embeddings(ids) + self.shape(shapes)
        return self.body(inputs_embeds=embedded, attention_mask=mask).last_hidden_state


class Teacher(Encoder):
    """MPNet, which reads the same word pieces but for four marks that come before them in its vocabulary.

    Its lower half stays as it is, so that its states can be worked out once for all epochs; how pieces are written is added
    above it.
    """

    cut = 6

    def __init__(self, folder: Path | str) -> None:
        super().__init__(folder)
        size = self.body.config.vocab_size
        numbers = torch.arange(size - 5) + 4
        numbers[[PADDING, START, END, HIDDEN_WORD]] = torch.tensor([1, 0, 2, size - 1])
        self.register_buffer("numbers", numbers, persistent=False)

    @torch.no_grad()
    def lower(self, ids: Tensor, mask: Tensor) -> Tensor:
        """The states below the cut, [windows, tokens, width]."""
        return self._through(self.body.embeddings(input_ids=self.numbers[ids]), mask, slice(self.cut))

    def forward(self, ids: Tensor, shapes: Tensor, mask: Tensor, states: Tensor | None = None) -> Tensor:
        """As above; `states` are those below the cut if they are at hand."""
        below = self.lower(ids, mask) if states is None else states
        return self._through(below + self.shape(shapes), mask, slice(self.cut, None))

    def _through(self, states: Tensor, mask: Tensor, layers: slice) -> Tensor:
        hidden = ((1 - mask) * torch.finfo(states.dtype).min)[:, None, None]
        encoder = self.body.encoder
        bias = encoder.compute_position_bias(states)
        for layer in encoder.layer[layers]:
            states = layer(states, hidden, bias)[0]
        return states


def encoder_of(folder: Path | str) -> Encoder:
    """The encoder in a folder, by the kind that its configuration names."""
    kind = AutoConfig.from_pretrained(str(folder)).model_type
    return Teacher(folder) if kind == "mpnet" else Encoder(folder)


class Network(nn.Module):
    """Encoder and heads."""

    def __init__(self, folder: Path | str) -> None:
        super().__init__()
        self.encoder = encoder_of(folder)
        hidden = self.encoder.width
        self.cue = nn.Linear(hidden, 3)
        self.roles = Pointer(hidden, 2)  # of a cue: source, content
        self.names = nn.Linear(hidden, 1 + 2 * len(NAME_LABELS))
        self.spans = nn.Linear(hidden, 3 * len(SPAN_KINDS))  # begins and continues a span of each kind
        self.toll = SpanHead(hidden, TOLL_OUTPUTS, TOLL_FEATURES)
        self.span = SpanHead(hidden, SPAN_OUTPUTS, len(SPAN_KINDS))
        self.claim_roles = Pointer(hidden, 2)  # of a claim: source, actor
        self.actors = nn.Linear(hidden, 1 + len(STANCES))  # the words for who did it, by stance
        self.muc = MucHeads(hidden)

    def encode(self, ids: Tensor, shapes: Tensor, states: Tensor | None = None) -> Tensor:
        """The encoder's output, [windows, tokens, width]; `states` are those below its cut, for one that has a cut."""
        mask = (ids > PADDING).long()
        if states is None:
            return self.encoder(ids, shapes, mask)
        return self.encoder(ids, shapes, mask, states)
