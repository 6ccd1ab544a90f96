"""How far apart: buckets that widen, mirror-wise on both sides."""

from __future__ import annotations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from variorum.reading.encoder.apart import DISTANCES, SENTENCES, pieces_apart, sentences_apart
from variorum.reading.encoder.windows import WINDOW, pieces_of, sentences_of


@given(st.integers(-3 * WINDOW, 3 * WINDOW))
def test_buckets_mirror_and_stay_in_range(away: int) -> None:
    one, other = pieces_apart(np.array([away, -away]))
    assert 0 <= one < DISTANCES
    assert one + other == DISTANCES - 1
    low, high = sentences_apart(np.array([away, -away]))
    assert 0 <= low < SENTENCES
    assert low + high == SENTENCES - 1


@given(st.integers(-WINDOW, WINDOW - 1))
def test_buckets_never_go_back(away: int) -> None:
    one, next_one = pieces_apart(np.array([away, away + 1]))
    assert one <= next_one <= one + 1


def test_every_bucket_is_used() -> None:
    assert set(pieces_apart(np.arange(-WINDOW, WINDOW + 1)).tolist()) == set(range(DISTANCES))


def test_sentences_are_counted_from_the_first() -> None:
    text = "Two men died. Nobody knows why.\n\nThe army denied it."
    pieces = pieces_of(text)
    sentences = sentences_of(text, pieces)
    starts = {text[a:b]: int(s) for a, b, s in zip(pieces.starts, pieces.ends, sentences, strict=True)}
    assert (starts["Two"], starts["Nobody"], starts["army"]) == (1, 2, 3)
