"""The day on which a source said something, where the report tells."""

from __future__ import annotations

from datetime import date

import pytest

from variorum.model import Report
from variorum.reading.dates import find_dates
from variorum.reading.incidents import day_said

PUBLISHED = date(2031, 3, 14)  # a Friday


def said(text: str, source: str | None, content: str, published: date | None = PUBLISHED) -> str | None:
    report = Report(id="r", text=text, published=published)
    at = text.index(content)
    span = None if source is None else (text.index(source), text.index(source) + len(source))
    return day_said(report, span, (at, at + len(content)), find_dates(text, published))


@pytest.mark.parametrize(
    ("text", "source", "expected"),
    [
        ("In a statement released Thursday, the group said that nine men died.", "the group", "2031-03-13"),
        ("The group said on Monday that nine men died.", "The group", "2031-03-10"),
        ("Nine men died, the minister told reporters on 3 March.", "the minister", "2031-03-03"),
        (
            "Nine men died, the minister told a news conference in Northport on Monday.",
            "minister",
            "2031-03-10",
        ),
        ("The Coast Army on Wednesday said that nine men died.", "The Coast Army", "2031-03-12"),
        ("On Wednesday, the army's spokesman announced that nine men died.", "the army", "2031-03-12"),
        ("In Monday's statement the group said that nine men died.", "the group", "2031-03-10"),
        ("The group claimed the blast on Thursday, in which nine men died.", "The group", "2031-03-13"),
    ],
)
def test_days_of_telling(text: str, source: str, expected: str) -> None:
    assert said(text, source, "nine men died" if "nine men died" in text else "Nine men died") == expected


@pytest.mark.parametrize(
    ("text", "source"),
    [
        ("The group said nine men died on Monday.", "The group"),
        ("The army said the attack on Monday killed many: nine men died.", "The army"),
        ("The group said that nine men died.", "The group"),
        ("The group said its deadline ran until Monday and nine men died.", "The group"),
    ],
)
def test_days_of_what_happened_are_not_days_of_telling(text: str, source: str) -> None:
    assert said(text, source, "nine men died") is None


def test_each_source_has_its_own_day() -> None:
    text = "The army said on Monday that nine men died, but the group said on Wednesday that it lost two."
    assert said(text, "The army", "nine men died") == "2031-03-10"
    assert said(text, "the group", "lost two") == "2031-03-12"


def test_a_pronoun_goes_on_with_the_statement_before() -> None:
    text = "The minister told reporters on Monday that the siege was over. He added that nine men died."
    assert said(text, "He", "nine men died") == "2031-03-10"
    apart = text.replace(". He", ".\n\nHe")
    assert said(apart, "He", "nine men died") is None


def test_nobody_spoke_on_a_day_after_the_report_or_without_a_source() -> None:
    text = "The group said on 20 March 2031 that nine men died."
    assert said(text, "The group", "nine men died") is None
    assert said(text, "The group", "nine men died", None) == "2031-03-20"
    assert said(text, None, "nine men died") is None
