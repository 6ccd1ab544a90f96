from __future__ import annotations

from collections.abc import Mapping

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.linking.piles import DAYS, TOLD, reading
from variorum.linking.clusters import ABSENT, Pair
from variorum.linking.score import load_model
from variorum.linking.traits import Traits, traits_of
from variorum.linking.wholes import WHOLE_MEASURES, Across, Group, bridges, join, measure_wholes, nodes_of

NODES = "abcdef"
PAIRS = [(x, y) for x in NODES for y in NODES if x < y]
SCORES = st.dictionaries(st.sampled_from(PAIRS), st.floats(-8, 8), max_size=15)
ALONE = [[node] for node in NODES]


def by_best(a: Group, b: Group, across: Across) -> tuple[float, Mapping[str, float]]:
    """A judge that goes by the highest score across."""
    return across.best, {"best": across.best}


def by_mean(a: Group, b: Group, across: Across) -> tuple[float, Mapping[str, float]]:
    """A judge that goes by the mean score across."""
    pairs = len(a) * len(b)
    return round((across.total + (pairs - across.count) * ABSENT) / pairs, 9), {}


def test_what_was_compared_across_clusters_is_added_up() -> None:
    found = bridges([("a", "b"), ("c",)], {("a", "c"): 1.0, ("b", "c"): -9.0, ("a", "b"): 5.0})
    assert found == {(("a", "b"), ("c",)): Across(1.0 + ABSENT, 2, 1.0)}


def test_likely_wholes_are_joined_the_likeliest_first() -> None:
    groups, done = join(ALONE, {("a", "b"): 1.0, ("c", "d"): 3.0}, by_best, 0.0, 0.5)
    assert groups == [["a", "b"], ["c", "d"], ["e"], ["f"]]
    assert [joint.score for joint in done] == [3.0, 1.0]


def test_what_is_joined_is_judged_anew_together() -> None:
    scores = {("a", "b"): 4.0, ("a", "c"): 2.0, ("b", "c"): -3.0}
    assert join(ALONE, scores, by_mean, 0.0, 0.5)[0][0] == ["a", "b"]
    assert join(ALONE, scores, by_best, 0.0, 0.5)[0][0] == ["a", "b", "c"]


def test_clusters_without_a_likely_pair_are_not_even_judged() -> None:
    def never(a: Group, b: Group, across: Across) -> tuple[float, Mapping[str, float]]:
        raise AssertionError("asked about clusters out of reach")

    assert join(ALONE, {("a", "b"): -0.5}, never, 0.0, 0.5)[0] == ALONE


def test_every_node_has_the_first_joint_it_was_part_of() -> None:
    _, done = join(ALONE, {("a", "b"): 3.0, ("b", "c"): 2.0}, by_best, 0.0, 0.5)
    assert {node: joint.score for node, joint in nodes_of(done)} == {"a": 3.0, "b": 3.0, "c": 2.0}


@given(SCORES, st.sets(st.sampled_from(PAIRS), max_size=3))
def test_what_is_kept_apart_stays_apart(scores: dict[Pair, float], apart: set[Pair]) -> None:
    for group in join(ALONE, scores, by_best, 0.0, 0.0, apart)[0]:
        assert not any(a in group and b in group for a, b in apart)


@given(SCORES, st.permutations(ALONE), st.randoms())
def test_order_decides_nothing(scores: dict[Pair, float], groups: list[list[str]], chance) -> None:  # type: ignore[no-untyped-def]
    shuffled = list(scores.items())
    chance.shuffle(shuffled)
    assert join(groups, dict(shuffled), by_mean, 0.0, 0.0) == join(ALONE, scores, by_mean, 0.0, 0.0)


@given(SCORES)
def test_no_cluster_reaches_beyond_likely_pairs(scores: dict[Pair, float]) -> None:
    for group in join(ALONE, scores, by_best, 0.0, 0.0)[0]:
        for node in group:
            near = (scores.get((min(node, x), max(node, x)), ABSENT) for x in group if x != node)
            assert len(group) == 1 or max(near) >= -1e-6


TRAITS: dict[str, Traits] = {
    f"{name}-{i}": traits_of(reading(f"{name}-{i}", text, DAYS[name]))
    for name, texts in TOLD.items()
    for i, text in enumerate(texts)
}


def test_wholes_of_one_incident_are_likelier_than_of_two() -> None:
    told = ("ferry-0", "ferry-1")
    across = Across(0.0, 2, 0.0)
    same = measure_wholes(told, ("ferry-2",), across, TRAITS.__getitem__)
    other = measure_wholes(told, ("market-0",), across, TRAITS.__getitem__)
    assert tuple(same) == WHOLE_MEASURES
    wholes = load_model().wholes
    assert wholes.log_odds(same) > wholes.log_odds(other)


def test_measures_of_wholes_are_symmetric() -> None:
    a, b, across = ("ferry-0", "ferry-2"), ("market-0", "market-1"), Across(-2.0, 3, 0.5)
    assert measure_wholes(a, b, across, TRAITS.__getitem__) == measure_wholes(
        b, a, across, TRAITS.__getitem__
    )


def test_pairs_never_compared_count_against() -> None:
    found = measure_wholes(("ferry-0", "ferry-1"), ("ferry-2",), Across(4.0, 1, 4.0), TRAITS.__getitem__)
    assert found["mean"] == pytest.approx((4.0 + ABSENT) / 2)
    assert found["best"] == 4.0
