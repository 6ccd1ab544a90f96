from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from variorum.linking.clusters import ABSENT, Pair, cluster

NODES = "abcdef"
PAIRS = [(x, y) for x in NODES for y in NODES if x < y]
SCORES = st.dictionaries(st.sampled_from(PAIRS), st.floats(-8, 8), max_size=15)


def test_likely_pairs_are_joined() -> None:
    assert cluster("abc", {("a", "b"): 3.0}, 0.0) == [["a", "b"], ["c"]]


def test_one_chance_likeness_joins_no_two_incidents() -> None:
    scores = {("a", "b"): 4.0, ("c", "d"): 4.0, ("b", "c"): 2.0}
    assert cluster("abcd", scores, 0.0) == [["a", "b"], ["c", "d"]]


def test_orders_go_before_scores() -> None:
    scores = {("a", "b"): 4.0, ("b", "c"): -4.0, ("a", "c"): 0.0}
    assert cluster("abc", scores, 0.0, apart=[("a", "b")])[0] != ["a", "b"]
    assert ["b", "c"] in cluster("abc", scores, 0.0, together=[("b", "c")], apart=[("a", "b")])


@given(SCORES, st.permutations(NODES), st.randoms())
def test_order_decides_nothing(scores: dict[Pair, float], nodes: list[str], chance) -> None:  # type: ignore[no-untyped-def]
    shuffled = list(scores.items())
    chance.shuffle(shuffled)
    assert cluster(nodes, dict(shuffled), 0.0) == cluster(NODES, scores, 0.0)


@given(SCORES, st.sets(st.sampled_from(PAIRS), max_size=3))
def test_what_is_kept_apart_stays_apart(scores: dict[Pair, float], apart: set[Pair]) -> None:
    for group in cluster(NODES, scores, 0.0, apart=apart):
        assert not any(a in group and b in group for a, b in apart)


@given(SCORES)
def test_no_cluster_reaches_beyond_likely_pairs(scores: dict[Pair, float]) -> None:
    for group in cluster(NODES, scores, 0.0):
        for node in group:
            near = (scores.get((min(node, x), max(node, x)), ABSENT) for x in group if x != node)
            assert len(group) == 1 or max(near) >= -1e-6
