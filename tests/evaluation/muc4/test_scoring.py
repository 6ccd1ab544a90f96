"""MUC-4 scores: graded, aligned and summed as the benchmark's own scorer does."""

from __future__ import annotations

import importlib.util
import json
import random
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

from variorum.evaluation.muc4.grading import HALF, RIGHT, WRONG, grade_string, grade_value
from variorum.evaluation.muc4.role_fillers import score_role_fillers
from variorum.evaluation.muc4.scoring import Tally, score_templates
from variorum.evaluation.muc4.slots import slots

BENCH = Path(__file__).parents[4] / "shared/bench/muc4"
OUTSIDE = {
    "pos": "possible",
    "act": "actual",
    "cor": "correct",
    "par": "partial",
    "inc": "incorrect",
    "spu": "spurious",
    "mis": "missing",
    "non": "noncommittal",
}


def key_of(**fillers: list[list[str]]) -> dict[str, Any]:
    """A key's template: for each slot its fillers, each a list of alternatives."""
    return {
        slot: [{"optional": False, "any": [{"value": v} for v in options]} for options in given]
        for slot, given in fillers.items()
    }


KEY = key_of(
    incident_type=[["BOMBING"]],
    incident_date=[["02 MAR 88"]],
    incident_location=[["CHILE: ALTAMIRA (CITY)"]],
    phys_tgt_id=[["FERRY OFFICE", "OFFICE"]],
    hum_tgt_description=[["CLERKS"], ["A NIGHT GUARD"]],
)


@pytest.mark.parametrize(
    ("slot", "key", "response", "grade"),
    [
        ("incident_type", "BOMBING", "ATTACK", HALF),
        ("incident_type", "ATTACK", "BOMBING", WRONG),
        ("incident_instrument_type", "MINE", "BOMB", HALF),
        ("hum_tgt_number", "7", "7", RIGHT),
        ("hum_tgt_number", "~7", "7", HALF),
        ("hum_tgt_number", "5-7", "7", HALF),
        ("hum_tgt_number", "PLURAL", "2", WRONG),
        ("incident_date", "- 04 APR 88", "1988-04-03", HALF),
        ("incident_date", "- 04 APR 88", "../1988-04-04", RIGHT),
        ("incident_date", "04 APR 88", "../1988-04-04", HALF),
        ("incident_date", "01 APR 88 - 30 APR 88", "1988-04-03", HALF),
        ("incident_date", "04 APR 88", "1988-04-03", WRONG),
        ("incident_location", "CHILE: ALTAMIRA (CITY)", "CHILE", HALF),
        ("incident_location", "CHILE: ALTAMIRA (CITY)", "CHILE: ALTAMIRA (TOWN)", HALF),
        ("incident_location", "CHILE: ALTAMIRA (CITY)", "PERU", WRONG),
        ("incident_location", "PERU: X (CITY) - Y (TOWN)", "PERU: X (CITY) - Y (TOWN)", RIGHT),
    ],
)
def test_values_are_right_half_right_or_wrong(slot: str, key: str, response: str, grade: int) -> None:
    assert grade_value(slot, key, response) == grade


@pytest.mark.parametrize(
    ("key", "response", "grade"),
    [
        ("TWO FERRIES", "THE FERRY", RIGHT),
        ("HARBOUR FRONT (HF)", "HARBOUR FRONT", RIGHT),
        ("GUARD", "TIRED NIGHT GUARD", RIGHT),
        ("GUARD", "GUARD OF THE OFFICE", HALF),
        ("NIGHT GUARD", "GUARD", HALF),
        ("CUSTOMS OFFICE", "FERRY OFFICE", HALF),
        ("CUSTOMS OFFICE", "FERRY", WRONG),
    ],
)
def test_strings_are_compared_by_their_heads(key: str, response: str, grade: int) -> None:
    assert grade_string(key, response) == grade


def test_a_template_is_scored_slot_by_slot() -> None:
    response = {
        "incident_type": "ATTACK",
        "incident_date": "1988-03-02",
        "phys_tgt_id": ["FERRY OFFICE", "BRIDGE"],
        "HUM TGT: DESCRIPTION": ["CLERKS"],
    }
    rows = score_templates({"a": [KEY]}, {"a": [response]})
    assert rows["incident_type"] == Tally(possible=1, actual=1, partial=1)
    assert rows["phys_tgt_id"] == Tally(possible=1, actual=2, correct=1, spurious=1)
    assert rows["hum_tgt_description"] == Tally(possible=2, actual=1, correct=1, missing=1)
    everything = rows["ALL TEMPLATES"]
    assert (everything.possible, everything.actual) == (6, 5)
    assert everything.recall == pytest.approx(3.5 / 6)
    assert everything.precision == pytest.approx(3.5 / 5)


def test_templates_of_other_incidents_are_missing_and_spurious() -> None:
    response = {"incident_type": "KIDNAPPING", "hum_tgt_name": ["IDA ROSS"]}
    rows = score_templates({"a": [KEY]}, {"a": [response], "unknown": [response]})
    assert rows["template"] == Tally(possible=1, actual=1, missing=1, spurious=1)
    assert rows["MATCHED ONLY"] == Tally()
    assert rows["TEXT FILTERING"].f1 == 1.0


def test_an_optional_template_may_be_left_out() -> None:
    assert score_templates({"a": [KEY | {"optional": True}]}, {})["ALL TEMPLATES"] == Tally()


def test_a_reference_to_another_filler_costs_half() -> None:
    key = key_of(incident_type=[["ATTACK"]], hum_tgt_description=[["CLERKS"], ["GUARD"]]) | {
        "hum_tgt_type": [{"optional": False, "any": [{"value": "SECURITY GUARD", "ref": ["GUARD"]}]}],
    }
    said = {"incident_type": "ATTACK", "hum_tgt_description": ["CLERKS", "GUARD"]}
    for ref, expected in (("GUARD", "correct"), ("CLERKS", "partial")):
        response = said | {"hum_tgt_type": [{"value": "SECURITY GUARD", "ref": ref}]}
        row = score_templates({"a": [key]}, {"a": [response]})["hum_tgt_type"]
        assert row == Tally(possible=1, actual=1, **{expected: 1})


def test_entities_are_counted_once_and_their_mentions_must_belong_together() -> None:
    text = "ALTAMIRA, 2 MAR 88 -- [TEXT] A BOMB HIT THE FERRY OFFICE. CLERKS FLED THE OFFICE."
    key = {"text": text, "templates": [KEY, KEY]}
    rows = score_role_fillers(
        {"a": key}, {"a": {"roles": {"Target": [["the office", "ferry office"], ["office", "bridge"]]}}}
    )
    assert rows["Target"] == Tally(possible=1, actual=2, correct=1, spurious=1)
    assert rows["micro_avg"] == rows["Target"]


@pytest.fixture
def outside() -> ModuleType:
    """The benchmark's own scorer."""
    if not BENCH.exists():
        pytest.skip("the benchmark is not beside the checkout")
    spec = importlib.util.spec_from_file_location("muc4_score", BENCH / "score.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def _same(outside_rows: dict[str, Any], rows: dict[str, Tally]) -> None:
    assert list(rows) == list(outside_rows)
    for name, row in rows.items():
        assert row == Tally(
            **{ours: getattr(outside_rows[name], theirs) for theirs, ours in OUTSIDE.items()}
        ), name


def test_figures_equal_those_of_the_benchmark_on_made_up_templates(outside: ModuleType) -> None:
    response = {
        "incident_type": "BOMBING",
        "incident_date": "../1988-03-02",
        "phys_tgt_id": ["OFFICE OF THE FERRY", "BRIDGE"],
        "hum_tgt_description": ["CLERKS NEAR THE BRIDGE", "GUARD WHO SLEPT"],
        "hum_tgt_number": [{"value": "PLURAL", "ref": "CLERKS"}, "3"],
    }
    keys, responses = (
        {"a": [KEY], "b": [], "c": [KEY | {"optional": True}]},
        {"a": [response], "b": [response]},
    )
    _same(outside.score_templates(keys, responses), score_templates(keys, responses))


def test_figures_equal_those_of_the_benchmark_on_its_reports(outside: ModuleType) -> None:
    dice = random.Random(7)
    with (BENCH / "reports.dev.jsonl").open(encoding="utf-8") as lines:
        rows = {row["id"]: row for row, _ in zip(map(json.loads, lines), range(60), strict=False)}
    others = [t for row in rows.values() for t in row["templates"]]
    responses = {i: [_spoilt(t, others, dice) for t in row["templates"]] for i, row in rows.items()}
    keys = {i: row["templates"] for i, row in rows.items()}
    _same(outside.score_templates(keys, responses), score_templates(keys, responses))
    given = {i: {"templates": templates} for i, templates in responses.items()}
    _same(outside.score_ree(rows, given), score_role_fillers(rows, given))


def _spoilt(template: dict[str, Any], others: list[dict[str, Any]], dice: random.Random) -> dict[str, Any]:
    """A response that has a key's fillers, some cut short, some of another incident."""
    found: dict[str, Any] = {}
    for slot in slots():
        fillers = (dice.choice(others) if dice.random() < 0.15 else template)[slot] or []
        found[slot] = []
        for filler in fillers:
            option = dice.choice(filler["any"])
            value = option["value"].split(" ", 1)[-1] if dice.random() < 0.2 else option["value"]
            found[slot].append({"value": value, "ref": (option.get("ref") or [None])[0]})
    return found
