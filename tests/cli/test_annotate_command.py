from __future__ import annotations

import json

import pytest


def rows(done):
    assert done.returncode == 0, done.stderr
    return [json.loads(line) for line in done.stdout.splitlines()]


def test_claims_in_the_order_of_the_reports(invoke, reports):
    found = rows(invoke("annotate", "--layer", "claims", "-", stdin=reports(30)))
    assert [(row["report"], row["min"]) for row in found] == [(f"r{n}", n) for n in range(1, 31)]
    assert found[0].keys() >= {
        "kind",
        "start",
        "end",
        "source",
        "certainty",
        "outcome",
        "max",
        "group",
        "background",
    }


def test_processes_keep_the_order_and_go_on_after_a_failure(run, reports):
    bad = json.dumps(
        {"id": "bad", "published": "2025-03-15", "text": "It was a CRASH in the market of the town."}
    )
    content = reports(15) + bad + "\n[]\n" + reports(30).split("\n", 15)[15]
    done = run("annotate", "--layer", "claims", "--jobs", "2", "-", stdin=content)
    assert done.returncode == 1
    assert [json.loads(line)["report"] for line in done.stdout.splitlines()] == [
        f"r{n}" for n in range(1, 31)
    ]
    assert [line.split()[0] for line in done.stderr.splitlines()] == ["[reading-failed]", "[not-an-object]"]


def test_case_files(invoke, tmp_path):
    text = "The 5 people were killed in the market, police said."
    case = {
        "case": "x",
        "title": "T",
        "reports": [{"id": "x/r1", "text": text, "published": "2025-03-15", "claims": []}],
    }
    (tmp_path / "x.json").write_text(json.dumps(case, indent=1), encoding="utf-8")
    (row,) = rows(invoke("annotate", "--layer", "claims", "x.json"))
    assert row["report"] == "x/r1"
    assert text[row["start"] : row["end"]] == "5 people were killed"


@pytest.mark.parametrize(
    ("layer", "field"), [("attributions", "attributions"), ("dates", "timexes"), ("places", "toponyms")]
)
def test_other_layers_have_one_row_a_report(invoke, reports, layer, field):
    found = rows(invoke("annotate", "--layer", layer, "-", stdin=reports(2)))
    assert [row["id"] for row in found] == ["r1", "r2"]
    assert all(len(row[field]) == 1 for row in found)


def test_output_file_takes_its_name_at_the_end(invoke, reports, tmp_path):
    (tmp_path / "out.jsonl").write_text("what was there before")
    done = invoke("annotate", "--layer", "claims", "--output", "out.jsonl", "-", stdin=reports(2))
    assert (done.returncode, done.stdout) == (0, "")
    assert len((tmp_path / "out.jsonl").read_text().splitlines()) == 2
    assert [path.name for path in tmp_path.iterdir()] == ["out.jsonl"]


def test_output_file_is_not_harmed_by_a_run_that_fails(invoke, reports, tmp_path):
    (tmp_path / "out.jsonl").write_text("what was there before")
    done = invoke(
        "annotate", "--layer", "claims", "-o", "out.jsonl", "--parties", "none.yaml", "-", stdin=reports(1)
    )
    assert done.returncode == 2
    assert (tmp_path / "out.jsonl").read_text() == "what was there before"
