"""Tolls of other incidents and of whole wars are background."""

from hypothesis import given
from hypothesis import strategies as st

from variorum.reading.background import is_background

LEAD = "The ferry sank off the cape at dawn and nine sailors drowned. " * 8


def background(text: str, words: str, figure: int = 1) -> bool:
    start = text.index(words)
    return is_background(text, (start, start + len(words)), figure, 0.0)


def test_tolls_of_other_years_are_background() -> None:
    text = LEAD + "\n\nIn March 2011, another attack on the ferry killed 70 people."
    assert background(text, "70 people", 70)


def test_tolls_of_a_whole_war_are_background() -> None:
    text = LEAD + "\n\nMore than 30,000 people have been killed since the war began last year."
    assert background(text, "More than 30,000 people", 30001)


def test_the_first_words_of_a_report_are_about_its_incident() -> None:
    assert not background("Nine sailors drowned when a ferry sank.", "Nine sailors", 9)


@given(st.text(max_size=400), st.integers(0, 400), st.integers(0, 400))
def test_no_text_fails(text: str, start: int, end: int) -> None:
    span = (min(start, end, len(text)), min(max(start, end), len(text)))
    assert is_background(text, span, 3, 0.0) in (True, False)
