"""The examples of docs/ledger.md run."""

from __future__ import annotations

import json
import re
from pathlib import Path

from tests.invented import ARMY, FRONT, Telling
from variorum.ledger import Decision
from variorum.model import Incident

GUIDE = (Path(__file__).parent.parent.parent / "docs" / "ledger.md").read_text(encoding="utf-8")


def told():
    """A contested incident that lies in the days which the example asks for."""
    report = Telling(id="r", title="Attack near Varndal").toll(
        ARMY, "12 gunmen were killed", 12, group="militant"
    )
    report = report.toll(FRONT, "3 gunmen were killed", 3, group="militant")
    day = {"first": "2031-05-05", "last": "2031-05-05", "precision": 1}
    return report.reading(incidents=(Incident(id="incident-1", day=day, type="battle"),))


def test_the_python_in_the_guide_runs(tmp_path, monkeypatch, capsys):
    monkeypatch.chdir(tmp_path)
    (example,) = re.findall(r"```python\n(.*?)```", GUIDE, flags=re.DOTALL)
    exec(example, {"readings": [told()]})
    said = capsys.readouterr().out
    assert "reports=1 readings=1 claims=2" in said
    assert "Attack near Varndal 1 1" in said
    assert "2031-05-06 None" in said
    assert "'decisions': 2" in said


def test_the_decision_in_the_guide_is_one():
    (example,) = re.findall(r"```json\n(.*?)```", GUIDE, flags=re.DOTALL)
    row = json.loads(example)
    row["claim"]["id"] = "claim-0000000000000000"
    assert Decision.model_validate({"by": "Ada", **row}).claim is not None


def test_the_guide_tells_every_kind_of_decision():
    decisions = GUIDE.partition("\n## Decisions\n")[2].partition("\n## ")[0]
    rows = re.findall(r"^\| ([a-z, ]+) \|", decisions, flags=re.MULTILINE)
    told_ = {kind for row in rows for kind in row.split(", ")} - {"kind"}
    assert told_ == set(Decision.model_fields["kind"].annotation.__args__)
