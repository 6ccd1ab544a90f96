from __future__ import annotations

from itertools import combinations

from hypothesis import given
from hypothesis import strategies as st

from variorum.linking import index
from variorum.linking.index import Index

FILED = st.dictionaries(
    st.sampled_from("abcdefghij"),
    st.frozensets(st.sampled_from(["word x", "word y", "@1a word x", "@1a word y"]), min_size=1),
)


def compared(filed: dict[str, frozenset[str]]) -> set[tuple[str, str]]:
    """What `add` says in the end is to be compared."""
    built, pairs = Index(), set()
    for node, keys in filed.items():
        gained, lost = built.add(node, keys)
        pairs = (pairs | gained) - lost
    assert pairs == {pair for pair in combinations(sorted(filed), 2) if built.compares(*pair)}
    return pairs


@given(FILED, st.randoms())
def test_what_is_compared_follows_from_the_set_alone(filed: dict[str, frozenset[str]], chance) -> None:  # type: ignore[no-untyped-def]
    items = list(filed.items())
    chance.shuffle(items)
    cap, hubs = index.CAP, index.HUBS
    try:
        index.CAP, index.HUBS = 3, 2  # type: ignore[misc]
        assert compared(dict(items)) == compared(filed)
    finally:
        index.CAP, index.HUBS = cap, hubs  # type: ignore[misc]


@given(FILED, st.data())
def test_taking_a_report_out_is_as_if_it_had_never_come(filed: dict[str, frozenset[str]], data) -> None:  # type: ignore[no-untyped-def]
    if not filed:
        return
    gone = data.draw(st.sampled_from(sorted(filed)))
    cap, hubs = index.CAP, index.HUBS
    try:
        index.CAP, index.HUBS = 3, 2  # type: ignore[misc]
        built, pairs = Index(), set()
        for node, keys in filed.items():
            gained, lost = built.add(node, keys)
            pairs = (pairs | gained) - lost
        gained, _ = built.remove(gone)
        pairs = {pair for pair in pairs | gained if gone not in pair}
        assert pairs == compared({node: keys for node, keys in filed.items() if node != gone})
    finally:
        index.CAP, index.HUBS = cap, hubs  # type: ignore[misc]


def test_a_word_that_all_use_compares_nobody() -> None:
    built = Index()
    for number in range(index.CAP + 1):
        built.add(f"r{number:03}", frozenset({"word x"}))
    assert not built.compares("r000", "r001")


def test_a_name_that_all_use_in_one_week_compares_with_a_few() -> None:
    built = Index()
    for number in range(index.CAP * 3):
        built.add(f"r{number:03}", frozenset({"@1a word x"}))
    assert built.compares("r000", "r100")
    assert not built.compares("r050", "r100")
