from __future__ import annotations

import re
from itertools import pairwise
from xml.etree import ElementTree

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from variorum.dossier.mapping import AREAS, Mark, draw_map
from variorum.dossier.mapping.basemap import countries
from variorum.dossier.mapping.window import clip, window_on

LATITUDES, LONGITUDES = st.floats(-57, 83), st.floats(-180, 180)
MARKS = st.builds(
    Mark,
    latitude=LATITUDES,
    longitude=LONGITUDES,
    precision=st.sampled_from([None, *range(1, 8)]),
    label=st.text(max_size=20),
    href=st.sampled_from([None, "/incidents/incident-1"]),
    number=st.integers(1, 9999),
)


def parts(svg, tag):
    return list(ElementTree.fromstring(svg).iter(tag))


@pytest.mark.parametrize("detail", ["110m", "50m"])
def test_points_lie_in_their_countries(detail):
    where = {(44.4, 33.3): "Iraq", (2.35, 48.85): "France", (177.5, 66.5): "Russia", (-175.0, 66.7): "Russia"}
    for (longitude, latitude), name in where.items():
        assert [one.name for one in countries(detail) if one.holds(longitude, latitude)] == [name]
    assert not [one.name for one in countries(detail) if one.holds(-30.0, 30.0)]


def test_no_country_is_drawn_right_across_the_world():
    """Rings that cross the date line are unrolled: no side of one is as long as half the world."""
    for country in countries("110m"):
        for ring in country.rings:
            steps = [abs(a[0] - b[0]) for a, b in pairwise(ring)]
            assert max(steps) < 180, country.name


@given(st.lists(MARKS, min_size=1, max_size=8))
def test_any_marks_make_a_picture_that_shows_them_all(marks):
    svg = draw_map(marks)
    shown = [float(ring.get(side)) for ring in parts(svg, "circle") for side in ("cx", "cy")]
    assert all(-1 <= place <= 721 for place in shown)
    assert len(svg) < 150_000


@given(st.lists(MARKS, min_size=1, max_size=20))
def test_no_incident_is_left_out_where_marks_are_drawn_together(marks):
    vague = [mark for mark in marks if mark.precision != 6]
    assume(vague)
    numbers = [
        int(text.text.replace(",", ""))
        for text in parts(draw_map(vague), "text")
        if text.get("class") == "number"
    ]
    single = sum("area" in (ring.get("class") or "") for ring in parts(draw_map(vague), "circle")) - len(
        numbers
    )
    assert sum(numbers) + single == sum(mark.number for mark in vague)


@given(LATITUDES, LONGITUDES, st.sampled_from([1, 2, 3, 4, 5, 7]))
def test_a_ring_is_as_wide_as_the_place_is_vague(latitude, longitude, precision):
    mark = Mark(latitude, longitude, precision, "there")
    window = window_on([((longitude, latitude), AREAS[precision])], 720, 400)
    (ring,) = parts(draw_map([mark]), "circle")
    assert float(ring.get("r")) == pytest.approx(max(5, window.pixels(AREAS[precision])), abs=0.1)


def test_a_country_is_shown_whole_and_never_as_a_point():
    svg = draw_map([Mark(15.5, 30.0, 6, "raids", href="/incidents/incident-1")])
    assert not parts(svg, "circle")
    (whole,) = [path for path in parts(svg, "path") if "whole" in path.get("class")]
    assert "Sudan: raids" in svg
    assert whole.get("d")


def test_no_place_makes_no_map():
    assert draw_map([]) == ""


def test_labels_are_escaped_and_links_left_to_the_list_beside():
    svg = draw_map([Mark(1, 1, 1, "<script>x</script>", href='"><script>')])
    assert "<script>" not in svg
    assert {link.get("tabindex") for link in parts(svg, "a")} == {"-1"}
    assert ElementTree.fromstring(svg).get("aria-hidden") == "true"


@given(st.lists(st.tuples(st.floats(-10, 10), st.floats(-10, 10)), min_size=3, max_size=12))
def test_what_is_clipped_lies_within_the_box(ring):
    box = (-5.0, -4.0, 6.0, 3.0)
    for x, y in clip(tuple(ring), box):
        assert box[0] - 1e-9 <= x <= box[2] + 1e-9
        assert box[1] - 1e-9 <= y <= box[3] + 1e-9


def test_nothing_is_styled_inside_the_picture():
    assert not re.search(r"style=|fill=|stroke=", draw_map([Mark(1, 1, 4, "x", number=3)]))
