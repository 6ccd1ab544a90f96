"""Readings that were kept are taken in again without a reader."""

from __future__ import annotations

import json

import pytest


@pytest.fixture
def kept(invoke, lines, tmp_path):
    done = invoke("read", "-", "--as", "json", "--separately", "-o", "kept.jsonl", stdin=lines)
    assert done.returncode == 0, done.stderr
    return tmp_path / "kept.jsonl"


@pytest.fixture
def no_reader(monkeypatch):
    import sys

    def load(*_):
        raise AssertionError("the reader was asked for")

    monkeypatch.setattr(sys.modules["variorum.reading"].Reader, "load", load)


@pytest.mark.parametrize(
    "command",
    [
        ["read", "--as", "json"],
        ["read", "--separately"],
        ["link"],
        ["link", "--as", "json"],
        ["diff", "--from", "2031-05-06", "--to", "2031-05-08"],
        ["annotate", "--layer", "claims"],
    ],
    ids=" ".join,
)
def test_every_command_gives_the_same_of_reports_and_of_kept_readings(invoke, lines, kept, request, command):
    name, *options = command
    read = invoke(name, "-", *options, stdin=lines)
    request.getfixturevalue("no_reader")
    again = invoke(name, kept, *options)
    assert (again.returncode, again.stderr) == (0, "")
    assert again.stdout == read.stdout != ""


def test_from_a_pipe_with_two_processes(run, lines):
    kept = run("read", "-", "--as", "json", "--separately", stdin=lines).stdout
    assert run("link", "-", "--jobs", "2", stdin=kept).stdout == run("link", "-", stdin=lines).stdout


def test_evidence_is_checked_again(invoke, kept):
    rows = [json.loads(line) for line in kept.read_text(encoding="utf-8").splitlines()]
    evidence = rows[0]["reading"]["claims"][0]["evidence"]
    evidence |= {"start": evidence["start"] + 1, "end": evidence["end"] + 1}
    kept.write_text("\n".join(map(json.dumps, rows)), encoding="utf-8")
    done = invoke("link", kept, "--layer", "incidents")
    assert done.returncode == 1
    assert done.stderr.startswith("[evidence-mismatch] ")
    assert "kept.jsonl:1: " in done.stderr
    assert len(done.stdout.splitlines()) == 4


def test_a_report_and_its_kept_reading_are_one_too_many(invoke, kept, pile):
    done = invoke("link", kept, "-", "--layer", "incidents", stdin=json.dumps(pile[0]))
    assert done.returncode == 1
    assert done.stderr.startswith("[duplicate-id] ")
    assert len(done.stdout.splitlines()) == 5
