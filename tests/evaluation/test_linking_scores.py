from __future__ import annotations

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from variorum.evaluation.figures import Scores, causes_of
from variorum.evaluation.linking import Linked, load_linked, score_linking
from variorum.model import InputError

KEY = Linked({"r1": "a", "r2": "a", "r3": "b", "r4": "b", "r5": "c"}, {"a": (1, 0), "b": (2, 3), "c": (0, 1)})


def scored(homes: dict[str, str], counts: dict[str, tuple[int | None, int | None]] | None = None) -> Scores:
    rows = [{"id": report, "incident": home} for report, home in homes.items()]
    more = [
        {"incident": name, "killed": dead, "injured": hurt} for name, (dead, hurt) in (counts or {}).items()
    ]
    return score_linking(KEY, (("response", row) for row in [*rows, *more]))


def test_the_key_as_response_is_right_in_all() -> None:
    scores = scored(KEY.incident_of, dict(KEY.numbers))
    assert {measure.f1 for measure in scores.measures.values()} == {1.0}
    assert set(scores.values.values()) == {1.0}
    assert not scores.differences


def test_figures_that_can_be_reckoned_by_hand() -> None:
    scores = scored({"r1": "x", "r2": "x", "r3": "x", "r4": "y", "r5": "z"}, {"x": (1, 9), "y": (2, None)})
    assert (scores.measures["pairwise"].matched, scores.measures["pairwise"].found) == (1, 3)
    assert scores.measures["pairwise"].key == 2
    assert scores.values["B-cubed precision"] == pytest.approx((2 / 3 * 2 + 1 / 3 + 1 + 1) / 5)
    assert scores.values["B-cubed recall"] == pytest.approx((1 + 1 + 0.5 + 0.5 + 1) / 5)
    assert scores.values["CEAF-e recall"] == pytest.approx((4 / 5 + 2 / 3 + 1) / 3)
    assert scores.measures["exactly right"].matched == 1
    assert scores.measures["killed"].matched == 2
    assert scores.measures["killed and injured"].matched == 0
    assert dict(causes_of(scores.differences)) == {
        "incident split": 1,
        "incidents merged": 1,
        "injured: too many": 1,
        "injured: unknown": 2,
        "killed: unknown": 1,
    }


def test_a_report_without_an_answer_stands_alone() -> None:
    assert scored({"r1": "x", "r2": "x"}).measures["MUC"].found == 1


def test_nothing_is_told_of_numbers_where_none_were_given() -> None:
    assert "killed" not in scored(KEY.incident_of).measures


@given(st.lists(st.sampled_from("xyz"), min_size=5, max_size=5))
def test_all_figures_are_shares(homes: list[str]) -> None:
    scores = scored(dict(zip(KEY.incident_of, homes, strict=True)))
    assert all(value is not None and 0 <= value <= 1 for value in scores.values.values())
    assert all(0 <= measure.f1 <= 1 for measure in scores.measures.values())


@pytest.mark.parametrize(
    ("rows", "code"),
    [
        ([{"id": "r1"}], "bad-annotation"),
        ([{"id": "r1", "incident": "a", "gold": {"killed": 1}}], "bad-annotation"),
        ([{"id": "r1", "incident": "a"}, {"id": "r1", "incident": "b"}], "duplicate-id"),
        ([], "no-annotations"),
    ],
)
def test_what_cannot_be_scored_is_refused(tmp_path: Path, rows: list[dict[str, object]], code: str) -> None:
    path = tmp_path / "x.jsonl"
    path.write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")
    with pytest.raises(InputError) as refused:
        load_linked([tmp_path])
    assert refused.value.code == code


@pytest.mark.parametrize(("homes", "code"), [({"r9": "x"}, "unknown-report")])
def test_answers_about_other_reports_are_refused(homes: dict[str, str], code: str) -> None:
    with pytest.raises(InputError) as refused:
        scored(homes)
    assert refused.value.code == code
