from __future__ import annotations

import json

import pytest

from variorum.cli.decisions import load_decisions
from variorum.model import SettingError

GOOD = {"kind": "join", "reports": ["a", "b"], "by": "me", "on": "2031-05-21"}


@pytest.fixture
def decide(invoke, tmp_path, lines):
    """Link the pile under some decisions: the finished process, and the incident of each report."""

    def link(*decisions):
        (tmp_path / "decisions.jsonl").write_text(
            "\n".join(json.dumps({"by": "me", "on": "2031-05-21"} | one) for one in decisions),
            encoding="utf-8",
        )
        done = invoke("link", "-", "--layer", "incidents", "--decisions", "decisions.jsonl", stdin=lines)
        found = (json.loads(line) for line in done.stdout.splitlines())
        return done, {row["id"]: row["incident"] for row in found}

    return link


def test_a_split_is_obeyed(decide):
    done, found = decide({"kind": "split", "reports": ["ferry-3"], "others": ["ferry-1", "ferry-2"]})
    assert (done.returncode, done.stderr) == (0, "")
    assert found["ferry-3"] not in (found["ferry-1"], found["ferry-2"])


def test_a_join_is_obeyed(decide):
    _, found = decide({"kind": "join", "reports": ["ferry-1", "market-1"]})
    assert found["ferry-1"] == found["market-1"]


def test_later_decisions_overrule_and_the_unmet_one_is_told(decide):
    done, found = decide(
        {"kind": "join", "reports": ["ferry-1", "market-1"]},
        {"kind": "never", "reports": ["ferry-1"], "others": ["market-1"]},
    )
    assert done.returncode == 0
    assert found["ferry-1"] != found["market-1"]
    assert done.stderr.startswith(
        "note [unmet-decision] decision of 2031-05-21 by me to join 'ferry-1': not met"
    )


def test_reports_that_are_not_at_hand_are_told(decide):
    done, _ = decide({"kind": "join", "reports": ["ferry-1", "ferry-9"]})
    assert done.returncode == 0
    assert done.stderr.startswith("note [idle-decision] ")
    assert "'ferry-9'" in done.stderr


def test_the_file_is_read_in_its_order(tmp_path):
    path = tmp_path / "d.jsonl"
    path.write_text(f"\ufeff{json.dumps(GOOD)}\n\n{json.dumps(GOOD | {'by': 'you'})}\n", encoding="utf-8")
    assert [decision.by for decision in load_decisions(path)] == ["me", "you"]


@pytest.mark.parametrize(
    ("line", "what"),
    [
        ("{", "not JSON"),
        ("[1]", "no JSON object"),
        (json.dumps(GOOD | {"kind": "merge"}), "kind: "),
        (json.dumps(GOOD | {"on": "soon"}), "on: "),
        (json.dumps(GOOD | {"colour": "red"}), "colour: "),
        (json.dumps(GOOD | {"reports": ["a"]}), "a join of one report"),
        (json.dumps(GOOD | {"reports": ["a", "a"]}), "a join of one report"),
        (json.dumps(GOOD | {"kind": "never"}), "a never without others"),
        (
            json.dumps(GOOD | {"kind": "split", "others": ["b", "c"]}),
            "'b' is to be kept apart from itself",
        ),
    ],
    ids=lambda value: value if value[0] not in "{[" else None,
)
def test_a_line_that_is_no_decision_is_refused_by_name(invoke, tmp_path, line, what):
    (tmp_path / "d.jsonl").write_text(f"{json.dumps(GOOD)}\n{line}\n", encoding="utf-8")
    done = invoke("link", "-", "--decisions", "d.jsonl", stdin="")
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr.startswith(f"[bad-decision] d.jsonl:2: {what}")
    assert '{"kind": "join"' in done.stderr


def test_a_file_that_is_no_text_is_refused(tmp_path):
    (tmp_path / "d.jsonl").write_bytes(b"\xff\xfe\x00")
    with pytest.raises(SettingError, match="no text in UTF-8"):
        load_decisions(tmp_path / "d.jsonl")
