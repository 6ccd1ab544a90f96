"""From scores to attributions: cues, runs of pieces, which attribution covers a span. No network needed."""

import numpy as np

from variorum.reading.attribution import Said, covering, cues, runs


def tags(*rows: str) -> np.ndarray:
    """Tag probabilities from letters: . outside, B begins, I continues."""
    table = {".": (0.9, 0.05, 0.05), "B": (0.1, 0.8, 0.1), "I": (0.1, 0.1, 0.8)}
    return np.array([table[letter] for row in rows for letter in row], dtype=np.float32)


def test_cues_are_runs_that_a_beginning_breaks():
    assert cues(tags(".BI..B.BB")) == [(1, 2), (5, 5), (7, 7), (8, 8)]


def test_a_cue_may_lack_its_beginning():
    assert cues(tags("..II.")) == [(2, 3)]


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
