from __future__ import annotations

from collections.abc import Iterator
from itertools import combinations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from variorum.linking import index
from variorum.linking.index import Index

# A key is for a stretch of time if it is odd.
ALWAYS, TIMED = 2, 3
Filed = dict[str, frozenset[int]]
FILED = st.dictionaries(
    st.sampled_from("abcdefghij"), st.frozensets(st.sampled_from([2, 4, 3, 5]), min_size=1)
)


@pytest.fixture(autouse=True, scope="module")
def small() -> Iterator[None]:
    """Few holders make a key common, so that few reports show what happens."""
    patch = pytest.MonkeyPatch()
    patch.setattr(index, "CAP", 3)
    patch.setattr(index, "HUBS", 2)
    yield
    patch.undo()


def compared(filed: Filed) -> set[tuple[str, str]]:
    """What `add` says in the end is to be compared."""
    built: Index = Index()
    pairs: set[tuple[str, str]] = set()
    for node, keys in filed.items():
        pairs = after_adding(built, pairs, node, keys)
    return pairs


def after_adding(
    built: Index, pairs: set[tuple[str, str]], node: str, keys: frozenset[int]
) -> set[tuple[str, str]]:
    others, doubtful = built.add(node, keys)
    parted = {(a, b) for side, across in doubtful for a in side for b in across}
    kept = {(a, b) for a, b in pairs if {(a, b), (b, a)}.isdisjoint(parted) or built.compares(a, b)}
    return kept | {(min(node, other), max(node, other)) for other in others}


def by_the_rule(filed: Filed) -> set[tuple[str, str]]:
    """The rule as the module tells it, in so many words."""
    found = set()
    for key in {key for keys in filed.values() for key in keys}:
        holders = sorted(node for node, keys in filed.items() if key in keys)
        if len(holders) <= 3:
            found.update(combinations(holders, 2))
        elif key % 2:
            found.update((a, b) for a, b in combinations(holders, 2) if a in holders[:2])
    return found


@given(FILED)
def test_pairs_are_those_of_the_rule(filed: Filed) -> None:
    assert compared(filed) == by_the_rule(filed)


@given(FILED, st.randoms())
def test_what_is_compared_follows_from_the_set_alone(filed: Filed, chance) -> None:  # type: ignore[no-untyped-def]
    items = list(filed.items())
    chance.shuffle(items)
    assert compared(dict(items)) == compared(filed)


@given(FILED)
def test_the_index_tells_its_pairs_in_three_ways_alike(filed: Filed) -> None:
    built = Index()
    for node, keys in filed.items():
        built.add(node, keys)
    assert built.pairs() == compared(filed)
    assert built.pairs() == {pair for pair in combinations(sorted(filed), 2) if built.compares(*pair)}


@given(FILED, st.data())
def test_taking_a_report_out_is_as_if_it_had_never_come(filed: Filed, data) -> None:  # type: ignore[no-untyped-def]
    if not filed:
        return
    gone = data.draw(st.sampled_from(sorted(filed)))
    built = Index()
    pairs: set[tuple[str, str]] = set()
    for node, keys in filed.items():
        pairs = after_adding(built, pairs, node, keys)
    left = {pair for pair in pairs | built.remove(gone) if gone not in pair}
    assert left == built.pairs() == compared({node: keys for node, keys in filed.items() if node != gone})


def test_a_word_that_all_use_compares_nobody() -> None:
    assert not compared(dict.fromkeys("abcdef", frozenset({ALWAYS})))


def test_a_name_that_all_use_in_one_week_compares_with_a_few() -> None:
    pairs = compared(dict.fromkeys("abcdef", frozenset({TIMED})))
    assert ("a", "f") in pairs
    assert ("e", "f") not in pairs
