from __future__ import annotations

import json
from pathlib import Path

import pytest


@pytest.fixture
def case(tmp_path: Path) -> Path:
    text = "The 5 people were killed in the market of the town, police said."
    claim = {"kind": "toll", "quote": "5 people were killed", "source": "the police", "certainty": "stated"}
    claim |= {"outcome": "killed", "min": 5, "max": 6, "group": "unknown"}
    report = {"id": "x/r1", "text": text, "published": "2025-03-15", "claims": [claim]}
    path = tmp_path / "x.json"
    path.write_text(json.dumps({"case": "x", "reports": [report]}), encoding="utf-8")
    return path


def test_reads_scores_and_lists_the_differences(invoke, case, tmp_path):
    done = invoke("evaluate", "claims", case, "--errors", "--json", "figures.json")
    assert (done.returncode, done.stderr) == (0, "")
    lines = done.stdout.splitlines()
    assert [line.split() for line in lines if line.strip().startswith("toll L")][:2] == [
        ["toll", "L0", "1.000", "1.000", "1.000", "1", "1", "1"],
        ["toll", "L1", "0.000", "0.000", "0.000", "0", "1", "1"],
    ]
    assert "x/r1: toll differs in number" in lines
    assert "    got  Police killed 5 5 unknown stated «5 people were killed»" in lines
    figures = json.loads((tmp_path / "figures.json").read_text(encoding="utf-8"))
    assert figures["measures"]["toll L0"]["f1"] == 1.0


def test_a_response_is_scored_without_reading(invoke, case, tmp_path):
    (tmp_path / "none.jsonl").write_text("", encoding="utf-8")
    done = invoke("evaluate", "claims", case, "--response", "none.jsonl")
    assert done.returncode == 0
    assert "0.000" in done.stdout


@pytest.mark.parametrize(
    ("arguments", "status", "code"),
    [
        (["claims", "none.json"], 1, "no-such-file"),
        (["dates", "x.json"], 1, "bad-annotation"),
        (["claims", "x.json", "--response", "none.jsonl"], 1, "no-such-file"),
        (["claims", "x.json", "--json", "no/such/folder/x.json"], 2, "bad-setting"),
    ],
    ids=lambda value: " ".join(value) if isinstance(value, list) else None,
)
def test_what_cannot_be_scored_is_refused_by_name(invoke, case, arguments, status, code):
    done = invoke("evaluate", *arguments)
    assert done.returncode == status
    assert done.stdout == ""
    assert done.stderr.startswith(f"[{code}] ")
    assert done.stderr.endswith(")\n")
