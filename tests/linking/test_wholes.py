from __future__ import annotations

from collections.abc import Iterable, Mapping

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.linking.piles import DAYS, TOLD, reading
from variorum.linking.clusters import ABSENT, Pair, mean_across
from variorum.linking.score import load_model
from variorum.linking.traits import Traits, traits_of
from variorum.linking.wholes import WHOLE_MEASURES, Across, Comparison, Group, Joint, bridges, join, ties_of

NODES = "abcdef"
PAIRS = [(x, y) for x in NODES for y in NODES if x < y]
SCORES = st.dictionaries(st.sampled_from(PAIRS), st.floats(-8, 8), max_size=15)
ALONE = [[node] for node in NODES]


def measured(a: Group, b: Group, across: Across) -> Mapping[str, float]:
    return {"best": across.best, "mean": mean_across(across.total, across.count, len(a) * len(b))}


def joined(
    scores: Mapping[Pair, float],
    by: str = "best",
    threshold: float = 0.5,
    apart: Iterable[Pair] = (),
    groups: Iterable[list[str]] = ALONE,
) -> tuple[list[list[str]], list[Joint]]:
    """What becomes of groups if one measure alone decides."""
    return join(groups, scores, measured, lambda measures: measures[by], 0.0, threshold, apart)


def test_what_was_compared_across_clusters_is_added_up() -> None:
    found = bridges([("a", "b"), ("c",)], {("a", "c"): 1.0, ("b", "c"): -9.0, ("a", "b"): 5.0})
    assert found == {(("a", "b"), ("c",)): Across(1.0 + ABSENT, 2, 1.0)}


def test_likely_wholes_are_joined_the_likeliest_first() -> None:
    groups, done = joined({("a", "b"): 1.0, ("c", "d"): 3.0})
    assert groups == [["a", "b"], ["c", "d"], ["e"], ["f"]]
    assert [joint.score for joint in done] == [3.0, 1.0]


def test_what_is_joined_is_judged_anew_together() -> None:
    scores = {("a", "b"): 4.0, ("a", "c"): 2.0, ("b", "c"): -3.0}
    assert joined(scores, "mean")[0][0] == ["a", "b"]
    assert joined(scores)[0][0] == ["a", "b", "c"]


def test_clusters_without_a_likely_pair_are_left_apart() -> None:
    assert joined({("a", "b"): -0.5}, threshold=-1.0)[0] == ALONE


def test_a_node_is_held_by_the_weakest_joint_that_brought_it_to_others() -> None:
    scores = {("a", "b"): 5.0, ("c", "d"): 4.0, ("a", "c"): 3.0, ("a", "e"): 2.0}
    _, done = joined(scores)
    assert {node: joint.score for node, joint in ties_of(done).items()} == {
        "a": 3.0,
        "b": 3.0,
        "c": 3.0,
        "d": 3.0,
        "e": 2.0,
    }


@given(SCORES, st.sets(st.sampled_from(PAIRS), max_size=3))
def test_what_is_kept_apart_stays_apart(scores: dict[Pair, float], apart: set[Pair]) -> None:
    for group in joined(scores, apart=apart)[0]:
        assert not any(a in group and b in group for a, b in apart)


@given(SCORES, st.permutations(ALONE), st.randoms())
def test_order_decides_nothing(scores: dict[Pair, float], groups: list[list[str]], chance) -> None:  # type: ignore[no-untyped-def]
    shuffled = list(scores.items())
    chance.shuffle(shuffled)
    assert joined(dict(shuffled), "mean", 0.0, groups=groups) == joined(scores, "mean", 0.0)


@given(SCORES)
def test_no_cluster_reaches_beyond_likely_pairs(scores: dict[Pair, float]) -> None:
    for group in joined(scores, threshold=0.0)[0]:
        for node in group:
            near = (scores.get((min(node, x), max(node, x)), ABSENT) for x in group if x != node)
            assert len(group) == 1 or max(near) >= -1e-6


TRAITS: dict[str, Traits] = {
    f"{name}-{i}": traits_of(reading(f"{name}-{i}", text, DAYS[name]))
    for name, texts in TOLD.items()
    for i, text in enumerate(texts)
}
COMPARISON = Comparison(TRAITS.__getitem__)


def test_wholes_of_one_incident_are_likelier_than_of_two() -> None:
    told = ("ferry-0", "ferry-1")
    across = Across(0.0, 2, 0.0)
    same = COMPARISON.measure(told, ("ferry-2",), across)
    other = COMPARISON.measure(told, ("market-0",), across)
    assert tuple(same) == WHOLE_MEASURES
    wholes = load_model().wholes
    assert wholes.log_odds(same) > wholes.log_odds(other)


def test_names_that_each_side_has_for_itself_speak_against() -> None:
    ferry, market, across = ("ferry-0", "ferry-1"), ("market-0", "market-1"), Across(0.0, 4, 0.0)
    assert COMPARISON.measure(ferry, market, across)["own_names"] == pytest.approx(1.0)
    assert COMPARISON.measure(ferry, ("market-0",), across)["own_names"] == 0
    assert load_model().wholes.weights["own_names"] < 0


def test_measures_of_wholes_are_symmetric() -> None:
    a, b, across = ("ferry-0", "ferry-2"), ("market-0", "market-1"), Across(-2.0, 3, 0.5)
    assert COMPARISON.measure(a, b, across) == COMPARISON.measure(b, a, across)


def test_pairs_never_compared_count_against() -> None:
    found = COMPARISON.measure(("ferry-0", "ferry-1"), ("ferry-2",), Across(4.0, 1, 4.0))
    assert found["mean"] == pytest.approx((4.0 + ABSENT) / 2)
    assert found["best"] == 4.0
