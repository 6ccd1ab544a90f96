"""Reference sets by the commands: imported, listed, compared with, handed back without the loss of a cell."""

from __future__ import annotations

import csv
import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

import variorum
from tests.exports.cases import battle, csv_rows, written
from variorum.ledger import Ledger

EXAMPLES = Path(__file__).parent.parent.parent / "src" / "variorum" / "examples"
EMPTY = "id,date_start,side_a,side_b,best\n"


@pytest.fixture(autouse=True)
def home(tmp_path, monkeypatch):
    """A cache folder of the tests' own."""
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))


def rows(done, status=0):
    assert done.returncode == status, done.stderr
    return [json.loads(line) for line in done.stdout.splitlines()]


@pytest.fixture
def battles(tmp_path):
    """A reference file of one incident, and a newer release of it."""
    (tmp_path / "ged1.csv").write_bytes(written("ucdp-ged", battle()))
    (tmp_path / "ged2.csv").write_bytes(written("ucdp-ged", battle(), battle("another")))
    return "ged1.csv", "ged2.csv"


def test_a_file_is_imported_once(invoke, battles):
    asked = ("import", "led.db", battles[0], "--by", "Ada", "--terms", "CC BY 4.0", "--as", "json")
    (first,) = rows(invoke(*asked))
    assert (first["path"], first["known"], first["new_rows"]) == ("ged1.csv", False, 1)
    kept = first["set"]
    assert (kept["name"], kept["by"], kept["terms"], kept["rows"]) == ("ged1", "Ada", "CC BY 4.0", 1)
    assert len(kept["columns"]) == 49
    (again,) = rows(invoke(*asked))
    assert (again["known"], again["set"]) == (True, kept)
    assert rows(invoke("references", "led.db", "--as", "json")) == [kept]
    told = invoke("import", "led.db", battles[0]).stdout
    assert told == f"ged1.csv: known as ged1 ({kept['id']}), ucdp-ged, 1 row; nothing added\n"
    listed = invoke("references", "led.db").stdout
    assert "terms: CC BY 4.0\n" in listed
    assert listed.endswith("\n1 reference set.\n")
    assert rows(invoke("verify", "led.db", "--as", "json"))[0]["checked"]["reference_sets"] == 1
    assert "1 reference rows" in invoke("verify", "led.db").stdout


def test_the_batch_goes_on_after_what_cannot_be_read(invoke, tmp_path, battles):
    good = (tmp_path / battles[1]).read_text(encoding="utf-8").splitlines(keepends=True)
    (tmp_path / "half.csv").write_text("".join([*good[:2], "cut,off\n", *good[2:]]), encoding="utf-8")
    (tmp_path / "other.csv").write_text("name,age\n", encoding="utf-8")
    (tmp_path / "bare.csv").write_text(EMPTY, encoding="utf-8")
    files = ("half.csv", "other.csv", "none.csv", "bare.csv", battles[0])
    done = invoke("import", "led.db", *files, "--as", "json", "--errors", "json")
    half, whole = rows(done, status=1)
    assert (half["set"]["rows"], half["set"]["refused"], whole["set"]["rows"]) == (2, 1, 1)
    told = [json.loads(line) for line in done.stderr.splitlines()]
    assert [(one["code"], one["where"]) for one in told] == [
        ("bad-row", "half.csv:3"),
        ("not-a-reference", "other.csv"),
        ("no-such-file", "none.csv"),
        ("empty", "bare.csv"),
    ]
    assert "2 rows, 1 refused" in invoke("references", "led.db").stdout


def test_one_name_is_one_file(invoke, battles):
    done = invoke("import", "led.db", *battles, "--name", "GED")
    assert (done.returncode, done.stdout) == (2, "")
    assert "[bad-setting] --name" in done.stderr


def test_comparing_with_what_was_imported(invoke, lines, battles):
    invoke("add", "led.db", "-", stdin=lines)
    nothing = invoke("compare", "led.db")
    assert (nothing.returncode, "no reference sets" in nothing.stderr) == (2, True)
    for file in battles:
        invoke("import", "led.db", file, "--name", "GED")
    invoke("import", "led.db", battles[0], "--name", "single")
    with_file = rows(invoke("compare", "led.db", "--with", battles[1], "--as", "json"))
    ged, single = rows(invoke("compare", "led.db", "--as", "json"))
    assert (ged["set"]["name"], ged["set"]["rows"], single["set"]["name"]) == ("GED", 2, "single")
    assert [{key: ged[key] for key in with_file[0]}] == with_file


def test_a_set_is_chosen_by_name_or_id(invoke, lines, battles):
    invoke("add", "led.db", "-", stdin=lines)
    (old,) = rows(invoke("import", "led.db", battles[0], "--name", "GED", "--as", "json"))
    invoke("import", "led.db", battles[1], "--name", "GED")
    invoke("import", "led.db", battles[1], "--name", "other")
    text = invoke("compare", "led.db", "--set", "GED").stdout
    first, second, *_ = text.splitlines()
    assert first.startswith("GED (references-")
    assert second == "0 matched, 2 only here, 2 only in the reference"
    text = invoke("compare", "led.db", "--set", old["set"]["id"], "--as-of", "2031-05-07").stdout
    assert text.splitlines()[1] == "0 matched, 1 only here, 1 only in the reference"
    assert len(invoke("compare", "led.db").stdout.split("\n\nother (references-")) == 2
    done = invoke("compare", "led.db", "--set", "nothing")
    assert (done.returncode, done.stdout, "[unknown-set]" in done.stderr) == (1, "", True)


@pytest.mark.parametrize("asked", [("-",), ("led.db", "--with", "ged1.csv", "--set", "x")])
def test_a_comparison_that_makes_no_sense_is_refused(invoke, lines, battles, asked):
    invoke("add", "led.db", "-", stdin=lines)
    done = invoke("compare", *asked, stdin=lines)
    assert (done.returncode, done.stdout, "[bad-setting]" in done.stderr) == (2, "", True)


def test_what_is_imported_is_no_incident_of_ours(invoke, lines, battles):
    invoke("add", "led.db", "-", stdin=lines)
    asked = (("incidents", "--as", "json"), ("search", "Reefhaven"), ("export", "--format", "ucdp-ged"))
    before = [invoke(name, "led.db", *more).stdout for name, *more in asked]
    invoke("import", "led.db", *battles)
    assert [invoke(name, "led.db", *more).stdout for name, *more in asked] == before


@pytest.fixture(scope="module")
def example(tmp_path_factory):
    """A folder with a ledger of the shipped example, read by the reader that is shipped."""
    folder = tmp_path_factory.mktemp("example")
    reports = (EXAMPLES / "vessary.jsonl", EXAMPLES / "jaffar-express-retold.jsonl")
    command(folder, "add", "led.db", *reports, "--parties", EXAMPLES / "vessary-parties.yaml")
    return folder


def command(folder, *arguments):
    """One command in a process of its own; what it writes."""
    done = subprocess.run(
        [sys.executable, "-m", "variorum", *map(str, arguments)],
        cwd=folder,
        env={**os.environ, "PYTHONPATH": str(Path(variorum.__file__).parent.parent)},
        capture_output=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr.decode()
    return done.stdout


@pytest.mark.parametrize(("form", "columns"), [("ucdp-ged", 49), ("acled-shaped", 31)])
def test_the_shipped_example_exported_and_imported_loses_no_cell(example, form, columns):
    command(example, "export", "led.db", "--format", form, "--output", f"{form}.csv")
    data = (example / f"{form}.csv").read_bytes()
    exported = csv_rows(data)
    assert exported
    made = json.loads(command(example, "import", "led.db", f"{form}.csv", "--as", "json"))
    assert (made["set"]["rows"], made["set"]["refused"]) == (len(exported), 0)
    with Ledger.open(example / "led.db") as ledger:
        found = list(ledger.references(form))
        ledger.verify()
    assert [len(one.row) for one in found] == [columns] * len(exported)
    for kept, cells in zip(found, exported, strict=True):
        for column, cell in cells.items():
            assert kept.row[column] == unguarded(cell), column
    assert command(example, "references", "led.db", "--set", form) == data
    (compared,) = map(
        json.loads, command(example, "compare", "led.db", "--set", form, "--as", "json").splitlines()
    )
    assert len(compared["matched"]) > 0
    assert {pair["ours"] == pair["reference"] for pair in compared["matched"]} == {True}


def unguarded(cell):
    """A cell as it was before it was made safe for spreadsheet programs."""
    return cell[1:] if cell.startswith("'") and cell.lstrip("'").lstrip()[:1] in tuple("=+-@") else cell


def test_the_csv_handed_back_is_the_same_to_any_other_program(invoke, tmp_path):
    header = ["best", "id", "date_start", "side_a", "side_b", "=note"]
    cells = ["9", "7", "2031-05-04", "=Coast", "'Ndrani", 'said "no";\r\n\'=1']
    with open(tmp_path / "in.csv", "w", encoding="utf-8", newline="") as stream:
        csv.writer(stream, delimiter=";").writerows([header, cells])
    invoke("import", "led.db", "in.csv")
    done = invoke("references", "led.db", "--set", "in", "--output", "out.csv")
    assert (done.returncode, done.stderr) == (0, "")
    (row,) = csv_rows((tmp_path / "out.csv").read_bytes())
    assert list(row) == [*header[:-1], "'=note"]
    assert list(row.values()) == [*cells[:3], "'=Coast", *cells[4:]]
    invoke("import", "led.db", "out.csv", "--name", "again")
    kept = [rows(invoke("references", "led.db", "--set", name, "--as", "json")) for name in ("in", "again")]
    assert [one["row"] for one in kept[0]] == [one["row"] for one in kept[1]]
    assert kept[0][0]["row"] == dict(zip(header, cells, strict=True))
