"""Windows: every piece owned once, whole sentences where they fit, the same for training and reading."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from variorum.reading.encoder.windows import CONTEXT, WINDOW, pieces_of, sentence_starts, shape_of, windows_of


@given(
    st.lists(
        st.sampled_from(["The convoy left at dawn.", "word", "Two men fell!", "\n\n", "a " * 90]), max_size=60
    )
)
def test_windows_own_every_piece_once(parts: list[str]):
    text = " ".join(parts)
    pieces = pieces_of(text)
    windows = windows_of(text, pieces)
    assert [p for w in windows for p in range(w.own, w.last)] == list(range(len(pieces.ids)))
    for window in windows:
        assert window.last - window.first <= WINDOW
        assert 0 <= window.own - window.first <= CONTEXT


def test_windows_begin_where_a_sentence_begins():
    text = "The patrol came back. " * 200
    pieces = pieces_of(text)
    for window in windows_of(text, pieces):
        assert text[pieces.starts[window.own] :].startswith("The patrol")
        assert text[pieces.starts[window.first] :].startswith("The patrol")


def test_pieces_inside_characters():
    text = "Nine soldiers died"
    pieces = pieces_of(text)
    assert list(pieces.inside(5, 13)) == [1]
    assert list(pieces.inside(4, 6)) == [1]
    assert list(pieces.inside(3, 6)) == [0, 1]
    assert list(pieces.inside(0, len(text))) == [0, 1, 2]


def test_shapes():
    assert [shape_of(w) for w in ("army", "Army", "IDF", "23", ",", "iPhone")] == [0, 1, 2, 3, 4, 5]


@pytest.mark.parametrize(
    ("text", "sentences"),
    [
        (
            "Lt. Col. J. F. Kerr said 4 died. Dr. Moss denied it.",
            ["Lt. Col. J. F. Kerr said 4 died. ", "Dr. Moss denied it."],
        ),
        ("It was No. 4. The toll rose.", ["It was No. 4. ", "The toll rose."]),
        ("They said no. The toll rose.", ["They said no. ", "The toll rose."]),
        ("He came on Jan. 5. So did I. They left.", ["He came on Jan. 5. ", "So did I. ", "They left."]),
        ("It ended in Mar.\n\n5 died.", ["It ended in Mar.\n\n", "5 died."]),
        ("He lives on Main St. Police came.", ["He lives on Main St. ", "Police came."]),
    ],
)
def test_a_full_stop_that_shortens_a_word_ends_no_sentence(text: str, sentences: list[str]) -> None:
    starts = sentence_starts(text)
    assert [text[a:b] for a, b in zip(starts, [*starts[1:], len(text)], strict=True)] == sentences
