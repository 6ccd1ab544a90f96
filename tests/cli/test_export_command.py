from __future__ import annotations

import csv
import io
import os
import stat

import pytest

from variorum.cli.names import ExportFormat
from variorum.cli.outlets import replacing_bytes
from variorum.exports import FORMATS


def test_the_formats_to_choose_from_are_those_there_are():
    assert [one.value for one in ExportFormat] == list(FORMATS)


def test_a_format_goes_to_standard_output(invoke, lines):
    done = invoke("export", "-", "--format", "ucdp-ged", stdin=lines)
    assert (done.returncode, done.stderr) == (0, "")
    rows = list(csv.DictReader(io.StringIO(done.stdout)))
    assert len(rows) == 2
    assert all(len(row) == 49 for row in rows)


def test_a_file_is_written_whole_or_not_at_all(invoke, lines, tmp_path):
    done = invoke(
        "export", "-", "--format", "csv", "--table", "claims", "--output", "claims.csv", stdin=lines
    )
    assert done.returncode == 0
    found = list(csv.DictReader(io.StringIO((tmp_path / "claims.csv").read_text(encoding="utf-8"))))
    assert {row["source"] for row in found} >= {"Police", "Coastguard"}
    assert [path.name for path in tmp_path.iterdir() if path.name.endswith(".part")] == []
    refused = invoke("export", "-", "--format", "csv", "--output", "no/such/folder/x.csv", stdin=lines)
    assert (refused.returncode, "cannot be written" in refused.stderr) == (2, True)


def test_the_same_reports_give_the_same_bytes(invoke, lines, tmp_path):
    for name in ("one.zip", "two.zip"):
        assert invoke("export", "-", "--format", "bundle", "--output", name, stdin=lines).returncode == 0
    assert (tmp_path / "one.zip").read_bytes() == (tmp_path / "two.zip").read_bytes()


def test_names_that_nothing_has_are_told_before_anything_is_read(invoke):
    done = invoke("export", "no-such-file", "--format", "csv", "--table", "wishes")
    assert (done.returncode, "no table is called 'wishes'" in done.stderr) == (2, True)
    assert "no-such-file" not in done.stderr
    other = invoke("export", "no-such-file", "--format", "ucdp-ged", "--profile", "ibc")
    assert (other.returncode, "no-such-file" in other.stderr) == (2, False)


def test_a_ledger_gives_the_same_table_as_the_reports_that_went_into_it(invoke, lines):
    assert invoke("add", "led.db", "-", stdin=lines).returncode == 0
    of_ledger = invoke("export", "led.db", "--format", "csv", "--table", "figures")
    of_reports = invoke("export", "-", "--format", "csv", "--table", "figures", stdin=lines)
    assert (of_ledger.returncode, of_ledger.stderr) == (0, "")

    def figures(done):
        return sorted(
            (row["outcome"], row["group"], row["low"], row["high"])
            for row in csv.DictReader(io.StringIO(done.stdout))
        )

    assert figures(of_ledger) == figures(of_reports) != []


def test_a_ledger_keeps_to_its_own_decisions(invoke, lines, tmp_path):
    assert invoke("add", "led.db", "-", stdin=lines).returncode == 0
    done = invoke("export", "led.db", "--format", "csv", "--incident", "all of it")
    assert (done.returncode, "has decisions of its own" in done.stderr) == (2, True)


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="needs named pipes")
def test_a_pipe_is_written_into_and_not_replaced(tmp_path):
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    reader = os.open(pipe, os.O_RDONLY | os.O_NONBLOCK)
    with replacing_bytes(pipe) as stream:
        stream.write(b"an incident")
    assert os.read(reader, 100) == b"an incident"
    os.close(reader)
    assert stat.S_ISFIFO(pipe.stat().st_mode)
