from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from variorum.evaluation.muc4 import checked_answers, load_keys, score_answers
from variorum.evaluation.table import render_scores
from variorum.model import InputError

TEXT = "SAN BLAS, 12 MAR 90 (AMN) -- [TEXT] URBAN COMMANDOS KIDNAPPED A MAYOR. A BOMB DAMAGED A BANK."


def filler(*values: str, **more: Any) -> dict[str, Any]:
    return {"optional": False, "any": [{"value": value} | more for value in values]}


KIDNAPPING = {
    "template": 1,
    "optional": False,
    "incident_type": [filler("KIDNAPPING")],
    "perp_individual_id": [filler("URBAN COMMANDOS")],
    "hum_tgt_description": [filler("MAYOR", "A MAYOR")],
}
BOMBING = {
    "template": 2,
    "optional": False,
    "incident_type": [filler("BOMBING")],
    "phys_tgt_id": [filler("BANK")],
}


def keys(tmp_path: Path, **changes: Any) -> Path:
    path = tmp_path / "keys.jsonl"
    row = {
        "id": "r1",
        "text_cased": TEXT,
        "published": "1990-03-12",
        "templates": [KIDNAPPING, BOMBING],
    } | changes
    path.write_text(json.dumps(row) + "\n", encoding="utf-8")
    return path


def test_a_key_answers_itself(tmp_path: Path) -> None:
    found = load_keys([keys(tmp_path)])
    scores = score_answers(found, {"r1": [KIDNAPPING, BOMBING]})
    assert scores.measures["ALL TEMPLATES"].f1 == 1
    assert scores.measures["CEAF-REE"].f1 == 1
    assert scores.differences == []


def test_what_is_missed_wrong_and_half_right_is_told(tmp_path: Path) -> None:
    attack = KIDNAPPING | {"incident_type": "ATTACK", "perp_individual_id": ["COMMANDOS"]}
    spurious = {"incident_type": "ARSON", "phys_tgt_id": ["MILL"]}
    scores = score_answers(load_keys([keys(tmp_path)]), {"r1": [attack, spurious]})
    assert [(d.what, d.key, d.found) for d in scores.differences] == [
        ("incident_type: partial", "KIDNAPPING", "ATTACK"),
        ("perp_individual_id: partial", "URBAN COMMANDOS", "COMMANDOS"),
        ("a template missed", "BOMBING; BANK", ""),
        ("a template that is not in the key", "", "ARSON; MILL"),
    ]
    whole = scores.measures["ALL TEMPLATES"]
    assert (whole.matched, whole.found, whole.key) == (2.0, 5, 5)
    assert "a template missed" in render_scores(scores, benchmark="muc4")


def test_a_report_without_an_answer_has_no_templates(tmp_path: Path) -> None:
    scores = score_answers(load_keys([keys(tmp_path)]), {})
    assert scores.measures["ALL TEMPLATES"].found == 0
    assert [d.what for d in scores.differences] == ["a template missed"] * 2


@pytest.mark.parametrize(
    "changes",
    [{"templates": None}, {"templates": ["x"]}, {"text_cased": ""}, {"published": "12 MAR 90"}, {"id": 1}],
)
def test_rows_of_another_shape_are_refused(tmp_path: Path, changes: dict[str, Any]) -> None:
    with pytest.raises(InputError) as error:
        load_keys([keys(tmp_path, **changes)])
    assert error.value.code == "bad-annotation"


def test_the_same_report_twice_is_refused(tmp_path: Path) -> None:
    path = keys(tmp_path)
    with pytest.raises(InputError) as error:
        load_keys([path, path])
    assert error.value.code == "duplicate-id"


@pytest.mark.parametrize(
    ("rows", "code"),
    [
        ([{"id": "r2", "templates": []}], "unknown-report"),
        ([{"templates": []}], "unknown-report"),
        ([{"id": "r1"}], "bad-annotation"),
        ([{"id": "r1", "templates": []}] * 2, "duplicate-id"),
    ],
)
def test_a_response_of_another_shape_is_refused(
    tmp_path: Path, rows: list[dict[str, Any]], code: str
) -> None:
    known = load_keys([keys(tmp_path)])
    with pytest.raises(InputError) as error:
        checked_answers((("here", row) for row in rows), known)
    assert (error.value.code, error.value.where) == (code, "here")
