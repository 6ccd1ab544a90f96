from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given

from tests.invented import ARMY, Telling
from tests.model.strategies import readings
from variorum.intake import read_inputs, read_reports
from variorum.intake.kept import is_kept, kept_reading
from variorum.model import InputError, Reading

READING = Telling(id="r1").toll(ARMY, "nine soldiers died", 9).reading()


def line(**changes: Any) -> dict[str, Any]:
    return {"reading": READING.model_dump(mode="json") | changes, "dossiers": []}


@given(readings())
def test_any_reading_comes_back_as_it_was(reading: Reading) -> None:
    value = json.loads(json.dumps({"reading": reading.model_dump(mode="json")}))
    assert is_kept(value)
    assert kept_reading(value, "here") == reading


@pytest.mark.parametrize("field", ["url", "title", "publisher", "language"])
def test_half_a_character_is_refused_in_every_field(field: str) -> None:
    value = line()
    value["reading"]["report"] |= {field: "a\ud800"}
    value["reading"]["claims"] = []
    with pytest.raises(InputError, match="half a character") as caught:
        kept_reading(value, "here")
    assert caught.value.code == "bad-reading"


@pytest.mark.parametrize("name", ["kept.jsonl", "kept.json", "kept"])
def test_kept_readings_and_reports_may_be_mixed(tmp_path: Path, name: str) -> None:
    report = {"id": "r2", "text": "Nine people were killed in the market of the old town, police said."}
    path = tmp_path / name
    rows = [line(), report]
    path.write_text(
        json.dumps(rows) if name.endswith("json") else "\n".join(map(json.dumps, rows)), encoding="utf-8"
    )
    first, second = read_inputs([path])
    assert first == READING
    assert not isinstance(second, Reading | InputError)
    assert second.id == "r2"
    assert [one.id for one in read_reports([path]) if not isinstance(one, InputError)] == ["r1", "r2"]


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"reader": 1}, "bad-reading"),
        ({"colour": "red"}, "bad-reading"),
        ({"report": {**READING.report.model_dump(mode="json"), "text": "Other words."}}, "bad-reading"),
        ({"report": {**READING.report.model_dump(mode="json"), "id": "r2"}}, "bad-reading"),
        ({"report": {"id": "r1", "text": "x" * 200}}, "evidence-mismatch"),
    ],
)
def test_what_was_changed_is_refused(changes: dict[str, Any], code: str) -> None:
    with pytest.raises(InputError) as caught:
        kept_reading(line(**changes), "kept.jsonl:1")
    assert (caught.value.code, caught.value.where) == (code, "kept.jsonl:1")
    assert caught.value.remedy


@pytest.mark.parametrize("value", [None, [], {}, {"reading": "x"}, {"text": "x", "reading": None}])
def test_what_is_no_kept_reading(value: Any) -> None:
    assert not is_kept(value)
