"""How a run ends: 0 all read, 1 some refused, 2 used wrongly; and what standard error says."""

from __future__ import annotations

import json
import re
import subprocess
import sys

import pytest

from tests.cli.conftest import FAKE

LINE = re.compile(r"^(note )?\[[a-z0-9-]+\] .+ \(.+\)$")


def test_all_read(invoke, reports):
    done = invoke("annotate", "--layer", "claims", "-", stdin=reports(2))
    assert (done.returncode, done.stderr) == (0, "")
    assert len(done.stdout.splitlines()) == 2


def test_some_refused_and_the_rest_read(run, reports, tmp_path):
    (tmp_path / "empty.txt").write_bytes(b"")
    done = run(
        "annotate", "--layer", "claims", "empty.txt", "none.txt", "-", stdin=reports(1) + '{"id": "x", "te'
    )
    assert done.returncode == 1
    assert len(done.stdout.splitlines()) == 1
    lines = done.stderr.splitlines()
    assert [line.split()[0] for line in lines] == ["[empty]", "[no-such-file]", "[cut-json]"]
    assert all(LINE.match(line) for line in lines)
    assert "standard input:2: " in lines[2]


@pytest.mark.parametrize(
    "arguments",
    [
        ["annotate", "--layer", "colours", "-"],
        ["annotate", "-"],
        ["read"],
        ["read", "--jobs", "0", "-"],
        ["read", "--as", "pdf", "-"],
        ["read", "--published", "2025-02-30", "-"],
        ["read", "--as", "claims", "--parties", "none.yaml", "-"],
        ["read", "--as", "claims", "--output", "no/such/folder/x.jsonl", "-"],
        ["sing"],
        ["schema", "colour"],
    ],
    ids=" ".join,
)
def test_used_wrongly(invoke, reports, arguments):
    done = invoke(*arguments, stdin=reports(1))
    assert done.returncode == 2
    assert done.stdout == ""
    assert done.stderr
    assert "Traceback" not in done.stderr


def test_status_of_a_process_used_wrongly(run):
    assert run("sing").returncode == 2


def test_bad_parties_file_ends_a_batch_over_processes_too(run, reports):
    done = run("read", "--as", "claims", "--parties", "none.yaml", "--jobs", "2", "-", stdin=reports(3))
    assert done.returncode == 2
    assert done.stderr.startswith("[bad-setting] none.yaml: ")


def test_reader_that_fails_on_one_report(invoke, reports):
    bad = json.dumps(
        {"id": "bad", "published": "2025-03-15", "text": "It was a CRASH in the market of the town."}
    )
    done = invoke("annotate", "--layer", "claims", "-", stdin=bad + "\n" + reports(2))
    assert done.returncode == 1
    assert done.stderr.startswith(
        "[reading-failed] bad: the reader failed: ZeroDivisionError: division by zero ("
    )
    assert len(done.stdout.splitlines()) == 2


def test_evidence_is_checked_before_anything_is_written(invoke):
    bad = json.dumps(
        {"id": "bad", "published": "2025-03-15", "text": "The WRONG EVIDENCE was found in the market."}
    )
    done = invoke("read", "--as", "json", "-", stdin=bad)
    assert (done.returncode, done.stdout) == (1, "")
    assert done.stderr.startswith("[evidence-mismatch] bad: ")


def test_worker_that_dies(run, reports):
    bad = json.dumps({"id": "bad", "published": "2025-03-15", "text": "They DIE in the market of the town."})
    done = run("annotate", "--layer", "claims", "--jobs", "2", "-", stdin=reports(2) + bad)
    assert done.returncode == 1
    assert "[worker-died]" in done.stderr
    assert "Traceback" not in done.stderr


def test_errors_as_json(invoke):
    done = invoke("annotate", "--layer", "claims", "--errors", "json", "none.txt")
    assert done.returncode == 1
    (line,) = done.stderr.splitlines()
    assert json.loads(line).keys() == {"level", "code", "where", "what", "remedy"}
    assert json.loads(line)["code"] == "no-such-file"


def test_notes_are_told_a_few_times_and_then_counted(invoke, reports):
    undated = reports(5).replace('"published"', '"unknown"')
    done = invoke("annotate", "--layer", "claims", "-", stdin=undated)
    assert done.returncode == 0
    assert [line[:14] for line in done.stderr.splitlines()] == ["note [no-date]"] * 4
    assert done.stderr.splitlines()[3] == "note [no-date] 2 more of these"
    as_json = invoke("annotate", "--layer", "claims", "--errors", "json", "-", stdin=undated)
    assert [json.loads(line)["level"] for line in as_json.stderr.splitlines()] == ["note"] * 5


def test_what_others_wrote_cannot_steer_the_terminal(invoke):
    done = invoke(
        "annotate",
        "--layer",
        "claims",
        "-",
        stdin=json.dumps({"id": "x", "text": "a", "published": "\x1b[2J\n"}),
    )
    assert done.returncode == 1
    assert "\x1b" not in done.stderr
    assert len(done.stderr.splitlines()) == 1


def test_reader_of_the_output_may_leave(environment, reports):
    command = [sys.executable, FAKE, "annotate", "--layer", "claims", "-"]
    with subprocess.Popen(
        command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE, env=environment
    ) as process:
        assert process.stdout
        process.stdout.close()
        _, errors = process.communicate(reports(50).encode())
    assert b"Traceback" not in errors
