from __future__ import annotations

import itertools

from hypothesis import given
from hypothesis import strategies as st

from variorum.llm.passages import SMALLEST, Passage, halves, passages_of

texts = st.lists(
    st.sampled_from(["Shots fell. ", "He ran.\n", "mill ", "x" * 40, "\n\n", "14"]), max_size=200
).map("".join)


@given(texts, st.integers(1, 300), st.integers(0, 200))
def test_passages_cover_the_text_in_order_and_keep_their_size(text: str, size: int, context: int) -> None:
    found = passages_of(text, size, context)
    assert "".join(text[p.start : p.end] for p in found).split() == text.split() or size < 45
    assert "".join("".join(text[p.start : p.end] for p in found).split()) == "".join(text.split())
    for one in found:
        assert 0 < one.end - one.start <= size
        assert max(0, one.start - context) <= one.context <= one.start
    assert all(one.end <= other.start for one, other in itertools.pairwise(found))


@given(texts, st.integers(0, 200))
def test_halves_of_halves_end(text: str, context: int) -> None:
    waiting, seen = [Passage(0, 0, len(text))], 0
    while waiting:
        one = waiting.pop()
        parts = halves(text, one, context)
        assert bool(parts) <= (one.end - one.start > SMALLEST)
        assert all(part.end - part.start < one.end - one.start for part in parts)
        waiting += parts
        seen += 1
    assert seen <= 4 * (len(text) // SMALLEST + 1)


def test_paragraphs_stay_whole_where_they_fit() -> None:
    text = "One shell fell. Two men ran.\nThe mill burnt. It was night.\nNobody spoke."
    found = passages_of(text, 40, 20)
    assert [text[p.start : p.end] for p in found] == [
        "One shell fell. Two men ran.\n",
        "The mill burnt. It was night.\n",
        "Nobody spoke.",
    ]
    assert [text[p.context : p.start] for p in found] == ["", "Two men ran.\n", "It was night.\n"]
