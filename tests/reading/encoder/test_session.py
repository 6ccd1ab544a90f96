"""The network's states: each window is read by itself, whatever else stands in the report."""

from __future__ import annotations

import numpy as np
import pytest

from variorum.reading.encoder.session import HIDDEN, Session
from variorum.reading.encoder.windows import WINDOW

SENTENCE = "The harbour guard said that {} people were hurt when a crane fell on the quay of Ostrand. "
REPORT = "".join(SENTENCE.format(n) for n in range(2, 40))


@pytest.fixture(scope="module")
def session() -> Session:
    return Session()


def test_what_follows_a_window_does_not_change_it(session: Session) -> None:
    whole = session.encode(REPORT)
    first = whole.windows[0]
    alone = session.encode(REPORT[: whole.pieces.ends[first.last - 1]])
    assert len(whole.windows) > 1
    assert len(alone.windows) == 1
    assert alone.states.shape == (first.last, HIDDEN)
    np.testing.assert_array_equal(whole.states[: first.last], alone.states)
    np.testing.assert_array_equal(whole.marks[0], alone.marks[0])


def test_every_piece_has_a_state(session: Session) -> None:
    encoded = session.encode(REPORT)
    assert len(encoded.pieces.ids) > WINDOW
    assert (np.abs(encoded.states).max(axis=1) > 0).all()


def test_a_text_without_words_has_no_states(session: Session) -> None:
    encoded = session.encode(" \n")
    assert encoded.states.shape == (0, HIDDEN)
    assert session.point("roles", encoded, []) == []


def test_pointers_asked_together_point_where_each_does_alone(session: Session) -> None:
    encoded = session.encode(REPORT)
    spans = [range(3, 6), range(40, 41), range(len(encoded.pieces.ids) - 9, len(encoded.pieces.ids) - 2)]
    together = session.point("claim_roles", encoded, spans)
    for span, pointer in zip(spans, together, strict=True):
        (alone,) = session.point("claim_roles", encoded, [span])
        first, last = encoded.reach(span[0])
        assert (pointer.first, alone.first) == (first, first)
        assert pointer.chances.shape == (last - first, 2)
        np.testing.assert_allclose(pointer.chances, alone.chances, atol=1e-5)
