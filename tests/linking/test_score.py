from __future__ import annotations

import pytest

from variorum.linking.pairs import KINDS, MEASURES
from variorum.linking.score import Weights, load_model, probability
from variorum.linking.wholes import WHOLE_KINDS, WHOLE_MEASURES

WEIGHTS = Weights(-1.0, {"days": 2.0, "days_apart": -0.5, "ages": 0.25}, 0.0)


def test_log_odds_add_up_what_each_measure_says() -> None:
    assert WEIGHTS.log_odds({"days": 1.0, "days_apart": 1.0, "words": 3.0}) == pytest.approx(0.5)


def test_reasons_are_told_by_kind_the_strongest_first() -> None:
    found = WEIGHTS.reasons({"days": 1.0, "days_apart": 1.0, "ages": 1.0, "words": 3.0}, KINDS)
    assert found == (("days", 1.5), ("ages", 0.25))


def test_probability_is_even_at_no_odds() -> None:
    assert probability(0.0) == 0.5
    assert probability(-1e9) < 1e-9 < 1 - 1e-9 < probability(1e9)


def test_the_shipped_weights_are_of_measures_that_there_are() -> None:
    model = load_model()
    assert set(model.pairs.weights) <= set(MEASURES)
    assert set(model.wholes.weights) <= set(WHOLE_MEASURES)
    assert model.pairs.threshold >= model.reach


def test_what_agrees_speaks_for_and_what_clashes_against() -> None:
    weights = load_model().pairs.weights
    for kind in ("days", "told", "ages", "tolls", "same_place", "site", "words", "lead", "top_name"):
        assert weights[kind] > 0
    for kind in ("days_apart", "told_apart", "ages_apart", "tolls_apart", "far", "area_apart", "gap"):
        assert weights[kind] < 0


def test_every_measure_has_one_kind() -> None:
    assert (
        len(set(WHOLE_MEASURES)) == len(WHOLE_MEASURES) == sum(len(names) for names in WHOLE_KINDS.values())
    )
