"""Quotes: never more words than allowed, and a mark where words were left out."""

from __future__ import annotations

from hypothesis import example, given
from hypothesis import strategies as st

from variorum.exports.quoting import MARK, count, cut, head, tail


def test_a_cut_is_marked() -> None:
    assert cut("one two three", 2) == f"one two {MARK}"
    assert cut("one two three", 3) == "one two three"
    assert cut("one", 0) == MARK
    assert cut("", 0) == ""


def test_beginnings_and_ends_are_as_they_stand() -> None:
    assert head("one  two three", 2) == "one  two"
    assert tail("one  two three ", 2) == "two three "
    assert (head("a b", 0), tail("a b", 0)) == ("", "")


@given(st.text(), st.integers(0, 12))
@example("\r0 0", 1)
def test_no_more_words_than_allowed(words: str, most: int) -> None:
    short = cut(words, most)
    assert count(short.removesuffix(MARK)) <= most
    assert words.startswith(short.removesuffix(MARK).rstrip())
    assert cut(short, most) == short
