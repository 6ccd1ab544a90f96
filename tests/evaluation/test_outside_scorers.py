"""Our figures beside those of the scorers that the benchmarks came with, on a spoilt copy of the annotations.

The benchmarks are not part of the project. Where they lie beside the checkout, or where VARIORUM_BENCH says, this runs.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import pytest

from variorum.evaluation import load_annotated, score_response
from variorum.evaluation.annotated import response_rows
from variorum.evaluation.linking import load_linked, score_linking
from variorum.evaluation.standing import load_cases, score_positions

BENCH = Path(os.environ.get("VARIORUM_BENCH", Path(__file__).parents[3] / "shared" / "bench"))
pytestmark = pytest.mark.skipif(
    not (BENCH / "cases" / "score.py").exists(), reason="the benchmarks are not here"
)
DOCUMENTS = 12
Row = dict[str, Any]


def outside(folder: str, *arguments: object) -> str:
    command = [sys.executable, str(BENCH / folder / "score.py"), *map(str, arguments)]
    return subprocess.run(command, check=True, capture_output=True, text=True).stdout


def rows(path: Path, most: int | None = None) -> list[Row]:
    lines = [line for line in path.read_text(encoding="utf-8").split("\n") if line]
    return [json.loads(line) for line in lines[:most]]


def write(path: Path, written: Iterable[Row]) -> Path:
    path.write_text("".join(json.dumps(row) + "\n" for row in written), encoding="utf-8")
    return path


def spoilt_claim(number: int, row: Row) -> Row | None:
    """Every claim but each seventh, each with another fault by turns."""
    faults: dict[int, Row] = {
        1: {"source": "reporter"},
        2: {"certainty": "hedged"},
        3: {"min": 7, "group": "militant", "stance": "reports"},
        4: {"start": row["start"] + (row["end"] - row["start"]) // 2, "group": "unknown"},
        5: {"background": True},
    }
    return None if number % 7 == 0 else row | faults.get(number % 11, {})


@pytest.fixture
def gold(tmp_path: Path) -> Path:
    path = tmp_path / "gold.jsonl"
    outside("cases", "--key", BENCH / "cases", "--dump", path)
    return path


def test_claims_and_positions_have_the_same_figures(gold: Path, tmp_path: Path) -> None:
    claims = [spoilt for n, row in enumerate(rows(gold)) if (spoilt := spoilt_claim(n, row)) is not None]
    claims += [row | {"source": "Nobody at all"} for row in rows(gold)[::9]]
    held = rows(Path(f"{gold}.positions.jsonl"))
    positions = [row | ({"max": None} if n % 5 == 0 else {"status": "single"}) for n, row in enumerate(held)][
        ::2
    ]
    response, stood = write(tmp_path / "claims.jsonl", claims), write(tmp_path / "positions.jsonl", positions)
    figures = tmp_path / "figures.json"
    outside(
        "cases", "--key", BENCH / "cases", "--response", response, "--positions", stood, "--json", figures
    )
    theirs = json.loads(figures.read_text(encoding="utf-8"))
    ours = score_response(load_annotated("claims", [BENCH / "cases"]), response)
    assert len(theirs["levels"]) == len(ours.measures) == 9
    for name, measure in ours.measures.items():
        told = next(value for level, value in theirs["levels"].items() if level.startswith(name))
        assert (measure.precision, measure.recall, measure.key) == pytest.approx(
            (told["p"], told["r"], told["key"])
        ), name
        assert 0 < measure.f1 < 1
    assert ours.values["source accuracy"] == pytest.approx(theirs["source_accuracy"])
    ours = score_positions(load_cases([BENCH / "cases"]), positions)
    assert ours.measures["positions"].f1 == pytest.approx(theirs["positions"]["f1"])
    assert ours.values["status right"] == pytest.approx(theirs["positions"]["status_accuracy"])


def spoilt_spans(row: Row, field: str) -> Row:
    """A document's annotations: each fifth left out, others cut short, moved or given another value."""
    marks = []
    for number, mark in enumerate(row[field]):
        changed = dict(mark)
        if "cue" in mark:
            if number % 3 == 1 and mark["content"]:
                start, end = mark["content"][-1]
                changed["content"] = [*mark["content"][:-1], [start, start + max(1, (end - start) // 3)]]
            if number % 4 == 2:
                changed["source"] = []
        else:
            if number % 3 == 1 and mark["end"] - mark["start"] > 3:
                changed["end"] = mark["end"] - 2
            if number % 4 == 2:
                changed |= {"value": "2016-01-01"} if "value" in mark else {"lat": 10.0, "lon": 10.0}
            if number % 7 == 3 and "lat" in mark:
                changed |= {"lat": None, "lon": None}
        if number % 5:
            marks.append(changed)
    return {"id": row["id"], field: marks}


@pytest.mark.parametrize(
    ("folder", "layer", "field"),
    [
        ("attribution", "attributions", "attributions"),
        ("time", "dates", "timexes"),
        ("place", "places", "toponyms"),
    ],
)
def test_layers_have_the_same_figures(folder: str, layer: str, field: str, tmp_path: Path) -> None:
    some = rows(BENCH / folder / "dev.jsonl", DOCUMENTS)
    key = write(tmp_path / "key.jsonl", some)
    response = write(tmp_path / "found.jsonl", (spoilt_spans(row, field) for row in some))
    named = ("--key", key, "--response", response) if folder == "attribution" else (key, response)
    told = json.loads(outside(folder, *named, "--json"))
    theirs = told["metrics"] if folder == "attribution" else told["all"]
    ours = score_response(load_annotated(layer, [key]), response)
    assert ours.measures
    for name, measure in ours.measures.items():
        other = theirs[name.replace("end to end", "end_to_end")]
        assert (measure.precision, measure.recall) == pytest.approx((other["p"], other["r"])), name
    assert min(measure.f1 for measure in ours.measures.values()) < 1
    if folder == "place":
        names = {"within 161 km": "acc161", "mean km": "mean_km", "median km": "median_km"}
        for ours_name, theirs_name in names.items():
            assert ours.values[ours_name] == pytest.approx(theirs["resolution"][theirs_name])


def test_linking_has_the_same_figures(tmp_path: Path) -> None:
    some = rows(BENCH / "linking" / "dev.jsonl", 400)
    key = write(tmp_path / "key.jsonl", some)
    homes = {row["id"]: row["incident"] for row in some}
    for n, row in enumerate(some):
        if n % 9 == 0:
            homes[row["id"]] = f"alone {n}"
        if n % 17 == 0:
            homes[row["id"]] = homes[some[n - 1]["id"]]
    found = write(tmp_path / "found.jsonl", ({"id": one, "incident": home} for one, home in homes.items()))
    numbers = {
        homes[row["id"]]: (row["gold"]["killed"] + (n % 6 == 0), row["gold"]["injured"] if n % 5 else None)
        for n, row in enumerate(some)
    }
    counts = write(
        tmp_path / "counts.jsonl",
        ({"incident": name, "killed": dead, "injured": hurt} for name, (dead, hurt) in numbers.items()),
    )
    theirs = json.loads(outside("linking", key, found, "--incidents", counts, "--json"))
    ours = score_linking(load_linked([key]), response_rows([found, counts]))
    for name, other in (("pairwise", "pairwise"), ("MUC", "muc"), ("killed and injured", "both_right")):
        told = theirs["counts"][other] if other == "both_right" else theirs[other]
        measure = ours.measures[name]
        assert (measure.precision, measure.recall) == pytest.approx((told["p"], told["r"])), name
    for name, other in (("B-cubed", "b_cubed"), ("CEAF-e", "ceaf_e")):
        assert ours.values[f"{name} F1"] == pytest.approx(theirs[other]["f1"])
    assert ours.values["CoNLL F1"] == pytest.approx(theirs["conll_f1"])
    assert ours.measures["exactly right"].matched == theirs["incidents_exact"]
    assert ours.measures["killed"].recall == pytest.approx(theirs["counts"]["all"]["killed"]["exact"])
    assert ours.measures["injured"].recall == pytest.approx(theirs["counts"]["all"]["injured"]["exact"])
