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
    done = invoke("evaluate", "cases", case, "--errors", "--json", "figures.json")
    assert (done.returncode, done.stderr) == (0, "")
    lines = done.stdout.splitlines()
    assert [line.split() for line in lines if line.strip().startswith("toll L")][:2] == [
        ["toll", "L0", "1.000", "1.000", "1.000", "1", "1", "1"],
        ["toll", "L1", "0.000", "0.000", "0.000", "0", "1", "1"],
    ]
    assert "x/r1: toll differs in number: another figure" in lines
    assert "    got  Police killed 5 5 unknown stated «5 people were killed»" in lines
    figures = json.loads((tmp_path / "figures.json").read_text(encoding="utf-8"))
    assert figures["measures"]["toll L0"]["f1"] == 1.0
    assert figures["causes"] == {"toll differs in number: another figure": 1}
    assert figures["reliability"]["toll"]["number"] == 1
    assert figures["sides"]["kind of source"][0]["name"] == "police"


def test_a_response_is_scored_without_reading(invoke, case, tmp_path):
    (tmp_path / "none.jsonl").write_text("", encoding="utf-8")
    done = invoke("evaluate", "cases", case, "--response", "none.jsonl")
    assert done.returncode == 0
    assert "0.000" in done.stdout


def test_positions_are_scored_from_what_was_read(invoke, case, tmp_path):
    told = json.loads(case.read_text(encoding="utf-8"))
    told["positions"] = [
        {
            "outcome": "killed",
            "group": "unknown",
            "status": "single",
            "positions": [{"source": "the police", "min": 5, "max": 5}],
        }
    ]
    case.write_text(json.dumps(told), encoding="utf-8")
    done = invoke("evaluate", "positions", case, "--json", "figures.json")
    assert (done.returncode, done.stderr) == (0, "")
    figures = json.loads((tmp_path / "figures.json").read_text(encoding="utf-8"))
    assert figures["measures"]["positions"] == {"p": 1, "r": 1, "f1": 1, "matched": 1, "found": 1, "key": 1}
    assert figures["values"]["status right"] == 1


def test_linking_is_scored_from_kept_readings(invoke, tmp_path):
    told = "A bomb killed 7 people at the market of Quenda on 2 May 2025, police said."
    other = "Gunmen shot dead 3 farmers near Osk on 9 August 2025, residents said."
    rows = [
        {"id": f"r{n}", "text": text, "incident": name, "gold": {"killed": killed, "injured": 0}}
        for n, (text, name, killed) in enumerate([(told, "a", 7), (told, "a", 7), (other, "b", 3)])
    ]
    (tmp_path / "x.jsonl").write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")
    invoke("read", "x.jsonl", "--separately", "--as", "json", "--output", "kept.jsonl")
    done = invoke("evaluate", "linking", "x.jsonl", "--readings", "kept.jsonl", "--json", "figures.json")
    assert done.returncode == 0, done.stderr
    figures = json.loads((tmp_path / "figures.json").read_text(encoding="utf-8"))
    assert figures["measures"]["exactly right"]["f1"] == 1
    assert "TF-IDF" in done.stdout


@pytest.mark.parametrize(
    ("arguments", "status", "code"),
    [
        (["cases", "none.json"], 1, "no-such-file"),
        (["time", "x.json"], 1, "bad-annotation"),
        (["cases", "x.json", "--response", "none.jsonl"], 1, "no-such-file"),
        (["positions", "x.json"], 1, "no-annotations"),
        (["linking", "x.json"], 1, "bad-annotation"),
        (["cases", "x.json", "--json", "no/such/folder/x.json"], 2, "bad-setting"),
    ],
    ids=lambda value: " ".join(value) if isinstance(value, list) else None,
)
def test_what_cannot_be_scored_is_refused_by_name(invoke, case, arguments, status, code):
    done = invoke("evaluate", *arguments)
    assert done.returncode == status
    assert done.stdout == ""
    assert done.stderr.startswith(f"[{code}] ")
    assert done.stderr.endswith(")\n")


def test_templates_are_scored_beside_others(invoke, tmp_path):
    template = {"incident_type": "BOMBING", "phys_tgt_id": ["BANK"]}
    key = {
        "id": "r1",
        "text": "A BOMB DAMAGED A BANK.",
        "templates": [
            {
                name: [
                    {"optional": False, "any": [{"value": "BOMBING" if name == "incident_type" else "BANK"}]}
                ]
                for name in template
            }
        ],
    }
    (tmp_path / "keys.jsonl").write_text(json.dumps(key), encoding="utf-8")
    (tmp_path / "made.jsonl").write_text(json.dumps({"id": "r1", "templates": [template]}), encoding="utf-8")
    done = invoke("evaluate", "muc4", "keys.jsonl", "--response", "made.jsonl")
    assert (done.returncode, done.stderr) == (0, "")
    (ours,) = [line for line in done.stdout.splitlines() if line.strip().startswith("ALL TEMPLATES")]
    assert ours.split()[2:] == ["1.000", "1.000", "1.000", "2", "2", "2"]
    assert "GE NLToolset" in done.stdout
    readings = invoke("evaluate", "muc4", "keys.jsonl", "--readings", "made.jsonl")
    assert readings.returncode == 2
    assert "--readings" in readings.stderr
