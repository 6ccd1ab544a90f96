from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from variorum.evaluation.figures import causes_of
from variorum.evaluation.standing import Cases, load_cases, score_positions

POSITIONS = [
    {
        "outcome": "killed",
        "group": "unknown",
        "status": "contested",
        "positions": [
            {"source": "The Guild", "min": 4, "max": 4},
            {"source": "Council", "min": 9, "max": None},
        ],
    },
    {
        "outcome": "injured",
        "group": "civilian",
        "status": "single",
        "positions": [{"source": "Council", "min": 2, "max": 2}],
    },
]


@pytest.fixture
def cases(tmp_path: Path) -> Cases:
    reports = [{"id": "x/r1", "text": "Nine died.", "claims": []}]
    told = {"case": "x", "reports": reports, "positions": POSITIONS}
    (tmp_path / "x.json").write_text(json.dumps(told), encoding="utf-8")
    (tmp_path / "y.json").write_text(json.dumps({"case": "y", "reports": reports}), encoding="utf-8")
    (tmp_path / "aliases.json").write_text(json.dumps({"Council": ["Town Council"]}), encoding="utf-8")
    return load_cases([tmp_path])


def row(outcome: str, group: str, source: str, low: int, high: int | None, status: str) -> dict[str, Any]:
    values = {"case": "x", "outcome": outcome, "group": group, "source": source}
    return values | {"min": low, "max": high, "status": status}


def test_only_cases_with_positions_are_scored(cases: Cases) -> None:
    assert [path.name for path in cases.files] == ["x.json"]
    assert cases.case_of == {"x/r1": "x"}


def test_names_are_compared_by_their_aliases_and_unknown_groups_are_mixed(cases: Cases) -> None:
    scores = score_positions(
        cases,
        [
            row("killed", "mixed", "Guild", 4, 4, "contested"),
            row("killed", "mixed", "Town Council", 9, None, "agreed"),
            row("injured", "civilian", "Council", 3, 3, "revised"),
        ],
    )
    measure = scores.measures["positions"]
    assert (measure.matched, measure.found, measure.key) == (2, 3, 3)
    assert scores.values["status right"] == 0.5
    assert dict(causes_of(scores.differences)) == {
        "position missed": 1,
        "position nobody takes": 1,
        "status revised for single": 1,
    }


def test_nothing_found_misses_all(cases: Cases) -> None:
    scores = score_positions(cases, [])
    assert scores.measures["positions"].recall == 0
    assert scores.values["status right"] == 0
    assert dict(causes_of(scores.differences))["status unknown for single"] == 1
