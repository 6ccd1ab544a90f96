from __future__ import annotations

from itertools import permutations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from variorum.evaluation.alignment import assign, pair_overlapping


def test_the_whole_is_best_and_not_each_step() -> None:
    assert assign(np.array([[3.0, 2.0], [2.0, 0.0]])) == [(0, 1), (1, 0)]


def test_no_gain_no_pair() -> None:
    assert assign(np.array([[0.0, 0.0], [0.0, 1.0]])) == [(1, 1)]
    assert assign(np.zeros((0, 3))) == []
    assert assign(np.zeros((2, 0))) == []


@given(st.integers(1, 5), st.integers(1, 5), st.data())
def test_no_other_pairs_gain_more(rows: int, columns: int, data: st.DataObject) -> None:
    cells = data.draw(st.lists(st.integers(0, 9), min_size=rows * columns, max_size=rows * columns))
    gains = np.array(cells, dtype=float).reshape(rows, columns)
    pairs = assign(gains)
    assert len({r for r, _ in pairs}) == len({c for _, c in pairs}) == len(pairs)
    wide = gains if rows <= columns else gains.T
    most = max(
        sum(wide[row, column] for row, column in enumerate(chosen))
        for chosen in permutations(range(wide.shape[1]), wide.shape[0])
    )
    assert sum(gains[pair] for pair in pairs) == most


def test_equal_spans_go_first_then_the_longest_overlap() -> None:
    assert pair_overlapping([(0, 10), (2, 6)], [(2, 6), (0, 8)]) == [(1, 0), (0, 1)]
    assert pair_overlapping([(0, 4)], [(4, 6)]) == []
