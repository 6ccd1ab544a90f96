"""What the reader of dates finds and how it normalises it, on invented sentences."""

from __future__ import annotations

import datetime

import pytest

from variorum.reading.dates import (
    TimeExpression,
    acled_precision,
    as_timexes,
    days_among,
    find_dates,
    ucdp_precision,
)

# A Wednesday.
PUBLISHED = datetime.date(2021, 6, 16)


def values(text: str, published: datetime.date | None = PUBLISHED) -> list[str | None]:
    return [each.value for each in find_dates(text, published)]


def only(text: str, published: datetime.date | None = PUBLISHED) -> TimeExpression:
    (found,) = find_dates(text, published)
    return found


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("The depot was shelled on 14 June 2021.", "2021-06-14"),
        ("The depot was shelled on Monday, June 14, 2021.", "2021-06-14"),
        ("The depot was shelled on the 14th of June, 2021.", "2021-06-14"),
        ("The depot was shelled on 2021-06-14.", "2021-06-14"),
        ("The depot burns in this Monday, June 14, 2021 photo.", "2021-06-14"),
        ("The depot was shelled on 14.06.2021.", "2021-06-14"),
        ("The depot was shelled on 14/06/2021.", "2021-06-14"),
        ("The depot was shelled on 06/14/2021.", "2021-06-14"),
        ("The depot was shelled on Sept. 3, 2019.", "2019-09-03"),
        ("The depot was shelled in May 2020.", "2020-05"),
        ("The depot was shelled in late May, 2020.", "2020-05"),
        ("The depot was shelled in 2019.", "2019"),
        ("The depot was shelled in the summer of 2019.", "2019-SU"),
        ("The depot was shelled in the second quarter of 2019.", "2019-Q2"),
        ("The depot was shelled in the first half of 2019.", "2019-H1"),
        ("The depot was built in the 1990s.", "199"),
        ("The depot was built in the nineteenth century.", "18"),
        ("The depot was shelled on Christmas Day 2020.", "2020-12-25"),
        ("The wall fell in 241 BC.", "BC0241"),
        ("The depot was shelled at 10 p.m. on June 3, 2021.", "2021-06-03T22:00"),
        ("The depot was shelled on the night of 3 June 2021.", "2021-06-03TNI"),
    ],
)
def test_explicit_dates_need_no_date_of_publication(text: str, value: str) -> None:
    for published in (PUBLISHED, None):
        found = only(text, published)
        assert found.value == value
        assert found.anchored in ("explicit", None)


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("Two guards were killed on Monday.", "2021-06-14"),
        ("Two guards were killed on Wednesday.", "2021-06-16"),
        ("Two guards were killed last Friday.", "2021-06-11"),
        ("The court will rule on Friday.", "2021-06-18"),
        ("The truce is to start next Monday.", "2021-06-21"),
        ("Two guards were killed on Friday last week.", "2021-06-11"),
        ("Two guards were killed on Monday night.", "2021-06-14TNI"),
        ("Two guards were killed yesterday.", "2021-06-15"),
        ("Two guards were killed three days ago.", "2021-06-13"),
        ("Two guards were killed last month.", "2021-05"),
        ("Two guards were killed last year.", "2020"),
        ("Two guards were killed earlier this week.", "2021-W24"),
        ("Two guards were killed over the weekend.", "2021-W23-WE"),
        ("Two guards were killed last night.", "2021-06-15TNI"),
        ("Two guards were killed on 7 May.", "2021-05-07"),
        ("Two guards were killed on 30 December.", "2020-12-30"),
        ("Two guards were killed in March.", "2021-03"),
        ("Two guards were killed in November.", "2020-11"),
        ("Talks are expected in July.", "2021-07"),
        ("The report is to be published on 2 August.", "2021-08-02"),
        ("Two guards were killed in July last year.", "2020-07"),
    ],
)
def test_relative_dates_count_from_the_report(text: str, value: str) -> None:
    found = only(text)
    assert found.value == value
    assert found.anchored == "published"
    assert found.first is not None


@pytest.mark.parametrize(
    "text",
    [
        "Two guards were killed on Monday.",
        "Two guards were killed yesterday.",
        "Two guards were killed last month.",
        "Two guards were killed on 7 May.",
        "Two guards were killed three days ago.",
        "Two guards were killed the next day.",
        "Two guards were killed over the weekend.",
        "Two guards were killed this morning.",
        "Two guards were killed in '19 or in March.",
    ],
)
def test_without_a_date_of_publication_relative_dates_stay_open(text: str) -> None:
    for found in find_dates(text, None):
        assert found.value is None
        assert (found.first, found.last, found.precision, found.anchored) == (None, None, None, None)


@pytest.mark.parametrize(
    "text",
    [
        "The raid of 31 February was denied.",
        "The raid of 29 February 2021 was denied.",
        "The raid of 2021-02-30 was denied.",
        "The raid of 3/4/2021 was denied.",
    ],
)
def test_impossible_and_ambiguous_dates_stay_open(text: str) -> None:
    found = only(text)
    assert found.value is None
    assert found.first is None


def test_both_ends_of_a_range_are_dates() -> None:
    assert values("The clashes between 5 and 9 June 2021 went on.") == ["2021-06-05", "2021-06-09"]
    assert values("The siege of 31 May to 1 June 2016 was short.") == ["2016-05-31", "2016-06-01"]
    assert values("The siege of June 5-9, 2021 was short.") == ["2021-06-05", "2021-06-09"]
    assert values("The siege of 2014-16 was long.") == ["2014", "2016"]
    assert values("The fighting of August and September 2014 was heavy.") == ["2014-08", "2014-09"]


def test_a_sequence_counts_from_the_date_named_before() -> None:
    text = (
        "On 3 May 2014 shells hit the market. The next day four more fell. Two days later the road reopened."
    )
    for published in (PUBLISHED, None):
        first, second, third = find_dates(text, published)
        assert [first.value, second.value, third.value] == ["2014-05-03", "2014-05-04", "2014-05-06"]
        assert [first.anchored, second.anchored, third.anchored] == ["explicit", "story", "story"]


def test_days_before_an_event_are_a_length_of_time() -> None:
    assert [each.type for each in find_dates("It came two days before the raid.", PUBLISHED)] == ["DURATION"]


HISTORY = (
    "The rising began on 3 March 1911 in the hills. On 12 April 1911 the port fell. In May 1911 a truce "
    "was signed, but on 9 June 1911 it broke. The governor fled on 2 October 1911. On 28 December the fort "
    "was stormed. "
    "In February a new council met. On Monday 4 March 1912 it resigned; on 6 March 1912 war was declared. "
    "On 7 April the bridge was blown up. The next day the town burned."
)


def test_a_history_counts_from_the_date_it_named_last() -> None:
    found = find_dates(HISTORY, PUBLISHED)
    told = [each.value for each in found if each.anchored == "story"]
    assert told == ["1911-12-28", "1912-02", "1912-04-07", "1912-04-08"]


@pytest.mark.parametrize(
    ("text", "kind", "value"),
    [
        ("The battle lasted three days.", "DURATION", "P3D"),
        ("The battle lasted two and a half years.", "DURATION", "P2Y6M"),
        ("The battle lasted several hours.", "DURATION", "PTXH"),
        ("The eight-year war went on.", "DURATION", "P8Y"),
        ("In the past two weeks the road was shut.", "DURATION", "P2W"),
        ("The road is shelled every day.", "SET", "P1D"),
        ("The road is shelled each Thursday.", "SET", "XXXX-WXX-4"),
        ("The road is shelled weekly.", "SET", "P1W"),
        ("The road is now shut.", "DATE", "PRESENT_REF"),
        ("The road was recently shut.", "DATE", "PAST_REF"),
    ],
)
def test_what_is_no_calendar_date_has_no_interval(text: str, kind: str, value: str) -> None:
    found = only(text)
    assert (found.type, found.value) == (kind, value)
    assert (found.first, found.last, found.precision, found.anchored) == (None, None, None, None)
    assert acled_precision(found) is None


@pytest.mark.parametrize(
    "text",
    [
        "Some 2,000 people fled and 1500 civilians stayed.",
        "He may march to the capital.",
        "The 34-year-old man and the boy, 12 years old, were hit.",
        "The vote was 21 to 17.",
        "Route 1999% and $2014 were paid.",
        "The second man fell; the house fell too.",
    ],
)
def test_numbers_and_words_that_only_look_like_dates(text: str) -> None:
    assert find_dates(text, PUBLISHED) == ()


def test_time_of_day_belongs_to_the_day_beside_it() -> None:
    assert values("It began at around 3:30 a.m. (0030 GMT) on Tuesday.") == ["2021-06-15T03:30"]
    assert values("It began on Tuesday at 14:30.") == ["2021-06-15T14:30"]
    assert values("It began on Tuesday. At 5 p.m. it was over.") == ["2021-06-15", "2021-06-15T17:00"]


def test_as_soon_as_looks_ahead() -> None:
    assert values("The convoy could leave as early as Friday.") == ["2021-06-18"]


def test_intervals_and_precision() -> None:
    cases = {
        "on 3 June 2021": ("2021-06-03", "2021-06-03", 1, 1),
        "over the weekend": ("2021-06-12", "2021-06-13", 2, 2),
        "last week": ("2021-06-07", "2021-06-13", 3, 2),
        "two weeks ago": ("2021-05-30", "2021-06-05", 3, 2),
        "in May 2020": ("2020-05-01", "2020-05-31", 4, 3),
        "in 2019": ("2019-01-01", "2019-12-31", 5, 3),
        "in the winter of 2019": ("2018-12-01", "2020-02-29", 5, 3),
    }
    for words, (first, last, ucdp, acled) in cases.items():
        found = only(f"A bridge was hit {words}.")
        assert (str(found.first), str(found.last), found.precision, acled_precision(found)) == (
            first,
            last,
            ucdp,
            acled,
        )


def test_ucdp_precision_of_lengths() -> None:
    day = datetime.date(2021, 6, 1)
    lengths = {1: 1, 2: 2, 6: 2, 7: 3, 8: 4, 31: 4, 32: 5}
    for days, code in lengths.items():
        assert ucdp_precision(day, day + datetime.timedelta(days - 1)) == code


def test_days_among_keeps_single_days_in_order() -> None:
    found = find_dates("In May 2020 and on 3 June 2021 bridges were hit, one on Monday.", PUBLISHED)
    assert [(each.value, each.anchored) for each in days_among(found)] == [
        ("2021-06-03", "explicit"),
        ("2021-06-14", "published"),
    ]


def test_records_carry_the_four_fields() -> None:
    text = "A bridge was hit on 3 June 2021."
    assert as_timexes(find_dates(text, None)) == [
        {"start": 20, "end": 31, "type": "DATE", "value": "2021-06-03"}
    ]
    assert text[20:31] == "3 June 2021"


def test_neither_party_nor_wording_changes_a_date() -> None:
    for who in ("the army", "the rebels", "the terrorists", "the martyrs"):
        assert values(f"Two of {who} were killed on Monday.") == ["2021-06-14"]
