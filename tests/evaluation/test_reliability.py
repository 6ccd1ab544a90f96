from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from variorum.evaluation.reliability import BINS, reliability

JUDGED = st.lists(st.tuples(st.floats(0, 1), st.booleans()), min_size=1, max_size=60)


def test_figures_that_can_be_reckoned_by_hand() -> None:
    figures = reliability([(0.9, True), (0.8, True), (0.6, False), (0.1, False)])
    assert figures is not None
    assert (figures.number, figures.mean, figures.right) == (4, pytest.approx(0.6), 0.5)
    assert figures.calibration_error == pytest.approx((0.1 + 0.2 + 0.6 + 0.1) / 4)
    assert figures.brier == pytest.approx((0.01 + 0.04 + 0.36 + 0.01) / 4)
    assert figures.auc == 1.0


def test_scores_that_are_true_have_no_error_but_what_chance_makes() -> None:
    figures = reliability([(0.25, n % 4 == 0) for n in range(400)])
    assert figures is not None
    assert figures.calibration_error == pytest.approx(0)
    assert figures.chance_error == pytest.approx((0.25 * 0.75 / 40) ** 0.5 * 0.79788, rel=1e-3)
    assert figures.auc == 0.5


def test_ties_are_neither_for_nor_against() -> None:
    figures = reliability([(0.5, True), (0.5, False), (0.2, False)])
    assert figures is not None
    assert figures.auc == pytest.approx(0.75)


def test_nothing_judged_has_no_figures_and_all_right_no_discrimination() -> None:
    assert reliability([]) is None
    figures = reliability([(0.7, True)])
    assert figures is not None
    assert figures.auc is None


@given(JUDGED)
def test_bins_hold_all_in_order_and_equally_many(judged: list[tuple[float, bool]]) -> None:
    figures = reliability(judged)
    assert figures is not None
    sizes = [part.number for part in figures.bins]
    assert sum(sizes) == len(judged)
    assert len(sizes) <= BINS
    assert max(sizes) - min(sizes) <= 1
    bounds = [bound for part in figures.bins for bound in (part.least, part.most)]
    assert bounds == sorted(bounds)
    assert 0 <= figures.calibration_error <= 1
    assert 0 <= figures.brier <= 1
