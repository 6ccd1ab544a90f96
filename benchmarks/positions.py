"""Tell reconciling from reading: the annotators' own claims handed to the rules of positions and scored.

    python benchmarks/positions.py --bench FOLDER [--part cases/train] [--errors]

FOLDER holds `cases` with case files and `score.py`. Each case is taken as one incident.
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from variorum.evaluation.positions import position_rows
from variorum.evaluation.shapes import locate
from variorum.linking import find_copies
from variorum.model import Claim, Evidence, LinkedIncident, Reading, Report, Source, make_claim
from variorum.reconciling import reconcile_incidents

_REPORT = ("id", "text", "publisher", "url", "title", "published", "language")
_VALUES = {
    "toll": ("outcome", "min", "max", "group", "approx", "who", "combined"),
    "responsibility": ("actor", "stance"),
    "account": ("denies",),
}


def cases(folder: Path) -> Iterator[dict[str, Any]]:
    """The case files of a folder that have positions."""
    for path in sorted(folder.glob("*.json")):
        case = json.loads(path.read_text(encoding="utf-8"))
        if isinstance(case, dict) and case.get("positions"):
            yield case


def reading_of(row: dict[str, Any]) -> Reading:
    """A report with the annotators' claims, as if they had been read. Claims whose words are nowhere are left out."""
    report = Report(**{name: row[name] for name in _REPORT if row.get(name)})
    claims = (claim_of(report, told) for told in row["claims"])
    return Reading(report=report, reader="annotators", claims=tuple(claim for claim in claims if claim))


def claim_of(report: Report, told: dict[str, Any]) -> Claim | None:
    """An annotated claim as one of the model."""
    span = locate(report.text, told)
    if span is None:
        return None
    values = {name: told[name] for name in _VALUES[told["kind"]] if told.get(name) is not None}
    return make_claim(
        told["kind"],
        report=report.id,
        content_hash=report.content_hash,
        evidence=Evidence.of(report.text, *span),
        source=Source(party=told["source"]),
        certainty=told["certainty"],
        background=bool(told.get("background")),
        **values,
    )


def rows_of(case: dict[str, Any]) -> Iterator[dict[str, Any]]:
    """The position rows of one case."""
    readings = [reading_of(row) for row in case["reports"]]
    ranked = sorted(readings, key=lambda one: (str(one.report.published or "9"), one.report.id))
    incident = LinkedIncident(id=case["case"], reports=tuple(one.report.id for one in ranked))
    copies = find_copies([one.report for one in readings])
    for dossier in reconcile_incidents(readings, [incident], copies):
        yield from position_rows(dossier, case["case"])


def main() -> int:
    """Print the scorer's line on positions, and the differences if asked. Exit status: the scorer's."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--bench", type=Path, required=True)
    parser.add_argument("--part", default="cases", help="folder of case files in the bench folder")
    parser.add_argument("--errors", action="store_true")
    asked = parser.parse_args()
    folder = asked.bench / asked.part
    with tempfile.TemporaryDirectory() as scratch:
        found, claims = Path(scratch, "positions.jsonl"), Path(scratch, "claims.jsonl")
        lines = (json.dumps(row, ensure_ascii=False) for case in cases(folder) for row in rows_of(case))
        found.write_text("".join(f"{line}\n" for line in lines), encoding="utf-8")
        claims.touch()  # the scorer wants claims too; none are scored here
        command = [
            asked.bench / "cases" / "score.py",
            "--key",
            folder,
            "--response",
            claims,
            "--positions",
            found,
        ]
        command += ["--errors"] if asked.errors else []
        scored = subprocess.run(
            [sys.executable, *map(str, command)], check=False, capture_output=True, text=True
        )
    shown = scored.stdout.splitlines() if scored.returncode == 0 else [scored.stderr]
    kept = [
        line for line in shown if scored.returncode or line.startswith(("positions:", "position ", "status "))
    ]
    print("\n".join(kept))
    return scored.returncode


if __name__ == "__main__":
    sys.exit(main())
