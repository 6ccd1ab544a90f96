"""Cells: nothing a spreadsheet program could run, nothing lost."""

from __future__ import annotations

import csv
import io
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from variorum.exports.cells import csv_lines, flat, harmless

DANGEROUS = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")


@pytest.mark.parametrize(
    "text",
    [
        "=1+1",
        "+1",
        "-1",
        "@SUM(A1)",
        "\t=1",
        "\r=1",
        "\n=1",
        " =1",
        "＝1",
        "\u200b=1",
        "'=1",
        "=cmd|'/c calc'!A0",
    ],
)
def test_text_that_could_be_a_formula_gets_an_apostrophe(text: str) -> None:
    assert harmless(text) == f"'{text}"


@pytest.mark.parametrize("text", ["", "12 - 3", "a=b", "Norland Army", "‘We saw’", "'Ndrani"])
def test_other_text_stays(text: str) -> None:
    assert harmless(text) == text


@pytest.mark.parametrize("control", ["\x00", "\x07", "\x1b", "\x7f", "\ud800", "\uffff"])
def test_control_characters_do_not_leave(control: str) -> None:
    assert harmless(f"a{control}b") == "a\ufffdb"
    assert harmless(f"a\tb\nc{control}") == "a\tb\nc\ufffd"


def test_numbers_stay_numbers() -> None:
    assert flat(-3) == -3
    assert flat(-30.25) == -30.25
    assert list(csv_lines(["a", "b"], [(-3, -30.25)])) == [b"a,b\n", b"-3,-30.25\n"]


def test_what_is_unknown_is_empty_and_days_are_iso() -> None:
    row = (None, "", (), date(2031, 5, 6), True, ("a", "b"))
    assert list(csv_lines(["x"], [row]))[1] == b',,,2031-05-06,true,"a; b"\n'


def test_separators_of_other_countries_are_quoted() -> None:
    assert list(csv_lines(["x"], [("a;=1", "b\tc")]))[1] == b'"a;=1","b\tc"\n'


@given(st.lists(st.one_of(st.text(), st.tuples(st.text(), st.text())), min_size=2, max_size=5))
def test_no_cell_of_text_begins_like_a_formula(row: list[str | tuple[str, ...]]) -> None:
    data = b"".join(csv_lines(["x"] * len(row), [tuple(row)])).decode("utf-8")
    _, cells = csv.reader(io.StringIO(data, newline=""))
    assert len(cells) == len(row)
    assert not [cell for cell in cells if cell.lstrip(" \u00a0\u200b\ufeff").startswith(DANGEROUS)]


@given(st.text(st.characters(exclude_categories=["Cs", "Cc", "Cn"]), min_size=1))
def test_what_is_harmless_comes_back_as_it_was(text: str) -> None:
    data = b"".join(csv_lines(["x", "y"], [(text, 1)])).decode("utf-8")
    _, (cell, _) = csv.reader(io.StringIO(data, newline=""))
    assert cell in (text, f"'{text}")
