from __future__ import annotations

import pytest

from variorum.cli.names import Benchmark
from variorum.evaluation.benchmarks import BY_THEMSELVES, LAYER_OF
from variorum.evaluation.figures import Measure, Scores
from variorum.evaluation.published import own, published
from variorum.evaluation.table import render_scores


def test_every_benchmark_can_be_asked_for_and_is_scored_one_way() -> None:
    assert sorted([*LAYER_OF, *BY_THEMSELVES]) == sorted(Benchmark)


@pytest.mark.parametrize("benchmark", [one for one in Benchmark if one is not Benchmark.POSITIONS])
def test_others_figures_are_shares_and_tell_their_source(benchmark: Benchmark) -> None:
    others = published(benchmark)
    assert others
    for system in others:
        assert system.source
        assert system.figures
        assert all(0 < value < 1 for value in system.figures.values())


def test_ours_are_of_the_same_part_of_the_data() -> None:
    scores = Scores("dates", reports=2)
    scores.add({"value": Measure(1, 1, 1)}, "timebank")
    scores.add({"value": Measure(0, 1, 1)}, "wikiwars")
    assert own(scores, "value") == 0.5
    assert own(scores, "value", ("timebank", "aquaint")) == 1
    assert own(scores, "value", ("aquaint",)) is None
    assert own(scores, "no such figure") is None
    table = render_scores(scores, benchmark="time")
    assert "HeidelTime, news" in table
    assert "1.000" in next(line for line in table.splitlines() if "news" in line and "value" in line)
