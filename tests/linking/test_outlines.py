from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.linking.piles import DAYS, TOLD, reading
from variorum.linking.outlines import MOST, core_of, outline_of
from variorum.linking.pairs import measure
from variorum.linking.traits import Traits, traits_of
from variorum.model import Day, Incident, Place, Reading, Report

FERRY = [traits_of(reading(f"f{i}", text, DAYS["ferry"])) for i, text in enumerate(TOLD["ferry"])]


def of_day(name: str, first: int, place: str = "Varndal") -> Traits:
    """A report that tells a day in May 2031 and a place."""
    day = Day(first=date(2031, 5, first), last=date(2031, 5, first), precision=1)
    where = Place(name=place, geonameid=len(place), latitude=60.0, longitude=5.0, precision=1)
    report = Report(id=name, text=f"Told by {name}.")
    return traits_of(
        Reading(
            report=report,
            reader="invented",
            incidents=(Incident(id="i", day=day, place=where),),
            places=(where,),
        )
    )


def test_a_single_report_is_its_own_outline() -> None:
    assert outline_of(FERRY[:1]) is FERRY[0]


def test_a_profile_holds_what_any_report_lists() -> None:
    profile = outline_of(FERRY)
    assert profile.names == FERRY[0].names | FERRY[1].names | FERRY[2].names
    assert profile.ages == {54}
    assert profile.published == DAYS["ferry"]


def test_words_count_by_their_mean() -> None:
    profile = outline_of(FERRY[:2])
    word = "skarholt"
    assert profile.words.values[word] == pytest.approx(
        sum(report.words.values[word] / report.words.size for report in FERRY[:2])
    )
    assert profile.words.cosine(profile.words) == pytest.approx(1.0)


def test_the_day_and_site_that_most_reports_tell_are_taken() -> None:
    profile = outline_of([of_day("a", 6), of_day("b", 7, "Oskby"), of_day("c", 6)])
    assert profile.told is not None
    assert profile.told.first == date(2031, 5, 6)
    assert profile.site == "varndal"
    assert [where.share for where in profile.wheres] == pytest.approx([2 / 3, 1 / 3])


def test_reports_without_words_do_no_harm() -> None:
    empty = traits_of(reading("e", "?"))
    assert outline_of([empty, FERRY[0]]).words.values.keys() == FERRY[0].words.values.keys()


def test_a_profile_is_like_each_of_its_reports_more_than_they_are_like_one_another() -> None:
    profile = outline_of(FERRY[:2])
    assert measure(profile, FERRY[2])["names"] >= max(measure(one, FERRY[2])["names"] for one in FERRY[:2])


def test_very_many_reports_are_represented_by_some() -> None:
    many = [of_day(f"n{i}", 6) for i in range(MOST + 20)]
    assert outline_of(many) == outline_of(sorted(many, key=lambda report: report.key)[:MOST])


def test_the_core_is_the_names_that_most_reports_use() -> None:
    core = core_of(FERRY)
    assert {"skarholt", "varndal", "tessvik"} <= core
    assert "oskby" not in core
    assert not core_of(FERRY[:1])


@given(st.permutations(FERRY))
def test_order_decides_nothing(order: list[Traits]) -> None:
    assert outline_of(order) == outline_of(FERRY)
