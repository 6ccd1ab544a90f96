from __future__ import annotations

import json

import pytest


def diff(invoke, lines, first, last, *more):
    done = invoke("diff", "-", "--from", first, "--to", last, *more, stdin=lines)
    assert done.returncode == 0, done.stderr
    return done.stdout


def test_tells_new_reports_sources_positions_and_statuses(invoke, lines):
    told = " ".join(diff(invoke, lines, "2031-05-06", "2031-05-08").split())
    assert told.startswith(
        "Known on 2031-05-08 and not yet on 2031-05-06: 1 new incident, something new about 1 incident."
    )
    assert "2 new reports 2031-05-07 Lowmere Gazette: Report ferry-2 [ferry-2]" in told
    assert "new sources: Coastguard" in told
    assert "People killed: · single is now ≠ contested." in told
    assert "Police: 9 → 11" in told
    assert "Coastguard: 14" in told


def test_json_has_a_line_an_incident(invoke, lines):
    found = [
        json.loads(line)
        for line in diff(invoke, lines, "2031-05-06", "2031-05-08", "--as", "json").splitlines()
    ]
    assert [(row["new"], row["reports"]) for row in found] == [
        (False, ["ferry-2", "ferry-3"]),
        (True, ["market-1"]),
    ]
    assert [(one["source"], one["before"], one["after"]) for one in found[0]["positions"]] == [
        ("Police", ["9"], ["11"]),
        ("Coastguard", [], ["14"]),
    ]
    assert [(one["before"], one["after"]) for one in found[0]["statuses"]] == [("single", "contested")]


def test_nothing_new(invoke, lines):
    assert diff(invoke, lines, "2031-06-01", "2031-06-02") == (
        "Known on 2031-06-02 and not yet on 2031-06-01: nothing.\n"
    )
    assert diff(invoke, lines, "2031-06-01", "2031-06-02", "--as", "json") == ""


@pytest.mark.parametrize(
    ("arguments", "code"),
    [
        (["--from", "2031-05-08", "--to", "2031-05-06"], "bad-setting"),
        (["--from", "2031-05-08", "--to", "2031-05-08"], "bad-setting"),
        (["--from", "2031-05-08", "--to", "soon"], "bad-date"),
    ],
    ids=lambda value: " ".join(value) if isinstance(value, list) else value,
)
def test_days_that_make_no_sense(invoke, lines, arguments, code):
    done = invoke("diff", "-", *arguments, stdin=lines)
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr.startswith(f"[{code}] ")


def test_both_days_must_be_given(invoke, lines):
    assert invoke("diff", "-", "--from", "2031-05-08", stdin=lines).returncode == 2
