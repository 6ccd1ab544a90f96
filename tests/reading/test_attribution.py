"""From scores to attributions: cues, runs of pieces, which attribution covers a span. No network needed."""

from itertools import groupby, product

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from variorum.reading.attribution import (
    CONTENT,
    CUE,
    LEANING,
    OPENING,
    SUREST,
    Said,
    covering,
    cues,
    find_attributions,
    likeliest_run,
    runs,
    stretches,
)
from variorum.reading.encoder.session import Session


def tags(*rows: str) -> np.ndarray:
    """Tag probabilities from letters: . outside, B begins, I continues."""
    table = {".": (0.9, 0.05, 0.05), "B": (0.1, 0.8, 0.1), "I": (0.1, 0.1, 0.8)}
    return np.array([table[letter] for row in rows for letter in row], dtype=np.float32)


def test_cues_are_runs_that_a_beginning_breaks():
    assert cues(tags(".BI..B.BB")) == [(1, 2), (5, 5), (7, 7), (8, 8)]


def test_a_cue_may_lack_its_beginning():
    assert cues(tags("..II.")) == [(2, 3)]


def test_a_cue_goes_on_over_pieces_that_alone_would_be_none():
    likely = tags(".B...")
    likely[2:4] = (0.6, 0.1, 0.3)
    assert cues(likely) == [(1, 3)]
    likely[1] = likely[2]
    assert cues(likely) == []


def test_an_attribution_is_as_probable_as_the_surest_piece_of_its_cue():
    session = Session()
    encoded = session.encode(
        "The Borno State Government said in a statement that five pupils later escaped. Nobody was hurt, it said."
    )
    found = find_attributions(session, encoded)
    assert found
    assert all(said.score > CUE for said in found)


def test_of_two_stretches_the_source_is_the_one_with_the_likeliest_piece():
    chances = np.array([0.5, 0.6, 0.1, 0.1, 0.9, 0.45, 0.2], dtype=np.float32)
    assert likeliest_run(chances, first=10) == [(14, 15)]
    assert likeliest_run(chances / 3, first=10) == []


def test_a_content_closes_holes_and_drops_crumbs():
    surely, hardly, crumb = [0.95] * 6, [0.3, 0.2], [0.1] * 8 + [0.7] + [0.1] * 8
    chosen = stretches(np.array(surely + hardly + surely + crumb, dtype=np.float32))
    assert chosen.tolist() == [True] * 14 + [False] * 17


def test_a_content_of_one_likely_piece_is_kept():
    assert stretches(np.array([0.1, 0.7, 0.1], dtype=np.float32)).tolist() == [False, True, False]


@given(st.lists(st.floats(0, 1, width=32), min_size=1, max_size=10))
def test_no_choice_of_stretches_is_worth_more(chances: list[float]):
    bounded = np.clip(np.array(chances, dtype=np.float32), 1e-6, 1 - 1e-6)
    odds = np.clip(np.log(bounded / (1 - bounded)), -SUREST, SUREST) - LEANING

    def worth(chosen: tuple[bool, ...]) -> float:
        opened = sum(taken for taken, _ in groupby(chosen))
        return float(odds[list(chosen)].sum()) - OPENING * opened

    found = tuple(stretches(np.array(chances, dtype=np.float32)).tolist())
    best = max(map(worth, product((False, True), repeat=len(chances))))
    if max(chances) > CONTENT and best > 0:
        assert worth(found) == pytest.approx(best, abs=1e-4)
    else:  # a likely piece is never lost for the cost of opening
        assert any(found) == (max(chances) > CONTENT)


def test_runs_close_small_gaps_and_count_from_the_window():
    chosen = np.array([False, True, True, False, True, False, False, True])
    assert runs(chosen, first=10, gap=1) == [(11, 14), (17, 17)]
    assert runs(np.zeros(4, dtype=bool), first=0) == []


def test_the_narrowest_covering_attribution_is_meant():
    wide = Said(((0, 3),), (4, 8), ((9, 60),), 0.9)
    narrow = Said(((20, 23),), (24, 28), ((29, 60),), 0.9)
    assert covering([wide, narrow], (30, 40)) is narrow
    assert covering([wide, narrow], (10, 15)) is wide
    assert covering([wide, narrow], (70, 80)) is None
