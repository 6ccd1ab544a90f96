"""Score the reader on the benchmark data, layer by layer, with the data's own scorers.

    python benchmarks/run.py --bench FOLDER [--layer claims ...] [--jobs N] [--keep FOLDER]

FOLDER holds `cases`, `attribution`, `time`, `place` and `linking`, each with development data and a `score.py`. The
documents are handed to `variorum annotate` as any user's reports would be; what it writes is scored as it is. Layers over
many reports, `positions` (each case as one incident) and `linking`, are written by `variorum link` from readings that
`variorum read` has kept.
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

Row = dict[str, Any]


@dataclass(frozen=True)
class Task:
    """A layer, the folder with its data, how to get reports from the data, and the scorer's arguments."""

    layer: str
    folder: str
    reports: Callable[[Path], Iterator[Row]]
    scoring: Callable[[Path, Path], list[str]]


def of_cases(folder: Path) -> Iterator[Row]:
    """The reports of all cases in a folder."""
    for path in sorted(folder.glob("*.json")):
        case = json.loads(path.read_text(encoding="utf-8"))
        for report in case.get("reports", []) if isinstance(case, dict) else []:
            yield {
                name: report.get(name)
                for name in ("id", "publisher", "published", "language", "title", "text")
            }


def of_documents(day: str, publisher: str) -> Callable[[Path], Iterator[Row]]:
    """The documents of a folder's dev.jsonl, whose day and publisher stand in these fields."""

    def reports(folder: Path) -> Iterator[Row]:
        for line in filter(None, (folder / "dev.jsonl").read_text(encoding="utf-8").split("\n")):
            document = json.loads(line)
            yield {
                "id": document["id"],
                "publisher": document.get(publisher),
                "published": document.get(day) if day == "published" else None,
                "date": document.get(day),
                "language": "en",
                "text": document["text"],
            }

    return reports


def of_lines(folder: Path) -> Iterator[Row]:
    """The reports of a folder's dev.jsonl, without what is annotated."""
    for line in filter(None, (folder / "dev.jsonl").read_text(encoding="utf-8").split("\n")):
        document = json.loads(line)
        yield {name: document.get(name) for name in ("id", "publisher", "published", "title", "text")}


def with_names(folder: Path, found: Path) -> list[str]:
    """Arguments of scorers that take `--key` and `--response`."""
    key = folder / "dev.jsonl"
    return ["--key", str(key if key.exists() else folder), "--response", str(found)]


def in_order(folder: Path, found: Path) -> list[str]:
    """Arguments of scorers that take the key, then the response."""
    return [str(folder / "dev.jsonl"), str(found), "--by-source"]


TASKS = (
    Task("claims", "cases", of_cases, with_names),
    Task("attributions", "attribution", of_documents("published", "publisher"), with_names),
    Task("dates", "time", of_documents("dct", "source"), in_order),
    Task("places", "place", of_documents("date", "domain"), in_order),
)


def measure(task: Task, bench: Path, out: Path, jobs: int) -> bool:
    """Read, score and print one layer; whether both went through."""
    folder = bench / task.folder
    if not (folder / "score.py").exists():
        print(f"{task.layer}: no {task.folder}/score.py in {bench}; left out", flush=True)
        return True
    reports, found = out / f"{task.layer}.reports.jsonl", out / f"{task.layer}.jsonl"
    rows = list(task.reports(folder))
    reports.write_text("".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows), encoding="utf-8")
    began = time.perf_counter()
    read = run(
        "-m", "variorum", "annotate", reports, "--layer", task.layer, "--output", found, "--jobs", jobs
    )
    spent = time.perf_counter() - began
    print(f"\n== {task.layer}: {len(rows)} reports in {spent:.1f} s, exit status {read}", flush=True)
    return read in (0, 1) and found.exists() and run(folder / "score.py", *task.scoring(folder, found)) == 0


def measure_positions(bench: Path, out: Path, jobs: int) -> bool:
    """Read all cases once, lay out each as one incident, and score the positions beside the claims."""
    folder, name = bench / "cases", "positions"
    readings, claims, positions = (out / f"{name}.{part}.jsonl" for part in ("readings", "claims", "found"))
    if not keep_readings(of_cases(folder), out / f"{name}.reports.jsonl", readings, jobs):
        return False
    by_case: dict[str, list[str]] = {}
    with readings.open(encoding="utf-8") as lines:
        for line in lines:
            report = json.loads(line)["reading"]["report"]["id"]
            by_case.setdefault(report.rsplit("/", 1)[0], []).append(line)
    layer = ("--layer", "positions")
    with positions.open("w", encoding="utf-8") as found:
        for case, kept in by_case.items():
            one, part = out / f"{name}.case.jsonl", out / f"{name}.part.jsonl"
            one.write_text("".join(kept), encoding="utf-8")
            if run("-m", "variorum", "link", one, "--incident", case, *layer, "--output", part) not in (0, 1):
                return False
            found.write(part.read_text(encoding="utf-8"))
    print(f"\n== positions: {len(by_case)} cases", flush=True)
    claims.touch()  # the scorer wants claims too; those have a layer of their own, and none are given here
    asked = (folder / "score.py", "--key", folder, "--response", claims, "--positions", positions)
    scored = subprocess.run([sys.executable, *map(str, asked)], check=False, capture_output=True, text=True)
    print(scored.stdout.strip().rsplit("\n", 1)[-1], flush=True)
    return scored.returncode == 0


def measure_linking(bench: Path, out: Path, jobs: int) -> bool:
    """Read and link the reports of linking/dev.jsonl; score the partition and the counts."""
    folder, name = bench / "linking", "linking"
    readings = out / f"{name}.readings.jsonl"
    if not keep_readings(of_lines(folder), out / f"{name}.reports.jsonl", readings, jobs):
        return False
    found, counts = out / f"{name}.jsonl", out / f"{name}.counts.jsonl"
    for layer, path in (("incidents", found), ("counts", counts)):
        if run("-m", "variorum", "link", readings, "--layer", layer, "--output", path) not in (0, 1):
            return False
    print("\n== linking", flush=True)
    return run(folder / "score.py", folder / "dev.jsonl", found, "--incidents", counts) == 0


def keep_readings(rows: Iterator[Row], reports: Path, readings: Path, jobs: int) -> bool:
    """Read reports and keep the readings, one a line; whether that went through."""
    reports.write_text("".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows), encoding="utf-8")
    forms = ("--separately", "--as", "json")
    read = run("-m", "variorum", "read", reports, *forms, "--output", readings, "--jobs", jobs)
    return read in (0, 1) and readings.exists()


OVER_MANY = {"positions": measure_positions, "linking": measure_linking}


def run(*arguments: object) -> int:
    """The exit status of Python with these arguments."""
    return subprocess.run([sys.executable, *map(str, arguments)], check=False).returncode


def main() -> int:
    """Measure what was asked for. Exit status 1 if a layer could not be measured."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--bench", type=Path, required=True)
    parser.add_argument("--layer", action="append", choices=[*(task.layer for task in TASKS), *OVER_MANY])
    parser.add_argument("--jobs", type=int, default=1)
    parser.add_argument("--keep", type=Path, help="folder for the findings; else they are thrown away")
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory() as scratch:
        out = asked.keep or Path(scratch)
        out.mkdir(parents=True, exist_ok=True)
        tasks = [task for task in TASKS if not asked.layer or task.layer in asked.layer]
        done = [measure(task, asked.bench, out, asked.jobs) for task in tasks]
        for layer, over_many in OVER_MANY.items():
            if not asked.layer or layer in asked.layer:
                done.append(over_many(asked.bench, out, asked.jobs))
    return 0 if all(done) else 1


if __name__ == "__main__":
    sys.exit(main())
