"""Reference incidents: nothing of a row is lost, and damage stays where it is."""

from __future__ import annotations

import csv
import io
import random
from datetime import date
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.exports.cases import battle, csv_rows, quarrel, written
from variorum.intake.references import read_references
from variorum.model import InputError
from variorum.model.reference import Reference

HEAD = "id,date_prec,date_start,date_end,side_a,side_b,best,low,high,where_prec,where_coordinates,latitude,longitude"
ROW = "7,1,2031-05-04,2031-05-04,Coast Army,Reef Front,45,26,65,1,Reefhaven,-30.25,66.75"
ACLED = "event_id_cnty,event_date,time_precision,actor1,actor2,location,latitude,longitude,geo_precision,source,fatalities"


def put(folder: Path, data: str | bytes) -> Path:
    path = folder / "reference.csv"
    path.write_bytes(data if isinstance(data, bytes) else data.encode("utf-8"))
    return path


def read(folder: Path, data: str | bytes) -> tuple[list[Reference], list[str], list[str]]:
    """References, codes of errors, codes of notes."""
    notes: list[InputError] = []
    found = list(read_references(put(folder, data), notify=notes.append))
    good = [one for one in found if isinstance(one, Reference)]
    return good, [one.code for one in found if isinstance(one, InputError)], [one.code for one in notes]


@pytest.mark.parametrize("shuffled", [False, True])
@pytest.mark.parametrize(("form", "columns"), [("ucdp-ged", 49), ("acled-shaped", 31)])
def test_what_was_exported_comes_back_cell_by_cell(
    tmp_path: Path, form: str, columns: int, shuffled: bool
) -> None:
    data = written(form, battle(), quarrel())
    expected = csv_rows(data)
    if shuffled:
        names = list(expected[0])
        random.Random(4).shuffle(names)
        out = io.StringIO()
        writer = csv.DictWriter(out, names, lineterminator="\r\n")
        writer.writeheader()
        writer.writerows(expected)
        data = out.getvalue().encode("utf-8")
    found, errors, notes = read(tmp_path, data)
    assert (errors, notes) == ([], [])
    assert [one.row for one in found] == expected
    assert {len(one.row) for one in found} == {columns}
    assert {one.origin for one in found} == {form}


def test_a_row_of_ucdp(tmp_path: Path) -> None:
    (one,), errors, notes = read(tmp_path, f"{HEAD}\n{ROW}\n")
    assert (errors, notes, one.id) == ([], [], "7")
    assert one.day is not None
    assert (one.day.first, one.day.last, one.day.precision) == (date(2031, 5, 4), date(2031, 5, 4), 1)
    assert one.place is not None
    assert (one.place.name, one.place.latitude, one.place.precision) == ("Reefhaven", -30.25, 1)
    assert one.parties == ("Coast Army", "Reef Front")
    assert one.figures == {"best": 45, "low": 26, "high": 65}


def test_a_row_of_acled(tmp_path: Path) -> None:
    (one,), *_ = read(tmp_path, f"{ACLED}\nPAK1,04 May 2031,2,Coast Army,,Reefhaven,-30.25,66.75,1,A; B,45\n")
    assert one.day is not None
    assert (one.origin, one.day.first, one.day.precision) == ("acled-shaped", date(2031, 5, 4), 3)
    assert (one.parties, one.figures, one.sources) == (("Coast Army",), {"fatalities": 45}, ("A", "B"))


def test_no_point_without_a_precision(tmp_path: Path) -> None:
    (one,), *_ = read(tmp_path, f"{HEAD}\n" + ROW.replace(",1,Reefhaven,", ",,Reefhaven,") + "\n")
    assert one.place is not None
    assert (one.place.latitude, one.row["latitude"]) == (None, "-30.25")


def test_a_mark_and_semicolons_and_commas_for_points(tmp_path: Path) -> None:
    data = "\ufeff" + f"{HEAD}\n{ROW}\n".replace(",", ";").replace("-30.25", "-30,25")
    (one,), errors, _ = read(tmp_path, data)
    assert errors == []
    assert one.place is not None
    assert one.place.latitude == -30.25


def test_an_apostrophe_before_a_formula_is_taken_away_and_no_other(tmp_path: Path) -> None:
    data = f"{HEAD}\n" + ROW.replace("Coast Army", "'=Army").replace("Reef Front", "'Ndrani") + "\n"
    (one,), *_ = read(tmp_path, data)
    assert one.parties == ("=Army", "'Ndrani")


def test_bad_cells_are_told_and_unknown(tmp_path: Path) -> None:
    data = f"{HEAD}\n" + ROW.replace("2031-05-04", "2031-15-04").replace(",45,", ",many,") + "\n"
    (one,), errors, notes = read(tmp_path, data)
    assert (errors, set(notes)) == ([], {"bad-cell"})
    assert (one.day, one.figures, one.row["best"]) == (None, {"low": 26, "high": 65}, "many")


@pytest.mark.parametrize("damage", ["8,1,2031-05", '8,1,"2031-05', ROW + ",more", 'x,"y"z'])
def test_half_a_line_is_refused_and_the_rest_goes_on(tmp_path: Path, damage: str) -> None:
    after = ROW.replace("7,", "9,", 1)
    found, errors, _ = read(tmp_path, f"{HEAD}\n{ROW}\n{damage}\n{after}\n")
    assert ([one.id for one in found], errors) == (["7", "9"], ["bad-row"])


def test_bytes_that_are_no_text_are_refused_by_the_line(tmp_path: Path) -> None:
    broken = ROW.encode().replace(b"Reefhaven", "Réefhäven".encode() + b"\xff\xfe")
    found, errors, _ = read(tmp_path, b"\n".join([HEAD.encode(), broken, ROW.encode(), b""]))
    assert ([one.id for one in found], errors) == (["7"], ["mixed-encodings"])


def test_what_is_no_reference_is_refused(tmp_path: Path) -> None:
    assert read(tmp_path, "name,age\nx,1\n")[1] == ["not-a-reference"]
    assert read(tmp_path, "")[1] == ["empty"]
    missing = list(read_references(tmp_path / "none.csv"))
    assert [one.code for one in missing if isinstance(one, InputError)] == ["no-such-file"]


def test_an_id_that_comes_twice_is_told(tmp_path: Path) -> None:
    found, errors, notes = read(tmp_path, f"{HEAD}\n{ROW}\n{ROW}\n")
    assert (len(found), errors, notes) == (2, [], ["repeated-reference"])


@given(
    st.lists(
        st.one_of(st.binary(max_size=30), st.text(alphabet="\",;\n\r'=7-.é\x00", max_size=30)), max_size=8
    )
)
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
def test_whatever_stands_between_two_whole_rows_it_is_read_or_told(
    tmp_path: Path, between: list[str | bytes]
) -> None:
    lines = [one.encode("utf-8") if isinstance(one, str) else one for one in between]
    data = b"\n".join([HEAD.encode(), ROW.encode(), *lines, ROW.replace("7,", "9,", 1).encode(), b""])
    found, _, _ = read(tmp_path, data)
    assert found[0].id == "7"
