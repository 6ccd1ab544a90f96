"""What holds for any text: valid offsets, no errors, the same answer twice, nothing assumed."""

from __future__ import annotations

import datetime

from hypothesis import given, settings
from hypothesis import strategies as st

from tests.pace import assert_grows_in_proportion
from variorum.reading.dates import find_dates, values
from variorum.reading.dates.lexicon import words

PIECES = st.sampled_from(
    [
        *sorted(words()), "January", "May", "Sept.", "Friday", "Christmas", "Easter", "Sun", "1",
        "7", "31", "99", "365", "1914", "2021", "9999", "0", "1,000", "2.5", "14.06.2021", "31/02/2020",
        "2021-06-14", "1990s", "'90s", "'99",
        "3rd", "22nd", "-", "–", "/", ",", ".", ":", "(", ")", "'s", "\n\n", "10:30", "a.m.",
        "p.m.", "B.C.", "GMT", "o'clock", "1/2", "killed", "will", "be", "²", "٣", "İ",
    ]
)  # fmt: skip
TEXTS = st.one_of(
    st.text(max_size=200), st.lists(PIECES, max_size=40).map(" ".join), st.lists(PIECES).map("".join)
)
PUBLISHED = st.one_of(st.none(), st.dates())


@settings(max_examples=400, deadline=None)
@given(TEXTS, PUBLISHED)
def test_any_text_gives_valid_expressions(text: str, published: datetime.date | None) -> None:
    found = find_dates(text, published)
    assert found == find_dates(text, published)
    end = 0
    for each in found:
        assert end <= each.start < each.end <= len(text)
        end = each.end
        dated = (each.first, each.last, each.precision, each.anchored)
        assert all(part is None for part in dated) or None not in dated
        if each.first is not None and each.last is not None:
            assert each.first <= each.last
            covered = values.interval(each.value)
            assert covered is not None
            assert each.first <= covered[0] <= covered[1] <= each.last
        if published is None:
            assert each.anchored != "published"


@settings(max_examples=100, deadline=None)
@given(st.integers(1583, 9998))
def test_easter_is_a_sunday_in_spring(year: int) -> None:
    easter = values.easter(year)
    assert easter.isoweekday() == 7
    assert datetime.date(year, 3, 22) <= easter <= datetime.date(year, 4, 25)


def test_time_grows_with_the_length_of_the_text() -> None:
    for piece in (
        "9",
        "9.",
        "1,234",
        "the ",
        "a few ",
        "May 5 ",
        "'",
        "\n ",
        "twenty-",
        "5 to 6 and ",
        "a.m.",
        "1/2 ",
    ):
        short, long = (piece * (size // len(piece)) for size in (5_000, 40_000))
        assert_grows_in_proportion(lambda text: find_dates(text, datetime.date(2021, 6, 16)), short, long)
