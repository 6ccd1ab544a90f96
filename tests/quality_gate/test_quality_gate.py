from __future__ import annotations

import pytest

from tests.quality_gate.gate import (
    BASELINE,
    INPUTS,
    MARGIN,
    PINNED,
    Baseline,
    Figures,
    NotWithoutReason,
    digest,
    measure,
)
from variorum.evaluation import load_annotated


@pytest.fixture(scope="module")
def measured() -> Figures:
    return measure()


def test_the_floors_are_those_of_these_annotations() -> None:
    assert Baseline.load().annotations == digest(), "set the floors anew: python -m tests.quality_gate.update"


def test_every_measure_has_a_floor() -> None:
    assert {layer: tuple(floors) for layer, floors in Baseline.load().floors.items()} == PINNED


def test_the_floors_are_met(measured: Figures) -> None:
    assert not Baseline.load().unmet(measured)


def test_all_layers_annotate_the_same_texts() -> None:
    texts = [
        {d.id: d.text for d in load_annotated(layer, [path]).documents} for layer, path in INPUTS.items()
    ]
    assert all(some == texts[0] for some in texts)
    assert len(texts[0]) >= 12


OLD = Baseline("before", {"dates": {"value": 0.5}})


def test_floors_rise_and_stay() -> None:
    assert OLD.updated({"dates": {"value": 0.8}}, "x").floors == {"dates": {"value": 0.8 - MARGIN}}
    assert OLD.updated({"dates": {"value": 0.51}}, "x").floors == {"dates": {"value": 0.5}}


def test_floors_fall_for_a_reason_only() -> None:
    with pytest.raises(NotWithoutReason, match=r"dates value: 0\.400 is under its floor of 0\.500"):
        OLD.updated({"dates": {"value": 0.4}}, "x")
    lowered = OLD.updated({"dates": {"value": 0.4}}, "x", "two dates were annotated wrongly")
    assert lowered.floors == {"dates": {"value": 0.375}}
    entry = {"layer": "dates", "measure": "value", "from": 0.5, "to": 0.375}
    assert lowered.lowered == [entry | {"reason": "two dates were annotated wrongly"}]


def test_a_measure_that_is_gone_does_not_pass() -> None:
    assert OLD.unmet({}) == ["dates value: 0.000 is under its floor of 0.500"]
    assert OLD.annotations != digest()
    assert BASELINE.exists()


def test_a_baseline_is_read_back_as_written(tmp_path) -> None:
    OLD.save(tmp_path / "baseline.json")
    assert Baseline.load(tmp_path / "baseline.json") == OLD
