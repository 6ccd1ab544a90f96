"""From the shipped example's reports to files, by the reader that is shipped: the whole way once."""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from pathlib import Path

import pytest

from tests.exports.cases import Pair, csv_rows, members, shipped, written
from variorum.evaluation.comparing import compare, ours_of
from variorum.exports import FORMATS, damaged, rebuild
from variorum.exports.case import cases_of
from variorum.intake.references import read_references
from variorum.model import Reading
from variorum.model.reference import Reference

WORDS = 12


@pytest.fixture(scope="module")
def cases() -> list[Pair]:
    return shipped()


@pytest.fixture(scope="module")
def readings(cases: Sequence[Pair]) -> Sequence[Reading]:
    return [reading for _, readings in cases for reading in readings]


def running(text: str) -> list[str]:
    """Each run of one word more than may be quoted."""
    words = [(word.start(), word.end()) for word in re.finditer(r"\S+", text)]
    return [text[first[0] : last[1]] for first, last in zip(words, words[WORDS:], strict=False)]


@pytest.mark.parametrize("name", [name for name in FORMATS if FORMATS[name].extra is None])
def test_no_more_of_a_text_leaves_than_may_be_quoted(name: str, cases: Sequence[Pair]) -> None:
    data = written(name, *cases, quote_words=WORDS)
    files = members(data).values() if data.startswith(b"PK") else [data]
    told = "\n".join(file.decode("utf-8") for file in files).replace('""', '"').replace('\\"', '"')
    titles = "\n".join(reading.report.title or "" for _, readings in cases for reading in readings)
    long = [run for _, readings in cases for one in readings for run in running(one.report.text)]
    assert long
    assert not [run for run in long if run in told and run not in titles]


def test_every_incident_is_a_row_and_the_known_point_has_its_precision(cases: Sequence[Pair]) -> None:
    rows = csv_rows(written("ucdp-ged", *cases))
    assert [row["id"] for row in rows] == [dossier.incident for dossier, _ in cases]
    assert all(row["best"] and row["date_start"] for row in rows)
    assert all(bool(row["latitude"]) == bool(row["where_coordinates"]) for row in rows)
    assert all(row["where_prec"] for row in rows if row["latitude"])
    assert any(row["country"] == "Pakistan" for row in rows)


def test_the_same_texts_read_again_give_the_same_bundle(
    cases: Sequence[Pair], readings: Sequence[Reading]
) -> None:
    given = written("bundle", *cases)
    assert damaged(given) == ()
    assert rebuild(given, [reading.report for reading in readings]) == given
    held = [json.loads(line) for line in members(given)["readings.jsonl"].decode().split("\n") if line]
    assert {one["reader"] for one in held} == {reading.reader for reading in readings}


def test_ucdp_ged_read_back_loses_no_cell_and_matches_what_it_came_from(
    cases: list[Pair], tmp_path: Path
) -> None:
    data = written("ucdp-ged", *cases)
    path = tmp_path / "events.csv"
    path.write_bytes(data)
    found = list(read_references(path))
    references = [one for one in found if isinstance(one, Reference)]
    assert len(references) == len(found) == len(cases)
    assert [one.row for one in references] == csv_rows(data)
    assert all(len(one.row) == 49 for one in references)
    compared = compare([ours_of(case.dossier, case.id) for case in cases_of(cases)], references)
    assert compared.matched != ()
    assert all(pair.ours == pair.reference for pair in compared.matched)
    assert not {point.stand for pair in compared.matched for point in pair.points} & {"differs"}
