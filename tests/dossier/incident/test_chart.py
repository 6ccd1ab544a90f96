from __future__ import annotations

from itertools import pairwise
from xml.etree import ElementTree

from hypothesis import given
from hypothesis import strategies as st

from tests.dossier.incident.pile import dispute, dossier_of, telling
from tests.invented import ARMY, REPORTER
from variorum.dossier import lay_out_incident
from variorum.dossier.incident.chart import MOST, narrow_chart, wide_chart
from variorum.dossier.incident.scale import number_scale, spread
from variorum.dossier.incident.series import Chart
from variorum.dossier.incident.stemma import narrow_stemma, wide_stemma
from variorum.model import Reading, Status


def charts_of(readings: list[Reading]) -> tuple[Chart, ...]:
    return lay_out_incident(dossier_of(readings), readings).charts


def parsed(picture: str) -> ElementTree.Element:
    return ElementTree.fromstring(str(picture))


def having(tree: ElementTree.Element, name: str) -> list[ElementTree.Element]:
    return [one for one in tree.iter() if name in one.get("class", "").split()]


def test_points_are_the_answers() -> None:
    readings = dispute()
    dossier = dossier_of(readings)
    open_tolls = [
        question
        for question in dossier.questions
        if question.kind == "toll" and question.status in (Status.CONTESTED, Status.REVISED)
    ]
    charts = charts_of(readings)
    assert len(charts) == len(open_tolls) == 2
    for question, chart in zip(open_tolls, charts, strict=True):
        answers = [
            (one.known, one.min, one.max, one.certainty) for p in question.positions for one in p.answers
        ]
        points = [
            (one.day, one.low, one.high, one.certainty) for series in chart.series for one in series.points
        ]
        assert points == answers


def test_each_point_is_drawn_once_and_leads_to_its_words() -> None:
    militants, civilians = charts_of(dispute())
    tree = parsed(wide_chart(militants))
    assert len(having(tree, "dot")) == 3
    assert [one.text for one in having(tree, "value")] == ["9"]
    assert {one.get("href") for one in tree.iter("a")} == {"#w-A1", "#w-C1", "#w-C2"}
    tree = parsed(wide_chart(civilians))
    assert len(having(tree, "hollow")) == 1
    assert len(having(tree, "head")) == 1
    assert len(having(tree, "cap")) == 2


def test_names_stand_at_the_ends_of_the_lines() -> None:
    militants, _ = charts_of(dispute())
    for picture in (wide_chart(militants), narrow_chart(militants)):
        names = ["".join(one.itertext()) for one in having(parsed(picture), "name")]
        assert names == ["31 Norland Army", "4 Reef Front"]


def test_a_higher_number_stands_higher_and_a_later_day_further_right() -> None:
    militants, _ = charts_of(dispute())
    tree = parsed(wide_chart(militants))
    nine, thirtyone = [(float(one.get("cx", "")), float(one.get("cy", ""))) for one in tree.iter("circle")]
    assert thirtyone[0] > nine[0]
    assert thirtyone[1] < nine[1]
    assert tree.get("aria-hidden") == "true"


def test_sources_that_gave_the_same_on_the_same_day_share_a_line() -> None:
    readings = [
        telling("one", 5, "Salt Radio").toll(REPORTER, "six died", 6).toll(ARMY, "four died", 4).reading(),
        telling("two", 5, "Dune Gazette").toll(REPORTER, "there were six dead", 6).reading(),
    ]
    (chart,) = charts_of(readings)
    assert {frozenset(series.names) for series in chart.series} == {
        frozenset({ARMY}),
        frozenset({"Salt Radio", "Dune Gazette"}),
    }


def test_a_denial_and_an_unknown_day_are_in_the_table_only() -> None:
    readings = [
        telling("one", 5, "Salt Radio")
        .toll(ARMY, "four died", 4)
        .toll("Port Office", "nine died", 9)
        .reading(),
        telling("two", 5, "Bell").toll("Quay Union", "not four but that", 4, certainty="denied").reading(),
        telling("three", None, "Post").toll("Pilots", "seven died", 7).reading(),
    ]
    (chart,) = charts_of(readings)
    assert len(chart.series) == 4
    assert {series.name for series in chart.drawn} == {ARMY, "Port Office"}


def test_many_sources_do_not_crowd_the_picture() -> None:
    readings = [
        telling(f"r{n}", n % 9 + 1, f"Paper {n}")
        .toll(f"Village {n}", f"{n + 2} people died", n + 2)
        .reading()
        for n in range(MOST + 8)
    ]
    (chart,) = charts_of(readings)
    assert len(chart.series) == MOST + 8
    tree = parsed(wide_chart(chart))
    names = having(tree, "name")
    assert len(names) == MOST
    heights = sorted(float(one.get("y", "0")) for one in names)
    assert min(b - a for a, b in pairwise(heights)) > 12
    assert max(heights) < float(tree.get("height", "0"))


def test_numbers_far_apart_stand_on_a_scale_by_tens() -> None:
    scale = number_scale([3, 4000], 100.0, 0.0)
    assert scale.tens
    assert scale.ticks == (1, 10, 100, 1000, 10000)
    assert not number_scale([3, 40], 100.0, 0.0).tens


@given(st.lists(st.integers(0, 10**7), min_size=1, max_size=30))
def test_every_number_has_its_height(numbers: list[int]) -> None:
    scale = number_scale(numbers, 200.0, 0.0)
    heights = [scale.at(number) for number in sorted(numbers)]
    assert heights == sorted(heights, reverse=True)
    assert all(-0.01 <= height <= 200.01 for height in heights)


@given(st.lists(st.floats(0, 200), max_size=14))
def test_labels_keep_their_distance_and_order(wanted: list[float]) -> None:
    placed = spread(wanted, 17.0, 0.0, 17.0 * 14)
    assert len(placed) == len(wanted)
    by_wish = [placed[n] for n in sorted(range(len(wanted)), key=lambda n: (wanted[n], n))]
    assert all(b - a > 16.9 for a, b in pairwise(by_wish))
    assert all(-0.1 <= top <= 17.0 * 14 for top in placed)


def test_the_copy_graph_shows_every_report_of_a_family() -> None:
    readings = dispute()
    kinship = lay_out_incident(dossier_of(readings), readings).kinship
    for picture in (wide_stemma(kinship), narrow_stemma(kinship)):
        tree = parsed(picture)
        assert len(having(tree, "dot")) == 2
        assert len(having(tree, "same-text")) == 1
        assert len(having(tree, "tip")) == 1


def test_a_direction_that_is_not_known_has_no_arrow() -> None:
    readings = dispute()
    dossier = dossier_of(readings)
    (copy,) = dossier.copies.copies
    unknown = dossier.copies.model_copy(
        update={"copies": (copy.model_copy(update={"direction": "unknown"}),)}
    )
    kinship = lay_out_incident(dossier.model_copy(update={"copies": unknown}), readings).kinship
    tree = parsed(wide_stemma(kinship))
    assert len(having(tree, "same-text")) == 1
    assert not having(tree, "tip")
    assert kinship.ties[0].sentence.startswith("B shares words with A")
